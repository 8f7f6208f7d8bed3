// The right side: one conversation, why it is here, and what the agent may do with it.

import { Composer } from "./composer.js";
import { Text } from "./text.js";
import { since, useNow } from "./time.js";
import { Transcript } from "./transcript.js";
import { html } from "./vendor/htm-preact.js";
import { controlName, factName, factValue, reasonOf, titleOf } from "./wording.js";

const READING = {
  queue: () => "Take the conversation to answer.",
  agent: ({ agent }) => `${agent} answers here. You are reading along.`,
  bot: () => "The bot answers here. You are reading along.",
  closed: () => "Resolved. When the customer writes again, the bot answers.",
};

function Handoff({ handoff }) {
  const facts = Object.entries(handoff.facts ?? {});
  return html`
    <section class="handoff" aria-label="Why it was handed over">
      <strong>${reasonOf(handoff)}</strong>
      <dl>
        ${facts.map(
          ([name, value]) => html`
            <div><dt>${factName(name)}</dt><dd><${Text}>${factValue(name, value)}<//></dd></div>
          `,
        )}
      </dl>
    </section>
  `;
}

function State({ summary }) {
  const now = useNow();
  const waits = summary.control === "queue";
  return html`
    <span class="state" data-control=${summary.control}>
      ${controlName(summary)}${waits && ` ${since(summary.since, now)}`}
    </span>
  `;
}

export function Conversation({ state, store, onBack }) {
  const now = useNow();
  const id = state.selected;
  const summary = state.conversations.get(id);
  if (!summary) return html`<section class="conversation"><p class="empty">Loading …</p></section>`;
  const { control, handoff } = summary;
  const isMine = control === "agent" && summary.agent === state.agent.name;
  const isHandedOver = handoff && (control === "queue" || control === "agent");
  const handBack = () => store.handBack(id);
  const resolve = () => store.resolve(id);
  return html`
    <section class="conversation" aria-label=${titleOf(summary)}>
      <header>
        <button class="back" onClick=${onBack} aria-label="Back to the list">‹</button>
        <h1><${Text}>${titleOf(summary)}<//></h1>
        <${State} summary=${summary} />
        <div class="actions">
          ${control === "queue" &&
          html`<button class="primary" onClick=${() => store.take(id)}>Take <kbd>t</kbd></button>`}
          ${isMine &&
          html`
            <button onClick=${handBack} title="Ctrl+Alt+Enter">Hand back to bot</button>
            <button onClick=${resolve} title="Ctrl+Shift+Enter">Resolve</button>
          `}
        </div>
      </header>
      ${isHandedOver && html`<${Handoff} handoff=${handoff} />`}
      <${Transcript} key=${id} messages=${state.transcripts.get(id)}
        isTyping=${(state.typing.get(id) ?? 0) > now} />
      <p class="spoken" role="status">
        ${summary.last && html`Customer: <${Text}>${summary.last.text}<//>`}
      </p>
      <p class="refusal" role="alert">${state.refusal?.message}</p>
      ${isMine &&
      html`<${Composer} key=${id} id=${id} onHandBack=${handBack} onResolve=${resolve}
        onSend=${(text) => store.reply(id, text)} onTyping=${() => store.tellTyping(id)} />`}
      ${!isMine &&
      html`<p class="reading">${READING[control](summary)}</p>`}
    </section>
  `;
}
