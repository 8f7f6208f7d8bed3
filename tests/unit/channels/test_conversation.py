"""The switchboard: how control passes between bot and people."""

import pytest

from channels.errors import BadRequest, ControlLost, TooLarge, UnknownConversation
from channels.hub import ControlChanged, MessageKept
from channels.model import Control
from channels.text import MAX_LENGTH


async def test_an_agent_takes_answers_and_hands_back(gateway) -> None:
    """The customer sees who joins, what they write and that they left; then the bot answers."""
    await gateway.write("hi")
    await gateway.settle()
    await gateway.switchboard.take("c-1", agent="Anna")
    await gateway.write("are you human?", "m-2")
    await gateway.switchboard.reply_as_agent("c-1", " Yes, I am. \x00", agent="Anna")
    await gateway.switchboard.hand_back("c-1", agent="Anna")
    await gateway.write("bye", "m-3")
    await gateway.settle()

    assert await gateway.lines() == [
        "customer: hi",
        "bot: You said: hi",
        "system: Anna joined the conversation.",
        "customer: are you human?",
        "agent: Yes, I am.",
        "system: Anna left the conversation. The assistant answers again.",
        "customer: bye",
        "bot: You said: bye",
    ]


async def test_the_bot_answers_what_the_agent_left_unanswered(gateway) -> None:
    """A message that no human answered is the bot's again, once, when it is back in control."""
    await gateway.write("hi")
    await gateway.settle()
    await gateway.switchboard.take("c-1", agent="Anna")
    await gateway.write("and now?", "m-2")
    await gateway.switchboard.hand_back("c-1", agent="Anna")
    await gateway.settle()

    assert (await gateway.lines())[-1] == "bot: You said: and now?"
    assert [r["message_id"] for r in gateway.engine.requests] == ["m-1", "m-2"]


async def test_a_resolved_conversation_opens_for_the_bot(gateway) -> None:
    """After resolving, the customer's next message is the bot's, and watchers see control change."""
    await gateway.write("hi")
    await gateway.switchboard.take("c-1", agent="Anna")
    await gateway.switchboard.resolve("c-1", agent="Anna")
    await gateway.settle()
    gateway.events()
    await gateway.write("one more thing", "m-2")
    await gateway.settle()

    changed, kept, *_ = gateway.events()
    assert isinstance(changed, ControlChanged)
    assert changed.now.control is Control.BOT
    assert isinstance(kept, MessageKept)
    assert (await gateway.lines())[-1] == "bot: You said: one more thing"


async def test_the_second_agent_is_told_who_was_first(gateway) -> None:
    """A conversation that somebody has cannot be taken; who has it may take it again."""
    await gateway.write("hi")
    first = await gateway.switchboard.take("c-1", agent="Anna")

    with pytest.raises(ControlLost, match="Anna"):
        await gateway.switchboard.take("c-1", agent="Ben")
    assert await gateway.switchboard.take("c-1", agent="Anna") == first


async def test_a_closed_conversation_is_not_taken(gateway) -> None:
    """It is the customer who begins again."""
    await gateway.write("hi")
    await gateway.switchboard.take("c-1", agent="Anna")
    await gateway.switchboard.resolve("c-1", agent="Anna")

    with pytest.raises(ControlLost, match="closed"):
        await gateway.switchboard.take("c-1", agent="Ben")


@pytest.mark.parametrize("deed", ["hand_back", "resolve", "reply_as_agent"])
@pytest.mark.parametrize("taker", ["Ben", None])
async def test_only_the_agent_in_control_acts(gateway, deed, taker) -> None:
    """Another agent, or one who has not taken the conversation, changes nothing."""
    await gateway.write("hi")
    await gateway.settle()
    if taker:
        await gateway.switchboard.take("c-1", agent=taker)
    before = await gateway.lines()
    words = ("psst",) if deed == "reply_as_agent" else ()

    with pytest.raises(ControlLost):
        await getattr(gateway.switchboard, deed)("c-1", *words, agent="Anna")
    assert await gateway.lines() == before


@pytest.mark.parametrize(("text", "error"), [(" \u200b", BadRequest), ("a" * 5000, TooLarge)])
async def test_an_agent_sends_something_to_read(gateway, text, error) -> None:
    """Empty and endless messages of agents are refused before anything is kept."""
    await gateway.write("hi")
    await gateway.switchboard.take("c-1", agent="Anna")

    with pytest.raises(error):
        await gateway.switchboard.reply_as_agent("c-1", text, agent="Anna")


async def test_a_text_that_is_too_long_is_not_kept(gateway) -> None:
    """The customer is told the limit and no conversation begins."""
    with pytest.raises(TooLarge, match=f"{MAX_LENGTH:,}"):
        await gateway.write("a" * (MAX_LENGTH + 1))
    with pytest.raises(UnknownConversation):
        await gateway.conversations.conversation("c-1")


async def test_a_repeated_message_is_told_once(gateway) -> None:
    """Watchers hear of a message when it is kept, not when it is repeated."""
    await gateway.write("hi")
    await gateway.settle()
    gateway.events()

    await gateway.write("hi")
    await gateway.settle()
    assert gateway.events() == []
