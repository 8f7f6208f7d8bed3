// One WebSocket that comes back by itself. It knows nothing about messages.

const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const STABLE_MS = 60_000;

export class Connection extends EventTarget {
  #url;
  #hello;
  #socket = null;
  #wanted = false;
  #failures = 0;
  #retry = 0;
  #stable = 0;

  /** `hello` returns the first frame of each new connection. */
  constructor(url, hello) {
    super();
    this.#url = url;
    this.#hello = hello;
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  /** Whether there is a connection, or one is being made. */
  get isBegun() {
    return this.#socket !== null;
  }

  open() {
    this.#wanted = true;
    this.#connect();
  }

  close() {
    this.#wanted = false;
    clearTimeout(this.#retry);
    this.#socket?.close();
  }

  /** Ends the present connection, if any, and opens the next one at once. */
  renew() {
    this.#wanted = true;
    this.#socket?.close();
    this.#lost(this.#socket);
    this.#hurry();
  }

  /** Sends a frame if there is a connection; whoever calls keeps what must not be lost. */
  send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #connect() {
    clearTimeout(this.#retry);
    if (!this.#wanted || this.#socket) return;
    const socket = (this.#socket = new WebSocket(this.#url));
    socket.onopen = () => {
      this.send(this.#hello());
      this.#stable = setTimeout(() => (this.#failures = 0), STABLE_MS);
    };
    socket.onmessage = (event) => {
      if (socket !== this.#socket) return;
      this.dispatchEvent(new CustomEvent("frame", { detail: JSON.parse(event.data) }));
    };
    socket.onclose = () => this.#lost(socket);
  }

  #lost(socket) {
    if (!socket || socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#stable);
    this.dispatchEvent(new Event("lost"));
    if (!this.#wanted) return;
    // Full jitter keeps a thousand browsers from coming back in the same moment.
    const ceiling = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** this.#failures++);
    this.#retry = setTimeout(() => this.#connect(), Math.random() * ceiling);
  }

  #hurry() {
    if (this.#wanted && !this.#socket) this.#connect();
  }
}
