// What strangers wrote, made safe to read: always text, never markup, nothing hidden.

import { html } from "./vendor/htm-preact.js";

// An emoji sequence may contain joiners; elsewhere they and all other invisible characters are shown.
const EMOJI = String.raw`\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]*`;
const PIECES = new RegExp(
  String.raw`${EMOJI}(?:\u200D${EMOJI})*|(?<hidden>(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])`,
  "gu",
);

const NAMES = {
  0x00ad: "soft hyphen",
  0x200b: "zero-width space",
  0x200c: "zero-width non-joiner",
  0x200d: "zero-width joiner",
  0x200e: "left-to-right mark",
  0x200f: "right-to-left mark",
  0x202a: "left-to-right embedding",
  0x202b: "right-to-left embedding",
  0x202c: "end of embedding",
  0x202d: "left-to-right override",
  0x202e: "right-to-left override",
  0x2060: "word joiner",
  0x2066: "left-to-right isolate",
  0x2067: "right-to-left isolate",
  0x2068: "first-strong isolate",
  0x2069: "end of isolate",
  0xfeff: "byte order mark",
};

function Hidden({ character }) {
  const code = character.codePointAt(0);
  const number = code.toString(16).toUpperCase().padStart(4, "0");
  const name = NAMES[code] ?? "invisible character";
  return html`<span class="hidden-character" title=${`${name} (U+${number})`}>${number}</span>`;
}

/** Text of anybody, its own direction kept to itself, its invisible characters made visible. */
export function Text({ children }) {
  const text = String(children ?? "");
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(PIECES)) {
    if (!match.groups.hidden) continue;
    parts.push(text.slice(from, match.index), html`<${Hidden} character=${match[0]} />`);
    from = match.index + match[0].length;
  }
  return html`<bdi class="text">${parts}${text.slice(from)}</bdi>`;
}

/** An address that may be opened, or null: only the web, no scripts and no files. */
export function webAddress(address) {
  if (!URL.canParse(address, document.baseURI)) return null;
  const url = new URL(address, document.baseURI);
  return /^https?:$/.test(url.protocol) ? url.href : null;
}
