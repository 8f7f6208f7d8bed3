"""How upset a customer is can be measured, and the measure tells calm dialogues from others."""

import pytest

from actions.feeling import feeling

CALM = [
    [("where is my order", "track_order")],
    [("hello", "greet"), ("my parcel arrived damaged", "report_delivery_problem")],
    [("my headphones stopped working after two days", "complaint")],
    [("I want to cancel my order", "cancel_order"), ("SK-1001", "inform"), ("yes!", "affirm")],
    [("do you have USB-C HDMI DVI cables", "search_products")],
    [("SK-1001 a@example.com", "inform"), ("SK-1001 b@example.com", "inform")],
    [("get me a person please", "contact_human_agent")],
    [("what?", "repeat"), ("sorry, say it again", "repeat")],
    [("the parcel is lost I think", "report_delivery_problem")],
    [("not that one, the other", "correct")],
    [("how are you", "small_talk"), ("haha you are funny!!", "small_talk")],
    [("I was charged twice. What happened?", "payment_issue")],
    [("thanks, and where is my refund", "track_refund")],
]
UPSET = [
    [("WHERE IS MY ORDER???", "track_order")],
    [("this is ridiculous, the lamp is broken", "complaint")],
    [("you stupid thing", "insult")],
    [("where is my order", "track_order"), ("where is my order!!", "track_order")] * 2,
    [("your shop is a joke", "complaint")],
    [("I already told you my number", "inform"), ("for the third time: SK-1001", "inform")],
    [("fuck off", "insult"), ("ok where is my parcel", "track_order")],
    [("where the hell is my parcel!!", "track_order")],
    [("you don't understand anything", "nlu_fallback"), ("ANSWER ME PLEASE", "nlu_fallback")],
    [("I am fed up with this", "complaint")],
    [("seriously?? I have been waiting for weeks!!", "track_order")],
]


def said(dialogue, turns):
    for text, intent in turns:
        dialogue.customer(text, intent)
    return dialogue.tracker()


@pytest.mark.parametrize("turns", CALM, ids=lambda turns: turns[-1][0])
def test_calm_dialogues_are_told_to_be_calm(dialogue, turns):
    """A problem is no anger, and a name in capitals no shouting."""
    assert not feeling(said(dialogue, turns)).is_upset


@pytest.mark.parametrize("turns", UPSET, ids=lambda turns: turns[-1][0])
def test_upset_dialogues_are_told_to_be_so(dialogue, turns):
    """By wording, capitals, marks and repeats."""
    assert feeling(said(dialogue, turns)).is_upset


def test_not_being_understood_is_upsetting(dialogue):
    """What went wrong counts as what was said."""
    for response in ("utter_did_you_mean", "utter_rephrase", "utter_still_not_understood"):
        dialogue.customer("the thing", "nlu_fallback").bot(response)
    assert feeling(said(dialogue, [("no, the thing there", "nlu_fallback")])).frustration > 0.3


def test_anger_fades(dialogue):
    """Whoever has talked calmly for a while is no longer upset."""
    turns = [
        ("your shop is a joke!!", "complaint"),
        *[(f"calm {n}", "track_order") for n in range(5)],
    ]
    assert not feeling(said(dialogue, turns)).is_upset


def test_buttons_show_no_feeling(dialogue):
    """What a button stands for was written by us."""
    assert feeling(said(dialogue, [("/track_order", "track_order")] * 4)).frustration == 0


def test_much_anger_has_a_name(dialogue):
    """A colleague reads a word, not a number."""
    assert feeling(said(dialogue, [("hello", "greet")])).mood == "calm"
    assert feeling(said(dialogue, [("you stupid useless bot!!", "insult")])).mood == "angry"
