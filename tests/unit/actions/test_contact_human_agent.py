"""A person is fetched at once, with the reason why."""

import pytest

from actions.contact_human_agent import ContactHumanAgent


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ("utter_greet", "asked"),
        ("utter_still_not_understood", "not-understood"),
        ("utter_still_not_understood_about", "not-understood"),
        ("utter_tracking_given_up", "not-understood"),
        ("utter_policy_unknown", "not-understood"),
        ("utter_other_language", "language"),
        ("utter_complaint", "complaint"),
        ("utter_failed", "failed"),
    ],
)
async def test_the_reason_follows_from_what_the_bot_had_said(
    run, dialogue, services, before, reason
):
    """Whether the customer asked for a person or the bot gave up."""
    dialogue.bot(before).customer("yes", "contact_human_agent")
    answer = await run(ContactHumanAgent(services), dialogue)
    assert answer.reply["reason"] == reason


@pytest.mark.parametrize("response", ContactHumanAgent.reasons)
def test_the_reasons_are_told_by_responses_that_there_are(wording, response):
    """A renamed response would silently stop being a reason."""
    assert response in wording.templates


async def test_whoever_is_upset_reads_no_further_sorry(run, dialogue, services):
    """They get what they want, and nothing before it."""
    dialogue.customer("GIVE ME A HUMAN YOU STUPID BOT!!", "contact_human_agent")
    answer = await run(ContactHumanAgent(services), dialogue)
    assert answer.reply["type"] == "handoff"
