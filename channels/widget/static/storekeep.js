// The chat of a shop, added to any page by one line:
//
//   <script type="module" src="https://chat.example/widget/storekeep.js" data-title="Aurora" data-accent="#5b3fd6"></script>
//
// It adds <storekeep-chat> to the page. The page may call open(), close(), send(text), identify(token) and reset() on it.

import { Chat } from "./chat.js";
import { h } from "./dom.js";
import { build } from "./panel.js";
import { openStorage } from "./storage.js";
import { strings } from "./strings.js";
import { sheet } from "./style.js";
import { Transcript } from "./transcript.js";
import { Waiting } from "./waiting.js";

const GATEWAY = new URL("..", import.meta.url);
const TYPING_MS = { bot: 30_000, agent: 5_000 };
const NARRATION_MS = 2_000;
const OFFLINE_AFTER_MS = 2_000;
const phone = matchMedia("(max-width: 480px)");
const touch = matchMedia("(pointer: coarse)");

class StorekeepChat extends HTMLElement {
  #storage = openStorage(GATEWAY.href);
  #chat;
  #transcript;
  #parts;
  #waiting = new Waiting(() => this.#leaveQueue());
  #unread = 0;
  #agent = strings.agent;
  #typing = 0;
  #offline = 0;

  connectedCallback() {
    if (this.#chat) return this.#resume();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    if (this.dataset.accent) this.style.setProperty("--storekeep-accent", this.dataset.accent);
    this.#parts = build(this.dataset.title || strings.title, this.dataset.greeting || strings.greeting);
    this.#parts.form.before(this.#waiting.element);
    root.append(this.#parts.launcher, this.#parts.panel, this.#parts.narration);
    this.#transcript = new Transcript(this.#parts, {
      base: GATEWAY,
      choose: ({ id, title }) => this.#submit({ choice: id, text: title }),
      retry: (entry) => this.#submit(entry),
      discard: () => this.#parts.input.focus(),
    });
    const endpoint = new URL("widget/ws", GATEWAY);
    endpoint.protocol = GATEWAY.protocol.replace("http", "ws");
    this.#chat = new Chat(endpoint, this.#storage);
    if (this.dataset.customerToken) this.#chat.identify(this.dataset.customerToken);
    this.#listen();
    this.#resume();
  }

  disconnectedCallback() {
    this.#chat.close();
  }

  /** Opens the panel and puts the cursor into it: to be called when the visitor asked for it. */
  open() {
    const { panel, input } = this.#parts;
    if (!panel.open && phone.matches) panel.showModal();
    this.#unfold();
    (touch.matches ? panel : input).focus();
  }

  close() {
    const { panel, launcher } = this.#parts;
    panel.close();
    this.#storage.open.set(false);
    launcher.setAttribute("aria-expanded", "false");
    launcher.focus();
  }

  /** Opens the panel and writes in the visitor's name. */
  send(text) {
    this.open();
    this.#submit({ text });
  }

  /** Says who is logged in at the shop, by the token that the shop's server signed. */
  identify(token) {
    this.#chat.identify(token);
  }

  /** Ends the session in this browser, as at a customer's logout. */
  reset() {
    this.#chat.reset();
  }

  #listen() {
    const { launcher, panel, close, form, input, who } = this.#parts;
    const on = (name, react) => this.#chat.addEventListener(name, ({ detail }) => react(detail));
    on("message", (message) => this.#show(message));
    on("pending", (entry) => this.#transcript.pend(entry));
    on("settled", (entry) => this.#transcript.settle(entry));
    on("failed", (entry) => this.#transcript.fail(entry));
    on("typing", (typing) => this.#showTyping(typing));
    on("control", (control) => this.#showControl(control));
    on("queue", (queue) => this.#waiting.showQueue(queue));
    on("state", (state) => this.#showState(state));
    on("reset", () => this.#clear());
    launcher.addEventListener("click", () => (panel.open ? this.close() : this.open()));
    close.addEventListener("click", () => this.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (text && this.#submit({ text })) input.value = "";
    });
    input.addEventListener("input", () => {
      if (input.value && who.dataset.control === "agent") this.#chat.tellWriting();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.close();
    });
  }

  #resume() {
    // A panel that was open on the last page stays open, but takes neither focus nor a small screen.
    if (this.#storage.open.get() && !phone.matches) this.#unfold();
    else if (this.#chat.hasSession) this.#chat.open();
  }

  #unfold() {
    const { panel, launcher } = this.#parts;
    panel.open = true;
    this.#storage.open.set(true);
    launcher.setAttribute("aria-expanded", "true");
    this.#countUnread(0);
    if (this.#chat.lastSeq) this.#storage.read.set(this.#chat.lastSeq);
    this.#transcript.follow();
    this.#chat.open();
  }

  #submit({ text, choice }) {
    const { problem, input } = this.#parts;
    const hindrance = this.#chat.send({ text, choice });
    problem.textContent = hindrance ? strings.problems[hindrance] : "";
    if (!touch.matches) input.focus(); // there it would raise the keyboard
    return !hindrance;
  }

  #show(message) {
    this.#transcript.show(message);
    if (message.author === "customer") return;
    this.#showTyping({ who: message.author, is_typing: false });
    if (this.#parts.panel.open) this.#storage.read.set(message.seq);
    else if (message.seq > this.#storage.read.get()) this.#countUnread(this.#unread + 1);
    if (message.isNew) this.#narrate(message);
  }

  #showTyping({ who, is_typing }) {
    const { typing } = this.#parts;
    clearTimeout(this.#typing);
    typing.hidden = !is_typing;
    if (!is_typing) return;
    const name = who === "agent" ? this.#agent : strings.assistant;
    typing.replaceChildren(
      h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
      h("span", { class: "unseen" }, strings.writing(name)),
    );
    this.#transcript.follow();
    this.#typing = setTimeout(() => (typing.hidden = true), TYPING_MS[who]);
  }

  #leaveQueue() {
    this.#chat.leaveQueue();
    this.#parts.input.focus(); // the button goes away
  }

  #showControl({ control, agent, queue }) {
    const { who } = this.#parts;
    const words = strings.answeredBy[control];
    this.#agent = agent ?? strings.agent;
    who.dataset.control = control;
    this.#waiting.showControl({ control, queue });
    who.textContent = control === "agent" ? words(this.#agent) : words;
  }

  #showState(state) {
    // A connection that is back within moments is not worth a word.
    clearTimeout(this.#offline);
    const { connection } = this.#parts;
    if (state === "online") {
      connection.textContent = "";
      return;
    }
    this.#showTyping({ is_typing: false });
    this.#offline = setTimeout(() => (connection.textContent = strings.offline), OFFLINE_AFTER_MS);
  }

  #narrate({ author, agent, text }) {
    const name = author === "agent" ? `${agent}: ` : "";
    const line = h("p", {}, name + text);
    this.#parts.narration.append(line);
    setTimeout(() => line.remove(), NARRATION_MS);
  }

  #countUnread(count) {
    const { badge, launcher } = this.#parts;
    this.#unread = count;
    badge.hidden = count === 0;
    badge.textContent = count > 9 ? "9+" : count;
    launcher.setAttribute("aria-label", count ? strings.unread(count) : strings.open);
  }

  #clear() {
    this.#transcript.clear();
    this.#countUnread(0);
    this.#showTyping({ is_typing: false });
    this.#showControl({ control: "bot" });
  }
}

customElements.define("storekeep-chat", StorekeepChat);

const script = [...document.scripts].find(({ src }) => src === import.meta.url);
if (script && !document.querySelector("storekeep-chat")) {
  document.body.append(h("storekeep-chat", dataAttributes(script)));
}

function dataAttributes({ attributes }) {
  const isData = ({ name }) => name.startsWith("data-");
  return Object.fromEntries([...attributes].filter(isData).map(({ name, value }) => [name, value]));
}
