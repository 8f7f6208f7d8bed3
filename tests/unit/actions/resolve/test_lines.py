import pytest

from actions.resolve import which_lines
from shop.model import OrderStatus


def titles(found):
    return [one.line.title for one in found.chosen]


@pytest.fixture
def order(shop):
    return shop.order(
        "SK-1",
        ("Wool Rug", {"color": "blue"}),
        "Velvet Sofa",
        ("Desk Lamp", {"color": "black"}),
        "Book Shelf",
        "T-Shirt",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("return the rug", ["Wool Rug"]),
        ("I'd like to send back the sofa, tshirt and bookshelf please", ["Velvet Sofa", "T-Shirt", "Book Shelf"]),
        ("return the velvet soffa", ["Velvet Sofa"]),
        ("cancel my lamps", ["Desk Lamp"]),
        ("return everything", ["Wool Rug", "Velvet Sofa", "Desk Lamp", "Book Shelf", "T-Shirt"]),
        ("return all items except the lamp and the rug", ["Velvet Sofa", "Book Shelf", "T-Shirt"]),
        ("everything but the shelf", ["Wool Rug", "Velvet Sofa", "Desk Lamp", "T-Shirt"]),
        ("return the rug but keep the sofa", ["Wool Rug"]),
        ("return the rug because the sofa is enough", ["Wool Rug"]),
        ("please return velvet-sofa", ["Velvet Sofa"]),
    ],
)  # fmt: skip
def test_lines_are_named_by_words_of_their_titles(order, text, expected):
    """One or several, in any spelling, all of them, or all but some."""
    assert expected == titles(which_lines(text, [order]))


def test_what_nothing_matches_is_reported(order):
    """A thing that was not bought is not dropped in silence."""
    found = which_lines("return the rug and the trampoline", [order])
    assert (titles(found), found.unmatched) == (["Wool Rug"], ("trampoline",))


def test_a_thing_is_found_by_another_name(order, meaning):
    """A couch is a sofa."""
    assert titles(which_lines("return the couch", [order], meaning=meaning)) == ["Velvet Sofa"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("return the blue rug", "SK-1-1"),
        ("return the cheaper rug", "SK-1-1"),
        ("return the more expensive rug", "SK-1-2"),
        ("return the rug that is red", "SK-1-2"),
        ("return the rug from the pending order", "SK-2-1"),
        ("return the rug I bought with the lamp", "SK-2-1"),
    ],
)
def test_lines_of_one_name_are_told_apart_by_what_is_said_beside_it(shop, text, expected):
    """By their options, their price, their order's state and what came with them."""
    orders = [
        shop.order("SK-1", ("Rug", {"color": "blue"}), ("Rug", {"color": "red"}), prices=(10, 30)),
        shop.order("SK-2", ("Rug", {"color": "tan"}), "Lamp", status=OrderStatus.PENDING, prices=(20, 20)),
    ]  # fmt: skip
    assert [expected] == [one.line.id for one in which_lines(text, orders).chosen]


def test_lines_that_nothing_tells_apart_are_asked_about(shop):
    """Both rugs are candidates, and neither is chosen."""
    order = shop.order("SK-1", ("Rug", {"color": "blue"}), ("Rug", {"color": "red"}))
    (mention,) = which_lines("return the rug", [order]).unclear
    assert [one.line.id for one in mention.lines.choices] == ["SK-1-1", "SK-1-2"]


@pytest.mark.parametrize("text", ["return both rugs", "return all rugs", "return my two rugs", "return the rugs"])  # fmt: skip
def test_several_of_one_name_are_meant_together(shop, text):
    """A plural means all there are."""
    order = shop.order("SK-1", ("Rug", {"color": "blue"}), ("Rug", {"color": "red"}), "Lamp")
    assert [one.line.id for one in which_lines(text, [order]).chosen] == ["SK-1-1", "SK-1-2"]


def test_a_number_of_pieces_is_kept(shop):
    """How many of them are meant is told."""
    (mention,) = which_lines("return two of the rugs", [shop.order("SK-1", "Rug")]).found
    assert mention.count == 2


def test_each_thing_has_its_own_wish(order):
    """What is said behind a thing belongs to it, and a condition to what it names."""
    text = (
        "exchange the rug for a red one and the lamp for a brighter one. "
        "If there is no red rug, take green."
    )
    wishes = {one.text: one.wish for one in which_lines(text, [order]).found}
    assert wishes == {
        "exchange the rug": "for a red one and. if there is no red rug, take green",
        "the lamp": "for a brighter one. .",
    }


def test_a_repeated_name_belongs_to_the_wish(order):
    """To swap it "for a red rug" names no second rug."""
    (mention,) = which_lines("swap my blue rug for a red rug", [order]).found
    assert mention.wish == "for a red rug"


@pytest.mark.parametrize("text", ["", "hello", "I have a question", "'; drop table", "é" * 500])
def test_a_text_that_names_nothing_means_nothing(order, text):
    """There is no best guess."""
    found = which_lines(text, [order])
    assert (found.found, found.unmatched) == ((), ())


def test_nothing_is_meant_where_nothing_was_bought(meaning):
    """No orders, no lines."""
    assert which_lines("return everything", [], meaning=meaning).chosen == ()


@pytest.mark.parametrize(
    "text", ["the rug " * 600, "1-2-3/4 " * 500, "if not, " * 500, "\ud800\x00 rug", "İß٣² rug"]
)
def test_no_text_breaks_it(order, text):
    """Whatever is written, however long, the answer is a list of lines."""
    assert set(titles(which_lines(text, [order]))) <= {"Wool Rug"}
