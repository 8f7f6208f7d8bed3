// Every word that the widget itself says. What the assistant says comes from the gateway.

import { upcoming } from "./time.js";

export const strings = {
  title: "Shop assistant",
  open: "Chat with us",
  unread: (count) => `Chat with us, ${count} unread ${count === 1 ? "message" : "messages"}`,
  close: "Close chat",
  conversation: "Conversation",
  placeholder: "Write a message…",
  yourMessage: "Your message",
  send: "Send",
  greeting: "Hello! Ask about an order, a product or our shop. A person can take over at any time.",
  you: "You",
  assistant: "Assistant",
  agent: "Shop team",
  writing: (who) => `${who} is writing`,
  newMessages: "New messages",

  sending: "Sending…",
  failed: "Not sent",
  retry: "Try again",
  discard: "Discard",
  problems: {
    full: "Too many messages are waiting to be sent. Please wait for the connection.",
    tooLong: "This message is too long. Please send it in parts.",
  },

  answeredBy: {
    bot: "Automatic assistant",
    queue: "Waiting for a person",
    agent: (name) => `You are talking to ${name}`,
    closed: "Resolved. Write again any time",
  },
  leaveQueue: "Go on with the assistant",
  waiting: ({ position, here, opens }) => {
    const place = position === 1 ? "You are next." : `You are number ${position} in line.`;
    if (here) return `${place} A person will be with you soon.`;
    if (opens && new Date(opens) > new Date()) return `Nobody is here now. Our team is back ${upcoming(opens)} and reads this first.`;
    return `${place} Nobody is at the desk right now; who comes first answers you here.`;
  },
  offline: "No connection. Your messages are sent as soon as it is back.",

  products: (count) => `${count} ${count === 1 ? "product" : "products"}`,
  previous: "Previous products",
  next: "Next products",
  orderHeading: (number) => `Order ${number}`,
  placed: "Placed",
  total: "Total",
  quantity: (count) => `${count} ×`,
  promised: "Expected",
  track: (carrier) => `Track with ${carrier}`,
  history: "All tracking events",
  stages: {
    preparing: "Preparing",
    "on-its-way": "On its way",
    "out-for-delivery": "Out for delivery",
    delivered: "Delivered",
  },
};
