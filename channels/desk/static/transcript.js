// The conversation so far: follows the newest line unless somebody reads further up.

import { Message } from "./messages.js";
import { day } from "./time.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.js";

const NEAR_PX = 80;
const TOGETHER_MS = 3 * 60_000; // lines of one author this close need no new byline

function lines(messages) {
  const drawn = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const newDay = !before || day(before.at) !== day(message.at);
    if (newDay) {
      drawn.push(html`<li class="day" key=${`day-${message.seq}`}>${day(message.at)}</li>`);
    }
    const follows =
      !newDay &&
      before.author === message.author &&
      before.agent === message.agent &&
      new Date(message.at) - new Date(before.at) < TOGETHER_MS;
    drawn.push(html`<${Message} key=${message.seq} message=${message} follows=${follows} />`);
  });
  return drawn;
}

export function Transcript({ messages, isTyping }) {
  const box = useRef();
  const atEnd = useRef(true);
  const [missed, setMissed] = useState(false);
  const last = messages?.at(-1)?.seq;

  const toEnd = () => box.current.scrollTo({ top: box.current.scrollHeight });
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setMissed(true);
  }, [last, isTyping]);
  useEffect(() => {
    const follow = new ResizeObserver(() => atEnd.current && toEnd());
    follow.observe(box.current);
    return () => follow.disconnect();
  }, []);

  function onScroll({ target }) {
    atEnd.current = target.scrollHeight - target.scrollTop - target.clientHeight < NEAR_PX;
    if (atEnd.current) setMissed(false);
  }

  return html`
    <div class="transcript" ref=${box} onScroll=${onScroll} tabindex="0" role="region" aria-label="Transcript">
      ${!messages && html`<p class="empty">Loading …</p>`}
      <ol>
        ${lines(messages ?? [])}
        ${isTyping && html`<li class="message typing" key="typing">The customer is typing …</li>`}
      </ol>
      ${missed && html`<button class="to-end" onClick=${toEnd}>New messages ↓</button>`}
    </div>
  `;
}
