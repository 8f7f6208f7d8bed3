"""The form takes a message in and goes one step on; several requests are done one after another."""

import re

import pytest

from actions.self_service import AskNextStep, ValidateRequestForm
from shop.identity import claim_order
from shop.model import OrderStatus


@pytest.fixture
def stranger(known, shop):
    """Ada before anybody knows that it is her."""

    async def forget() -> None:
        async with shop.records() as records:
            await records.identities.forget("c-1")

    return known, forget


async def test_two_requests_are_noted_and_done_in_turn(known, stored):
    """The second begins by itself, and is announced."""
    noted = await known.writes(
        "cancel order SK-1002, ordered by mistake. Also, return the kettle in SK-1003, it is faulty"
    )
    assert "I have noted the cancellation and the return" in noted
    done = await known.writes("yes")
    assert "order SK-1002 is cancelled" in done
    assert "Next, the return." in done
    await known.writes("yes")
    assert (await stored("SK-1003")).changes


async def test_a_message_that_comes_again_changes_nothing_twice(known, stored):
    """The key of a yes is its message's id."""
    await known.writes("cancel order SK-1002, ordered by mistake")
    agenda = known.agenda.as_slot()
    first = await known.writes("yes")
    known.agenda, known.count = known.agenda.of(agenda), known.count - 1
    assert await known.writes("yes") == first
    assert len((await stored("SK-1002")).changes) == 1


async def test_who_is_writing_is_asked_and_the_request_goes_on(stranger, services, stored):
    """Order number and postcode, then the mailed code, then what was asked for."""
    customer, forget = stranger
    await forget()
    asked = await customer.writes("cancel order SK-1002, ordered by mistake")
    assert "e-mail address or the postcode of the order" in asked
    asked = await customer.writes("10559")
    assert "six-digit code to a•••@example.com" in asked
    (mail,) = services.mailer.sent
    assert mail.to == "ada@example.com"
    assert "does not hold" in await customer.writes(
        "000000" if mail.facts["code"] != "000000" else "111111"
    )
    assert "shall I do exactly that" in await customer.writes(f"it is {mail.facts['code']}")
    await customer.writes("yes")
    assert (await stored("SK-1002")).status is OrderStatus.CANCELLED


async def test_wrong_and_foreign_details_read_the_same(stranger):
    """Nobody learns from the answer which order exists."""
    customer, forget = stranger
    await forget()
    said = []
    for number in ("SK-1002", "SK-9999"):
        customer.agenda = type(customer.agenda)()
        said.append(await customer.writes(f"cancel order {number}, my postcode is 99999"))
    assert said[0] == said[1]
    assert "could not find an order" in said[0]


async def test_a_digression_is_left_to_others(run, dialogue, known, services):
    """The form takes no message that is about something else, so that Rasa asks who answers it."""
    await known.writes("cancel order SK-1002, ordered by mistake")
    dialogue.slots = {"agenda": known.agenda.as_slot()}
    answer = await run(
        ValidateRequestForm(services), dialogue.customer("how are you", "ask_is_bot")
    )
    assert answer.events == []


async def test_the_form_ends_with_the_agenda(run, dialogue, known, services):
    """After the last thing is done no question is left."""
    await known.writes("cancel order SK-1002, ordered by mistake")
    dialogue.slots = {"agenda": known.agenda.as_slot()}
    taken = await run(ValidateRequestForm(services), dialogue.customer("yes", "affirm"))
    dialogue.slots = {"agenda": taken.slots["agenda"]}
    answer = await run(AskNextStep(services), dialogue)
    assert "cancelled" in answer.messages[0]["text"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in answer.events


async def test_a_button_stands_for_its_words(run, dialogue, known, services):
    """What it means travels as data, not as a command."""
    await known.writes("cancel my order")
    dialogue.slots = {"agenda": known.agenda.as_slot()}
    answer = await run(AskNextStep(services), dialogue.customer("hm"))
    payloads = [button["payload"] for button in answer.messages[0]["buttons"]]
    assert all(re.fullmatch(r'/inform\{"choice": ".*"\}', payload) for payload in payloads)


async def test_what_the_identity_does_not_cover_is_not_seen(services, shop, known):
    """An order claimed by its number opens no other of the same customer."""
    async with shop.records() as records:
        await records.identities.forget("c-1")
    await claim_order(
        "SK-1001", "10115", conversation="c-1", shop=services.shop, clock=services.clock
    )
    said = await known.writes("cancel order SK-1002")
    assert "SK-1002" not in said
    assert (
        "your order is on its way, so that is not possible. Once it has arrived, you can send"
        in said
    )


async def test_the_third_answer_that_is_none_ends_the_asking(run, dialogue, known, services):
    """Nobody is asked the same for ever: a person is offered."""
    await known.writes("cancel order SK-1002")
    dialogue.slots = {"agenda": known.agenda.as_slot()}
    for _ in range(3):
        answer = await run(ValidateRequestForm(services), dialogue.customer("%%%", "nlu_fallback"))
        dialogue.slots = {"agenda": answer.slots["agenda"]}
    assert answer.slots["agenda"] is None
    assert answer.messages[0]["buttons"][0]["payload"] == "/contact_human_agent"
