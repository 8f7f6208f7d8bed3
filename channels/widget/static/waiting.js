// What one sees who waits for a person: where one stands, and the way back to the assistant.

import { h } from "./dom.js";
import { strings } from "./strings.js";

export class Waiting {
  #line = h("p", { role: "status" });
  #control = "bot";

  /** `leave` is called when the visitor does not want to wait any more. */
  constructor(leave) {
    const button = h("button", { type: "button", class: "choice", onclick: leave }, strings.leaveQueue);
    this.element = h("div", { class: "waiting", hidden: true }, this.#line, button);
  }

  /** Follows who answers; `queue` is where one stands, if that is known yet. */
  showControl({ control, queue }) {
    if (control !== this.#control) this.#line.textContent = "";
    this.#control = control;
    this.element.hidden = control !== "queue";
    if (queue) this.showQueue(queue);
  }

  showQueue(queue) {
    this.#line.textContent = strings.waiting(queue);
  }
}
