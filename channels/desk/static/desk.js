// The page: log-in or desk, which conversation is open, and the keys.

import * as api from "./api.js";
import { Conversation } from "./conversation.js";
import { Help } from "./help.js";
import { Login } from "./login.js";
import { alertsAreOn, showWaiting, switchAlerts } from "./notice.js";
import { Queue } from "./queue.js";
import { Store, sections } from "./store.js";
import { html, render, useEffect, useRef, useState } from "./vendor/htm-preact.js";

const opened = () => decodeURIComponent(location.hash.replace(/^#\/?/, "")) || null;
const CONNECTION = { connecting: "Connecting …", lost: "Connection lost, trying again …" };

/** Which message of each conversation this agent has seen last. */
function useSeen(state) {
  const seen = useRef(new Map()).current;
  const last = state?.transcripts.get(state.selected)?.at(-1)?.seq;
  if (last) seen.set(state.selected, last);
  return ({ id, last: latest, agent }) =>
    agent === state.agent.name && latest?.seq > (seen.get(id) ?? 0);
}

function Bar({ state, onHelp, onLogOut }) {
  const [alerts, setAlerts] = useState(alertsAreOn());
  const toggle = () => {
    switchAlerts(!alerts);
    setAlerts(!alerts);
  };
  return html`
    <header class="bar">
      <h1 data-connection=${state.connection}>${state.agent.name}</h1>
      <button aria-pressed=${alerts} onClick=${toggle} title="Sound and notification when somebody waits">
        Alerts ${alerts ? "on" : "off"}
      </button>
      <button onClick=${onHelp} aria-label="Keys">?</button>
      <button onClick=${onLogOut}>Log out</button>
      ${CONNECTION[state.connection] &&
      html`<p class="connection" role="status">${CONNECTION[state.connection]}</p>`}
    </header>
  `;
}

function Desk({ agent, onLoggedOut }) {
  const [state, setState] = useState(null);
  const [help, setHelp] = useState(false);
  const store = useRef();
  const lists = state?.isLoaded ? sections(state) : [];
  const isUnread = useSeen(state);

  useEffect(() => {
    store.current = new Store(agent, setState, onLoggedOut);
    const follow = () => store.current.select(opened());
    follow();
    addEventListener("hashchange", follow);
    return () => {
      removeEventListener("hashchange", follow);
      store.current.stop();
    };
  }, []);

  const waiting = lists.find(({ title }) => title === "Waiting")?.items.length ?? 0;
  useEffect(() => showWaiting(waiting), [waiting]);

  function onKeyDown(event) {
    if (event.target.closest("input, textarea, dialog[open]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const ids = lists.flatMap(({ items }) => items.map(({ id }) => id));
    const move = (by) => {
      const next = ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(state.selected) + by))];
      if (next) location.hash = `#/${encodeURIComponent(next)}`;
    };
    const inTranscript = event.target.closest(".transcript"); // its arrows scroll
    const keys = {
      j: () => move(1),
      k: () => move(-1),
      ArrowDown: inTranscript ? null : () => move(1),
      ArrowUp: inTranscript ? null : () => move(-1),
      t: () => document.querySelector(".actions .primary")?.click(),
      r: () => document.querySelector(".composer textarea")?.focus(),
      "?": () => setHelp(true),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }
  useEffect(() => {
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  });

  if (!state) return null;
  const logOut = () => api.logOut().finally(() => onLoggedOut(""));
  return html`
    <main class="desk" data-open=${state.selected ? "conversation" : "list"}>
      <div class="side">
        <${Bar} state=${state} onHelp=${() => setHelp(true)} onLogOut=${logOut} />
        <p class="spoken" role="status">${state.isLoaded && `${waiting} waiting`}</p>
        <${Queue} sections=${lists} selected=${state.selected} isUnread=${isUnread}
          onSelect=${(id) => (location.hash = `#/${encodeURIComponent(id)}`)} />
      </div>
      ${state.selected
        ? html`<${Conversation} state=${state} store=${store.current}
            onBack=${() => (location.hash = "#/")} />`
        : html`<section class="conversation"><p class="empty">
            Choose a conversation, or press <kbd>j</kbd>. <kbd>?</kbd> shows all keys.
          </p></section>`}
      ${help && html`<${Help} onClose=${() => setHelp(false)} />`}
    </main>
  `;
}

function App() {
  const [agent, setAgent] = useState(undefined); // undefined: not known yet, null: nobody
  const [notice, setNotice] = useState("");
  useEffect(() => {
    api.session().then(
      (answer) => setAgent(answer.agent),
      (refusal) => (setNotice(refusal.status === 401 ? "" : refusal.message), setAgent(null)),
    );
  }, []);
  const onLoggedOut = (why = "Your session is over. Please log in again.") => {
    setNotice(why);
    setAgent(null);
    showWaiting(0);
  };
  if (agent === undefined) return null;
  return agent
    ? html`<${Desk} key=${agent.name} agent=${agent} onLoggedOut=${onLoggedOut} />`
    : html`<${Login} notice=${notice} onLoggedIn=${setAgent} />`;
}

render(html`<${App} />`, document.getElementById("app"));
