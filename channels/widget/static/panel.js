// The launcher and the panel: what there is, not what it does.

import { h, icon } from "./dom.js";
import { strings } from "./strings.js";

const BUBBLE = "M20 11.5a7.5 7.5 0 0 1-11 6.6L4 19.5l1.4-4.6A7.5 7.5 0 1 1 20 11.5z";
const CROSS = "M6 6l12 12M18 6L6 18";
const ARROW = "M12 19V5M6 11l6-6 6 6";

/** Builds all of it and returns the parts that change. */
export function build(title, greeting) {
  const badge = h("span", { class: "badge", hidden: true });
  const launcher = h(
    "button",
    {
      type: "button",
      class: "launcher",
      "aria-label": strings.open,
      "aria-expanded": "false",
      "aria-haspopup": "dialog",
    },
    icon(BUBBLE),
    badge,
  );

  const who = h("p", { class: "who" }, strings.answeredBy.bot);
  const close = h("button", { type: "button", class: "close", "aria-label": strings.close }, icon(CROSS));
  const header = h(
    "header",
    {},
    h("span", { class: "avatar" }, icon(BUBBLE)),
    h("div", {}, h("h2", {}, title), who),
    close,
  );
  const connection = h("p", { class: "connection", role: "status" });

  const welcome = h("div", { class: "message" }, h("p", { class: "bubble", dir: "auto" }, greeting));
  const list = h("ol", { role: "list" });
  const typing = h("p", { class: "typing", hidden: true });
  const log = h(
    "div",
    { class: "log", role: "region", tabindex: "0", "aria-label": strings.conversation },
    welcome,
    list,
    typing,
  );
  const more = h("button", { type: "button", class: "more", hidden: true }, strings.newMessages);

  const input = h("textarea", {
    rows: "1",
    placeholder: strings.placeholder,
    "aria-label": strings.yourMessage,
    enterkeyhint: "send",
    dir: "auto",
  });
  const form = h("form", {}, input, h("button", { class: "send", "aria-label": strings.send }, icon(ARROW)));
  const problem = h("p", { class: "problem", role: "alert" });

  const panel = h(
    "dialog",
    { class: "panel", "aria-label": title, tabindex: "-1" },
    header,
    connection,
    log,
    more,
    form,
    problem,
  );
  // Apart from the log, so that only what is new is read out, once.
  const narration = h("div", { class: "unseen", "aria-live": "polite" });
  return {
    badge,
    launcher,
    who,
    close,
    connection,
    log,
    list,
    typing,
    more,
    input,
    form,
    problem,
    panel,
    narration,
  };
}
