"""An order is shown to whoever showed that it is theirs, and its form asks for no more than needed."""

import pytest

from actions.track_order import TrackOrder, ValidateTrackOrderForm
from shop.identity import claim_order


@pytest.fixture
async def claimed(services):
    """The conversation has opened Ada's order before."""
    await claim_order(
        "SK-1001", "10115", conversation="c-1", shop=services.shop, clock=services.clock
    )


async def test_number_and_proof_open_the_order(run, dialogue, services):
    """The card has all of it; its text alone tells where the order is."""
    dialogue.slots = {"order_number": "SK-1001", "proof": "ada@example.com"}
    answer = await run(TrackOrder(services), dialogue.customer("ada@example.com", locale="en-GB"))
    assert answer.reply["type"] == "order"
    assert answer.reply["text"] == (
        "Order SK-1001 is on its way. Latest news from DHL: Sorted, Leipzig. "
        "It should arrive by Tuesday, 5 May 2026."
    )
    card = answer.reply["order"]
    assert (card["status"], card["total"]) == ("On its way", "€79.80")
    assert card["items"][0]["image"] == "/images/kettle.svg"
    assert [event["text"] for event in card["parcels"][0]["events"]] == ["Sorted", "Picked up"]


async def test_the_proof_is_forgotten_and_the_number_kept(run, dialogue, services):
    """Asking again needs no number; an address does not linger in the dialogue."""
    dialogue.slots = {"order_number": "sk 1001", "proof": "10115"}
    answer = await run(TrackOrder(services), dialogue.customer("10115"))
    assert answer.slots == {"order_number": "SK-1001", "proof": None}


@pytest.mark.parametrize(
    ("number", "proof"), [("SK-1001", "eve@example.com"), ("SK-9999", "ada@example.com")]
)
async def test_a_wrong_proof_and_a_wrong_number_read_the_same(
    run, dialogue, services, number, proof
):
    """Nobody learns from the answer which of the two exists, and the next try begins anew."""
    dialogue.slots = {"order_number": number, "proof": proof}
    answer = await run(TrackOrder(services), dialogue.customer(proof))
    assert answer.responses == ["utter_order_not_found"]
    assert answer.slots == {"order_number": None, "proof": None}


@pytest.mark.usefixtures("claimed")
async def test_a_claimed_order_is_not_asked_for_again(run, dialogue, services):
    """The form is done with the number alone."""
    dialogue.slots = {"order_number": "SK-1001"}
    answer = await run(ValidateTrackOrderForm(services), dialogue.customer("where is it"))
    assert answer.slots == {"requested_slot": None}


async def test_without_a_claim_the_form_wants_both(run, dialogue, services):
    """Rasa asks for whatever is missing by itself."""
    dialogue.slots = {"requested_slot": "order_number"}
    answer = await run(ValidateTrackOrderForm(services), dialogue.customer("1001"))
    assert answer.slots == {"order_number": "SK-1001"}


@pytest.mark.parametrize("text", ["how long do returns take?", "a lamp for 45 euros", "/greet"])
async def test_other_words_are_not_taken_for_an_order_number(run, dialogue, services, text):
    """A question in the middle of the form is left to whoever answers it."""
    dialogue.slots = {"requested_slot": "order_number"}
    answer = await run(ValidateTrackOrderForm(services), dialogue.customer(text))
    assert answer.events == []


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("8001", "8001"),
        ("it's 8001", "8001"),
        ("1012 ab", "1012 ab"),
        ("to 8001 Zurich, please?", None),
    ],
)
async def test_a_short_answer_with_a_digit_is_taken_for_a_postcode(
    run, dialogue, services, text, taken
):
    """Postcodes have many forms; a sentence is none."""
    dialogue.slots = {"requested_slot": "proof", "order_number": "SK-1001"}
    answer = await run(ValidateTrackOrderForm(services), dialogue.customer(text))
    assert answer.slots.get("proof") == taken


async def test_what_cannot_be_a_number_is_said(run, dialogue, services):
    """The customer hears how our order numbers look."""
    dialogue.customer("#12")
    dialogue.events.append({"event": "slot", "name": "order_number", "value": "#12"})
    answer = await run(ValidateTrackOrderForm(services), dialogue)
    assert answer.responses == ["utter_not_an_order_number"]
    assert answer.slots == {"order_number": None}


async def test_after_two_vain_tries_the_question_is_dropped(run, dialogue, services):
    """The form ends, whatever is missing."""
    dialogue.customer("where is it", "track_order")
    dialogue.events.append({"event": "active_loop", "name": "track_order_form"})
    dialogue.slots = {"requested_slot": "order_number"}
    first = await run(ValidateTrackOrderForm(services), dialogue.customer("the red one", "inform"))
    assert first.events == []
    dialogue.customer("thanks anyway", "thank").customer("I told you", "nlu_fallback")
    second = await run(ValidateTrackOrderForm(services), dialogue)
    assert second.slots == {"requested_slot": None, "proof": None}


async def test_a_try_that_answers_is_never_in_vain(run, dialogue, services):
    """Also where it is the last one."""
    dialogue.customer("where is it", "track_order")
    dialogue.events.append({"event": "active_loop", "name": "track_order_form"})
    dialogue.slots = {"requested_slot": "order_number"}
    dialogue.customer("the red one", "inform").customer("1001", "inform")
    answer = await run(ValidateTrackOrderForm(services), dialogue)
    assert answer.slots == {"order_number": "SK-1001"}


async def test_what_was_not_told_is_not_tried(run, dialogue, services):
    """Without a proof nothing is claimed, and other ways are offered."""
    dialogue.slots = {"order_number": "SK-1001"}
    answer = await run(TrackOrder(services), dialogue.customer("no idea"))
    assert answer.responses == ["utter_tracking_given_up"]


@pytest.mark.usefixtures("known")
async def test_orders_that_are_named_together_are_all_shown(run, dialogue, services):
    """One card each."""
    dialogue.slots = {"order_number": "SK-1002"}
    dialogue.customer("SK-1001 and SK-1002")
    dialogue.events[-1]["parse_data"]["entities"] = [
        {"entity": "order_number", "value": number} for number in ("SK-1001", "SK-1002")
    ]
    answer = await run(TrackOrder(services), dialogue)
    shown = [message["custom"]["order"]["number"] for message in answer.messages]
    assert shown == ["SK-1001", "SK-1002"]


@pytest.mark.usefixtures("claimed")
async def test_another_order_is_not_the_one_spoken_of(run, dialogue, services):
    """Rasa asks for the number, as it is known no longer."""
    dialogue.slots = {"order_number": "SK-1001"}
    dialogue.customer("what about my other order", "track_order")
    dialogue.events.append({"event": "slot", "name": "order_number", "value": "SK-1001"})
    answer = await run(ValidateTrackOrderForm(services), dialogue)
    assert answer.slots == {"order_number": None}
