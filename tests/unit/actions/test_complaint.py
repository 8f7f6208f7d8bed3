"""Anger is heard first and brought to a person; if it goes on, at once."""

import pytest

from actions.complaint import Complaint

PERSON = "/contact_human_agent"


@pytest.mark.parametrize(
    ("intent", "response"), [("complaint", "utter_complaint"), ("insult", "utter_insult")]
)
async def test_a_person_is_offered(run, dialogue, services, intent, response):
    """Nobody is passed on who has not been asked."""
    answer = await run(Complaint(services), dialogue.customer("what a joke", intent))
    assert answer.responses == [response]


async def test_whoever_is_still_upset_gets_the_person(run, dialogue, services):
    """Offering it a second time would be one time too many."""
    dialogue.customer("what a joke", "complaint").bot("utter_complaint", PERSON)
    answer = await run(Complaint(services), dialogue.customer("useless!!", "insult"))
    assert answer.reply["reason"] == "complaint"


async def test_a_calm_word_after_the_offer_is_no_yes(run, dialogue, services):
    """Another fault that is told calmly is another complaint."""
    dialogue.customer("the lid is loose", "complaint").bot("utter_complaint", PERSON)
    answer = await run(Complaint(services), dialogue.customer("the cable too", "complaint"))
    assert answer.responses == ["utter_complaint"]


async def test_in_the_middle_of_a_request_it_goes_on(run, dialogue, services):
    """The form asks again behind the offer, and takes the answer."""
    dialogue.customer("what a joke", "complaint").bot("utter_complaint", PERSON)
    dialogue.customer("useless!!", "insult").active_loop = "request_form"
    answer = await run(Complaint(services), dialogue)
    assert answer.responses == ["utter_insult"]
