"""An account's deletion is asked for after a yes; a person carries it out."""


async def test_it_is_asked_for_once(known, shop, noon):
    """It is said that a colleague does it, and a second time that one is on it."""
    shown = await known.writes("delete my account")
    assert "A colleague carries it out" in shown
    assert "is registered" in await known.writes("yes, delete it")
    async with shop.snapshot() as records:
        assert (await records.customers.find("ada")).deletion_requested_at == noon
    assert "asked for already" in await known.writes("delete my account")


async def test_anything_but_a_yes_keeps_it(known, shop):
    """A second thought is enough."""
    await known.writes("delete my account")
    assert "your account stays" in await known.writes("no wait, I changed my mind")
    async with shop.snapshot() as records:
        assert (await records.customers.find("ada")).deletion_requested_at is None


async def test_a_fresh_code_is_needed(known, services):
    """Whoever was verified a while ago shows it again."""
    await known.was_verified_long_ago()
    assert "six-digit code to a•••@example.com" in await known.writes("delete my account")
