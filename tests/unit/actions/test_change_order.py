"""Items that are not sent yet become other options."""

from dataclasses import replace


async def test_the_option_is_asked_for_where_none_is_wished(known, shop, kettle, stored):
    """The offers stand in the question and on its buttons."""
    variants = tuple(replace(variant, stock=5) for variant in kettle.variants)
    async with shop.records() as records:
        await records.catalogue.save([replace(kettle, variants=variants)])
    asked = await known.writes("change the kettle in SK-1002")
    assert "Which option of the Kettle Étna would you like instead of red: black" in asked
    assert known.choices == ["black, €34.90"]
    await known.writes("the black one")
    await known.writes("yes")
    assert (await stored("SK-1002")).lines[0].variant_id == "kettle-black"
