"""An order is paid in another way."""

from dataclasses import replace

from shop.model import Money


async def test_a_gift_card_that_is_too_low_is_refused(known):
    """Its balance and what is needed are said."""
    said = await known.writes("pay order SK-1002 with my gift card")
    assert "the gift card holds €10.00, and €79.80 are needed" in said


async def test_another_method_pays_all_of_it(known, shop, ada, stored):
    """The old one gets its part back."""
    card, gift = ada.payment_methods
    rich = replace(gift, balance=Money(10_000, "EUR"))
    async with shop.records() as records:
        await records.customers.save([replace(ada, payment_methods=(card, rich))])
    shown = await known.writes("pay order SK-1002 with my gift card")
    assert "You pay €79.80 by gift card" in shown
    assert "€79.80 back to Visa 4242" in shown
    await known.writes("yes")
    paid = [(each.method_id, each.amount.minor) for each in (await stored("SK-1002")).payments]
    assert sorted(paid[1:]) == [("gift", 7980), ("visa", -7980)]
