"""Things are given back: found among what was bought, shown with their refund, then registered."""

from shop.model import Action


async def test_a_return_is_registered_after_a_yes(known, stored):
    """The reason is asked for; the only possible way of the refund is not."""
    assert "Why do you want to return it" in await known.writes("return the kettle from SK-1003")
    shown = await known.writes("it is faulty")
    assert "Kettle Étna (red), €39.90" in shown
    assert "We pay for sending it back" in shown
    await known.writes("yes, return it")
    (change,) = (await stored("SK-1003")).changes
    assert (change.action, change.reason) == (Action.RETURN_ITEMS, "faulty")


async def test_only_what_can_be_returned_is_looked_at(known):
    """There are three kettles, one of them delivered."""
    shown = await known.writes("return the kettle, it is faulty")
    assert "this return from order SK-1003" in shown


async def test_a_refund_elsewhere_is_refused_with_where_it_can_go(known):
    """The shop says why not, and the question for it follows."""
    await known.writes("return the kettle, it is faulty")
    said = await known.writes("yes but to my gift card")
    assert "cannot go there. It can go to Visa 4242" in said
    assert "Which payment method should the refund" in said


async def test_what_was_not_bought_is_not_found(known):
    """The things that there are stand as choices."""
    said = await known.writes("return the piano")
    assert "Which items would you like to return?" in said
    assert known.choices == ["Kettle Étna (red) of order SK-1003"]
