// The conversation without its looks: session, sending until acknowledged, receiving in order.
//
// Events, each with its `detail`:
//   message {seq, author, type, …}   one line of the transcript, each seq once and in order;
//                                    `isNew` is false for what was said before this page
//   pending {id, text}               written here, not acknowledged yet
//   settled {id, seq}                the gateway has it
//   failed {id, text, reason}        the gateway refused it
//   typing {who, is_typing}   control {control, agent, queue}   queue {position, here, opens}
//   state "online" | "offline"   reset

import { Connection } from "./connection.js";
import { Farewell } from "./farewell.js";

const OUTBOX_LIMIT = 50;
const TEXT_LIMIT_BYTES = 16_000; // the gateway takes frames of 16 KiB
const ACK_DEADLINE_MS = 10_000;
const WRITING_EVERY_MS = 3_000;

export class Chat extends EventTarget {
  #storage;
  #connection;
  #farewell;
  #lastSeq = 0;
  #historySeq = 0;
  #welcomed = false;
  #greetedWith = null;
  #conversation = null;
  #deadline = 0;
  #writingToldAt = 0;
  #customerToken; // undefined: told nothing; null: told that nobody is logged in

  /** Talks to the gateway at `url` and remembers in `storage` (see storage.js). */
  constructor(url, storage) {
    super();
    this.#storage = storage;
    this.#connection = new Connection(url, () => this.#hello());
    this.#farewell = new Farewell(url, storage.farewells);
    this.#farewell.resume();
    this.#connection.addEventListener("frame", ({ detail }) => this.#receive(detail));
    this.#connection.addEventListener("lost", () => this.#offline());
    addEventListener("storage", (event) => event.key === storage.token.key && this.#adopt());
  }

  /** Whether this browser already has a conversation. */
  get hasSession() {
    return this.#storage.token.get() !== null;
  }

  /** The number of the last message that was received. */
  get lastSeq() {
    return this.#lastSeq;
  }

  open() {
    this.#tellPending();
    this.#connection.open();
  }

  close() {
    this.#connection.close();
  }

  /** Queues a message or a choice. Returns what stands against it ("full", "tooLong"), else null. */
  send({ text, choice }) {
    const outbox = this.#storage.outbox.get();
    if (outbox.length >= OUTBOX_LIMIT) return "full";
    if (new TextEncoder().encode(JSON.stringify(text)).length > TEXT_LIMIT_BYTES) return "tooLong";
    const entry = { id: newId(), text, choice };
    this.#storage.outbox.set([...outbox, entry]);
    this.#tell("pending", entry);
    this.#connection.open();
    if (this.#welcomed) this.#transmit(entry);
    return null;
  }

  /** Lets the person who answers see that something is being written; now and then is enough. */
  tellWriting() {
    if (!this.#welcomed || Date.now() < this.#writingToldAt + WRITING_EVERY_MS) return;
    this.#writingToldAt = Date.now();
    this.#connection.send({ type: "typing" });
  }

  /** Forgets a message that was refused. */
  discard(id) {
    this.#storage.outbox.set(this.#storage.outbox.get().filter((entry) => entry.id !== id));
  }

  /** Says who is logged in at the shop, by its token, or with null that nobody is any more. */
  identify(token) {
    this.#customerToken = token ?? null; // for this page; a logout is kept until it arrived
    this.#storage.loggedOut.set(this.#customerToken === null);
    if (this.#connection.isBegun) this.#connection.renew(); // the hello says it, a welcome confirms
  }

  /** Goes back to the assistant instead of waiting for a person. */
  leaveQueue() {
    this.#connection.send({ type: "leave-queue" });
  }

  /** Forgets the conversation in this browser, as at a customer's logout, and ends its login. */
  reset() {
    const token = this.#storage.token.get();
    if (token) this.#farewell.say(token);
    this.#forget();
    this.close();
  }

  #forget() {
    this.#customerToken = undefined;
    this.#storage.loggedOut.clear();
    this.#storage.token.clear();
    this.#storage.outbox.clear();
    this.#startAnew();
  }

  #hello() {
    this.#greetedWith = this.#storage.token.get();
    const hello = { type: "hello", token: this.#greetedWith, after: this.#lastSeq };
    const token = this.#customerToken ?? (this.#storage.loggedOut.get() ? null : undefined);
    return { ...hello, customer_token: token }; // JSON leaves out what is undefined
  }

  #receive(frame) {
    const receivers = {
      reset: () => this.#beginAnew(),
      welcome: () => this.#welcome(frame),
      message: () => this.#show(frame.message),
      ack: () => this.#settle(frame),
      error: () => this.#refuse(frame),
      typing: () => this.#tell("typing", frame),
      control: () => this.#tell("control", frame),
      queue: () => this.#tell("queue", frame),
    };
    receivers[frame.type]?.();
  }

  #beginAnew() {
    // The conversation was another customer's: nothing of it stays in this browser.
    const login = this.#customerToken;
    this.#welcomed = false;
    this.#forget();
    this.#customerToken = login;
    this.#greetedWith = null;
  }

  #welcome(frame) {
    const token = this.#storage.token.get();
    // Another tab was given a session in the meantime: share that one.
    if (token !== this.#greetedWith) return this.#adopt();
    // The gateway did not know our session: what is on the screen is not part of the new one.
    if (this.#lastSeq > 0 && this.#conversation !== frame.conversation) this.#startAnew();
    this.#conversation = frame.conversation;
    if (token !== frame.token) this.#storage.token.set(frame.token); // a new one, or renewed
    this.#welcomed = true;
    this.#greetedWith = frame.token;
    if (this.#customerToken === null) this.#customerToken = undefined; // it arrived, once is enough
    this.#storage.loggedOut.clear();
    if (this.#lastSeq === 0) this.#historySeq = frame.last;
    this.#tell("state", "online");
    this.#tell("control", frame);
    this.#tellPending();
    this.#storage.outbox.get().forEach((entry) => this.#transmit(entry));
  }

  #show(message) {
    if (message.seq <= this.#lastSeq) return;
    this.#lastSeq = message.seq;
    this.#tell("message", { ...message, isNew: message.seq > this.#historySeq });
  }

  #settle({ id, seq }) {
    this.discard(id);
    this.#awaitAnswer();
    this.#tell("settled", { id, seq });
  }

  #refuse({ id, message }) {
    const entry = this.#storage.outbox.get().find((each) => each.id === id);
    if (!entry) return;
    this.discard(id);
    this.#awaitAnswer();
    this.#tell("failed", { ...entry, reason: message });
  }

  #transmit({ id, text, choice }) {
    const frame = choice ? { type: "choice", id, choice } : { type: "message", id, text };
    this.#connection.send(frame);
    this.#awaitAnswer();
  }

  #awaitAnswer() {
    // A dead network does not close a socket; an acknowledgement that does not come shows it.
    clearTimeout(this.#deadline);
    if (this.#storage.outbox.get().length === 0) return;
    this.#deadline = setTimeout(() => this.#connection.renew(), ACK_DEADLINE_MS);
  }

  #offline() {
    clearTimeout(this.#deadline);
    this.#welcomed = false;
    this.#tell("state", "offline");
  }

  #adopt() {
    // Another tab began or ended the conversation: this one follows.
    // It knows who is logged in by now; what this page was told is older.
    this.#customerToken = undefined;
    this.#startAnew();
    if (this.hasSession) this.#connection.renew();
    else this.close();
  }

  #tellPending() {
    this.#storage.outbox.get().forEach((entry) => this.#tell("pending", entry));
  }

  #startAnew() {
    this.#lastSeq = 0;
    this.#storage.read.clear();
    this.#tell("reset");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function newId() {
  // crypto.randomUUID exists only on secure pages; a shop on plain http in a local network is not one.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
