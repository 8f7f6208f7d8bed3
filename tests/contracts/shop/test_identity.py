"""What every adapter does alike with customers to be found, identities and one-time codes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.model import Customer, Identity, IdentityLevel, OneTimeCode
from shop.ports import Shop


@pytest.fixture
def code(noon) -> OneTimeCode:
    """A code that was sent just now."""
    return OneTimeCode(
        id="1",
        conversation="c",
        customer_id="ada",
        address="a",
        seal="s",
        sent_at=noon,
        expires_at=noon + timedelta(minutes=10),
    )


async def test_customers_are_found_by_name_and_postcode(shop: Shop, ada: Customer):
    """However they are written; two are enough to know that a name is not one person's."""
    jose = replace(ada, id="jose", first_name="José", last_name="de la Cruz")
    async with shop.records() as records:
        await records.customers.save([ada, jose])
        find = records.customers.named
        assert await find("byron, ADA", " 101 15") == [ada]
        assert await find("Jose De La Cruz", "10115") == [jose]
        for name, postcode in (("Ada", "10115"), ("Ada Byron", "10116"), ("", ""), ("", "10115")):
            assert await find(name, postcode) == []
        await records.customers.save(replace(ada, id=f"ada{number}") for number in range(3))
        assert len(await find("Ada Byron", "10115")) == 2
        moved = replace(jose, address=replace(ada.address, postcode="20095"))
        await records.customers.save([moved])
        assert await find("José de la Cruz", "10115") == []
        assert await find("José de la Cruz", "20095") == [moved]


@pytest.mark.parametrize("numbers", [None, frozenset(), frozenset({"SK-1001"})])
async def test_an_identity_comes_back_as_it_was_saved(shop: Shop, noon, numbers):
    """All orders are something else than none, and a forgotten identity is none."""
    identity = Identity(
        conversation="c",
        level=IdentityLevel.VERIFIED,
        customer_id="ada",
        order_numbers=numbers,
        expires_at=noon,
        fresh_until=None if numbers else noon,
    )
    async with shop.records() as records:
        await records.identities.save(identity)
        await records.identities.save(replace(identity, conversation="other"))
    async with shop.records() as records:
        assert await records.identities.of("c") == identity
        await records.identities.forget("c")
        await records.identities.forget("nobody")
        assert await records.identities.of("c") is None
        assert await records.identities.of("other")


async def test_the_latest_code_is_the_one_sent_last(shop: Shop, code: OneTimeCode):
    """Even where two were sent in the same moment, and whatever became of the earlier one."""
    async with shop.records() as records:
        codes = records.codes
        assert await codes.latest("c") is None
        second = replace(code, id="0", customer_id=None)
        await codes.save(code)
        await codes.save(second)
        await codes.save(replace(code, id="2", conversation="other"))
        await codes.save(replace(code, failed_tries=1))
        assert await codes.latest("c") == second
        used = replace(second, failed_tries=2, used_at=code.sent_at)
        await codes.save(used)
        assert await codes.latest("c") == used
        await codes.discard("0")
        assert await codes.latest("c") == replace(code, failed_tries=1)


async def test_sent_codes_are_counted(shop: Shop, code: OneTimeCode, noon):
    """By conversation, by address and in all, from a moment on."""
    hour = timedelta(hours=1)
    async with shop.records() as records:
        for number, (conversation, address, at) in enumerate(
            [("c", "a", noon - hour), ("c", "b", noon), ("d", "a", noon), ("d", "a", noon)]
        ):
            await records.codes.save(
                replace(
                    code, id=str(number), conversation=conversation, address=address, sent_at=at
                )
            )
        sent = records.codes.sent
        assert await sent(noon) == 3
        assert await sent(noon - hour) == 4
        assert await sent(noon, conversation="c") == 1
        assert await sent(noon - hour, conversation="c") == 2
        assert await sent(noon, address="a") == 2
        assert await sent(noon, address="a", conversation="c") == 0
