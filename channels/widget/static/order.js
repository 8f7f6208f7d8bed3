// An order as a card: what was bought, how far it has come, when it should arrive.

import { picture } from "./cards.js";
import { anchor, h, webAddress } from "./dom.js";
import { strings } from "./strings.js";
import { date, day, moment } from "./time.js";

export function order({ order }, { base }) {
  return h(
    "section",
    { class: "order", "aria-label": strings.orderHeading(order.number) },
    h(
      "header",
      {},
      h("strong", {}, strings.orderHeading(order.number)),
      h("span", { class: "status" }, order.status),
      h("span", { class: "detail" }, `${strings.placed} `, time(order.placed_at, date)),
    ),
    order.parcels.map((each) => parcel(each, base)),
    h(
      "ul",
      { class: "items" },
      order.items.map((each) => item(each, base)),
    ),
    h("p", { class: "sum" }, h("span", {}, strings.total), h("strong", {}, order.total)),
  );
}

function item({ title, text, quantity, price, image }, base) {
  const count = quantity > 1 ? `${strings.quantity(quantity)} ` : "";
  return h(
    "li",
    {},
    picture(image, base),
    h("span", { class: "title", dir: "auto" }, count + title),
    h("span", { class: "price" }, price),
    text ? h("span", { class: "detail", dir: "auto" }, text) : null,
  );
}

function parcel({ carrier, tracking_number, tracking_link, status, stage, promised, events }, base) {
  const link = webAddress(tracking_link, base);
  const [last, ...earlier] = events;
  return h(
    "div",
    { class: "parcel" },
    h(
      "p",
      { class: "headline" },
      h("strong", {}, status),
      promised && stage !== "delivered" ? expected(promised) : null,
    ),
    progress(stage),
    last ? h("p", { class: "event" }, event(last)) : null,
    earlier.length > 0
      ? h(
          "details",
          {},
          h("summary", {}, strings.history),
          h(
            "ol",
            {},
            earlier.map((each) => h("li", {}, event(each))),
          ),
        )
      : null,
    h(
      "p",
      { class: "detail" },
      link ? anchor(link, {}, strings.track(carrier)) : carrier,
      ` · ${tracking_number}`,
    ),
  );
}

function expected(promised) {
  return h("span", {}, `${strings.promised} `, time(promised, day));
}

function progress(stage) {
  const stages = Object.entries(strings.stages);
  const reached = stages.findIndex(([name]) => name === stage);
  const step = ([, label], index) =>
    h(
      "li",
      { class: index <= reached ? "reached" : null, "aria-current": index === reached ? "step" : null },
      label,
    );
  return h("ol", { class: "stages" }, stages.map(step));
}

function event({ at, text, place }) {
  return [
    h("span", { dir: "auto" }, [text, place].filter(Boolean).join(", ")),
    h("span", { class: "detail" }, time(at, moment)),
  ];
}

function time(iso, written) {
  return h("time", { datetime: iso }, written(iso));
}
