"""What the gateway itself tells a customer. The bot's own wording is in `bot/domain/`."""

AGENT_JOINED = "{agent} joined the conversation."
AGENT_LEFT = "{agent} left the conversation. The assistant answers again."
RESOLVED = "{agent} closed this conversation. Write again at any time."
GAVE_UP = "Sorry, I could not answer your message. A colleague will look at it."
KEPT = "Your message is kept; the assistant will answer as soon as it can."
NOTHING_READABLE = "I could not see any text in your message. What can I do for you?"
LEFT_QUEUE = "You no longer wait for a person. The assistant answers again."

LEAVES_QUEUE = frozenset(  # what one writes who does not want to wait any more
    {
        "back to the assistant",
        "back to the bot",
        "do not bother",
        "don't bother",
        "forget it",
        "go on with the assistant",
        "i changed my mind",
        "i do not want to wait",
        "i don't want to wait",
        "leave the queue",
        "never mind",
        "nevermind",
        "no need to wait",
        "no person needed",
        "not needed any more",
        "stop waiting",
    }
)
