"""The parts of Rasa that are replaced because they cost more than they should, each with why."""

from functools import lru_cache
from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction

from bot.failure import TurnFailed


def install() -> None:
    """Replaces `RemoteAction._validate_action_result`.

    Rasa builds and checks the JSON schema of an action's answer anew for each answer, which is two
    fifths of a turn's time. The schema is the same every time, so one validator is made of it. An
    answer that does not fit ends the turn, as any failure of the action server does.
    """
    RemoteAction._validate_action_result = _validate_action_result  # noqa: SLF001


def _validate_action_result(_: RemoteAction, result: Any) -> bool:
    if not _validator().is_valid(result):
        raise TurnFailed("action-failed")
    return True


@lru_cache(maxsize=1)
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    return validator_for(schema)(schema)
