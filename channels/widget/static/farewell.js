// Ends at the gateway what was forgotten in this browser, as soon as there is a connection.

import { Connection } from "./connection.js";

const NOTHING_AFTER = Number.MAX_SAFE_INTEGER - 1; // no transcript is wanted

export class Farewell {
  #connection;
  #tokens;
  #leaving = null;

  /** `tokens` is the slot with the sessions that are to be logged out. */
  constructor(url, tokens) {
    this.#tokens = tokens;
    this.#connection = new Connection(url, () => this.#hello());
    this.#connection.addEventListener("frame", ({ detail }) => this.#receive(detail));
  }

  /** Goes on with what an earlier page could not end. */
  resume() {
    if (this.#tokens.get().length > 0) this.#connection.open();
  }

  /** Logs a session out, now or later. */
  say(token) {
    this.#tokens.set([...this.#tokens.get(), token]);
    this.resume();
  }

  #hello() {
    this.#leaving = this.#tokens.get()[0];
    return { type: "hello", token: this.#leaving, after: NOTHING_AFTER, customer_token: null };
  }

  #receive({ type }) {
    if (type !== "welcome" && type !== "reset") return; // either says that it was done
    this.#tokens.set(this.#tokens.get().filter((token) => token !== this.#leaving));
    if (this.#tokens.get().length > 0) this.#connection.renew();
    else this.#connection.close();
  }
}
