"""The score from which a passage is read out tells the shop's own matters from others'."""

import pytest

from actions.ask_policy import _SURE
from knowledge.encoder import Encoder
from knowledge.policies import PolicyIndex, build_policy_index
from storekeep.artefacts import ENCODER, POLICY_PAGES

pytestmark = pytest.mark.integration

OURS = """
how long do i have to return something
can i send back shoes i have worn once
who pays for the return label
when will i get my money back
do you ship to switzerland
how much is delivery
how long does shipping take
can i pay with paypal
do you take klarna
is it possible to pay by invoice
my parcel arrived broken
the tracking says delivered but nothing is here
what happens if i'm not at home
i forgot my password
how do i delete my account
how long is a gift card valid
i lost my gift card
where can i find my invoice
i need an invoice with our company's vat number
can i change my delivery address after ordering
can i still cancel
what warranty do you give
do you have a store i can visit
what are your opening hours
do you price match
how do i unsubscribe from your newsletter
""".strip().splitlines()

OTHERS = """
do you sell shoes
what is the weather tomorrow
who won the world cup
tell me a joke
do you have kettles
which laptop is best for gaming
how do i boil an egg
is this keyboard good for mac
what is the capital of france
are you hiring
how tall is the eiffel tower
can you write my homework
do you sell cars
is the tent waterproof
what size are the hiking boots
can i bring my dog to the park
what is bitcoin worth
translate good morning into french
how do i fix a flat tyre
recommend me a book
""".strip().splitlines()


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """Tells whether a question gets an answer."""
    folder, encoder = tmp_path_factory.mktemp("policies"), Encoder.load(ENCODER)
    build_policy_index(folder, POLICY_PAGES, encoder)
    index = PolicyIndex.open(folder, encoder)
    return lambda question: any(p.score >= _SURE for p in index.best(question, 1))


def test_nearly_all_questions_about_the_shop_are_answered(answered):
    """At most one in ten is not."""
    unanswered = [question for question in OURS if not answered(question)]
    assert len(unanswered) <= len(OURS) // 10, unanswered


def test_few_questions_about_anything_else_are_answered(answered):
    """At most three in twenty are; before them stands the understanding of what is wanted."""
    wrong = [question for question in OTHERS if answered(question)]
    assert len(wrong) <= 3, wrong
