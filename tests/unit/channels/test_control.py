"""Whoever does what in whatever order: one of them is in control, and each message has one answer."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.contract import Reply, TurnRequest
from channels.adapters.memory import MemoryConversations
from channels.conversation import Switchboard
from channels.dispatcher import Dispatcher
from channels.errors import ControlLost, TurnFailed
from channels.hub import Hub
from channels.metrics import Metrics
from channels.model import Author, Control, Inbound, InboxState, Message
from channels.presence import Presence
from channels.wording import AGENT_JOINED

T = TypeVar("T")
AGENTS = st.sampled_from(["Anna", "Ben"])
ANSWER: list[Reply] = [{"type": "text", "text": "an answer"}]
HANDOFF: list[Reply] = [{"type": "handoff", "text": "to a human", "reason": "asked", "facts": {}}]


class HeldEngine:
    """Keeps every turn waiting until the machine decides how it ends."""

    def __init__(self) -> None:
        self.turns: list[asyncio.Future[list[Reply]]] = []

    async def turn(self, request: TurnRequest) -> list[Reply]:
        """Waits for the machine."""
        turn: asyncio.Future[list[Reply]] = asyncio.get_running_loop().create_future()
        self.turns.append(turn)
        return await turn

    async def is_ready(self) -> bool:
        """Says yes."""
        return True

    def running(self) -> list[asyncio.Future[list[Reply]]]:
        """The turns that nobody has ended."""
        return [turn for turn in self.turns if not turn.done()]


class Conversing(RuleBasedStateMachine):
    """One conversation with a customer, a bot and two agents, in every order of events."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.engine = HeldEngine()
        self.conversations = MemoryConversations()
        self.hub = Hub()
        self.written = 0
        self.start()

    def start(self) -> None:
        """Starts a gateway on what is kept."""
        self.dispatcher = Dispatcher(
            self.conversations,
            self.engine,
            self.hub,
            Metrics(),
            Presence(lambda: None),
            sleep=lambda _: asyncio.sleep(0),
        )
        self.switchboard = Switchboard(self.conversations, self.hub, self.dispatcher)
        self.do(self.dispatcher.resume())

    def do(self, deed: Awaitable[T]) -> T:
        """Does something, and lets everything happen that follows from it."""

        async def whole() -> T:
            result = await deed
            for _ in range(50):
                await asyncio.sleep(0)
            return result

        return self.loop.run_until_complete(whole())

    def end_turn(self, replies: list[Reply] | Exception) -> None:
        """Ends the bot's turn."""

        async def end() -> None:
            for turn in self.engine.running():
                if isinstance(replies, Exception):
                    turn.set_exception(replies)
                else:
                    turn.set_result(replies)

        self.do(end())

    def try_to(self, deed: Awaitable[object], *, may: bool) -> None:
        """Does what an agent may do; what one may not do must be refused."""
        try:
            self.do(deed)
        except ControlLost:
            assert not may
        else:
            assert may

    @property
    def control(self) -> tuple[Control, str | None]:
        """Who answers the customer."""
        now = self.loop.run_until_complete(self.conversations.conversation("c-1"))
        return now.control, now.agent

    @property
    def transcript(self) -> list[Message]:
        """All that was said."""
        return self.loop.run_until_complete(self.conversations.messages("c-1"))

    @rule()
    def customer_writes(self) -> None:
        """The customer sends a message."""
        self.written += 1
        self.customer_repeats(self.written)

    @precondition(lambda self: self.written)
    @rule(number=st.integers(1, 50))
    def customer_repeats(self, number: int) -> None:
        """The customer's browser sends a message again."""
        message_id = f"m-{min(number, self.written)}"
        inbound = Inbound(conversation="c-1", message_id=message_id, text=message_id)
        self.do(self.switchboard.receive(inbound, channel="api"))

    @precondition(lambda self: self.engine.running())
    @rule(replies=st.sampled_from([ANSWER, HANDOFF, TurnFailed("It broke.")]))
    def bot_ends_turn(self, replies: list[Reply] | Exception) -> None:
        """The bot answers, hands over or fails."""
        self.end_turn(replies)

    @precondition(lambda self: self.written)
    @rule(agent=AGENTS)
    def agent_takes(self, agent: str) -> None:
        """An agent takes the conversation, unless another has it or nobody needs it."""
        control, holder = self.control
        may = control is not Control.CLOSED and holder in (None, agent)
        self.try_to(self.switchboard.take("c-1", agent=agent), may=may)

    @precondition(lambda self: self.written)
    @rule(agent=AGENTS, deed=st.sampled_from(["reply_as_agent", "hand_back", "resolve"]))
    def agent_acts(self, agent: str, deed: str) -> None:
        """An agent answers, hands back or resolves, if it is theirs to do."""
        words = ("an agent's answer",) if deed == "reply_as_agent" else ()
        act = getattr(self.switchboard, deed)
        may = self.control == (Control.AGENT, agent)
        self.try_to(act("c-1", *words, agent=agent), may=may)

    @rule()
    def gateway_restarts(self) -> None:
        """The gateway ends in the middle of whatever it does, and starts again."""
        self.do(self.dispatcher.stop())
        self.start()

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        """Every message is in the transcript once, and the numbers have no gap."""
        transcript = self.transcript
        assert [m.seq for m in transcript] == list(range(1, len(transcript) + 1))
        kept = [m.message_id for m in transcript if m.author is Author.CUSTOMER]
        assert kept == [f"m-{number}" for number in range(1, self.written + 1)]

    @invariant()
    def only_who_is_in_control_speaks(self) -> None:
        """No line of the bot while a human is awaited or there; no line of an agent but theirs."""
        holder: str | None = "bot"
        for message in self.transcript:
            match message.author:
                case Author.BOT:
                    assert holder == "bot"
                    holder = "nobody" if message.body["text"] == "to a human" else "bot"
                case Author.AGENT:
                    assert holder == message.agent
                case Author.SYSTEM if message.in_reply_to:
                    holder = "nobody"  # the bot gave up
                case Author.SYSTEM:
                    joined = message.body["text"] == AGENT_JOINED.format(agent=message.agent)
                    holder = message.agent if joined else "bot"

    @invariant()
    def no_message_has_two_answers(self) -> None:
        """The bot answers a message once at most, and never one that an agent has answered."""
        asked: set[str | None] = set()
        settled: set[str | None] = set()
        answers = Counter[str | None]()
        for message in self.transcript:
            match message.author:
                case Author.CUSTOMER:
                    asked.add(message.message_id)
                case Author.AGENT:
                    settled |= asked
                case Author.BOT:
                    answers[message.in_reply_to] += 1
                    assert message.in_reply_to not in settled
        assert all(count == 1 for count in answers.values())

    def teardown(self) -> None:
        """In the end, with the bot back in control, nothing waits for an answer."""
        if self.written:
            control, holder = self.control
            if control in (Control.QUEUE, Control.AGENT):
                agent = holder or "Anna"
                self.do(self.switchboard.take("c-1", agent=agent))
                self.do(self.switchboard.hand_back("c-1", agent=agent))
            while self.engine.running():
                self.end_turn(ANSWER)
            for number in range(1, self.written + 1):
                inbound = Inbound(conversation="c-1", message_id=f"m-{number}", text=f"m-{number}")
                received = self.do(self.conversations.receive(inbound, channel="api"))
                assert received.state is not InboxState.PENDING
        self.do(self.dispatcher.stop())
        self.loop.close()


TestConversing = Conversing.TestCase
TestConversing.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
