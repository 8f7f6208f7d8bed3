"""What the gateway itself tells a customer. The bot's own wording is in `bot/domain/`."""

AGENT_JOINED = "{agent} joined the conversation."
AGENT_LEFT = "{agent} left the conversation. The assistant answers again."
RESOLVED = "{agent} closed this conversation. Write again at any time."
GAVE_UP = "Sorry, I could not answer your message. A colleague will look at it."
KEPT = "Your message is kept; the assistant will answer as soon as it can."
NOTHING_READABLE = "I could not see any text in your message. What can I do for you?"
