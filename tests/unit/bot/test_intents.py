"""An intent is told by what resembles it, and doubted where nothing does."""

import numpy as np
import pytest

from bot.intents import IntentModel, Thresholds

EAST, NORTH, UP = ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0])


def model_of(*alike: str):
    """Returns three intents that point apart."""
    vectors = np.array([EAST, NORTH, [0.98, 0.2, 0.0], [0.0, 0.98, 0.2], UP], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return IntentModel.fit(
        vectors,
        [("onwards", "go"), ("wait", "stay"), ("leave", "go"), ("rest", "stay"), ("up", "rise")],
        strength=100.0,
        closeness=2.0,
        thresholds=Thresholds(confidence=0.5, margin=0.4, familiarity=0.6, alike=[list(alike)]),
    )


@pytest.fixture
def model():
    """Each of the three with an answer of its own."""
    return model_of()


def understand(model, direction):
    """Returns how a vector is understood."""
    vector = np.array(direction, dtype=np.float32)
    return model.understand(vector / (np.linalg.norm(vector) or 1))


def test_the_nearest_intent_comes_first(model):
    """And is acted on."""
    understanding = understand(model, EAST)
    assert understanding.ranking[0][0] == "go"
    assert understanding.is_accepted


def test_between_two_intents_the_bot_asks(model):
    """Neither is clear."""
    assert not understand(model, [1.0, 1.0, 0.0]).is_accepted


def test_doubt_between_intents_with_one_answer_is_none():
    """Whichever of the two it is, the same action answers."""
    understanding = understand(model_of("go", "stay"), [1.0, 1.0, 0.0])
    assert understanding.is_accepted


def test_intents_with_one_answer_together_stand_against_another():
    """What is likeliest alone may be less likely than they are together."""
    assert not understand(model_of("go", "stay"), [0.65, 0.65, 0.75]).is_accepted


def test_what_resembles_nothing_is_doubted(model):
    """The least unlikely intent is not thereby likely."""
    strange = understand(model, [0.3, -1.0, -1.0])
    assert strange.ranking[0][0] == "go"
    assert not strange.is_accepted


@pytest.mark.parametrize("direction", [[-1.0, -1.0, -1.0], [0.0, 0.0, 0.0]])
def test_opposite_and_empty_have_no_confidence_at_all(model, direction):
    """Confidence is never negative."""
    assert understand(model, direction).ranking[0][1] == 0.0


def test_a_saved_model_understands_the_same(model, tmp_path):
    """Thresholds included."""
    model.save(tmp_path)
    loaded = IntentModel.load(tmp_path)
    assert understand(loaded, [0.9, 0.3, 0.1]) == understand(model, [0.9, 0.3, 0.1])
    assert loaded.thresholds == model.thresholds


def test_the_examples_most_like_a_text_explain_it(model):
    """With their intents, the nearest first, whatever the order they came in."""
    nearest = model.nearest(np.array([0.9, 0.1, 0.0], dtype=np.float32), 2)
    assert [(line, intent) for line, intent, _ in nearest] == [("leave", "go"), ("onwards", "go")]
    assert nearest[0][2] > nearest[1][2]


def test_what_is_foreign_is_hardly_in_scope():
    """The score falls with likeness to sentences about something else."""
    vectors = np.array([EAST, NORTH], dtype=np.float32)
    model = IntentModel.fit(
        vectors,
        [("stop", "halt"), ("it rains", "out_of_scope")],
        strength=100.0,
        closeness=2.0,
        thresholds=Thresholds(confidence=0.5, margin=0.2, familiarity=0.6),
    )
    assert understand(model, EAST).in_scope > 0.8
    assert understand(model, NORTH).in_scope < 0.2
