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


async def test_a_passage_about_something_else_is_not_read_out(run, dialogue, services, passage):
    """The bot says that it does not know."""
    passage.score = 0.2
    services.policies.passages = [passage]
    answer = await run(AskPolicy(services), dialogue.customer("who invented returns"))
    assert answer.responses == ["utter_policy_unknown"]


async def test_a_button_is_no_question(run, dialogue, services):
    """The bot asks what the question is."""
    answer = await run(AskPolicy(services), dialogue.customer("/ask_policy"))
    assert answer.responses == ["utter_ask_question"]
