// The widget's looks. A constructed sheet: no style attribute or element, so a strict CSP allows it.
// A shop may set --storekeep-accent, --storekeep-font and --storekeep-edge on <storekeep-chat>.

export const sheet = new CSSStyleSheet();

sheet.replaceSync(`
:host {
  all: initial;
  color-scheme: light dark;
  --accent: var(--storekeep-accent, #0f6b5c);
  --on-accent: #fff;
  --link: var(--accent);
  --ground: #fff;
  --raised: #f3f4f2;
  --tint: color-mix(in srgb, var(--accent) 11%, var(--ground));
  --line: #dfe2de;
  --ink: #1c211f;
  --muted: #5c6560;
  --danger: #b3261e;
  --edge: var(--storekeep-edge, 20px);
  font: 15px/1.45 var(--storekeep-font, system-ui, sans-serif);
  color: var(--ink);
}
@supports (color: oklch(from red l c h)) {
  :host {
    --on-accent: oklch(from var(--accent) clamp(0, (0.66 - l) * 1000, 1) 0 0);
    --link: oklch(from var(--accent) min(l, 0.48) c h);
  }
}
@media (prefers-color-scheme: dark) {
  :host {
    --ground: #171a19;
    --raised: #242927;
    --line: #363c39;
    --ink: #ecefed;
    --muted: #a4ada8;
    --danger: #ffb4ab;
    --tint: color-mix(in srgb, var(--accent) 34%, var(--ground));
    --link: color-mix(in srgb, var(--accent) 45%, #fff);
  }
  @supports (color: oklch(from red l c h)) {
    :host { --link: oklch(from var(--accent) max(l, 0.8) c h); }
  }
}

*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
p, ul, ol { margin: 0; padding: 0; list-style: none; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
a { color: var(--link); }
a, button, summary, textarea, .log, .cards { outline-offset: 2px; }
:focus-visible { outline: 2px solid var(--link); }
svg { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }

.launcher {
  position: fixed; z-index: 2147483000; inset: auto var(--edge) var(--edge) auto;
  display: grid; place-items: center; width: 60px; height: 60px;
  border: 1px solid transparent; border-radius: 50%;
  background: var(--accent); color: var(--on-accent);
  box-shadow: 0 6px 20px rgb(0 0 0 / .22); transition: transform .15s;
}
.launcher:hover { transform: translateY(-2px); }
.launcher svg { width: 28px; height: 28px; }
.badge {
  position: absolute; inset: -3px -3px auto auto; min-width: 24px; padding: 0 6px;
  border: 2px solid var(--ground); border-radius: 12px; background: #b3261e; color: #fff;
  font-size: 12px; font-weight: 650; line-height: 20px; text-align: center;
}

.panel {
  position: fixed; z-index: 2147483000; inset: auto var(--edge) calc(var(--edge) + 74px) auto; margin: 0; padding: 0;
  width: min(400px, calc(100vw - 2 * var(--edge))); height: min(660px, calc(100dvh - var(--edge) - 94px));
  max-width: none; max-height: none;
  flex-direction: column; overflow: hidden; overscroll-behavior: contain;
  border: 1px solid var(--line); border-radius: 20px; background: var(--ground); color: inherit;
  box-shadow: 0 18px 50px rgb(0 0 0 / .2);
}
.panel[open] { display: flex; }
.panel > header { display: flex; align-items: center; gap: 12px; padding: 14px 12px 14px 16px; border-bottom: 1px solid var(--line); }
.panel > header > div { flex: 1; min-width: 0; }
.panel h2 { margin: 0; font-size: 16px; font-weight: 650; line-height: 1.3; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.avatar { display: grid; place-items: center; width: 38px; height: 38px; border-radius: 12px; background: var(--accent); color: var(--on-accent); }
.who { display: flex; align-items: center; gap: 6px; font-size: 13px; color: var(--muted); }
.who::before { content: ""; flex: none; width: 8px; height: 8px; border-radius: 50%; background: var(--muted); }
.who[data-control="agent"]::before { background: #2a9d5c; }
.who[data-control="queue"]::before { background: #c98a1b; }
.close { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 12px; color: var(--muted); }
.close:hover { background: var(--raised); }
.connection { padding: 6px 16px; background: var(--raised); color: var(--muted); font-size: 13px; text-align: center; }
.connection:empty { display: none; }

.log { flex: 1; min-height: 0; position: relative; overflow-y: auto; padding: 16px; outline-offset: -3px; }
.log > .message { margin-top: 0; }
.message { display: flex; flex-direction: column; align-items: flex-start; gap: 6px; margin-top: 14px; overflow-wrap: anywhere; }
.speaker { font-size: 12px; color: var(--muted); }
.bubble { max-width: 88%; padding: 9px 14px; border: 1px solid transparent; border-radius: 18px 18px 18px 5px; background: var(--raised); white-space: pre-wrap; }
[data-author="customer"] { align-items: flex-end; }
[data-author="customer"] .bubble { border-radius: 18px 18px 5px 18px; background: var(--accent); color: var(--on-accent); }
[data-author="agent"] .bubble { background: var(--tint); }
[data-author="system"] { align-items: center; }
.message:not([data-author="system"]) + [data-author="bot"], [data-author="customer"] + [data-author="customer"] { margin-top: 6px; }
[data-author="customer"] + .message:not([data-author="customer"]) { margin-top: 14px; }
.unseen, :is([data-author="system"], [data-author="customer"]) .speaker,
[data-author="bot"] + [data-author="bot"] .speaker, [data-author="agent"] + [data-author="agent"] .speaker {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.notice { font-size: 13px; color: var(--muted); text-align: center; text-wrap: balance; }
.delivery { font-size: 12px; color: var(--muted); text-align: end; }
.failed .delivery { color: var(--danger); }
.delivery button { min-height: 24px; margin-inline-start: 8px; text-decoration: underline; }
.failed .bubble { opacity: .75; }
.picture { width: 88%; aspect-ratio: 4 / 3; object-fit: contain; border: 1px solid var(--line); border-radius: 14px; background: var(--raised); }

.choices { display: flex; flex-wrap: wrap; gap: 8px; }
.choice { min-height: 36px; padding: 6px 14px; border: 1px solid currentColor; border-radius: 18px; color: var(--link); text-align: start; }
.choice:hover { background: var(--tint); }
.choice[aria-disabled="true"] { border-color: var(--line); color: var(--muted); background: none; cursor: default; }
.choice.chosen { background: var(--tint); color: var(--ink); border-color: var(--link); }

.carousel { position: relative; align-self: stretch; margin-inline: -16px; }
.cards { display: flex; gap: 10px; overflow-x: auto; padding: 2px 16px 8px; scroll-padding-inline: 16px; scroll-snap-type: x mandatory; scroll-behavior: smooth; scrollbar-width: thin; outline-offset: -2px; }
.cards li { flex: 0 0 172px; scroll-snap-align: start; }
.card { display: flex; flex-direction: column; gap: 2px; height: 100%; padding: 10px; border: 1px solid var(--line); border-radius: 16px; color: inherit; text-decoration: none; }
a.card:hover { border-color: var(--link); }
.card .frame { aspect-ratio: 1; width: 100%; margin-bottom: 6px; }
.frame { display: block; flex: none; overflow: hidden; border-radius: 10px; background: var(--raised); }
.frame img { display: block; width: 100%; height: 100%; object-fit: contain; }
.card .title { font-weight: 600; line-height: 1.3; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.card .detail { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.detail, .stock { font-size: 13px; color: var(--muted); }
.card .price { margin-top: auto; padding-top: 4px; font-weight: 650; }
.arrow { position: absolute; top: 70px; display: grid; place-items: center; width: 34px; height: 34px; border: 1px solid var(--line); border-radius: 50%; background: var(--ground); box-shadow: 0 2px 8px rgb(0 0 0 / .14); }
.arrow svg { width: 18px; height: 18px; }
.previous { left: 8px; }
.next { right: 8px; }

.order { align-self: stretch; display: flex; flex-direction: column; gap: 12px; padding: 14px; border: 1px solid var(--line); border-radius: 16px; }
.order header { display: grid; grid-template-columns: 1fr auto; gap: 0 10px; align-items: center; }
.status { padding: 2px 10px; border: 1px solid transparent; border-radius: 12px; background: var(--tint); font-size: 13px; font-weight: 600; }
.order header .detail { grid-column: 1 / -1; }
.items { display: flex; flex-direction: column; gap: 10px; }
.items li { display: grid; grid-template-columns: 44px 1fr auto; gap: 0 12px; align-items: start; }
.items .frame { width: 44px; height: 44px; grid-row: span 2; }
.items .title { font-weight: 550; line-height: 1.3; }
.items .detail { grid-column: 2 / -1; }
.sum { display: flex; justify-content: space-between; padding-top: 10px; border-top: 1px solid var(--line); }
.parcel { display: flex; flex-direction: column; gap: 8px; padding: 12px; border-radius: 12px; background: var(--raised); }
.headline { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; }
.event span { display: block; }
.stages { display: flex; gap: 4px; }
.stages li { flex: 1; padding-top: 6px; border-top: 4px solid var(--line); color: var(--muted); font-size: 12px; line-height: 1.25; overflow-wrap: normal; }
.stages .reached { border-top-color: var(--link); }
.stages [aria-current] { color: var(--ink); font-weight: 650; }
summary { min-height: 24px; font-size: 13px; cursor: pointer; }
details li { padding-top: 8px; }

.typing { display: flex; align-items: center; gap: 8px; padding: 12px 2px 0; font-size: 12px; color: var(--muted); }
.dots { display: flex; gap: 4px; padding: 11px 14px; border-radius: 18px 18px 18px 5px; background: var(--raised); }
.dots i { width: 7px; height: 7px; border-radius: 50%; background: var(--muted); animation: breathe 1.2s infinite alternate ease-in-out; }
.dots i:nth-child(2) { animation-delay: .2s; }
.dots i:nth-child(3) { animation-delay: .4s; }
@keyframes breathe { from { opacity: .25; } to { opacity: 1; } }

.more { align-self: center; margin: -44px 0 8px; z-index: 1; min-height: 36px; padding: 0 16px; border: 1px solid var(--line); border-radius: 18px; background: var(--ground); color: var(--link); box-shadow: 0 4px 14px rgb(0 0 0 / .16); }

.waiting { display: flex; flex-direction: column; align-items: flex-start; gap: 8px; padding: 12px 16px; border-top: 1px solid var(--line); background: var(--raised); font-size: 14px; }
.waiting[hidden] { display: none; }

form { display: flex; align-items: flex-end; gap: 8px; margin: 0; padding: 10px 12px 12px; border-top: 1px solid var(--line); }
textarea {
  flex: 1; min-width: 0; max-height: 132px; margin: 0; padding: 9px 14px; resize: none; field-sizing: content;
  border: 1px solid var(--muted); border-radius: 20px; background: var(--ground); color: inherit; font: inherit; font-size: 16px; line-height: 1.35;
}
textarea::placeholder { color: var(--muted); opacity: 1; }
textarea:focus-visible { outline-offset: -1px; }
.send { display: grid; place-items: center; flex: none; width: 42px; height: 42px; border: 1px solid transparent; border-radius: 50%; background: var(--accent); color: var(--on-accent); }
.send:hover { filter: brightness(1.08); }
.problem { padding: 0 16px 10px; font-size: 13px; color: var(--danger); }
.problem:empty { display: none; }

@media (max-width: 480px) {
  .panel { inset: 0; width: 100vw; height: 100dvh; border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
}
@media (forced-colors: active) {
  .bubble, .launcher, .send, .avatar, .dots, .parcel, .choice { border: 1px solid CanvasText; }
  .dots i, .who::before { forced-color-adjust: none; background: CanvasText; }
  .stages .reached { border-top-color: Highlight; }
}
`);
