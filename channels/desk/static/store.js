// What the desk knows. One object, replaced at every change; the page is drawn from it.

import * as api from "./api.js";
import { Live } from "./live.js";
import { callOut } from "./notice.js";

const TYPING_MS = 6_000;

export class Store {
  constructor(agent, onChange, onLoggedOut) {
    this.onChange = onChange;
    this.onLoggedOut = onLoggedOut;
    this.state = {
      agent,
      connection: "connecting",
      isLoaded: false, // before, nothing is known of who waits
      conversations: new Map(), // id → summary
      transcripts: new Map(), // id → messages, in order
      typing: new Map(), // id → until when the customer is taken to be typing
      selected: null,
      refusal: null, // what could not be done, until the next action
    };
    this.live = new Live({
      onFrame: (frame) => this.receive(frame),
      onState: (connection) => this.set({ connection }),
      onLoggedOut,
    });
  }

  set(change) {
    this.state = { ...this.state, ...change };
    this.onChange(this.state);
  }

  receive(frame) {
    switch (frame.type) {
      case "snapshot":
        this.start(frame.conversations);
        break;
      case "conversation":
        this.keep(frame.conversation);
        break;
      case "message":
        this.hear(frame.conversation, frame.message);
        break;
      case "typing":
        this.set({
          typing: new Map(this.state.typing).set(frame.conversation, Date.now() + TYPING_MS),
        });
        break;
    }
  }

  /** Begins again from what is true now: whatever happened while we were away is read anew. */
  start(conversations) {
    const { selected, transcripts } = this.state;
    this.set({
      isLoaded: true,
      conversations: new Map(conversations.map((each) => [each.id, each])),
      transcripts: new Map([...transcripts].filter(([id]) => id === selected)),
    });
    if (selected) this.refresh(selected);
  }

  keep(summary) {
    const before = this.state.conversations.get(summary.id);
    if (before && before.version > summary.version) return;
    const now = { ...before, ...summary }; // what the customer said last comes separately
    this.set({ conversations: new Map(this.state.conversations).set(summary.id, now) });
    if (summary.control === "queue" && before?.control !== "queue") callOut(summary);
  }

  hear(id, message) {
    const { conversations, typing } = this.state;
    const summary = conversations.get(id);
    if (!summary) return this.refresh(id); // a new conversation
    const now = { ...summary, updated_at: message.at };
    const stillTyping = new Map(typing);
    if (message.author === "customer") {
      now.last = message;
      stillTyping.delete(id);
    }
    this.set({ typing: stillTyping, conversations: new Map(conversations).set(id, now) });
    this.append(id, [message]);
  }

  append(id, messages) {
    const { transcripts } = this.state;
    const known = transcripts.get(id);
    if (!known) return; // loaded when somebody opens it
    const bySeq = new Map([...known, ...messages].map((each) => [each.seq, each]));
    const inOrder = [...bySeq.values()].sort((one, other) => one.seq - other.seq);
    this.set({ transcripts: new Map(transcripts).set(id, inOrder) });
  }

  refresh(id) {
    const known = this.state.transcripts.get(id) ?? [];
    return this.guard(async () => {
      const { conversation, messages } = await api.messages(id, known.at(-1)?.seq ?? 0);
      const theirs = messages.filter(({ author }) => author === "customer");
      const first = known.length ? {} : { first: theirs[0] };
      const last = theirs.length ? { last: theirs.at(-1) } : {};
      this.keep({ ...conversation, ...first, ...last });
      if (!this.state.transcripts.has(id)) {
        this.set({ transcripts: new Map(this.state.transcripts).set(id, []) });
      }
      this.append(id, messages);
    });
  }

  select(id) {
    if (id !== this.state.selected) this.set({ selected: id, refusal: null });
    return id && this.refresh(id);
  }

  take(id) {
    return this.act(id, () => api.take(id));
  }

  handBack(id) {
    return this.act(id, () => api.handBack(id));
  }

  resolve(id) {
    return this.act(id, () => api.resolve(id));
  }

  /** Sends the agent's words; resolves to whether they were kept. */
  reply(id, text) {
    return this.attempt(async () => {
      const { message } = await api.reply(id, text);
      this.append(id, [message]);
    });
  }

  async act(id, action) {
    const done = await this.attempt(async () => this.keep((await action()).conversation));
    if (!done) await this.refresh(id); // whatever is true now, show it
    return done;
  }

  attempt(action) {
    this.set({ refusal: null });
    return this.guard(action);
  }

  async guard(action) {
    try {
      await action();
      return true;
    } catch (refusal) {
      if (!(refusal instanceof api.Refusal)) throw refusal;
      if (refusal.status === 401) this.onLoggedOut();
      this.set({ refusal });
      return false;
    }
  }

  tellTyping(id) {
    this.live.send({ type: "typing", conversation: id });
  }

  stop() {
    this.live.stop();
  }
}

/** The conversations in the order of the list: who waits, mine, colleagues', the bot's, resolved. */
export function sections({ conversations, agent }) {
  const all = [...conversations.values()];
  const oldestFirst = (one, other) => one.since.localeCompare(other.since);
  const latestFirst = (one, other) => other.updated_at.localeCompare(one.updated_at);
  const under = (control) => all.filter((each) => each.control === control);
  return [
    { title: "Waiting", items: under("queue").sort(oldestFirst), always: "Nobody is waiting." },
    {
      title: "Mine",
      items: under("agent").filter((each) => each.agent === agent.name).sort(oldestFirst),
    },
    {
      title: "With colleagues",
      items: under("agent").filter((each) => each.agent !== agent.name).sort(latestFirst),
    },
    { title: "With the bot", items: under("bot").sort(latestFirst) },
    { title: "Resolved", items: under("closed").sort(latestFirst) },
  ].filter(({ items, always }) => items.length || always);
}
