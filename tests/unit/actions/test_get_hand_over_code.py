"""The code of a parcel is told to whoever is surely its customer, with what to do with it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.model import EventCode, IdentityLevel, TrackingEvent


@pytest.fixture
def waiting(shop, stored, noon):
    """Has Ada's order wait in a locker, or come by another method."""

    async def waiting(method: str = "locker") -> None:
        order = await stored("SK-1001")
        arrived = TrackingEvent(at=noon, code=EventCode.READY_FOR_PICKUP, text="x")
        one = replace(
            order.parcels[0],
            carrier="ParcelNest",
            method=method,
            hand_over_code="482160",
            events=(arrived,),
        )
        async with shop.records() as records:
            await records.orders.save([replace(order, parcels=(one,))])

    return waiting


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("locker", "in the ParcelNest locker until Monday, May 11, 2026. Enter the code 482160"),
        ("pick-up-point", "Tell them the code 482160 and show your identity card"),
        ("drone", "Keep three metres away until it has landed, then enter the code 482160"),
        ("robot", "When it stops at your door, enter the code 482160"),
    ],
)
async def test_the_code_comes_with_what_to_do(known, waiting, method, told):
    """The only order that has one is meant."""
    await waiting(method)
    assert told in await known.writes("code please")


async def test_a_claim_is_not_enough(known, waiting, shop, noon):
    """It takes a code by mail first, and then goes on by itself."""
    await waiting()
    async with shop.records() as records:
        identity = await records.identities.of("c-1")
        await records.identities.save(
            replace(
                identity,
                level=IdentityLevel.CLAIMED,
                fresh_until=None,
                expires_at=noon + timedelta(1),
            )
        )
    assert "six-digit code" in await known.writes("code please")
    sent = known.services.mailer.sent[-1].facts["code"]
    assert "482160" in await known.writes(sent)


async def test_without_a_waiting_parcel_there_is_none(known):
    """It is said so."""
    assert "None of your parcels is waiting for a code" in await known.writes("code please")
