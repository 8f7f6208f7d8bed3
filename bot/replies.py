"""Reads from a dialogue what was said to the customer, as `bot.contract` describes it."""

from typing import Iterable, List, Optional, cast

from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.contract import Reply


def replies_to(message_id: str, events: Iterable[Event]) -> Optional[List[Reply]]:
    """Returns what was said after one message and before the next; None if it never came."""
    said: Optional[List[Reply]] = None
    for event in events:
        if isinstance(event, UserUttered) and event.message_id:
            if said is not None:
                break
            said = [] if event.message_id == message_id else None
        elif isinstance(event, BotUttered) and said is not None:
            said += reply_of(event)
    return said


def reply_of(event: BotUttered) -> List[Reply]:
    """Returns the reply that an utterance is; none for an empty one."""
    text = event.text or ""
    data = {key: value for key, value in event.data.items() if value}
    if "custom" in data:
        return [cast("Reply", {**data["custom"], **({"text": text} if text else {})})]
    if "buttons" in data:
        choices = [{"title": b["title"], "payload": b["payload"]} for b in data["buttons"]]
        return [cast("Reply", {"type": "choices", "text": text, "choices": choices})]
    if "image" in data:
        return [{"type": "image", "text": text, "url": data["image"]}]
    return [{"type": "text", "text": text}] if text else []
