"""Rasa's message processor, made to finish a turn as a whole or to fail it visibly.

Rasa as it comes carries on after a failed action and runs a message again that it has answered
before. Here a failed action, an endless turn and a turn without a reply raise `TurnFailed`, and
nothing of the turn is stored; a message that the dialogue knows is answered by what was said to it.
"""

from pathlib import Path
from typing import Any, Dict, List

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

from bot.actions_endpoint import ActionsEndpoint
from bot.contract import Reply
from bot.failure import TurnFailed
from bot.replies import replies_to


class TurnProcessor(MessageProcessor):
    """Answers messages by a trained model, one at a time in each conversation."""

    def __init__(self, model: Path, tracker_store: TrackerStore, actions: ActionsEndpoint) -> None:
        super().__init__(
            model_path=model,
            tracker_store=tracker_store,
            lock_store=InMemoryLockStore(),
            generator=TemplatedNaturalLanguageGenerator({}),
            action_endpoint=actions,
            on_circuit_break=_fail_endless_turn,
        )
        self.nlg.responses = self.domain.responses
        tracker_store.domain = self.domain

    async def answer(self, message: UserMessage) -> List[Reply]:
        """Returns all replies to a message, now or as they were given before.

        Raises:
            TurnFailed: nothing happened that a later try would repeat.
        """
        async with self.lock_store.lock(message.sender_id):
            tracker = await self.get_tracker(message.sender_id)
            replies = replies_to(message.message_id, tracker.events)
            if replies is None:
                replies = await self._take_turn(message, tracker)
            return replies

    async def _take_turn(self, message: UserMessage, tracker: DialogueStateTracker) -> List[Reply]:
        channel = _Nowhere()
        await self._update_tracker_session(tracker, channel)
        await self._handle_message_with_tracker(message, tracker)
        await self.run_action_extract_slots(channel, tracker)
        await self._run_prediction_loop(channel, tracker)
        replies = replies_to(message.message_id, tracker.events)
        if not replies:
            raise TurnFailed("no-reply")
        await self.save_tracker(tracker)
        return replies


class _Nowhere(OutputChannel):
    """Sends nothing: what was said stands in the dialogue."""

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Leaves the message to `replies_to`."""


def _fail_endless_turn(*_: Any) -> None:
    raise TurnFailed("endless-turn")
