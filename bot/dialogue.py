"""One conversation in memory: Rasa's tracker, of which only the latest messages are kept."""

import copy
from itertools import islice
from typing import List, Type

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

REMEMBERED = 8
"""Messages of the customer that are always in memory. Rules look back three actions at most."""

_BEGINNING = {Restarted, SessionStarted}
_UNDOING = {ActionReverted, ActiveLoop, UserUtteranceReverted}


class Dialogue(DialogueStateTracker):
    """A tracker that costs the same however long the conversation is.

    Rasa looks at every event of a session again for each copy, each prediction and each call of an
    action, and sends all of them to the action server.
    """

    stored = 0
    """How many of the events, from the first on, have been stored already."""

    def copy(self) -> "Dialogue":
        """Returns a dialogue that can go on without this one. Rasa would replay every event."""
        twin = copy.copy(self)
        twin.events = self.events.copy()
        twin.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
        twin.active_loop = copy.copy(self.active_loop)
        return twin

    def applied_events(self) -> List[Event]:
        """Returns the events of the session that were not undone.

        Rasa compares each event with seven types, several times a turn, which is needed only where
        something is undone: by a form, mostly.
        """
        kinds = [type(event) for event in self.events]
        begins = max((i for i, kind in enumerate(kinds) if kind in _BEGINNING), default=-1) + 1
        if _UNDOING.isdisjoint(kinds):
            return list(islice(self.events, begins, None))
        return super().applied_events()

    def fresh_events(self) -> List[Event]:
        """Returns the events that have yet to be stored."""
        return list(islice(self.events, self.stored, None))

    def settle(self) -> None:
        """Takes all events for stored, and forgets those that nobody asks for any more."""
        starts = self._indices_of(SessionStarted)
        if starts and starts[-1] > 0:
            self._keep_from(starts[-1])
        messages = self._indices_of(UserUttered)
        if len(messages) >= 1.5 * REMEMBERED:  # not each time: it replays what is forgotten
            self._shorten_to(self._listening_before(messages[-REMEMBERED]))
        self.stored = len(self.events)

    def _indices_of(self, kind: Type[Event]) -> List[int]:
        return [index for index, event in enumerate(self.events) if isinstance(event, kind)]

    def _listening_before(self, index: int) -> int:
        return next(i for i in range(index, -1, -1) if i == 0 or _listens(self.events[i]))

    def _shorten_to(self, index: int) -> None:
        """Begins at an event, with what the slots held there; not within a form."""
        past = self.init_copy()
        for event in islice(self.events, index):
            past.update(event)
        if not past.active_loop:
            changed = [slot for slot in past.slots.values() if slot.value != slot.initial_value]
            self._keep_from(index)
            self.events.extendleft(SlotSet(slot.name, slot.value) for slot in changed)

    def _keep_from(self, index: int) -> None:
        for _ in range(index):
            self.events.popleft()


def _listens(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
