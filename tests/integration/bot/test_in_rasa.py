"""What `bot` changes of Rasa, inside Rasa's own environment: cheaper, and otherwise the same."""

import json
import subprocess
from pathlib import Path

import pytest

from storekeep.bot_environment import PYTHON, bot_environment

pytestmark = pytest.mark.rasa

AS_THE_SERVER = """
import runpy, sys
from bot import absent
absent.leave_out()
runpy.run_path(sys.argv[1], run_name="__main__")
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """What the script beside this file found out."""
    if not PYTHON.exists():
        pytest.skip("There is no Rasa environment: run `make setup`.")
    script, found = Path(__file__).with_name("facts.py"), tmp_path_factory.mktemp("facts") / "json"
    subprocess.run(
        (PYTHON, "-c", AS_THE_SERVER, script, found), env=bot_environment({}), check=True
    )
    return json.loads(found.read_text())


def test_no_neural_network_and_no_messenger_is_loaded(facts):
    """They would be four fifths of the memory and of the start."""
    assert "rasa" in facts["loaded"]
    assert not {"tensorflow", "keras", "sklearn", "aiogram", "slack_sdk"} & {*facts["loaded"]}


def test_what_is_left_out_cannot_be_used(facts):
    """It fails with the name of the module that explains it, and never does nothing."""
    assert "bot/absent.py" in facts["use of what is left out"]


def test_a_long_conversation_is_forgotten_but_for_its_latest_messages(facts):
    """What a turn looks at is bounded, and what the slots hold outlives the words."""
    up_to_60_turns, after_200 = facts["most events"]
    assert after_200 <= up_to_60_turns
    assert facts["slot after 200"] == "SK-1"


def test_a_form_is_remembered_as_long_as_it_lasts(facts):
    """However long a customer takes to answer it."""
    assert facts["form after 60"] == "form"


def test_a_new_session_begins_empty(facts):
    """As it does when it is read from the file."""
    assert facts["sessions"] == ["SessionStarted", "UserUttered"]


def test_a_copy_is_what_a_replay_would_be(facts):
    """Copying a dialogue gives what Rasa gets by replaying its events, and leaves it alone."""
    ours, by_rasa = facts["copies"]
    assert ours == by_rasa


def test_what_was_undone_does_not_count(facts):
    """The same events count as in Rasa, after restarts, forms and new sessions too."""
    by_rasa, ours = facts["applied"]
    assert ours == by_rasa


def test_a_form_validates_what_it_would_in_rasa(facts):
    """The dialogue with the candidates in it is the same."""
    by_rasa, ours = facts["temporary"]
    assert ours == by_rasa


def test_the_rules_predict_what_they_would_in_rasa(facts):
    """At each moment of a dialogue with a form, an interruption and its end."""
    by_rasa, ours = facts["predictions"]
    assert ours == by_rasa
    assert len({json.dumps(each) for each in ours}) > 3


def test_an_answer_that_cannot_be_read_ends_the_turn(facts):
    """Rasa would go on as if the action had said nothing."""
    assert facts["answers"] == ["action-failed"] * 4 + ["read"]
