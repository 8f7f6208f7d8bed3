"""Customers move, and their orders keep their own addresses."""


async def test_the_account_gets_the_new_address(known, shop, stored):
    """The address is shown as it will be kept."""
    shown = await known.writes("move me to Hauptstr. 7, 10827 Berlin")
    assert "New address: Hauptstr. 7, 10827 Berlin, DE" in shown
    assert "your default address is changed" in await known.writes("yes")
    async with shop.snapshot() as records:
        assert (await records.customers.find("ada")).address.line1 == "Hauptstr. 7"
    assert (await stored("SK-1002")).address.line1 == "Turmstr. 5"
