// Rows of incidents as a table or a list. Every text is set by textContent, never as markup.
function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

function cell(value, column) {
  const td = make("td", "c-" + column.id);
  if (column.dot && value) {
    td.appendChild(make("span", "dot " + value.code));
    td.appendChild(make("span", "", value.text));
  } else {
    td.appendChild(make("bdi", "", value));
    td.querySelector("bdi").dir = column.number ? "" : "auto";
  }
  return td;
}

function table(data, send) {
  const box = make("div", "rows-scroll");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", data.label);
  const grid = make("table", "rows-table");
  const head = grid.createTHead().insertRow();
  data.columns.forEach((column) => {
    const th = make("th", "c-" + column.id);
    th.scope = "col";
    if (column.sortable) {
      const button = make("button", "", column.name);
      button.type = "button";
      const on = data.sort.column === column.id;
      if (on) button.appendChild(make("span", "arrow", data.sort.descending ? " ↓" : " ↑"));
      th.setAttribute("aria-sort", on ? (data.sort.descending ? "descending" : "ascending") : "none");
      button.onclick = () => send("sort", column.id);
      th.appendChild(button);
    } else th.textContent = column.name;
    head.appendChild(th);
  });
  const body = grid.createTBody();
  data.rows.forEach((row) => {
    const tr = body.insertRow();
    data.columns.forEach((column) => tr.appendChild(cell(row.cells[column.id], column)));
    selectable(tr, row, data, send);
  });
  box.appendChild(grid);
  return box;
}

function list(data, send) {
  const box = make("ol", "rows-list");
  box.setAttribute("aria-label", data.label);
  data.rows.forEach((row) => {
    const item = make("li");
    const button = make("button", "rows-item " + row.category);
    button.type = "button";
    const first = make("span", "first");
    const title = make("b", "", row.title);
    title.dir = "auto";
    first.appendChild(title);
    if (row.note) { const note = make("bdi", "note", row.note); note.dir = "auto"; first.appendChild(note); }
    button.appendChild(first);
    const second = make("span", "second");
    second.appendChild(make("span", "", row.when));
    const where = make("bdi", "", row.where);
    where.dir = "auto";
    second.appendChild(where);
    button.appendChild(second);
    button.dataset.id = row.id;
    button.onclick = () => send("select", row.id);
    if (row.id === data.selected) button.setAttribute("aria-current", "true");
    item.appendChild(button);
    box.appendChild(item);
  });
  return box;
}

// A row is chosen by click, Enter or space; arrows move between rows.
function selectable(tr, row, data, send) {
  tr.dataset.id = row.id;
  tr.tabIndex = 0;
  tr.setAttribute("aria-selected", String(row.id === data.selected));
  tr.onclick = () => send("select", row.id);
  tr.onkeydown = (event) => {
    const next = { ArrowDown: tr.nextElementSibling, ArrowUp: tr.previousElementSibling }[event.key];
    if (next) next.focus();
    else if (event.key === "Enter" || event.key === " ") send("select", row.id);
    else return;
    event.preventDefault();
  };
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".rows-root");
  const send = (name, value) => setTriggerValue(name, value);
  const old = root.querySelector(".rows-scroll");
  const at = old ? [old.scrollLeft, old.scrollTop] : [0, 0];
  root.dir = data.dir;
  root.replaceChildren(data.layout === "table" ? table(data, send) : list(data, send));
  const now = root.querySelector(".rows-scroll");
  if (now) [now.scrollLeft, now.scrollTop] = at;
}
