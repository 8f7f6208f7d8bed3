"""No error escapes from an action, and none takes customer data along."""

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

import actions
from actions.skill import SkillAction
from actions.track_order import TrackOrder
from shop.claims import claim_order
from shop.errors import CustomerError, OrderNotFound


@pytest.fixture
def without_pauses(monkeypatch):
    """Answers that are due later come at once."""

    async def at_once(seconds):
        assert seconds <= 10

    monkeypatch.setattr("actions.skill.asyncio.sleep", at_once)


class Raising(SkillAction):
    """An action that says half of something and fails."""

    forgets = ("proof",)

    def __init__(self, services, error):
        super().__init__(services)
        self.error = error

    def name(self):
        """Returns a name."""
        return "action_raising"

    async def answer(self, dispatcher, tracker):
        """Says half of it."""
        dispatcher.utter_message(text="Your refund is on")
        raise self.error


async def test_an_expected_error_is_said_by_the_response_of_its_name(run, dialogue, services):
    """The code of a CustomerError names the response."""
    answer = await run(Raising(services, OrderNotFound()), dialogue.customer("SK-1001"))
    assert answer.responses == ["utter_order_not_found"]
    assert answer.slots == {"proof": None}


async def test_an_unexpected_error_is_an_apology_and_a_log_line(run, dialogue, services):
    """The customer learns that it failed, the log why and in which request."""
    dialogue.customer("my secret text", request_id="r-7")
    with capture_logs() as logs:
        answer = await run(Raising(services, ValueError("boom")), dialogue)
    assert answer.responses == ["utter_failed"]
    (line,) = logs
    assert (line["event"], line["code"], line["request_id"]) == (
        "action-failed",
        "unexpected",
        "r-7",
    )
    assert "my secret text" not in str(line)


async def test_half_an_answer_is_not_said(run, dialogue, services):
    """What was said before the failure would claim something that did not happen."""
    answer = await run(Raising(services, ValueError()), dialogue.customer("hi"))
    assert [message["text"] for message in answer.messages] == [None]


@pytest.mark.parametrize("error", CustomerError.__subclasses__())
def test_every_expected_error_has_a_response(error, wording):
    """Whatever the shop refuses, the bot has words for it."""
    assert f"utter_{error.code.replace('-', '_')}" in wording.templates


async def test_every_skill_survives_a_shop_that_cannot_be_reached(
    run, dialogue, services, broken_shop
):
    """The database gone is an apology with the reason in the log, whatever was asked."""
    dialogue.slots = {"order_number": "SK-1001", "proof": "10115"}
    dialogue.customer("a red kettle", "search_products")
    services = replace(services, shop=broken_shop)
    using_the_shop = {"action_track_order", "action_search_products"}
    for action in actions.build(services):
        with capture_logs() as logs:
            answer = await run(action, dialogue)
        if action.name() in using_the_shop:
            assert answer.responses == ["utter_failed"]
            assert logs[0]["code"] == "store-unavailable"


@pytest.fixture
async def gone_too_far(services):
    """A conversation with as many wrong claims as a person has to look at."""
    for number in range(8):
        with pytest.raises(OrderNotFound):
            await claim_order(
                f"SK-900{number}",
                "10115",
                conversation="c-1",
                shop=services.shop,
                clock=services.clock,
            )


@pytest.mark.usefixtures("gone_too_far", "without_pauses")
async def test_a_conversation_that_went_too_far_is_handed_over(run, dialogue, services):
    """Before anything more is tried; the customer is told no rule."""
    dialogue.slots = {"order_number": "SK-1001", "proof": "10115"}
    answer = await run(TrackOrder(services), dialogue.customer("where is it"))
    assert answer.reply["type"] == "handoff"
    assert answer.reply["reason"] == "caution"
    assert "SK" not in answer.reply["text"]


@pytest.mark.usefixtures("gone_too_far", "without_pauses")
async def test_what_a_person_has_seen_is_not_handed_over_again(run, dialogue, services, noon):
    """The agent has handed it back knowingly."""
    dialogue.slots = {
        "order_number": "SK-1001",
        "proof": "10559",
        "handed_over_at": (noon + timedelta(seconds=1)).isoformat(),
    }
    answer = await run(TrackOrder(services), dialogue.customer("where is it"))
    assert answer.responses == ["utter_order_not_found"]


async def test_whoever_is_upset_reads_a_sorry_first_and_once(run, dialogue, services):
    """And then the answer."""
    dialogue.slots = {"order_number": "SK-9", "proof": "1"}
    dialogue.customer("WHERE IS MY ORDER???", "track_order")
    answer = await run(actions.Affirm(services), dialogue)
    assert answer.responses == ["utter_sorry", "utter_what_yes"]
    dialogue.bot("utter_sorry").bot("utter_what_yes").customer("ANSWER ME NOW", "affirm")
    assert (await run(actions.Affirm(services), dialogue)).responses == ["utter_what_yes"]
