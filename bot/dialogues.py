"""All conversations: stored in the event log, the latest ones in memory as well."""

import json
from typing import Any, Dict, List, Tuple

from rasa.shared.core.events import Event, SessionStarted, deserialise_events
from rasa.shared.core.slots import Slot

from bot.dialogue import Dialogue
from bot.event_log import Entry, EventLog

_IN_MEMORY = 500


class Dialogues:
    """Opens dialogues for a turn and keeps them after it.

    A dialogue that was opened and not kept again leaves no trace: a failed turn never was.
    """

    def __init__(self, log: EventLog, slots: List[Slot]) -> None:
        self._log = log
        self._slots = slots
        self._recent: Dict[str, Tuple[int, Dialogue]] = {}  # with the number of the last event

    def open(self, conversation: str) -> Dialogue:
        """Returns the latest session of a conversation as it was kept; an empty one of a new one."""
        number, dialogue = self._recent.pop(conversation, (-1, None))
        if dialogue is None or number != self._log.last(conversation):
            return self._read(conversation)  # evicted, erased, or gone on elsewhere
        return dialogue

    def keep(self, dialogue: Dialogue) -> None:
        """Stores what is new, before anybody is told of it."""
        fresh = [_entry(event) for event in dialogue.fresh_events()]
        number = self._log.append(dialogue.sender_id, fresh)
        dialogue.settle()
        self._recent[dialogue.sender_id] = (number, dialogue)
        if len(self._recent) > _IN_MEMORY:
            del self._recent[next(iter(self._recent))]  # the one that was silent longest

    def _read(self, conversation: str) -> Dialogue:
        stored = self._log.session(conversation, SessionStarted.type_name)
        events = deserialise_events([json.loads(data) for data in stored])
        dialogue = Dialogue.from_events(conversation, events, self._slots)
        dialogue.settle()
        return dialogue


def _entry(event: Event) -> Entry:
    data: Dict[str, Any] = event.as_dict()
    return Entry(
        type_name=event.type_name,
        timestamp=event.timestamp,
        intent=data.get("parse_data", {}).get("intent", {}).get("name"),
        action=data.get("name"),
        data=json.dumps(data),
    )
