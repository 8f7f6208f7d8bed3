// Elements without markup: whatever a message contains becomes text, never HTML.

const SVG = "http://www.w3.org/2000/svg";

/** Builds an element. `on…` attributes are listeners; `null`, `undefined` and `false` are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Draws an icon of 24 units from one path. Decoration only: its button carries the name. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Returns the absolute address if it is http or https, else null: never `javascript:` or `data:`. */
export function webAddress(address, base) {
  if (!address) return null;
  try {
    const url = new URL(address, base);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that leaves this page alone when it leads to another site. */
export function anchor(address, attributes, ...children) {
  const leaves = new URL(address).origin !== location.origin;
  const target = leaves ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return h("a", { href: address, ...target, ...attributes }, ...children);
}
