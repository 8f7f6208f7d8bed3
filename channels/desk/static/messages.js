// The lines of a transcript, each type drawn compactly.

import { Text, webAddress } from "./text.js";
import { clock, full } from "./time.js";
import { html } from "./vendor/htm-preact.js";

function Link({ href, children }) {
  const address = webAddress(href);
  if (!address) return html`<${Text}>${children}<//>`;
  return html`<a href=${address} title=${address} target="_blank" rel="noopener noreferrer">
    <${Text}>${children}<//>
  </a>`;
}

function Choices({ message }) {
  return html`
    <${Text}>${message.text}<//>
    <ul class="choices">
      ${message.choices.map(({ title }) => html`<li><${Text}>${title}<//></li>`)}
    </ul>
  `;
}

function Cards({ message }) {
  return html`
    <${Text}>${message.text}<//>
    <ol class="cards">
      ${message.cards.map(
        ({ title, price, stock, link }) => html`
          <li>
            <span class="title"><${Link} href=${link}>${title}<//></span>
            <span class="price"><${Text}>${price}<//></span>
            <span class="stock"><${Text}>${stock}<//></span>
          </li>
        `,
      )}
    </ol>
  `;
}

function Parcel({ parcel }) {
  const { carrier, tracking_number: number, tracking_link: link, status, promised, events } = parcel;
  const latest = events[0];
  return html`
    <li class="parcel">
      <strong><${Text}>${status}<//></strong>
      <span>
        <${Text}>${carrier}<//> <${Link} href=${link}>${number}<//>
        ${promised && html` · promised <time datetime=${promised}>${full(promised)}</time>`}
      </span>
      ${latest &&
      html`<span>
        <time datetime=${latest.at}>${full(latest.at)}</time>: <${Text}>${latest.text}<//>
        ${latest.place && html`, <${Text}>${latest.place}<//>`}
      </span>`}
    </li>
  `;
}

function Order({ message }) {
  const { number, status, placed_at: placed, items, total, parcels } = message.order;
  return html`
    <${Text}>${message.text}<//>
    <div class="order">
      <header>
        <strong><${Text}>${number}<//></strong> <span class="status"><${Text}>${status}<//></span>
        <time datetime=${placed}>${full(placed)}</time>
      </header>
      <ul>
        ${items.map(
          ({ title, text, quantity, price }) => html`
            <li>
              <span>${quantity} × <${Text}>${title}<//> <small><${Text}>${text}<//></small></span>
              <span class="price"><${Text}>${price}<//></span>
            </li>
          `,
        )}
        <li class="total"><span>Total</span><span class="price"><${Text}>${total}<//></span></li>
      </ul>
      <ul>${parcels.map((parcel) => html`<${Parcel} parcel=${parcel} />`)}</ul>
    </div>
  `;
}

const Plain = ({ message }) => html`<${Text}>${message.text}<//>`;
const Address = ({ message }) => html`<${Link} href=${message.url}>${message.text || message.url}<//>`;
const BODIES = { choices: Choices, cards: Cards, order: Order, link: Address, image: Address };
const AUTHORS = { customer: "Customer", bot: "Bot" };

/** One message with who wrote it and when. */
export function Message({ message, follows }) {
  const { author, type, at } = message;
  if (author === "system") {
    return html`<li class="message" data-author="system">
      <${Text}>${message.text}<//> <time datetime=${at} title=${full(at)}>${clock(at)}</time>
    </li>`;
  }
  const Body = BODIES[type] ?? Plain;
  return html`
    <li class="message" data-author=${author} data-follows=${follows}>
      <p class="byline">
        <span class="author">${AUTHORS[author] ?? message.agent}</span>
        <time datetime=${at} title=${full(at)}>${clock(at)}</time>
      </p>
      <div class="body"><${Body} message=${message} /></div>
    </li>
  `;
}
