"""The score from which a passage is read out tells the shop's own matters from others'."""

from pathlib import Path

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


EVERYDAY = """
delivery on saturdays: weekend
delivery tomorrow: express
next day delivery: express
free shipping: delivery cost
how much is express delivery: express
minimum order value: minimum order
do you take klarna: instalments
apple pay: instalments
click and collect: pick up
delivery to my office: office
can i return after 30 days: 30 days
are you open on sunday: open
opening hours: open
phone number: contact
guest checkout: without an account
delivery took too long: late
damaged parcel: damaged
where is your store: store
""".strip().splitlines()

STRANGERS = [  # of which nothing was looked at while the documents were worded
    line.split("\t")
    for line in Path(__file__).with_name("policy_questions.tsv").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The index of the documents as they are."""
    folder, encoder = tmp_path_factory.mktemp("policies"), Encoder.load(ENCODER)
    build_policy_index(folder, POLICY_PAGES, encoder)
    return PolicyIndex.open(folder, encoder)


@pytest.fixture
def answered(index):
    """Tells whether a question gets an answer."""
    return lambda question: any(p.score >= _SURE for p in index.best(question, 1))


@pytest.mark.parametrize("line", EVERYDAY)
def test_an_everyday_question_finds_its_section(index, line):
    """However few words it has."""
    question, _, words = line.partition(": ")
    (best,) = index.best(question, 1)
    assert words.casefold() in best.title.casefold()
    assert best.score >= _SURE


def test_most_questions_of_strangers_find_their_section_first(index):
    """At least seven in ten, and eight in ten among the first three."""
    places = [place_of(words, index.best(question, 3)) for question, words in STRANGERS]
    assert sum(place == 0 for place in places) / len(places) >= 0.7
    assert sum(place is not None for place in places) / len(places) >= 0.8


def place_of(words, passages):
    """Returns the place of the section with these words in its heading; None without one."""
    titles = [passage.title.casefold() for passage in passages]
    return next((i for i, title in enumerate(titles) if words.casefold() in title), None)


def test_nearly_all_questions_about_the_shop_are_answered(answered):
    """At most one in ten is not."""
    unanswered = [question for question in OURS if not answered(question)]
    assert len(unanswered) <= len(OURS) // 10, unanswered


def test_few_questions_about_anything_else_are_answered(answered):
    """At most three in twenty are; before them stands the understanding of what is wanted."""
    wrong = [question for question in OTHERS if answered(question)]
    assert len(wrong) <= 3, wrong
