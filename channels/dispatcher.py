"""Has the bot answer what customers write: one turn at a time in each conversation."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.contract import Reply, TurnRequest
from channels.errors import ControlLost, EngineUnavailable, StoreUnavailable, TurnFailed
from channels.hub import Hub, MessageKept, TurnEnded, Typing
from channels.metrics import Metrics
from channels.model import Author, Handoff, Pending, TurnOutcome
from channels.ports import Conversations, DialogueEngine
from channels.presence import Presence
from channels.text import is_readable
from channels.transcript import body_of_note
from channels.wording import GAVE_UP, KEPT, NOTHING_READABLE

CONCURRENT_TURNS = 32
MAX_FAILURES = 8  # of one message in a row: half a minute of waits, and what the turns take
_FIRST_DELAY_S = 0.5
_LONGEST_DELAY_S = 8.0
_TELL_AT_S = 4.0  # the delay from which on the customer is told, after some seconds of trying

log = structlog.get_logger()


class Dispatcher:
    """Takes each conversation's pending messages to the engine, and keeps what comes back.

    A message stays pending until its turn is kept, so that nothing is lost by a crash. While the
    engine or the store is away, messages wait. A message whose turn fails again and again goes to a
    human.
    """

    def __init__(
        self,
        conversations: Conversations,
        engine: DialogueEngine,
        hub: Hub,
        metrics: Metrics,
        presence: Presence,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._conversations = conversations
        self._engine = engine
        self._hub = hub
        self._metrics = metrics
        self._presence = presence
        self._sleep = sleep
        self._turns = asyncio.Semaphore(CONCURRENT_TURNS)
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._stalled: set[str] = set()

    async def resume(self) -> None:
        """Takes up what was pending when the gateway stopped."""
        for conversation in await self._conversations.waiting():
            self.wake(conversation)

    async def stop(self) -> None:
        """Ends all work at once; what is not answered stays pending."""
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    def wake(self, conversation: str, pending: Pending | None = None) -> None:
        """Answers what is pending in a conversation, now or after its present turn.

        `pending` is what the store has just told to be the next; without it the dispatcher looks.
        """
        if conversation in self._workers:
            self._woken.add(conversation)  # and looks, as the turn may answer this one too
        else:
            self._workers[conversation] = asyncio.create_task(self._work(conversation, pending))

    def is_stalled(self, conversation: str) -> bool:
        """Tells whether the last turn of a conversation could not be completed so far."""
        return conversation in self._stalled

    async def _work(self, conversation: str, first: Pending | None) -> None:
        delay_s = _FIRST_DELAY_S
        told: set[str] = set()  # messages that the customer knows to be kept
        try:
            while True:
                self._woken.discard(conversation)
                if await self._answer_all(conversation, first):
                    delay_s = _FIRST_DELAY_S
                    if conversation not in self._woken:
                        return
                else:
                    if delay_s >= _TELL_AT_S:
                        await self._tell_kept(conversation, told)
                    await self._sleep(delay_s)
                    delay_s = min(2 * delay_s, _LONGEST_DELAY_S)
                first = None  # by now it may be another
        finally:
            del self._workers[conversation]  # at once, so that no wake-up falls between

    async def _answer_all(self, conversation: str, first: Pending | None) -> bool:
        """Answers what is pending; returns False where another try is needed later."""
        try:
            pending = first or await self._conversations.next_pending(conversation)
            while pending:
                async with self._turns:
                    outcome = await self._answer(pending)
                if outcome is None:
                    self._stalled.add(conversation)
                    return False
                pending = outcome.next_pending
        except StoreUnavailable as error:
            log.warning("dispatch-waits", code=error.code, conversation=conversation)
            return False
        except Exception:
            log.exception("dispatch-broke", conversation=conversation)
            return False
        self._stalled.discard(conversation)
        return True

    async def _tell_kept(self, conversation: str, told: set[str]) -> None:
        """Tells the customer once for a message that its answer takes longer."""
        try:
            pending = await self._conversations.next_pending(conversation)
            if pending is None or pending.inbound.message_id in told:
                return
            told.add(pending.inbound.message_id)
            message = await self._conversations.say(
                conversation, author=Author.SYSTEM, version=pending.version, body=body_of_note(KEPT)
            )
        except (ControlLost, StoreUnavailable):
            return  # somebody else answers, or nothing can be kept
        except Exception:
            log.exception("dispatch-broke", conversation=conversation)
            return
        self._hub.publish(MessageKept(conversation, message))

    async def _answer(self, pending: Pending) -> TurnOutcome | None:
        """Does one turn; returns None where it has to be tried again."""
        inbound = pending.inbound
        with structlog.contextvars.bound_contextvars(
            request_id=inbound.request_id, conversation=inbound.conversation
        ):
            try:
                with self._metrics.turn_seconds.time():
                    return await self._keep(pending, await self._replies(pending))
            except StoreUnavailable:
                raise
            except TurnFailed as error:
                return await self._failed(pending, str(error))
            except EngineUnavailable as error:
                self._metrics.turns.labels("engine-unavailable").inc()
                log.warning("turn-waits", reason=str(error))
                return None
            except Exception:
                log.exception("turn-broke")
                return await self._failed(pending, "an unexpected error")

    async def _replies(self, pending: Pending) -> Sequence[Reply]:
        inbound = pending.inbound
        if pending.payload is None and not is_readable(inbound.text or ""):
            return [{"type": "text", "text": NOTHING_READABLE}]
        self._hub.publish(Typing(inbound.conversation, Author.BOT, is_typing=True))
        try:
            return await self._engine.turn(self._request(pending))
        finally:
            self._hub.publish(Typing(inbound.conversation, Author.BOT, is_typing=False))

    def _request(self, pending: Pending) -> TurnRequest:
        inbound = pending.inbound
        request = TurnRequest(
            conversation=inbound.conversation,
            message_id=inbound.message_id,
            metadata={
                "request_id": inbound.request_id,
                "channel": pending.channel,
                "agents": {"here": self._presence.is_anybody_here},
            },
        )
        if pending.payload is None:
            request["text"] = inbound.text or ""
        else:
            request["payload"] = pending.payload
        return request

    async def _keep(self, pending: Pending, replies: Sequence[Reply]) -> TurnOutcome:
        inbound = pending.inbound
        handoff = _handoff(replies)
        outcome = await self._conversations.complete(
            inbound.conversation,
            inbound.message_id,
            version=pending.version,
            replies=[_shown(reply) for reply in replies],
            handoff=handoff,
        )
        is_kept = bool(outcome.messages)
        self._hub.publish_outcome(outcome, control_changed=is_kept and handoff is not None)
        self._hub.publish(TurnEnded(inbound.conversation, inbound.message_id, outcome))
        self._metrics.turns.labels("answered" if is_kept else "dropped").inc()
        log.info("turn-answered" if is_kept else "turn-dropped", replies=len(outcome.messages))
        return outcome

    async def _failed(self, pending: Pending, reason: str) -> TurnOutcome | None:
        """Counts a failed turn; returns what became of the message where it was the last one."""
        inbound = pending.inbound
        failures = await self._conversations.record_failure(
            inbound.conversation, inbound.message_id
        )
        self._metrics.turns.labels("failed").inc()
        log.warning("turn-failed", failures=failures, reason=reason)
        if failures < MAX_FAILURES:
            return None
        outcome = await self._conversations.give_up(
            inbound.conversation,
            inbound.message_id,
            version=pending.version,
            handoff=Handoff(reason="failed"),
            note=GAVE_UP,
        )
        self._hub.publish_outcome(outcome, control_changed=bool(outcome.messages))
        self._hub.publish(TurnEnded(inbound.conversation, inbound.message_id, outcome))
        self._metrics.turns.labels("given-up").inc()
        return outcome


def _handoff(replies: Sequence[Reply]) -> Handoff | None:
    for reply in replies:
        if reply["type"] == "handoff":
            return Handoff(reason=reply["reason"], facts=reply["facts"])
    return None


def _shown(reply: Reply) -> Reply:
    """Returns what the customer reads of a reply: of a handoff only its text."""
    if reply["type"] == "handoff":
        return {"type": "text", "text": reply["text"]}
    return reply
