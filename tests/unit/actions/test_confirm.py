"""A plain yes is a yes to the one thing that was offered."""

from actions.confirm import Affirm, Deny


async def test_a_yes_takes_the_only_choice(run, dialogue, services):
    """As if the button had been pressed."""
    dialogue.bot("utter_policy_unknown", "/contact_human_agent").customer("yes", "affirm")
    answer = await run(Affirm(services), dialogue)
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "contact_human_agent"


async def test_a_yes_to_several_choices_leaves_open_which(run, dialogue, services):
    """The bot asks instead of picking one."""
    dialogue.bot("utter_greet", "/track_order", "/search_products").customer("yes", "affirm")
    answer = await run(Affirm(services), dialogue)
    assert answer.responses == ["utter_choose_which"]
    assert len(answer.messages[0]["buttons"]) == 2
    assert answer.events == []


async def test_a_yes_takes_no_related_question(run, dialogue, services):
    """A choice that says more than what to do was no yes-or-no offer."""
    dialogue.bot("utter_policy_passage", '/ask_policy{"question": "Refunds?"}').customer("yes")
    answer = await run(Affirm(services), dialogue)
    assert answer.responses == ["utter_what_yes"]


async def test_a_yes_to_nothing_is_no_error(run, dialogue, services):
    """Somebody may begin with it."""
    answer = await run(Affirm(services), dialogue.customer("yes", "affirm"))
    assert answer.responses == ["utter_what_yes"]


async def test_a_no_is_accepted(run, dialogue, services):
    """Whatever it was offered."""
    dialogue.bot("utter_complaint", "/contact_human_agent").customer("no", "deny")
    answer = await run(Deny(services), dialogue)
    assert answer.responses == ["utter_all_right"]


async def test_a_no_to_did_you_mean_asks_for_other_words(run, dialogue, services):
    """Something was wanted, and it is still not known what."""
    dialogue.bot("utter_did_you_mean", "/a", "/b").customer("neither", "deny")
    answer = await run(Deny(services), dialogue)
    assert answer.responses == ["utter_rephrase"]
