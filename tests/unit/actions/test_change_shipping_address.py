"""An order that is not sent yet goes elsewhere."""


async def test_the_customers_own_address_is_found(known, ada, stored):
    """It is on record, so nobody has to write it out."""
    shown = await known.writes("send order SK-1002 to my default address")
    assert "Torstr. 1, 10115 Berlin" in shown
    await known.writes("yes")
    assert (await stored("SK-1002")).address == ada.address


async def test_an_address_is_asked_for(known, stored):
    """Street, city and postcode are enough."""
    assert "To which address should order SK-1002 go?" in await known.writes("send it elsewhere")
    assert "Hauptstr. 7" in await known.writes("Hauptstr. 7, 10827 Berlin")
    await known.writes("yes")
    assert (await stored("SK-1002")).address.postcode == "10827"


async def test_the_same_address_is_no_change(known):
    """The refusal is said, and the address asked for again."""
    said = await known.writes("send order SK-1002 to Turmstr. 5, 10559 Berlin")
    assert "the address that it has already" in said
    assert "To which address" in said
