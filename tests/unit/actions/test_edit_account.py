"""The e-mail address and the phone number in the account are changed after a yes."""

import pytest


@pytest.fixture
def ada_now(shop):
    """Reads Ada's account as it is now."""

    async def ada_now():
        async with shop.snapshot() as records:
            return await records.customers.find("ada")

    return ada_now


async def test_the_email_address_is_changed(known, ada_now):
    """Shown as it will be, then done."""
    shown = await known.writes("edit my e-mail address to ada@byron.org")
    assert "New e-mail address: ada@byron.org" in shown
    assert "your e-mail address is changed" in await known.writes("yes")
    assert (await ada_now()).email == "ada@byron.org"


async def test_the_code_goes_to_the_old_address(known, services, ada_now):
    """Whoever has only the new mailbox changes nothing, and is not taken for its owner."""
    await known.loses_identity()
    said = await known.writes("edit my e-mail address to ada@byron.org")
    assert "What is your e-mail address" in said
    assert "code to a•••@example.com" in await known.writes("ada@example.com")
    (mail,) = services.mailer.sent
    assert mail.to == "ada@example.com"
    assert "New e-mail address: ada@byron.org" in await known.writes(mail.facts["code"])


async def test_what_is_asked_for_step_by_step_is_changed(known, ada_now):
    """The detail, then its value, then a correction at the summary."""
    assert "What should I change" in await known.writes("edit my account")
    assert known.choices == ["E-mail address", "Phone number", "Address"]
    assert "What is the new phone number?" in await known.writes("phone")
    assert "New phone number: 030 555 123" in await known.writes("030 555 123")
    assert "New phone number: 030 555 124" in await known.writes("no, it is 030 555 124")
    await known.writes("yes")
    assert (await ada_now()).phone == "030 555 124"


async def test_a_value_that_cannot_be_is_asked_for_again(known):
    """The refusal says why."""
    await known.writes("edit my e-mail address")
    said = await known.writes("it's ada@nowhere")
    assert "does not look like an e-mail address" in said
    assert "What is the new e-mail address?" in said


async def test_a_name_is_changed_by_a_person(known):
    """It is said, and a person is offered."""
    assert "A name or a birthday is changed by a colleague" in await known.writes("edit my name")
    assert known.choices == ["Talk to a person"]
