// The list of keys, behind "?".

import { html, useEffect, useRef } from "./vendor/htm-preact.js";

const KEYS = [
  ["j, ↓", "next conversation"],
  ["k, ↑", "previous conversation"],
  ["t", "take the open conversation"],
  ["r", "write to the customer"],
  ["Enter", "send"],
  ["Shift+Enter", "new line"],
  ["Ctrl+Alt+Enter", "send and hand back to the bot"],
  ["Ctrl+Shift+Enter", "send and resolve"],
  ["Esc", "leave the message, close this"],
  ["?", "these keys"],
];

export function Help({ onClose }) {
  const dialog = useRef();
  useEffect(() => dialog.current.showModal(), []);
  return html`
    <dialog ref=${dialog} class="help" onClose=${onClose} aria-labelledby="help-title"
      onClick=${({ target }) => target === dialog.current && dialog.current.close()}>
      <div>
        <h2 id="help-title">Keys</h2>
        <dl>
          ${KEYS.map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`)}
        </dl>
        <button onClick=${() => dialog.current.close()}>Close</button>
      </div>
    </dialog>
  `;
}
