// Products side by side: swiped on phones, moved by arrow keys or buttons elsewhere.

import { anchor, h, icon, webAddress } from "./dom.js";
import { strings } from "./strings.js";

const LEFT = "M15 5l-7 7 7 7";
const RIGHT = "M9 5l7 7-7 7";

export function cards({ cards }, { base }) {
  const name = strings.products(cards.length);
  const row = h(
    "ul",
    { class: "cards", tabindex: "0", "aria-label": name },
    cards.map((each) => card(each, base)),
  );
  const move = (direction) => () => row.scrollBy({ left: direction * row.clientWidth * 0.8 });
  const previous = arrow("previous", LEFT, move(-1));
  const next = arrow("next", RIGHT, move(1));
  const update = () => {
    previous.hidden = row.scrollLeft < 8;
    next.hidden = row.scrollLeft + row.clientWidth > row.scrollWidth - 8;
  };
  row.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(row);
  return h("div", { class: "carousel" }, row, previous, next);
}

function arrow(direction, path, move) {
  const name = strings[direction];
  return h(
    "button",
    { type: "button", class: `arrow ${direction}`, "aria-label": name, onclick: move, hidden: true },
    icon(path),
  );
}

function card({ title, text, price, stock, image, link }, base) {
  const address = webAddress(link, base);
  const content = [
    picture(image, base),
    h("strong", { class: "title", dir: "auto" }, title),
    text ? h("span", { class: "detail", dir: "auto" }, text) : null,
    h("span", { class: "price" }, price),
    h("span", { class: "stock" }, stock),
  ];
  return h(
    "li",
    {},
    address ? anchor(address, { class: "card" }, ...content) : h("div", { class: "card" }, ...content),
  );
}

/** A picture in a frame of fixed size, so that loading it moves nothing. Its title stands beside it. */
export function picture(address, base) {
  const frame = h("span", { class: "frame" });
  const source = webAddress(address, base);
  const drop = ({ target }) => target.remove();
  if (source) frame.append(h("img", { src: source, alt: "", loading: "lazy", onerror: drop }));
  return frame;
}
