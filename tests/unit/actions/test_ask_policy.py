"""Questions are answered by the shop's own documents or not at all."""

from types import SimpleNamespace

import pytest

from actions.ask_policy import AskPolicy


@pytest.fixture
def passage():
    """A passage that fits."""
    return SimpleNamespace(title="How long can I return?", text="Thirty {days}.", score=0.8)


async def test_the_best_passage_answers_as_it_stands(run, dialogue, services, passage):
    """Heading and text come from the document; nothing is added."""
    services.policies.passages = [passage]
    answer = await run(AskPolicy(services), dialogue.customer("how long can i return"))
    (message,) = answer.messages
    assert message["response"] == "utter_policy_passage"
    assert (message["title"], message["passage"]) == (passage.title, passage.text)
    assert message["buttons"] == []


async def test_what_may_have_been_meant_as_well_is_offered(run, dialogue, services, passage):
    """Close behind the best; a choice asks the other question by its heading."""
    near = SimpleNamespace(title='The "window"?', text="", score=0.7)
    far = SimpleNamespace(title="Who pays?", text="", score=0.5)
    services.policies.passages = [passage, near, far]
    answer = await run(AskPolicy(services), dialogue.customer("how long can i return"))
    (choice,) = answer.messages[0]["buttons"]
    assert choice["title"] == near.title
    assert choice["payload"] == '/ask_policy{"question": "The \\"window\\"?"}'


async def test_the_question_of_a_choice_is_answered(run, dialogue, services, passage):
    """It comes with the button."""
    services.policies.passages = [passage]
    dialogue.customer('/ask_policy{"question": "Who pays?"}')
    question = {"entity": "question", "value": "Who pays?"}
    dialogue.events[-1]["parse_data"]["entities"] = [question]
    answer = await run(AskPolicy(services), dialogue)
    assert answer.responses == ["utter_policy_passage"]


async def test_a_passage_about_something_else_is_not_read_out(run, dialogue, services, passage):
    """The bot says that it does not know."""
    passage.score = 0.2
    services.policies.passages = [passage]
    answer = await run(AskPolicy(services), dialogue.customer("who invented returns"))
    assert answer.responses == ["utter_policy_unknown"]


async def test_words_that_find_nothing_are_asked_in_the_usual_way(run, dialogue, services, passage):
    """Whoever "has no clue what the secret was" wants to know how a password is reset."""
    usual = services.wording.templates["utter_usual_question_recover_password"]
    services.policies.best = lambda asked, k: [passage] if asked == usual else []
    dialogue.customer("no clue what the secret was", intent="recover_password")
    answer = await run(AskPolicy(services), dialogue)
    assert answer.responses == ["utter_policy_passage"]


async def test_a_button_is_no_question(run, dialogue, services):
    """The bot asks what the question is."""
    answer = await run(AskPolicy(services), dialogue.customer("/ask_policy"))
    assert answer.responses == ["utter_ask_question"]
