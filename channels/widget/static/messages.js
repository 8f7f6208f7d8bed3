// What each type of reply looks like. A type that this version does not know shows its text.

import { cards } from "./cards.js";
import { anchor, h, webAddress } from "./dom.js";
import { order } from "./order.js";

/** Returns the elements of a message; `view` has `base` (the gateway) and `choose` (a listener). */
export function render(message, view) {
  return (renderers[message.type] ?? text)(message, view);
}

const renderers = { choices, cards: introduced, order: summarised, image, link, system };

function text({ text }) {
  return [h("p", { class: "bubble", dir: "auto" }, text)];
}

function system({ text }) {
  return [h("p", { class: "notice", dir: "auto" }, text)];
}

function introduced(message, view) {
  const [introduction] = message.text.split("\n"); // what follows lists the cards for other channels
  return [...text({ text: introduction }), cards(message, view)];
}

function summarised(message, view) {
  return [...text(message), order(message, view)];
}

function choices(message, view) {
  const buttons = message.choices.map((choice) => {
    const choose = ({ target }) => {
      if (target.getAttribute("aria-disabled") !== "true") view.choose(choice);
    };
    return h("button", { type: "button", class: "choice", dir: "auto", onclick: choose }, choice.title);
  });
  return [...text(message), h("div", { class: "choices" }, buttons)];
}

function image({ text: description, url }, { base }) {
  const source = webAddress(url, base);
  if (!source) return text({ text: description });
  const describe = ({ target }) => target.replaceWith(...text({ text: description }));
  return [h("img", { class: "picture", src: source, alt: description, onerror: describe })];
}

function link({ text: name, url }, { base }) {
  const address = webAddress(url, base);
  if (!address) return text({ text: name });
  return [h("p", { class: "bubble", dir: "auto" }, anchor(address, {}, name || address))];
}
