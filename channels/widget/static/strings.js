// Every word that the widget itself says. What the assistant says comes from the gateway.

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
    queue: "A person will be with you soon",
    agent: (name) => `You are talking to ${name}`,
    closed: "Resolved. Write again any time",
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
