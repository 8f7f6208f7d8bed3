"""Not understood once: other words, please. Twice: a person. Just asked: it is the answer."""

import pytest

from actions.fallback import ANSWERS, Fallback


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
