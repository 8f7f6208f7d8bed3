"""The invoice of an order is shown to whoever has shown enough for it."""

from shop.identity import claim_order


async def test_an_invoice_says_what_was_billed_and_paid(known):
    """Who, what, how much and by which method."""
    said = await known.writes("invoice for SK-1003 please")
    assert said.splitlines() == [
        "Invoice for order SK-1003 of Friday, May 1, 2026",
        "Ada Byron, Torstr. 1, 10115 Berlin, DE",
        "- 2 × Kettle Étna (red): €79.80",  # noqa: RUF001
        "Total: €79.80",
        "Paid: €79.80 by Visa 4242",
    ]


async def test_which_order_is_asked_among_those_that_have_one(known):
    """What is not sent has none."""
    assert "Of which order" in await known.writes("invoice please")
    assert [choice[:7] for choice in known.choices] == ["SK-1003", "SK-1001"]
    assert "Invoice for order SK-1001" in await known.writes("SK-1001")


async def test_an_order_that_is_not_sent_has_no_invoice(known):
    """Its state says why."""
    assert "your order is waiting to be packed" in await known.writes("invoice for order SK-1002")


async def test_a_claim_is_not_enough(known, services):
    """It holds name and address: a code comes first, then it goes on where it stopped."""
    await known.loses_identity()
    await claim_order(
        "SK-1001", "10115", conversation="c-1", shop=services.shop, clock=services.clock
    )
    assert "six-digit code" in await known.writes("invoice for SK-1001")
    said = await known.writes(services.mailer.sent[-1].facts["code"])
    assert "Invoice for order SK-1001" in said
