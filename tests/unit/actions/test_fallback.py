"""Not understood once: other words, please. Twice: a person. Just asked: it is the answer."""

import pytest

from actions.fallback import ANSWERS, NEXT, Fallback

ABOUT_MONEY = {"nlu_fallback": 0.3, "track_refund": 0.3, "track_order": 0.2, "greet": 0.1}


def ranked(dialogue, **ranking: float):
    """Returns the dialogue with what the latest message may be about."""
    dialogue.events[-1]["parse_data"]["intent_ranking"] = [
        {"name": name, "confidence": confidence} for name, confidence in ranking.items()
    ]
    return dialogue


async def test_two_likely_meanings_are_offered(run, dialogue, services):
    """A choice goes on with the customer's own words; what has no name for customers is left out."""
    dialogue = ranked(dialogue.customer("the money thing", "nlu_fallback"), **ABOUT_MONEY)
    answer = await run(Fallback(services), dialogue)
    assert answer.responses == ["utter_did_you_mean"]
    first, second, third = answer.messages[0]["buttons"]
    assert first["payload"] == (
        '/choose_option{"meant": "track_refund", "said": "the money thing"}'
    )
    assert second["title"] == "Track an order"
    assert third["payload"] == "/deny"


async def test_after_a_wrong_offer_it_asks_for_other_words(run, dialogue, services):
    """Once."""
    dialogue.customer("the money thing").bot("utter_did_you_mean").customer("not those")
    answer = await run(Fallback(services), ranked(dialogue, **ABOUT_MONEY))
    assert answer.responses == ["utter_rephrase"]


async def test_the_person_is_offered_with_what_was_understood(run, dialogue, services):
    """Nobody has to begin from nothing."""
    dialogue.customer("the money thing").bot("utter_rephrase").customer("money, you know")
    answer = await run(Fallback(services), ranked(dialogue, **ABOUT_MONEY))
    assert answer.responses == ["utter_still_not_understood_about"]
    assert "refund" in answer.messages[0]["topic"]


async def test_whoever_is_upset_is_offered_the_person_at_once(run, dialogue, services):
    """Riddles make it worse."""
    dialogue = ranked(dialogue.customer("ARE YOU STUPID OR WHAT", "insult"), **ABOUT_MONEY)
    answer = await run(Fallback(services), dialogue)
    assert answer.responses == ["utter_sorry", "utter_still_not_understood_about"]


async def test_likely_danger_is_taken_for_it(run, dialogue, services):
    """Better once too often."""
    dialogue = ranked(dialogue.customer("i cannot any more"), nlu_fallback=0.3, crisis=0.3)
    answer = await run(Fallback(services), dialogue)
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "crisis"


async def test_another_language_is_answered_in_it(run, dialogue, services):
    """With whom to turn to."""
    dialogue.customer("wo ist denn meine bestellung bitte", "nlu_fallback")
    answer = await run(Fallback(services), dialogue)
    assert answer.responses == ["utter_other_language"]
    assert "Englisch" in answer.messages[0]["own"]
    assert answer.messages[0]["languages"] == "English, German and French"


async def test_whoever_goes_on_in_another_language_gets_a_person(run, dialogue, services):
    """They may not have understood the offer."""
    dialogue.bot("utter_other_language").customer("ich verstehe leider kein wort davon")
    answer = await run(Fallback(services), dialogue)
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "contact_human_agent"


async def test_in_the_middle_of_a_form_the_form_asks_again(run, dialogue, services):
    """The task is not lost."""
    dialogue.customer("brzl").active_loop = "track_order_form"
    answer = await run(Fallback(services), dialogue)
    assert answer.responses == ["utter_no_answer"]
    assert answer.events[-1]["name"] == "track_order_form"


@pytest.mark.parametrize("response", {*NEXT, *NEXT.values()})
def test_the_steps_are_responses_that_there_are(wording, response):
    """A renamed response would silently begin anew."""
    assert response in wording.templates


async def test_the_first_time_the_bot_asks_for_other_words(run, dialogue, services):
    """And says what it can do."""
    answer = await run(Fallback(services), dialogue.customer("brzl"))
    assert answer.responses == ["utter_rephrase"]


async def test_the_second_time_it_offers_a_person(run, dialogue, services):
    """Nobody has to guess a third time."""
    dialogue.customer("brzl").bot("utter_rephrase").customer("brzl!")
    answer = await run(Fallback(services), dialogue)
    assert answer.responses == ["utter_still_not_understood"]


async def test_what_is_not_about_the_shop_is_said_to_be_so(run, dialogue, services):
    """It was understood; there is nothing to put in other words."""
    answer = await run(Fallback(services), dialogue.customer("a joke please", "out_of_scope"))
    assert answer.responses == ["utter_out_of_scope"]


@pytest.mark.parametrize(("question", "intent"), ANSWERS.items())
async def test_any_words_answer_an_open_question(run, dialogue, services, question, intent):
    """What follows "what are you looking for?" is looked for."""
    dialogue.bot(question).customer("brzl 3000")
    answer = await run(Fallback(services), dialogue)
    assert answer.messages == []
    assert answer.events[-1]["parse_data"]["intent"]["name"] == intent
    assert answer.events[-1]["text"] == "brzl 3000"


@pytest.mark.parametrize("question", ANSWERS)
def test_the_open_questions_are_among_the_responses(wording, question):
    """A renamed response would silently stop being a question."""
    assert question in wording.templates


async def test_the_words_that_correct_are_left_out(run, dialogue, services):
    """They hide what is meant."""
    answer = await run(Fallback(services), dialogue.customer("no, I meant cancel nothing"))
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "cancel_order"
