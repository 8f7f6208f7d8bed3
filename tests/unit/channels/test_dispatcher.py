"""The dispatcher: who is answered when, and what happens when the engine fails."""

import asyncio

import pytest

from channels.dispatcher import CONCURRENT_TURNS, MAX_FAILURES
from channels.errors import EngineUnavailable, StoreUnavailable, TurnFailed
from channels.hub import MessageKept, TurnEnded, Typing
from channels.model import Control, Inbound, InboxState
from channels.wording import GAVE_UP, KEPT, NOTHING_READABLE


async def test_turns_of_one_conversation_come_one_after_another(gateway) -> None:
    """However fast a customer writes, each message is answered before the next is begun."""
    for number in (1, 2, 3):
        await gateway.write(f"no {number}", f"m-{number}")
    await gateway.settle()

    assert gateway.engine.most_busy == 1
    assert [r["message_id"] for r in gateway.engine.requests] == ["m-1", "m-2", "m-3"]
    assert (await gateway.lines())[3:] == [f"bot: You said: no {n}" for n in (1, 2, 3)]


async def test_conversations_do_not_wait_for_each_other(gateway) -> None:
    """Turns of different conversations run side by side, up to a bound."""
    gateway.engine.gate.clear()
    for number in range(CONCURRENT_TURNS + 5):
        await gateway.write("hi", conversation=f"c-{number}")
    await gateway.settle()

    assert gateway.engine.most_busy == CONCURRENT_TURNS
    gateway.engine.gate.set()
    await gateway.settle()
    assert len(gateway.engine.requests) == CONCURRENT_TURNS + 5


async def test_the_engine_gets_what_it_needs(gateway) -> None:
    """A request names conversation, message and request id, and has text or payload, never both."""
    gateway.engine.script = [
        [{"type": "choices", "text": "?", "choices": [{"title": "A", "payload": "/a"}]}]
    ]
    await gateway.write("hi")
    await gateway.settle()
    [_, reply] = await gateway.conversations.messages("c-1")
    choice = reply.body["choices"][0]["id"]
    await gateway.switchboard.receive(
        Inbound(conversation="c-1", message_id="m-2", choice=choice, request_id="r-1"),
        channel="api",
    )
    await gateway.settle()

    metadata = {"request_id": "r-1", "channel": "api", "agents": {"here": False}}
    shared = {"conversation": "c-1", "metadata": metadata}
    assert gateway.engine.requests == [
        {**shared, "message_id": "m-1", "text": "hi"},
        {**shared, "message_id": "m-2", "payload": "/a"},
    ]


async def test_the_engine_is_told_whether_a_person_is_here(gateway) -> None:
    """So that nobody is promised who is not at the desk."""
    with gateway.presence.at_the_desk("anna"):
        await gateway.write("hi")
        await gateway.settle()
    await gateway.write("hi again", "m-2")
    await gateway.settle()

    told = [request["metadata"]["agents"] for request in gateway.engine.requests]
    assert told == [{"here": True}, {"here": False}]


async def test_the_bot_types_while_its_turn_runs(gateway) -> None:
    """Watchers see typing begin before the turn and end before its replies."""
    await gateway.write("hi")
    await gateway.settle()

    kinds = [
        event.is_typing if isinstance(event, Typing) else type(event).__name__
        for event in gateway.events()
    ]
    assert kinds == ["MessageKept", True, False, "MessageKept", "TurnEnded"]


async def test_an_engine_that_is_down_is_waited_for(gateway) -> None:
    """The message is kept, tried again with growing delay, and answered once the engine is back."""
    down = EngineUnavailable("It is down.")
    gateway.engine.script = [down] * 12
    await gateway.write("hi")
    await gateway.settle()

    assert gateway.slept == [0.5, 1, 2, 4, 8, 8, 8, 8, 8, 8, 8, 8]
    assert await gateway.lines() == ["customer: hi", f"system: {KEPT}", "bot: You said: hi"]
    assert (await gateway.conversations.conversation("c-1")).control is Control.BOT


async def test_a_customer_who_waits_for_seconds_is_told_once(gateway) -> None:
    """Not after three tries, but before the fourth wait; watchers see the line as it is kept."""
    gateway.engine.script = [EngineUnavailable("It is down.")] * 3
    await gateway.write("hi")
    await gateway.settle()
    assert await gateway.lines() == ["customer: hi", "bot: You said: hi"]

    gateway.events()
    gateway.engine.script = [EngineUnavailable("It is down.")] * 6
    await gateway.write("still there?", "m-2")
    await gateway.settle()
    assert (await gateway.lines())[2:] == [
        "customer: still there?",
        f"system: {KEPT}",
        "bot: You said: still there?",
    ]
    kept = [event.message for event in gateway.events() if isinstance(event, MessageKept)]
    assert [message.author for message in kept] == ["customer", "system", "bot"]


async def test_a_stalled_conversation_is_known_until_it_goes_on(gateway) -> None:
    """Whoever waits for an answer can be told that it will take a while."""
    gateway.engine.script = [EngineUnavailable("It is down.")]
    seen = []

    async def look(_: float) -> None:
        seen.append(gateway.dispatcher.is_stalled("c-1"))

    gateway.dispatcher._sleep = look
    await gateway.write("hi")
    await gateway.settle()

    assert seen == [True]
    assert not gateway.dispatcher.is_stalled("c-1")


@pytest.mark.parametrize("error", [TurnFailed("It broke."), KeyError("a mistake")])
async def test_a_message_that_fails_again_and_again_goes_to_a_human(gateway, error) -> None:
    """The customer is told once, the conversation is queued, and nothing is tried any more."""
    gateway.engine.script = [error] * MAX_FAILURES
    await gateway.write("hi")
    await gateway.settle()

    assert await gateway.lines() == ["customer: hi", f"system: {KEPT}", f"system: {GAVE_UP}"]
    now = await gateway.conversations.conversation("c-1")
    assert (now.control, now.handoff["reason"]) == (Control.QUEUE, "failed")
    assert (await gateway.write("hi")).state is InboxState.DEAD
    assert sum(gateway.slept) > 30  # time enough for a restart of what failed
    assert isinstance(gateway.events()[-1], TurnEnded)


async def test_a_turn_that_fails_for_a_while_is_answered(gateway) -> None:
    """Fewer failures than the limit leave the conversation to the bot."""
    gateway.engine.script = [TurnFailed("It broke.")] * (MAX_FAILURES - 1)
    await gateway.write("hi")
    await gateway.settle()

    assert await gateway.lines() == ["customer: hi", f"system: {KEPT}", "bot: You said: hi"]


async def test_a_slow_bot_is_not_handed_over(gateway) -> None:
    """While a turn runs, however long, nothing else happens."""
    gateway.engine.gate.clear()
    await gateway.write("hi")
    await gateway.settle()

    assert gateway.slept == []
    assert len(gateway.engine.requests) == 1
    assert (await gateway.conversations.conversation("c-1")).control is Control.BOT


async def test_a_store_that_is_away_is_waited_for(gateway, monkeypatch) -> None:
    """A turn whose answer cannot be kept is done again by the same message id."""
    complete = gateway.conversations.complete
    failures = [StoreUnavailable("It is locked.")] * 3

    async def fail_at_first(*args, **kwargs):
        if failures:
            raise failures.pop()
        return await complete(*args, **kwargs)

    monkeypatch.setattr(gateway.conversations, "complete", fail_at_first)
    await gateway.write("hi")
    await gateway.settle()

    assert {r["message_id"] for r in gateway.engine.requests} == {"m-1"}
    assert await gateway.lines() == ["customer: hi", "bot: You said: hi"]


async def test_an_unexpected_error_outside_a_turn_stops_nothing(gateway, monkeypatch) -> None:
    """The dispatcher looks again, and the message is answered."""
    look = gateway.conversations.next_pending
    mistakes = [KeyError("a mistake")]

    async def fail_at_first(conversation):
        if mistakes:
            raise mistakes.pop()
        return await look(conversation)

    monkeypatch.setattr(gateway.conversations, "next_pending", fail_at_first)
    inbound = Inbound(conversation="c-1", message_id="m-1", text="hi")
    await gateway.conversations.receive(inbound, channel="api")
    await gateway.dispatcher.resume()
    await gateway.settle()

    assert await gateway.lines() == ["customer: hi", "bot: You said: hi"]


async def test_what_was_pending_at_a_restart_is_answered(gateway) -> None:
    """A gateway that ended in mid-turn takes up the message when it starts again."""
    gateway.engine.gate.clear()
    await gateway.write("hi")
    await gateway.settle()
    await gateway.dispatcher.stop()
    gateway.engine.gate.set()

    await gateway.new_dispatcher().resume()
    await gateway.settle()

    assert await gateway.lines() == ["customer: hi", "bot: You said: hi"]


async def test_an_answer_that_comes_after_a_human_took_over_is_dropped(gateway) -> None:
    """Control is checked at the moment of keeping, not of asking."""
    gateway.engine.gate.clear()
    await gateway.write("hi")
    await gateway.settle()
    await gateway.switchboard.take("c-1", agent="Anna")
    gateway.engine.gate.set()
    await gateway.settle()

    assert await gateway.lines() == ["customer: hi", "system: Anna joined the conversation."]
    [end] = [event for event in gateway.events() if isinstance(event, TurnEnded)]
    assert (end.outcome.messages, end.outcome.conversation.agent) == ((), "Anna")


async def test_a_handoff_is_said_and_queued(gateway) -> None:
    """The customer reads the handoff's text; reason and facts are for the agent."""
    gateway.engine.script = [
        [{"type": "handoff", "text": "One moment.", "reason": "asked", "facts": {"order": "1"}}]
    ]
    await gateway.write("a human please")
    await gateway.settle()

    assert await gateway.lines() == ["customer: a human please", "bot: One moment."]
    now = await gateway.conversations.conversation("c-1")
    assert (now.control, now.handoff) == (
        Control.QUEUE,
        {"reason": "asked", "facts": {"order": "1"}},
    )


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200d", "\x00\x07", "\u2060\ufeff", "\u3164"])
async def test_a_message_without_anything_to_read_is_answered_politely(gateway, text) -> None:
    """The engine is not asked what nothing means."""
    await gateway.write(text)
    await gateway.settle()

    assert gateway.engine.requests == []
    assert (await gateway.lines())[1:] == [f"bot: {NOTHING_READABLE}"]


async def test_a_wake_up_in_the_middle_of_the_last_look_is_not_lost(gateway, monkeypatch) -> None:
    """A message that arrives while the dispatcher learns that nothing is left is still answered."""
    complete = gateway.conversations.complete
    late = asyncio.Event()

    async def complete_and_dawdle(*args, **kwargs):
        outcome = await complete(*args, **kwargs)
        if not late.is_set():
            late.set()
            await gateway.write("late", "m-2")
        return outcome

    monkeypatch.setattr(gateway.conversations, "complete", complete_and_dawdle)
    await gateway.write("hi")
    await gateway.settle()

    assert (await gateway.lines())[-1] == "bot: You said: late"


async def test_a_turn_looks_for_no_message(gateway, monkeypatch) -> None:
    """What the store tells while it keeps a message or an answer is enough to go on."""
    looks = []

    async def look(conversation):
        looks.append(conversation)

    monkeypatch.setattr(gateway.conversations, "next_pending", look)
    for number in (1, 2):
        await gateway.write("hi", f"m-{number}")
        await gateway.settle()

    assert len(gateway.engine.requests) == 2
    assert looks == []
