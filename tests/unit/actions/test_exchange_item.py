"""Things are exchanged for what is in stock, with the difference settled."""

from dataclasses import replace

import pytest

from shop.model import Action


@pytest.fixture
async def stocked(shop, kettle):
    """The black kettle is there as well."""
    variants = tuple(replace(variant, stock=5) for variant in kettle.variants)
    async with shop.records() as records:
        await records.catalogue.save([replace(kettle, variants=variants)])


@pytest.mark.usefixtures("stocked")
async def test_a_delivered_thing_is_exchanged(known, stored):
    """The new option and the difference are shown; it is registered after the yes."""
    shown = await known.writes("exchange the kettle in SK-1003 for a black one")
    assert "Kettle Étna: red, €39.90 → black, €34.90" in shown
    assert "€10.00 back to Visa 4242" in shown
    await known.writes("yes")
    assert (await stored("SK-1003")).changes[-1].action is Action.EXCHANGE_ITEMS


@pytest.mark.usefixtures("stocked")
async def test_what_is_not_sent_yet_is_changed(known, stored):
    """Customers say "exchange" for both."""
    await known.writes("exchange the kettle in SK-1002 for a black one")
    await known.writes("yes")
    assert (await stored("SK-1002")).changes[-1].action is Action.CHANGE_ITEMS


async def test_nothing_else_in_stock_is_said(known):
    """The black kettle is sold out."""
    said = await known.writes("exchange the kettle in SK-1003 for a black one")
    assert "no other option of the Kettle Étna in stock" in said
    assert known.agenda.requests == []
