// Where the agent writes. What is not sent yet is kept, conversation by conversation.

import { html, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.js";

const TELL_EVERY_MS = 3_000;
const key = (id) => `storekeep-desk-draft:${id}`;

export function Composer({ id, onSend, onHandBack, onResolve, onTyping }) {
  const box = useRef();
  const told = useRef(0);
  const [text, setText] = useState(() => sessionStorage.getItem(key(id)) ?? "");
  const [busy, setBusy] = useState(false);

  useLayoutEffect(() => {
    box.current.style.height = "auto";
    box.current.style.height = `${box.current.scrollHeight + 2}px`;
  }, [text]);
  useLayoutEffect(() => {
    if (matchMedia("(hover: hover)").matches) box.current.focus();
  }, []);

  function keep(draft) {
    setText(draft);
    sessionStorage.setItem(key(id), draft);
    if (draft && Date.now() - told.current > TELL_EVERY_MS) {
      told.current = Date.now();
      onTyping();
    }
  }

  /** Sends what is written, then does `next`; neither happens when the other fails before it. */
  async function send(next) {
    if (busy) return;
    setBusy(true);
    const sent = !text.trim() || (await onSend(text));
    setBusy(false);
    if (!sent) return;
    keep("");
    if (next) await next();
    else box.current?.focus();
  }

  function onKeyDown(event) {
    if (event.key === "Escape") box.current.blur();
    if (event.key !== "Enter" || event.isComposing) return;
    const control = event.ctrlKey || event.metaKey;
    if (event.shiftKey && !control) return; // a new line
    event.preventDefault();
    if (control && event.shiftKey) send(onResolve);
    else if (control && event.altKey) send(onHandBack);
    else send();
  }

  return html`
    <form class="composer" onSubmit=${(event) => (event.preventDefault(), send())}>
      <textarea ref=${box} rows="1" maxlength="4000" dir="auto" value=${text} readonly=${busy}
        aria-label="Message to the customer" placeholder="Write to the customer …"
        onInput=${({ target }) => keep(target.value)} onKeyDown=${onKeyDown} />
      <button class="primary" disabled=${busy || !text.trim()}>Send</button>
    </form>
  `;
}
