"""Rasa's message processor, made to finish a turn as a whole or to fail it visibly.

Rasa as it comes carries on after a failed action and runs a message again that it has answered
before. Here a failed action, an endless turn and a turn without a reply raise `TurnFailed`, and
nothing of the turn is stored; a message that the dialogue knows is answered by what was said to it.
"""

from asyncio import Lock
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Dict, List, Tuple
from weakref import WeakValueDictionary

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata

from bot.actions_endpoint import ActionsEndpoint
from bot.contract import Reply
from bot.dialogue import Dialogue
from bot.dialogues import Dialogues
from bot.event_log import EventLog
from bot.failure import TurnFailed
from bot.graph import StraightRunner
from bot.replies import replies_to


class TurnProcessor(MessageProcessor):
    """Answers messages by a trained model, one at a time in each conversation."""

    def __init__(self, model: Path, log: EventLog, actions: ActionsEndpoint) -> None:
        super().__init__(
            model_path=model,
            tracker_store=None,  # what keeps dialogues and what locks them is our own
            lock_store=None,
            generator=TemplatedNaturalLanguageGenerator({}),
            action_endpoint=actions,
            on_circuit_break=_fail_endless_turn,
        )
        self.nlg.responses = self.domain.responses
        self._dialogues = Dialogues(log, self.domain.slots)
        self._locks: "WeakValueDictionary[str, Lock]" = WeakValueDictionary()

    async def answer(self, message: UserMessage) -> List[Reply]:
        """Returns all replies to a message, now or as they were given before.

        Raises:
            TurnFailed: nothing happened that a later try would repeat.
        """
        async with self._locks.setdefault(message.sender_id, Lock()):
            dialogue = self._dialogues.open(message.sender_id)
            replies = replies_to(message.message_id, dialogue.events)
            if replies is None:
                replies = await self._take_turn(message, dialogue)
            return replies

    async def _take_turn(self, message: UserMessage, dialogue: Dialogue) -> List[Reply]:
        channel = _Nowhere()
        await self._update_tracker_session(dialogue, channel)
        await self._handle_message_with_tracker(message, dialogue)
        await self.run_action_extract_slots(channel, dialogue)
        await self._run_prediction_loop(channel, dialogue)
        replies = replies_to(message.message_id, dialogue.events)
        if not replies:
            raise TurnFailed("no-reply")
        self._dialogues.keep(dialogue)
        return replies

    def _check_for_unseen_features(self, _: Dict[str, Any]) -> None:
        """Leaves to `make check` what Rasa checks for each message: the model fits its domain."""

    @staticmethod
    def _load_model(model_path: Path) -> Tuple[str, ModelMetadata, GraphRunner]:
        """Loads the model as Rasa does, with a runner of our own."""
        with TemporaryDirectory() as folder:
            metadata, runner = load_predict_graph_runner(
                Path(folder), model_path, LocalModelStorage, StraightRunner
            )
        return model_path.name, metadata, runner


class _Nowhere(OutputChannel):
    """Sends nothing: what was said stands in the dialogue."""

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Leaves the message to `replies_to`."""


def _fail_endless_turn(*_: Any) -> None:
    raise TurnFailed("endless-turn")
