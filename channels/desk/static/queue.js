// The left side: who waits, longest first, and everybody else's conversations.

import { Text } from "./text.js";
import { since, useNow } from "./time.js";
import { html, useEffect, useRef } from "./vendor/htm-preact.js";
import { reasonOf, titleOf } from "./wording.js";

function Item({ summary, selected, unread, now, onSelect }) {
  const button = useRef();
  useEffect(() => {
    if (!selected) return;
    button.current.scrollIntoView({ block: "nearest" });
    if (document.activeElement?.matches(".item")) button.current.focus(); // keys j and k
  }, [selected]);
  const { control, handoff, first, last } = summary;
  const waits = control === "queue";
  return html`
    <li>
      <button ref=${button} class="item" data-control=${control} data-conversation=${summary.id}
        aria-current=${selected ? "true" : null} onClick=${() => onSelect(summary.id)}>
        <span class="who">
          ${unread && html`<span class="unread" aria-label="new messages" />`}
          <${Text}>${titleOf(summary)}<//>
        </span>
        <time datetime=${summary.since} title=${waits ? "waiting" : "since the last message"}>
          ${since(waits ? summary.since : summary.updated_at, now)}
        </time>
        ${last && last.seq !== first?.seq && html`<span class="preview"><${Text}>${last.text}<//></span>`}
        ${waits && html`<span class="reason">${reasonOf(handoff)}</span>`}
      </button>
    </li>
  `;
}

export function Queue({ sections, selected, isUnread, onSelect }) {
  const now = useNow();
  return html`
    <nav class="queue" aria-label="Conversations">
      ${sections.map(
        ({ title, items, always }) => html`
          <section key=${title} aria-label=${title}>
            <h2>${title} ${items.length > 0 && html`<span class="count">${items.length}</span>`}</h2>
            ${items.length === 0 && html`<p class="empty">${always}</p>`}
            <ul>
              ${items.map(
                (summary) => html`<${Item} key=${summary.id} summary=${summary} now=${now}
                  selected=${summary.id === selected} unread=${isUnread(summary)} onSelect=${onSelect} />`,
              )}
            </ul>
          </section>
        `,
      )}
    </nav>
  `;
}
