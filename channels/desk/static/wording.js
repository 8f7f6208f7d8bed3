// Codes in the words of the people at the desk.

const REASONS = {
  asked: "Asked for a person",
  caution: "Too many failed tries: look who is writing",
  complaint: "Is upset",
  crisis: "May be in danger: please take it first",
  failed: "The bot could not answer",
  language: "Writes in another language",
  "needs-approval": "Needs approval",
  "not-understood": "The bot did not understand",
};

const CHANNELS = { widget: "Web chat", api: "API", whatsapp: "WhatsApp" };

const CONTROLS = {
  bot: "With the bot",
  queue: "Waiting",
  closed: "Resolved",
};

const FACTS = {
  last_message: "Last message",
  last_intent: "Was about",
  last_refusal: "Was told no",
  requests: "Wants done",
  supposed: "May be about",
};

const CODES = new Set(["last_intent", "last_refusal", "requests", "supposed"]);

const plain = (code) => {
  const words = String(code).replaceAll(/[-_]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const reasonOf = (handoff) =>
  handoff?.reason ? (REASONS[handoff.reason] ?? plain(handoff.reason)) : "";

export const channelName = (channel) => CHANNELS[channel] ?? plain(channel);

export const factName = (key) => FACTS[key] ?? plain(key);

/** A fact as it is, but for the names of intents and refusals, which are codes. */
export const factValue = (key, value) => (CODES.has(key) ? plain(value) : value);

export const controlName = ({ control, agent }) =>
  control === "agent" ? `With ${agent}` : CONTROLS[control];

const TITLE_LENGTH = 48;

/** What to call a conversation: where it comes from and the customer's first words. */
export function titleOf({ channel, first }) {
  const words = first?.text.trim().replaceAll(/\s+/g, " ") ?? "";
  const short = words.length > TITLE_LENGTH ? `${words.slice(0, TITLE_LENGTH).replace(/\s+\S*$/, "")} …` : words;
  return short ? `${channelName(channel)}: ${short}` : channelName(channel);
}
