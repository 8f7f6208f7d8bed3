"""What every store of conversations does."""

import asyncio
from datetime import UTC

import pytest

from bot.contract import Reply
from channels.errors import Conflict, ControlLost, UnknownChoice, UnknownConversation
from channels.model import (
    Author,
    Control,
    Handoff,
    Inbound,
    InboxState,
    Outcome,
    Received,
    TurnOutcome,
)
from channels.ports import Conversations

HELLO: Reply = {"type": "text", "text": "Hello!"}
QUESTION: Reply = {
    "type": "choices",
    "text": "Which one?",
    "choices": [{"title": "The red one", "payload": '/choose{"item":"red"}'}],
}
HANDOFF = Handoff(reason="asked", facts={"order": "SK-1001"})


async def write(
    store: Conversations, message_id: str = "m-1", text: str = "hi", *, conversation: str = "c-1"
) -> Received:
    inbound = Inbound(conversation=conversation, message_id=message_id, text=text, request_id="r-1")
    return await store.receive(inbound, channel="api")


async def answer(
    store: Conversations,
    *replies: Reply,
    message_id: str = "m-1",
    handoff: Handoff | None = None,
    version: int | None = None,
) -> TurnOutcome:
    now = await store.conversation("c-1")
    return await store.complete(
        "c-1",
        message_id,
        version=now.version if version is None else version,
        replies=replies or [HELLO],
        handoff=handoff,
    )


async def change(store: Conversations, to: Control, agent: str = "Anna") -> Outcome:
    now = await store.conversation("c-1")
    return await store.change_control(
        "c-1", version=now.version, to=to, agent=agent, note=f"{agent}: {to}"
    )


async def lines(store: Conversations) -> list[tuple[int, str, str]]:
    return [(m.seq, m.author.value, m.body["text"]) for m in await store.messages("c-1")]


async def offered(store: Conversations) -> str:
    await write(store)
    kept = await answer(store, QUESTION)
    return str(kept.messages[0].body["choices"][0]["id"])


async def test_the_first_message_opens_a_conversation_for_the_bot(conversations) -> None:
    """A message of somebody unknown begins a conversation that the bot has to answer."""
    received = await write(conversations)

    now = await conversations.conversation("c-1")
    assert (now.control, now.version, now.channel, now.agent) == (Control.BOT, 1, "api", None)
    assert now.created_at.tzinfo is UTC
    assert received.is_new
    assert received.state is InboxState.PENDING
    assert received.conversation == now
    assert await lines(conversations) == [(1, "customer", "hi")]


async def test_the_same_message_twice_is_kept_once(conversations) -> None:
    """A repeated message id with the same text has one effect and the same answer."""
    first = await write(conversations)
    again = await write(conversations)

    assert (again.message, again.is_new) == (first.message, False)
    assert len(await conversations.messages("c-1")) == 1


async def test_many_at_once_with_one_message_id_are_kept_once(conversations) -> None:
    """Copies of a message that arrive together are one message."""
    received = await asyncio.gather(*(write(conversations) for _ in range(8)))

    assert sum(each.is_new for each in received) == 1
    assert await lines(conversations) == [(1, "customer", "hi")]


async def test_a_message_id_with_another_text_is_a_conflict(conversations) -> None:
    """A message id stands for one content only."""
    await write(conversations)

    with pytest.raises(Conflict):
        await write(conversations, text="something else")
    assert await lines(conversations) == [(1, "customer", "hi")]


async def test_message_ids_belong_to_their_conversation(conversations) -> None:
    """Two conversations may use the same message id."""
    await write(conversations)

    assert (await write(conversations, text="other", conversation="c-2")).is_new


async def test_numbers_grow_without_gaps_however_many_write(conversations) -> None:
    """Sequence numbers are given out one by one."""
    await asyncio.gather(*(write(conversations, f"m-{n}") for n in range(10)))

    assert [m.seq for m in await conversations.messages("c-1")] == list(range(1, 11))


async def test_pending_messages_come_in_order(conversations) -> None:
    """The bot gets the oldest unanswered message, with all it needs."""
    await write(conversations, "m-1", "first")
    await write(conversations, "m-2", "second")

    pending = await conversations.next_pending("c-1")
    assert (pending.inbound.message_id, pending.inbound.text) == ("m-1", "first")
    assert (pending.inbound.request_id, pending.channel) == ("r-1", "api")
    assert (pending.payload, pending.version, pending.tries) == (None, 1, 0)
    await answer(conversations)
    assert (await conversations.next_pending("c-1")).inbound.message_id == "m-2"


async def test_an_answer_is_kept_with_its_question(conversations) -> None:
    """Replies are found by the message they answer, in order, and the message is done."""
    await write(conversations)
    outcome = await answer(conversations, HELLO, {"type": "text", "text": "How are you?"})

    assert [m.seq for m in outcome.messages] == [2, 3]
    assert await conversations.replies("c-1", "m-1") == list(outcome.messages)
    assert (await write(conversations)).state is InboxState.DONE
    assert await conversations.next_pending("c-1") is None


async def test_a_message_is_answered_once(conversations) -> None:
    """A second answer to the same message is dropped."""
    await write(conversations)
    await answer(conversations)

    assert (await answer(conversations)).messages == ()
    assert len(await conversations.messages("c-1")) == 2


async def test_the_transcript_is_read_from_a_number_on(conversations) -> None:
    """Readers get what came after the last message they know."""
    await write(conversations)
    await answer(conversations)

    assert [m.seq for m in await conversations.messages("c-1", after=1)] == [2]
    assert await conversations.messages("c-1", after=2) == []
    assert await conversations.messages("unknown") == []


async def test_outsiders_see_ids_instead_of_payloads(conversations) -> None:
    """What a button means to the bot is not shown."""
    choice = await offered(conversations)

    [reply] = await conversations.replies("c-1", "m-1")
    assert reply.body["choices"] == [{"id": choice, "title": "The red one"}]


async def test_a_choice_means_its_payload_and_reads_as_its_title(conversations) -> None:
    """A pressed button reaches the bot as what it stands for, and people as what it says."""
    choice = await offered(conversations)
    inbound = Inbound(conversation="c-1", message_id="m-2", choice=choice)

    received = await conversations.receive(inbound, channel="api")
    again = await conversations.receive(inbound, channel="api")

    assert received.message.body == {"type": "text", "text": "The red one", "choice": choice}
    assert again.message == received.message
    pending = await conversations.next_pending("c-1")
    assert pending.payload == '/choose{"item":"red"}'
    assert (pending.inbound.text, pending.inbound.choice) == (None, choice)


async def test_an_old_choice_still_works(conversations) -> None:
    """A button of an earlier message may be pressed later, and more than once."""
    choice = await offered(conversations)
    for message_id in ("m-2", "m-3"):
        inbound = Inbound(conversation="c-1", message_id=message_id, choice=choice)
        await conversations.receive(inbound, channel="api")
        await answer(conversations, message_id=message_id)

    assert len(await conversations.messages("c-1")) == 6


@pytest.mark.parametrize("conversation", ["c-1", "c-2"])
async def test_choices_of_others_are_unknown(conversations, conversation) -> None:
    """Neither a made-up id nor another conversation's opens anything, or a conversation."""
    choice = await offered(conversations)
    wrong = "made-up" if conversation == "c-1" else choice

    with pytest.raises(UnknownChoice):
        await conversations.receive(
            Inbound(conversation=conversation, message_id="m-9", choice=wrong), channel="api"
        )
    assert [now.id for now in await conversations.recent(9)] == ["c-1"]


async def test_a_title_typed_is_not_the_choice_pressed(conversations) -> None:
    """The same message id with the button's words instead of the button is another content."""
    choice = await offered(conversations)
    await conversations.receive(
        Inbound(conversation="c-1", message_id="m-2", choice=choice), channel="api"
    )

    with pytest.raises(Conflict):
        await write(conversations, "m-2", "The red one")


async def test_a_handoff_puts_the_conversation_into_the_queue(conversations) -> None:
    """The reason and the facts wait for the human; the bot gets nothing more to answer."""
    await write(conversations, "m-1")
    await write(conversations, "m-2")
    outcome = await answer(conversations, handoff=HANDOFF)

    now = outcome.conversation
    assert (now.control, now.version) == (Control.QUEUE, 2)
    assert now.handoff == {"reason": "asked", "facts": {"order": "SK-1001"}}
    assert now == await conversations.conversation("c-1")
    assert await conversations.next_pending("c-1") is None
    assert await conversations.waiting() == []


async def test_a_bot_that_lost_control_is_not_heard(conversations) -> None:
    """An answer made under an older version is dropped, and the message waits for the human."""
    received = await write(conversations)
    await change(conversations, Control.AGENT)

    outcome = await answer(conversations, version=received.conversation.version)

    assert outcome.messages == ()
    assert outcome.conversation.control is Control.AGENT
    assert (await write(conversations)).state is InboxState.PENDING


async def test_the_first_agent_gets_the_conversation(conversations) -> None:
    """Of several who take at once one has it, and the others are told."""
    await write(conversations)
    takes = (
        conversations.change_control(
            "c-1", version=1, to=Control.AGENT, agent=agent, note=f"{agent} joined"
        )
        for agent in ("Anna", "Ben", "Cleo")
    )
    results = await asyncio.gather(*takes, return_exceptions=True)

    assert sum(isinstance(each, ControlLost) for each in results) == 2
    [outcome] = [each for each in results if isinstance(each, Outcome)]
    now = await conversations.conversation("c-1")
    assert now.agent == outcome.conversation.agent
    assert [m.author for m in await conversations.messages("c-1")] == [
        Author.CUSTOMER,
        Author.SYSTEM,
    ]


async def test_taking_keeps_what_the_bot_handed_over(conversations) -> None:
    """The agent in control can still read why; afterwards it is forgotten."""
    await write(conversations)
    await answer(conversations, handoff=HANDOFF)

    taken = (await change(conversations, Control.AGENT)).conversation
    assert (taken.agent, taken.handoff["reason"]) == ("Anna", "asked")
    back = (await change(conversations, Control.BOT)).conversation
    assert (back.agent, back.handoff) == (None, None)


async def test_only_who_is_in_control_speaks(conversations) -> None:
    """What an agent writes after losing control is refused."""
    await write(conversations)
    taken = (await change(conversations, Control.AGENT)).conversation
    await change(conversations, Control.BOT)

    with pytest.raises(ControlLost):
        await conversations.say(
            "c-1",
            author=Author.AGENT,
            version=taken.version,
            body={"type": "text", "text": "too late"},
            agent="Anna",
        )
    assert "too late" not in str(await lines(conversations))


async def test_a_change_that_was_asked_for_answers_the_message(conversations) -> None:
    """The bot, back in control, answers what else was written, and not the wish itself."""
    await write(conversations, "m-1")
    await answer(conversations, handoff=Handoff(reason="asked"))
    await write(conversations, "m-2")
    waiting = await write(conversations, "m-3")
    await conversations.change_control(
        "c-1",
        version=waiting.conversation.version,
        to=Control.BOT,
        agent=None,
        note="Back.",
        answers="m-3",
    )

    assert [reply.body["text"] for reply in await conversations.replies("c-1", "m-3")] == ["Back."]
    pending = await conversations.next_pending("c-1")
    assert pending.inbound.message_id == "m-2"
    outcome = await answer(conversations, message_id="m-2")
    assert outcome.next_pending is None


async def test_what_an_agent_answered_is_not_answered_again(conversations) -> None:
    """Messages before an agent's reply are done; those after it wait for the bot again."""
    await write(conversations, "m-1")
    taken = (await change(conversations, Control.AGENT)).conversation
    await write(conversations, "m-2")
    said = await conversations.say(
        "c-1",
        author=Author.AGENT,
        version=taken.version,
        body={"type": "text", "text": "Here I am."},
        agent="Anna",
    )
    await write(conversations, "m-3")
    await change(conversations, Control.BOT)

    assert (said.author, said.agent, said.seq) == (Author.AGENT, "Anna", 4)
    assert (await write(conversations, "m-1")).state is InboxState.DONE
    assert (await conversations.next_pending("c-1")).inbound.message_id == "m-3"
    assert await conversations.waiting() == ["c-1"]


async def test_closing_leaves_nothing_to_answer(conversations) -> None:
    """What is pending when a conversation is closed stays unanswered."""
    await write(conversations)
    await change(conversations, Control.AGENT)
    await change(conversations, Control.CLOSED)

    assert (await write(conversations)).state is InboxState.DONE


async def test_a_closed_conversation_opens_for_the_bot(conversations) -> None:
    """The next message after closing is the bot's, and says that it opened the conversation."""
    await write(conversations)
    await change(conversations, Control.AGENT)
    closed = (await change(conversations, Control.CLOSED)).conversation

    received = await write(conversations, "m-2", "one more thing")

    assert received.reopened
    assert received.conversation.control is Control.BOT
    assert received.conversation.version == closed.version + 1
    assert (await conversations.next_pending("c-1")).inbound.message_id == "m-2"
    assert not (await write(conversations, "m-3")).reopened


async def test_failures_are_counted_by_message(conversations) -> None:
    """Each failed turn counts for its message, and the bot may still try."""
    await write(conversations)

    assert await conversations.record_failure("c-1", "m-1") == 1
    assert await conversations.record_failure("c-1", "m-1") == 2
    assert (await conversations.next_pending("c-1")).tries == 2


async def test_giving_up_queues_the_conversation_and_says_so(conversations) -> None:
    """A message that cannot be answered goes to a human, and the customer is told once."""
    await write(conversations)
    give_up = {"version": 1, "handoff": Handoff(reason="failed"), "note": "Sorry."}
    outcome = await conversations.give_up("c-1", "m-1", **give_up)
    again = await conversations.give_up("c-1", "m-1", **give_up)

    assert outcome.conversation.control is Control.QUEUE
    assert outcome.conversation.handoff == {"reason": "failed", "facts": {}}
    assert [m.type for m in await conversations.replies("c-1", "m-1")] == ["system"]
    assert again.messages == ()
    assert (await write(conversations)).state is InboxState.DEAD


async def test_giving_up_too_late_changes_nothing(conversations) -> None:
    """Once a human has the conversation, the bot's failure is no news."""
    await write(conversations)
    await change(conversations, Control.AGENT)

    outcome = await conversations.give_up(
        "c-1", "m-1", version=1, handoff=Handoff(reason="failed"), note="Sorry."
    )
    assert outcome.messages == ()
    assert outcome.conversation.control is Control.AGENT


async def test_the_longest_waiting_come_first(conversations) -> None:
    """The queue is ordered by when it was joined, whatever is written meanwhile."""
    for conversation in ("c-2", "c-1"):
        await write(conversations, conversation=conversation)
        await conversations.complete(
            conversation, "m-1", version=1, replies=[HELLO], handoff=HANDOFF
        )
    await write(conversations, "m-2", conversation="c-2")
    await write(conversations, conversation="c-3")

    queue = await conversations.in_control(Control.QUEUE, Control.AGENT)
    assert [now.id for now in queue] == ["c-2", "c-1"]


async def test_the_latest_conversations_come_first(conversations) -> None:
    """Recent means where something happened last."""
    for conversation in ("c-1", "c-2", "c-3"):
        await write(conversations, conversation=conversation)
    await write(conversations, "m-2", "again")

    assert [now.id for now in await conversations.recent(2)] == ["c-1", "c-3"]


async def test_first_and_last_words_are_the_customers(conversations) -> None:
    """Each conversation is shown with what its customer wrote, whatever the bot said after."""
    await write(conversations)
    await answer(conversations)
    await write(conversations, "m-2", "again")
    await answer(conversations, message_id="m-2")
    await write(conversations, conversation="c-2")

    last = await conversations.last_words(["c-1", "c-2", "unknown"])
    assert {key: message.seq for key, message in last.items()} == {"c-1": 3, "c-2": 1}
    first = await conversations.first_words(["c-1", "c-2", "unknown"])
    assert {key: message.seq for key, message in first.items()} == {"c-1": 1, "c-2": 1}


async def test_unknown_conversations_are_said_to_be_unknown(conversations) -> None:
    """Nothing is made up for a conversation that nobody began."""
    with pytest.raises(UnknownConversation):
        await conversations.conversation("c-1")
    with pytest.raises(UnknownConversation):
        await conversations.change_control(
            "c-1", version=1, to=Control.AGENT, agent="Anna", note="joined"
        )


@pytest.mark.parametrize(
    "text", ["👍🏽", "שלום", "naïve \u202e rtl", "a\nb\tc", "'; DROP TABLE x;--"]
)
async def test_text_comes_back_as_it_was_written(conversations, text) -> None:
    """Whatever people write is kept letter by letter."""
    await write(conversations, text=text)

    assert (await conversations.next_pending("c-1")).inbound.text == text
