// Copies a text on a press and says so. Every text is set by textContent, never as markup.
async function copied(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const carrier = document.createElement("textarea");  // a page without TLS has no clipboard
  carrier.value = text;
  carrier.style.cssText = "position:fixed;opacity:0";
  document.body.appendChild(carrier);
  carrier.select();
  const done = document.execCommand("copy");
  carrier.remove();
  return done;
}

export default function (component) {
  const { data, parentElement } = component;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = data.label;
  button.setAttribute("aria-live", "polite");
  button.onclick = async () => {
    button.textContent = (await copied(data.text)) ? data.done : data.failed;
    setTimeout(() => { button.textContent = data.label; }, 2500);
  };
  parentElement.querySelector(".copy-root").replaceChildren(button);
}
