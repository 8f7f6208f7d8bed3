// The live connection: frames in as they happen, found again by itself when it breaks.

const LOGGED_OUT = 4401;
const BEAT_MS = 20_000; // how often we ask whether the gateway is still there
const SILENCE_MS = 8_000; // how long it may take to say so
const LONGEST_PAUSE_MS = 15_000;

/**
 * Keeps one WebSocket open until `stop()`.
 * `onState` is told "connecting", "live" or "lost"; `onLoggedOut` that the session is over.
 */
export class Live {
  constructor({ onFrame, onState, onLoggedOut }) {
    Object.assign(this, { onFrame, onState, onLoggedOut });
    this.tries = 0;
    this.hurry = () => this.retry && this.connect();
    addEventListener("online", this.hurry);
    this.connect();
  }

  connect() {
    clearTimeout(this.retry);
    this.retry = null;
    this.onState(this.tries ? "lost" : "connecting");
    const address = new URL("ws", document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = (this.socket = new WebSocket(address));
    socket.onopen = () => this.beat();
    socket.onmessage = ({ data }) => {
      clearTimeout(this.silence);
      if (this.tries !== 0 || !this.isLive) this.onState("live");
      this.tries = 0;
      this.isLive = true;
      this.onFrame(JSON.parse(data));
    };
    socket.onclose = ({ code }) => socket === this.socket && this.lost(code);
  }

  beat() {
    clearTimeout(this.next);
    this.send({ type: "ping" });
    this.silence = setTimeout(() => this.lost(), SILENCE_MS);
    this.next = setTimeout(() => this.beat(), BEAT_MS);
  }

  lost(code) {
    this.drop();
    if (code === LOGGED_OUT) return this.onLoggedOut();
    this.onState("lost");
    const pause = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.tries++);
    this.retry = setTimeout(() => this.connect(), pause * (0.5 + Math.random() / 2));
  }

  drop() {
    clearTimeout(this.next);
    clearTimeout(this.silence);
    this.isLive = false;
    const socket = this.socket;
    this.socket = null; // its last words are no longer ours
    socket?.close();
  }

  send(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  stop() {
    removeEventListener("online", this.hurry);
    clearTimeout(this.retry);
    this.drop();
  }
}
