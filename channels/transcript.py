"""How what people and the bot say becomes lines of a transcript, the same for every store."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.contract import Reply
from channels.model import Inbound, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button that the bot offered: outsiders know its `id`, Rasa its `payload`."""

    id: str
    title: str
    payload: str


def body_of_reply(reply: Reply) -> tuple[dict[str, Any], Sequence[Offer]]:
    """Returns what outsiders may see of a reply, and the buttons minted for it."""
    if reply["type"] != "choices":
        return dict(reply), ()
    offers = [
        Offer(id=secrets.token_urlsafe(12), title=choice["title"], payload=choice["payload"])
        for choice in reply["choices"]
    ]
    shown = [{"id": offer.id, "title": offer.title} for offer in offers]
    return {"type": "choices", "text": reply["text"], "choices": shown}, offers


def body_of_inbound(inbound: Inbound, offer: Offer | None) -> dict[str, Any]:
    """Returns a customer's message as it is shown: a pressed button reads as its title."""
    if offer is None:
        return body_of_text(inbound.text or "")
    return {**body_of_text(offer.title), "choice": offer.id}


def body_of_text(text: str) -> dict[str, Any]:
    """Returns a plain message."""
    return {"type": "text", "text": text}


def body_of_note(text: str) -> dict[str, Any]:
    """Returns a line that says what happened in the conversation."""
    return {"type": "system", "text": text}


def as_json(message: Message) -> Mapping[str, Any]:
    """Returns a message as every channel sends it out."""
    return {
        **message.body,
        "seq": message.seq,
        "type": message.type,
        "author": message.author.value,
        "agent": message.agent,
        "at": message.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to,
    }
