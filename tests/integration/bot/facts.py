"""Runs in the Rasa environment and writes into a file what `test_in_rasa.py` states about `bot`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.tensorflow.callback import RasaTrainingLogger

from bot import processor, speedups
from bot.dialogue import Dialogue
from bot.failure import TurnFailed
from bot.rule_search import RuleSearch

DOMAIN = Domain.from_dict(
    {
        "version": "3.1",
        "intents": ["greet", "track"],
        "slots": {"number": {"type": "text", "mappings": [{"type": "custom"}]}},
        "actions": ["utter_greet", "utter_done"],
        "responses": {"utter_greet": [{"text": "hi"}], "utter_done": [{"text": "done"}]},
        "forms": {"form": {"required_slots": ["number"]}},
    }
)


def main() -> None:
    """Writes them all as JSON into the file that is named last."""
    facts = {
        "loaded": sorted({name.split(".")[0] for name in sys.modules}),
        "use of what is left out": use_of_what_is_left_out(),
        "most events": [max(len(chat(n).events) for n in turns) for turns in (range(60), [200])],
        "slot after 200": chat(200).get_slot("number"),
        "form after 60": chat(60, loop="form").active_loop_name,
        "sessions": [type(event).__name__ for event in two_sessions().events][:2],
        "copies": [copied(kind) for kind in (Dialogue, DialogueStateTracker)],
        "applied": applied(),
        "temporary": temporary_trackers(),
        "answers": refused_answers(),
        "predictions": predictions(),
        "processor": processor.__name__,
    }
    Path(sys.argv[-1]).write_text(json.dumps(facts))


def use_of_what_is_left_out() -> str:
    """Returns what comes of an attempt."""
    try:
        RasaTrainingLogger()
    except NotImplementedError as error:
        return str(error)
    return ""


def turn(number: int) -> Iterator[Event]:
    """Yields the events of a short turn."""
    yield UserUttered(f"message {number}", {"name": "greet"})
    yield ActionExecuted("utter_greet")
    yield BotUttered("hello")
    yield ActionExecuted("action_listen")


def chat(turns: int, loop: str = "") -> Dialogue:
    """Returns a dialogue of many turns with a slot from its beginning, kept after each turn."""
    dialogue = Dialogue("c-1", DOMAIN.slots)
    beginning: list[Event] = [ActionExecuted("action_session_start"), SessionStarted()]
    for event in (*beginning, SlotSet("number", "SK-1"), *([ActiveLoop(loop)] if loop else [])):
        dialogue.update(event)
    for number in range(turns):
        for event in turn(number):
            dialogue.update(event)
        dialogue.settle()
        assert not dialogue.fresh_events()
    return dialogue


def two_sessions() -> Dialogue:
    """Returns a dialogue in which a second session has begun."""
    dialogue = chat(3)
    for event in (ActionExecuted("action_session_start"), SessionStarted(), *turn(1)):
        dialogue.update(event)
    dialogue.settle()
    return dialogue


def copied(kind: Any) -> dict[str, Any]:
    """Returns the state of a copy that went on while its original did not."""
    original = kind.from_events("c-1", list(chat(5, loop="form").events), DOMAIN.slots)
    twin = original.copy()
    twin.update(SlotSet("number", "SK-2", timestamp=1.0))
    twin.update(ActiveLoop(None, timestamp=1.0))
    assert original.get_slot("number") == "SK-1"
    assert original.active_loop_name == "form"
    return state(twin)


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Returns what an action sees, without the times."""
    seen = tracker.current_state(EventVerbosity.ALL)
    kept = {
        name: seen[name] for name in ("slots", "latest_message", "active_loop", "latest_action")
    }
    return {**kept, "events": [{**each, "timestamp": 0} for each in seen["events"]]}


def applied() -> list[list[list[int]]]:
    """Returns which events of several dialogues count, by their places: by Rasa, and by us."""
    endings = [
        [],
        [Restarted()],
        [UserUtteranceReverted()],
        [ActiveLoop("form"), ActionExecuted("form")],
        [ActionExecuted("action_session_start"), SessionStarted(), *turn(1)],
    ]
    found = []
    for kind in (DialogueStateTracker, Dialogue):
        for ending in endings:
            tracker = kind.from_events("c-1", [*chat(3).events, *ending, *turn(2)], DOMAIN.slots)
            places = {id(event): place for place, event in enumerate(tracker.events)}
            found.append([places[id(event)] for event in tracker.applied_events()])
    return [found[: len(endings)], found[len(endings) :]]


def temporary_trackers() -> list[dict[str, Any]]:
    """Returns what a form's validation sees: by Rasa, and by what replaces it."""
    form, dialogue = FormAction("form", None), chat(3, loop="form")
    by_rasa = form._temporary_tracker(dialogue, [SlotSet("number", "SK-3")], DOMAIN)
    speedups.install()
    by_us = form._temporary_tracker(dialogue, [SlotSet("number", "SK-3")], DOMAIN)
    return [state(by_rasa), state(by_us)]


def refused_answers() -> list[str]:
    """Returns what comes of answers of the action server that cannot be read, and of one that can."""
    codes = []
    for answer in ([], {"events": [{"event": "tomorrow"}]}, {"events": 7}, {"responses": [""]}, {}):
        try:
            RemoteAction("action", None)._validate_action_result(answer)
            codes.append("read")
        except TurnFailed as failure:
            codes.append(failure.code)
    return codes


def predictions() -> list[list[Any]]:
    """Returns what the policies predict at each moment of a dialogue: by Rasa, and by our search."""
    predicted, context = [], ExecutionContext(GraphSchema({}))
    for kind in (RulePolicy, RuleSearch):
        config = {**kind.get_default_config(), "core_fallback_action_name": "action_listen"}
        policy = kind(config, None, Resource("rules"), context, lookup=LOOKUP)
        at_each = [policy._predict(moment, DOMAIN)[0] for moment in moments()]
        predicted.append([[each.probabilities, each.hide_rule_turn] for each in at_each])
    return predicted


def moments() -> Iterator[DialogueStateTracker]:
    """Yields a dialogue at each of its moments: greetings, a form, an interruption, its end."""
    said = [
        UserUttered(intent, {"name": intent}) for intent in ("greet", "track", "greet", "track")
    ]
    events = [
        *(ActionExecuted("action_session_start"), SessionStarted(), LISTENS, said[0]),
        *(ActionExecuted("utter_greet"), BotUttered("hello"), LISTENS, said[1]),
        *(ActionExecuted("form"), ActiveLoop("form"), LISTENS, said[2]),
        *(ActionExecutionRejected("form"), ActionExecuted("utter_greet"), ActionExecuted("form")),
        *(LISTENS, said[3], ActionExecuted("form"), ActiveLoop(None), SlotSet("number", "1")),
        *(ActionExecuted("utter_done"), LISTENS),
    ]
    dialogue = Dialogue("c-1", DOMAIN.slots)
    for event in events:
        dialogue.update(event)
        yield dialogue.copy()


def rule(*moments: tuple[str, str, str]) -> str:
    """Returns the key of a rule whose moments are an intent, the action before, and a form."""
    return json.dumps(
        [
            {
                "user": {"intent": intent},
                **({"prev_action": {"action_name": action}} if action else {}),
                **({"active_loop": {"name": form}} if form else {}),
            }
            for intent, action, form in moments
        ]
    )


LISTENS = ActionExecuted("action_listen")
GREETED = rule(("greet", "action_listen", ""), ("greet", "utter_greet", ""))
ASKS = rule(("track", "action_listen", ""), ("track", "form", "form"))
DONE = rule(("track", "form", "form"), ("track", "form", ""), ("track", "utter_done", ""))
LOOKUP = {
    "rules": {
        rule(("greet", "action_listen", "")): "utter_greet",
        GREETED: "action_listen",
        rule(("track", "action_listen", "")): "form",
        ASKS: "action_listen",
        rule(("track", "form", "form"), ("track", "form", "")): "utter_done",
        DONE: "action_listen",
    },
    "rules_for_loop_unhappy_path": {
        rule(("greet", "action_listen", "form"), ("greet", "utter_greet", "form")): "form"
    },
    "rules_not_in_stories": [GREETED],
}


if __name__ == "__main__":
    main()
