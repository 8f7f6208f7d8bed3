// The messages on the screen: those the gateway has, by their number, then those on their way.

import { h } from "./dom.js";
import { render } from "./messages.js";
import { strings } from "./strings.js";
import { spoken } from "./time.js";

export class Transcript {
  #log;
  #list;
  #more;
  #view;
  #pending = new Map();

  /**
   * `log` scrolls, `list` holds, `more` is the button that leads to what came out of sight;
   * `view` has `base`, `choose`, `retry` and `discard`.
   */
  constructor({ log, list, more }, view) {
    this.#log = log;
    this.#list = list;
    this.#more = more;
    this.#view = view;
    more.addEventListener("click", () => {
      log.scrollTo({ top: log.scrollHeight });
      log.focus(); // the button goes away
    });
    let wasAtEnd = true;
    const look = () => {
      wasAtEnd = this.#isAtEnd();
      more.hidden ||= wasAtEnd;
    };
    log.addEventListener("scroll", look, { passive: true });
    // A keyboard or a notice below takes room from the end: it stays in sight for whoever was there.
    new ResizeObserver(() => wasAtEnd && this.follow()).observe(log);
  }

  /** Adds a message that the gateway has; messages come in order. */
  show(message) {
    this.#take(message.message_id)?.remove();
    const row = this.#row(message.author, speaker(message), render(message, this.#view), message.at);
    row.dataset.seq = message.seq;
    this.#insert(row, this.#pending.values().next().value ?? null);
    if (message.author === "customer") this.#spendChoices(row, message.text);
  }

  /** Adds, or marks again as on its way, what was written here. */
  pend({ id, text }) {
    if (this.#pending.has(id)) return;
    const row = this.#row("customer", strings.you, render({ type: "text", text }, this.#view));
    row.append(h("p", { class: "delivery" }, strings.sending));
    this.#pending.set(id, row);
    this.#insert(row, null);
    this.#spendChoices(row, text);
  }

  /** The gateway has it: it stays until the message itself comes, unless that came first. */
  settle({ id, seq }) {
    const row = this.#pending.get(id);
    if (!row) return;
    row.querySelector(".delivery")?.remove();
    if (this.#list.querySelector(`[data-seq="${seq}"]`)) this.#take(id).remove();
  }

  /** Shows why a message was refused, with the ways out. */
  fail({ id, text, choice, reason }) {
    const row = this.#pending.get(id);
    if (!row) return;
    const away = (then) => () => {
      this.#take(id).remove();
      then();
    };
    const button = (label, onclick) => h("button", { type: "button", onclick }, label);
    row.querySelector(".delivery").replaceChildren(
      `${strings.failed}: ${reason} `,
      button(
        strings.retry,
        away(() => this.#view.retry({ text, choice })),
      ),
      button(strings.discard, away(this.#view.discard)),
    );
    row.classList.add("failed");
  }

  clear() {
    this.#pending.clear();
    this.#list.replaceChildren();
  }

  /** Scrolls to the end, but never past the visitor's own last message. */
  follow() {
    const own = [...this.#list.querySelectorAll('[data-author="customer"]')].at(-1);
    const end = this.#log.scrollHeight - this.#log.clientHeight;
    this.#log.scrollTo({ top: own ? Math.min(end, own.offsetTop - 12) : end });
  }

  #row(author, name, body, at) {
    const label = h(
      "p",
      { class: "speaker" },
      name,
      at ? h("time", { datetime: at }, ` · ${spoken(at)}`) : null,
    );
    return h("li", { class: "message", "data-author": author }, label, body);
  }

  #insert(row, before) {
    const isFollowed = this.#isAtEnd();
    this.#list.insertBefore(row, before);
    if (isFollowed || row.dataset.author === "customer") this.follow();
    const isOutOfSight = row.offsetTop > this.#log.scrollTop + this.#log.clientHeight;
    if (isOutOfSight) this.#more.hidden = false;
  }

  #isAtEnd() {
    return this.#log.scrollHeight - this.#log.clientHeight - this.#log.scrollTop < 60;
  }

  #take(id) {
    const row = this.#pending.get(id);
    this.#pending.delete(id);
    return row;
  }

  #spendChoices(answer, text) {
    for (const button of this.#list.querySelectorAll('.choice:not([aria-disabled="true"])')) {
      if (!(button.compareDocumentPosition(answer) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      button.setAttribute("aria-disabled", "true");
      button.classList.toggle("chosen", button.textContent === text);
    }
  }
}

function speaker({ author, agent }) {
  return { customer: strings.you, agent: agent ?? strings.agent }[author] ?? strings.assistant;
}
