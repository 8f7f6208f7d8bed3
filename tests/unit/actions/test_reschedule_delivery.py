"""A parcel on its way comes on another day, or waits at a pick-up point, after a yes."""

from dataclasses import replace
from datetime import date

import pytest


@pytest.fixture
async def shipped(known, shop, stored):
    """Ada, with an order that Postwind brings on Tuesday."""
    order = await stored("SK-1001")
    parcels = tuple(replace(each, carrier="Postwind") for each in order.parcels[:1])
    async with shop.records() as records:
        await records.orders.save([replace(order, parcels=parcels)])
    return known


async def test_another_day_is_promised(shipped, stored):
    """The day is read out of the words, shown and done."""
    shown = await shipped.writes("bring my order SK-1001 on friday")
    assert "New day: Friday, May 8, 2026" in shown
    assert "comes on the new day" in await shipped.writes("yes")
    order = await stored("SK-1001")
    assert order.changes[0].day == date(2026, 5, 8)
    assert order.parcels[0].promised_at.date() == date(2026, 5, 8)


async def test_days_and_a_place_are_offered(shipped, stored):
    """The places near the address come first, by name or by number."""
    await shipped.writes("bring SK-1001 some other time")
    assert shipped.choices == [
        "Tuesday, May 5, 2026",
        "Wednesday, May 6, 2026",
        "Thursday, May 7, 2026",
        "To a pick-up point",
    ]
    said = await shipped.writes("To a pick-up point")
    assert "Postwind branch Nordbahnhof" in said
    shown = await shipped.writes("the second")
    assert "New address: Postwind branch" in shown
    await shipped.writes("yes")
    assert (await stored("SK-1001")).parcels[0].pick_up_point


async def test_a_sunday_is_refused_with_the_days_that_are_possible(shipped):
    """The question follows the reason."""
    said = await shipped.writes("bring SK-1001 on sunday")
    assert "from Tuesday, May 5, 2026 to Tuesday, May 12, 2026" in said
    assert "On which day should order SK-1001 come?" in said


async def test_the_day_is_corrected_at_the_summary(shipped):
    """Nothing is done until the new one is confirmed, too."""
    await shipped.writes("bring SK-1001 on friday")
    assert "Saturday, May 9, 2026" in await shipped.writes("no, saturday")


async def test_a_carrier_that_takes_no_wishes_is_said(known, shop, stored):
    """A bicycle that is on its way cannot be stopped."""
    order = await stored("SK-1001")
    parcels = (replace(order.parcels[0], carrier="CityRunner"),)
    async with shop.records() as records:
        await records.orders.save([replace(order, parcels=parcels)])
    assert "takes no other day or place" in await known.writes("bring SK-1001 otherwise")
