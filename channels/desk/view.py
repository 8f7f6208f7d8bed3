"""Conversations as the desk's page reads them. Messages are those of `channels.transcript.as_json`."""

from typing import Any

from channels.model import Control, Conversation, Message
from channels.ports import Conversations
from channels.transcript import as_json

RECENT = 40  # conversations with the bot or resolved, that agents may read


def summary(conversation: Conversation) -> dict[str, Any]:
    """Returns who is in control of a conversation, since when and why."""
    return {
        "id": conversation.id,
        "channel": conversation.channel,
        "control": conversation.control,
        "version": conversation.version,
        "agent": conversation.agent,
        "handoff": conversation.handoff and dict(conversation.handoff),
        "since": conversation.control_since.isoformat(),
        "updated_at": conversation.updated_at.isoformat(),
    }


async def snapshot(conversations: Conversations) -> dict[str, Any]:
    """Returns all that humans deal with, and what happened last elsewhere."""
    listed = {
        conversation.id: conversation
        for conversation in [
            *await conversations.in_control(Control.QUEUE, Control.AGENT),
            *await conversations.recent(RECENT),
        ]
    }
    first_words = await conversations.first_words(list(listed))
    last_words = await conversations.last_words(list(listed))
    return {
        "type": "snapshot",
        "conversations": [
            {
                **summary(conversation),
                "first": _as_json(first_words.get(conversation.id)),
                "last": _as_json(last_words.get(conversation.id)),
            }
            for conversation in listed.values()
        ],
    }


def _as_json(message: Message | None) -> dict[str, Any] | None:
    return dict(as_json(message)) if message else None
