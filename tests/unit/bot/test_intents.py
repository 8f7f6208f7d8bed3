"""An intent is told by what resembles it, and doubted where nothing does."""

import numpy as np
import pytest

from bot.intents import IntentModel, Thresholds

EAST, NORTH, UP = ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0])


@pytest.fixture
def model():
    """Three intents that point apart."""
    vectors = np.array([EAST, [0.98, 0.2, 0.0], NORTH, [0.0, 0.98, 0.2], UP], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return IntentModel.fit(
        vectors,
        ["go", "go", "stay", "stay", "rise"],
        strength=100.0,
        thresholds=Thresholds(confidence=0.5, margin=0.2, familiarity=0.6),
    )


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


def test_doubt_between_intents_with_one_answer_is_none(model):
    """Whichever of the two it is, the same action answers."""
    model.thresholds.alike.append(["go", "stay"])
    understanding = understand(model, [1.0, 1.0, 0.0])
    assert understanding.is_accepted


def test_intents_with_one_answer_together_stand_against_another(model):
    """What is likeliest alone may be less likely than they are together."""
    model.thresholds.alike.append(["go", "stay"])
    assert not understand(model, [0.65, 0.65, 0.75]).is_accepted


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
