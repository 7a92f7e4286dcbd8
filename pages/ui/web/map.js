// The map's own drawing. Data comes as JSON from pages/ui/map.py; every text is set by textContent, never as markup.
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const state = { map: null, boundaries: window.dtBoundaries, legend: null, tiles: null, tilesUrl: null, fit: null, circles: [] };

  function make(tag, attributes, text) {
    const node = document.createElementNS(SVG, tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function html(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function sum(counts) { return counts.reduce((a, b) => a + b, 0); }

  // A turn of the categories' colours by their shares.
  function turn(counts, colours) {
    const total = sum(counts);
    const parts = [];
    let from = 0;
    counts.forEach((count, at) => {
      if (!count) return;
      const to = from + 360 * count / total;
      parts.push(`${colours[at]} ${from.toFixed(1)}deg ${to.toFixed(1)}deg`);
      from = to;
    });
    return parts.length === 1 ? `linear-gradient(${colours[counts.findIndex((count) => count)]} 0 0)` : `conic-gradient(${parts})`;
  }

  // Area is the count. The full disc is what is known to be there, the pale ring what is only known to be near. One
  // element for each: eight hundred places as drawings of ten shapes each took a browser a second.
  function paint(node, exact, near, radius, colours, text) {
    const [here, about] = [sum(exact), sum(near)];
    const wash = "radial-gradient(closest-side, var(--wash) calc(100% - 2px), transparent calc(100% - 1px)), ";
    node.classList.add("disc");
    node.classList.toggle("pale", !here);
    node.style.width = node.style.height = `${2 * radius}px`;
    node.style.background = about ? wash + turn(near, colours) : turn(exact, colours);
    if (here && about) {
      const core = html("span", "core");
      core.style.background = turn(exact, colours);
      core.style.inset = `${radius * (1 - Math.sqrt(here / (here + about)))}px`;
      node.appendChild(core);
    }
    if (radius > 9 && text) {
      node.dataset.n = text;
      node.style.setProperty("--size", `${Math.min(15, 8 + radius / 4)}px`);
    }
    return node;
  }

  function tip(name, counts, data) {
    const box = html("div");
    box.dir = data.dir;
    box.appendChild(html("div", "tip-name", name));
    counts.forEach((count, at) => {
      if (!count) return;
      const row = html("div", "tip-row");
      const dot = html("span", "dot");
      dot.style.background = data.colours[at];
      row.appendChild(dot);
      row.appendChild(html("span", "", `${data.categories[at]}: ${digits(count, data)}`));
      box.appendChild(row);
    });
    return box;
  }

  const formats = {};

  function digits(count, data) {
    const found = formats[data.lang] || (formats[data.lang] = new Intl.NumberFormat(data.lang === "en" ? "en" : "ar-u-nu-arab"));
    return found.format(count);
  }

  // What was clicked goes back by its id, which is the text of a popup that is never opened.
  function clickable(marker, id) {
    const carrier = html("span", "", id);
    marker.bindPopup(carrier);
    marker.off("click", marker._openPopup, marker);
    marker.off("keypress", marker._onKeyPress, marker);
    marker.on("keypress", (event) => {
      if (event.originalEvent.key === "Enter" || event.originalEvent.key === " ") marker.fire("click", { latlng: marker.getLatLng() }, true);
    });
  }

  // Leaflet places markers by translate3d, and each becomes a layer of the compositor's: hundreds are too many.
  const Flat = L.Marker.extend({
    _setPos: function (at) {
      L.Marker.prototype._setPos.call(this, at);
      this._icon.style.transform = `translate(${at.x}px, ${at.y}px)`;
    },
  });

  // A tooltip is made when it is first wanted.
  function marker(at, icon, name, id, group, data, counts) {
    const one = new Flat(at, { icon: icon, keyboard: true, riseOnHover: true });
    clickable(one, id);
    const tell = () => {
      if (!one.getTooltip()) one.bindTooltip(tip(name, counts, data), { direction: "top", offset: [0, -8], className: "tip" }).openTooltip();
    };
    one.on("mouseover", tell);
    one.on("add", () => {
      const element = one.getElement();
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", `${name}: ${digits(sum(counts), data)}`);
      element.dataset.id = id;
      element.addEventListener("focus", tell);
    });
    group.addLayer(one);
    return one;
  }

  const Disc = L.DivIcon.extend({
    createIcon: function (old) {
      const node = L.DivIcon.prototype.createIcon.call(this, old);
      const { place, radius, data, text } = this.options;
      paint(node, place.n, place.m, radius, data.colours, text);
      if (place.id === data.selected || close()) called(node, place.name);
      return node;
    },
  });

  function called(node, words) {
    const name = html("span", "name", words);
    name.dir = "auto";
    node.appendChild(name);
  }

  function circles(group, data) {
    const most = Math.max(1, ...data.places.map((place) => sum(place.n) + sum(place.m)));
    const factor = Math.min(6.5, (data.places.length > 12 ? 19 : 26) / Math.sqrt(most));
    const crowd = Math.max(0.4, Math.min(1, Math.sqrt(90 / data.places.length)));  // hundreds of places: smaller circles
    state.circles = data.places.map((place, rank) => {
      const counts = place.n.map((count, at) => count + place.m[at]);
      const radius = crowd * (6.5 + factor * Math.sqrt(sum(counts)));
      const icon = new Disc({
        className: "pie" + (place.id === data.selected ? " selected" : ""), iconSize: [2 * radius, 2 * radius],
        place: place, radius: radius, data: data, text: radius > 9 ? digits(sum(counts), data) : "",
      });
      return [marker([place.lat, place.lon], icon, place.name, place.id, group, data, counts).setZIndexOffset(10 * rank), place.name];
    });
  }

  // Names are shown from some zoom on, and made then.
  function close() { return state.map.getZoom() >= 9; }

  function named() {
    document.body.classList.toggle("named", close());
    if (close()) state.circles.forEach(([one, name]) => {
      const element = one.getElement();
      if (element && !element.querySelector(".name")) called(element, name);
    });
  }

  function features(layer) { return state.boundaries[layer] ? state.boundaries[layer].features : []; }

  function labelPoint(admin1, given) {
    const found = features("admin1").find((feature) => feature.properties.admin1 === admin1);
    return found ? found.properties.label : given;
  }

  function wide(group, data) {
    const most = Math.max(1, ...data.wide.map((one) => sum(one.n)));
    data.wide.forEach((one) => {
      const count = sum(one.n);
      features("admin1").filter((feature) => feature.properties.admin1 === one.admin1).forEach((feature) => {
        group.addLayer(L.geoJSON(feature, { interactive: false, pane: "shades", style: { className: "wide", fillOpacity: 0.1 + 0.22 * count / most } }));
      });
      const at = labelPoint(one.admin1, [one.lat, one.lon]);
      if (!at || at[0] === null) return;
      const box = html("span", "tag-inner");
      box.style.display = "contents";
      const bar = html("span", "bar");
      one.n.forEach((n, index) => {
        const part = html("span");
        part.style.cssText = `flex:${n};background:${data.colours[index]}`;
        bar.appendChild(part);
      });
      box.appendChild(bar);
      box.appendChild(html("span", "", digits(count, data)));
      const id = "admin1:" + one.admin1;
      const icon = L.divIcon({ html: box, className: "tag" + (id === data.selected ? " selected" : ""), iconAnchor: [26, -6] });
      marker(at, icon, `${data.names[one.admin1] || one.admin1} (${data.texts.wide})`, id, group, data, one.n);
    });
  }

  function provinceNames(group, data) {
    features("admin1").forEach((feature) => {
      const name = data.names[feature.properties.admin1];
      if (!name) return;
      const icon = L.divIcon({ html: html("span", "", name), className: "province-name", iconSize: [0, 0] });
      group.addLayer(new Flat(feature.properties.label, { icon: icon, interactive: false, keyboard: false, zIndexOffset: -1000 }));
    });
  }

  function shades(group, data) {
    features(data.shade.layer).forEach((feature) => {
      const count = data.shade.counts[feature.properties[data.shade.key]] || 0;
      const step = data.shade.breaks.filter((limit) => count >= limit).length;
      const area = L.geoJSON(feature, { pane: "shades", style: { className: "shade", fillOpacity: step ? 0.85 : 0, fillColor: data.shade.colours[Math.max(0, step - 1)], weight: 1 } });
      const name = data.names[feature.properties[data.shade.key]] || feature.properties.name || feature.properties[data.shade.key];
      area.eachLayer((one) => {
        clickable(one, data.shade.key + ":" + feature.properties[data.shade.key]);
        const box = html("div");
        box.dir = data.dir;
        box.appendChild(html("div", "tip-name", name));
        box.appendChild(html("div", "", digits(count, data)));
        one.bindTooltip(box, { sticky: true, className: "tip" });
        group.addLayer(one);
      });
    });
  }

  function heat(group, data) {
    const points = data.places.map((place) => [place.lat, place.lon, sum(place.n) + sum(place.m)]);
    const most = Math.max(1, ...points.map((point) => point[2]));
    if (points.length) group.addLayer(L.heatLayer(points.map((p) => [p[0], p[1], Math.sqrt(p[2] / most)]),
      { radius: 30, blur: 22, minOpacity: 0.25, max: 1, gradient: { 0.2: "#3b528b", 0.45: "#21918c", 0.7: "#5ec962", 1: "#fde725" } }));
  }

  function legendRow(key, text) {
    const row = html("div", "row");
    const cell = html("span", "key");
    cell.appendChild(key);
    row.appendChild(cell);
    row.appendChild(html("span", "", text));
    return row;
  }

  function swatch(style) {
    const node = html("span");
    node.style.cssText = "width:20px;height:12px;border-radius:3px;display:inline-block;" + style;
    return node;
  }

  function legend(data) {
    if (state.legend) state.map.removeControl(state.legend);
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => {
      const box = html("details", "legend");
      box.dir = data.dir;
      box.open = state.map.getSize().x > 560;
      box.appendChild(html("summary", "", data.texts.legend));
      const rows = html("div", "rows");
      if (data.mode === "circles") {
        data.categories.forEach((name, at) => rows.appendChild(legendRow(swatch(`background:${data.colours[at]};border-radius:50%;width:12px`), name)));
        rows.appendChild(legendRow(paint(html("span"), [1], [0], 8, ["#6b7680"], ""), data.texts.exact));
        rows.appendChild(legendRow(paint(html("span"), [0], [1], 8, ["#6b7680"], ""), data.texts.near));
        rows.appendChild(legendRow(swatch("background:var(--muted);opacity:.35"), data.texts.wide));
      }
      if (data.shade) data.shade.breaks.forEach((limit, at) => {
        const next = data.shade.breaks[at + 1];
        const text = next === undefined ? `${digits(limit, data)}+` : next - 1 > limit ? `${digits(limit, data)}–${digits(next - 1, data)}` : digits(limit, data);
        rows.appendChild(legendRow(swatch(`background:${data.shade.colours[at]}`), text));
      });
      if (data.mode === "heat") rows.appendChild(legendRow(swatch("background:linear-gradient(90deg,#3b528b,#21918c,#5ec962,#fde725)"), data.texts.heat));
      if (features("disputed").length) rows.appendChild(legendRow(swatch("border:1px dashed #8a6d3b;background:repeating-linear-gradient(45deg,#b08d5766 0 2px,transparent 2px 6px)"), data.texts.disputed));
      if (features("districts").length) rows.appendChild(legendRow(swatch("border-top:1.5px dashed var(--line);height:0;border-radius:0"), data.texts.districts));
      if (data.mode === "circles") rows.appendChild(html("div", "note", data.texts.size));
      box.appendChild(rows);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    state.legend = control.addTo(state.map);
  }

  function tiles(data) {
    const url = data.tiles ? data.tiles.url : null;
    if (url === state.tilesUrl) return;
    if (state.tiles) state.map.removeLayer(state.tiles);
    state.tiles = url ? L.tileLayer(url, { maxZoom: 18, attribution: data.tiles.attribution }).addTo(state.map) : null;
    state.tilesUrl = url;
    document.body.classList.toggle("tiled", Boolean(url));
  }

  function hatch() {
    const svg = state.map.getPane("base").querySelector("svg");
    if (!svg || svg.querySelector("#hatch")) return;
    const defs = make("defs", {});
    const pattern = make("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.appendChild(make("line", { x1: 0, y1: 0, x2: 0, y2: 7, class: "hatch-line" }));
    defs.appendChild(pattern);
    svg.insertBefore(defs, svg.firstChild);
  }

  function pane(name, order) {
    const made = state.map.createPane(name);
    made.style.zIndex = order;
    made.style.pointerEvents = name === "shades" ? "" : "none";
  }

  function start(map) {
    state.map = map;
    map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    pane("base", 210);
    pane("shades", 220);
    pane("lines", 230);
    map.on("zoomend", named);
    const add = (layer, className, where) => features(layer).length && L.geoJSON(state.boundaries[layer],
      { interactive: false, pane: where, renderer: L.svg({ pane: where }), style: { className: className } }).addTo(map);
    add("admin1", "admin1", "base");
    add("disputed", "disputed", "base");
    add("districts", "district", "lines");
    hatch();
    document.body.dataset.boundaries = Object.keys(state.boundaries).join(" ");
  }

  function draw(group, data) {
    document.body.classList.toggle("dark", data.dark);
    document.documentElement.lang = data.lang;
    // Places come as lists, for they are most of what is sent.
    data.places = data.places.map(([id, lat, lon, name, n, m]) => ({ id: id, lat: lat, lon: lon, name: name, n: n, m: m || [0, 0, 0, 0] }));
    state.circles = [];
    tiles(data);
    provinceNames(group, data);
    if (data.shade) shades(group, data);
    if (data.mode === "heat") heat(group, data);
    if (data.mode === "circles") { wide(group, data); circles(group, data); }
    legend(data);
    if (data.fit && data.fit.key !== state.fit) {
      if (state.fit !== null || data.fit.key || state.map.getSize().x < 560) state.map.fitBounds(data.fit.bounds, { padding: [12, 12], maxZoom: 10, animate: false });
      state.fit = data.fit.key;
    }
    document.body.dataset.drawn = data.stamp;
    requestAnimationFrame(() => setTimeout(() => performance.mark("painted"), 0));  // read by benchmarks/dashboard.py
  }

  window.dtmap = { start: start, draw: draw };
})();
