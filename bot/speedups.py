"""The parts of Rasa that are replaced because they cost more than they should, each with why."""

from functools import lru_cache
from typing import Any, List

from rasa.core.actions.action import RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from bot.failure import TurnFailed


def install() -> None:
    """Replaces three methods.

    `RemoteAction._validate_action_result` builds and checks the JSON schema of an action's answer
    anew for each answer. Reading the events is a better check and costs next to nothing. An answer
    that cannot be read ends the turn, as any failure of the action server does.

    `Event.resolve_by_type` walks through all classes of events for each event that is read.

    `FormAction._temporary_tracker` replays the whole dialogue to add a few events to it.
    """
    RemoteAction._validate_action_result = _validate_action_result  # noqa: SLF001
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))
    FormAction._temporary_tracker = _temporary_tracker  # noqa: SLF001


def _validate_action_result(_: RemoteAction, result: Any) -> bool:
    try:
        deserialise_events(result.get("events", []))
        is_answer = all(isinstance(each, dict) for each in result.get("responses", []))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise TurnFailed("action-failed") from error
    if not is_answer:
        raise TurnFailed("action-failed")
    return True


def _temporary_tracker(
    form: FormAction, dialogue: DialogueStateTracker, events: List[Event], domain: Domain
) -> DialogueStateTracker:
    asked = SlotSet(REQUESTED_SLOT, form.get_slot_to_fill(dialogue))
    twin = dialogue.copy()
    twin.update_with_events(
        [asked, ActionExecuted(form.name()), *events], domain, override_timestamp=False
    )
    return twin
