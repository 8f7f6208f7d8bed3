"""A one-time code goes to the address on record only, and holds once, soon, here, and for one thing."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from shop.codes import CodeSent, confirm_code, masked, request_code
from shop.errors import CodeNotSent, CodeRefused, IdentityRequired, MailUnavailable
from shop.identity import claim_order, level_of
from shop.identity_rules import Codes
from shop.mail import Mail
from shop.model import IdentityLevel
from shop.policy import Policy

SECRET = b"the home's own"


@dataclass
class Postbox:
    """A mailer that keeps what it is given, unless it is shut."""

    mails: list[Mail] = field(default_factory=list)
    pings: int = 0
    is_shut: bool = False

    async def send(self, mail: Mail) -> None:
        """Keeps the mail."""
        await self.ping()
        self.mails.append(mail)

    async def ping(self) -> None:
        """Counts that somebody came."""
        if self.is_shut:
            raise MailUnavailable
        self.pings += 1

    @property
    def code(self) -> str:
        """The code in the last mail."""
        return self.mails[-1].facts["code"]


@pytest.fixture
def postbox() -> Postbox:
    """Where the mails arrive."""
    return Postbox()


@pytest.fixture
def ask(shop, clock, postbox):
    """Asks for a code."""

    async def ask(action="cancel_order", *, conversation="c", email="ada@example.com") -> CodeSent:
        return await request_code(
            action,
            conversation=conversation,
            shop=shop,
            clock=clock,
            mailer=postbox,
            secret=SECRET,
            email=email,
        )

    return ask


@pytest.fixture
def give(shop, clock):
    """Gives a code; tells the level afterwards, or whether the same code may be tried again."""

    async def give(code, action="cancel_order", *, conversation="c") -> IdentityLevel | bool:
        asked = {"conversation": conversation, "shop": shop, "clock": clock}
        try:
            await confirm_code(code, action, secret=SECRET, **asked)
        except CodeRefused as refused:
            assert await level_of(**asked) is not IdentityLevel.FRESH
            return refused.may_try_again
        return await level_of(**asked)

    return give


def other_than(code: str) -> str:
    """Returns a wrong code."""
    return f"{(int(code) + 1) % 10**6:06}"


async def test_the_code_makes_the_customer_fresh(ask, give, shop, clock, postbox):
    """Six digits are mailed to her, she gives them, and wears off from fresh to verified to nobody."""
    assert await ask() == CodeSent("a•••@example.com", 10)
    (mail,) = postbox.mails
    assert (mail.kind, mail.to, mail.facts["minutes"]) == ("one-time-code", "ada@example.com", "10")
    assert len(mail.facts["code"]) == 6
    assert await give(mail.facts["code"]) is IdentityLevel.FRESH
    clock.move(minutes=10)
    asked = {"conversation": "c", "shop": shop, "clock": clock}
    assert await level_of(**asked) is IdentityLevel.VERIFIED
    clock.move(minutes=50)
    assert await level_of(**asked) is IdentityLevel.ANONYMOUS


@pytest.mark.parametrize("written", ["{0} {1}", "{0}-{1}", "It's {0}{1}.", "＜{0} {1}＞\n"])  # noqa: RUF001
async def test_a_code_may_be_written_as_people_do(ask, give, postbox, written):
    """Blanks, dashes and words around the digits do no harm."""
    await ask()
    code = postbox.code
    assert await give(written.format(code[:3], code[3:])) is IdentityLevel.FRESH


async def test_a_code_holds_once(ask, shop, clock, postbox):
    """The second time it is refused, and it takes a new one."""
    await ask()
    given = {"conversation": "c", "shop": shop, "clock": clock, "secret": SECRET}
    await confirm_code(postbox.code, "cancel_order", **given)
    with pytest.raises(CodeRefused) as refused:
        await confirm_code(postbox.code, "cancel_order", **given)
    assert not refused.value.may_try_again


async def test_a_code_holds_for_ten_minutes(ask, give, clock, postbox):
    """At the tenth it is too late."""
    await ask()
    clock.move(minutes=9, seconds=59)
    assert await give(other_than(postbox.code)) is True
    clock.move(seconds=1)
    assert await give(postbox.code) is False


async def test_a_code_holds_for_its_conversation_and_action(ask, give, postbox):
    """Neither another conversation nor another action can use it."""
    await ask("cancel_order", conversation="c")
    assert await give(postbox.code, conversation="other") is False
    assert await give(postbox.code, "change_email") is True
    assert await give(postbox.code) is IdentityLevel.FRESH


async def test_a_new_code_replaces_the_one_before(ask, give, postbox):
    """Only the code that was sent last holds."""
    await ask()
    first = postbox.code
    await ask()
    while postbox.code == first:
        await ask()
    assert await give(first) is True
    assert await give(postbox.code) is IdentityLevel.FRESH


async def test_a_code_has_a_few_tries(ask, give, postbox):
    """After five wrong ones the right one is refused, and it takes a new code."""
    await ask()
    wrong = other_than(postbox.code)
    assert [await give(wrong) for _ in range(5)] == [True] * 4 + [False]
    assert await give(postbox.code) is False
    await ask()
    assert await give(postbox.code) is IdentityLevel.FRESH


async def test_all_codes_together_have_a_limit_of_tries(ask, give, shop, clock, postbox):
    """Guessing from ever new conversations comes to an end, for a while."""
    shop.policy = Policy(codes=Codes(tries_overall=3))
    for number in range(3):
        await give("000000", conversation=f"c{number}")
    await ask()
    assert await give(postbox.code) is False
    clock.move(minutes=61)
    await ask()
    assert await give(postbox.code) is IdentityLevel.FRESH


async def test_nothing_that_is_no_code_is_taken(ask, give, postbox):
    """Neither nothing, nor digits more or less, nor words."""
    await ask()
    for text in ("", postbox.code[:5], f"{postbox.code}0"):
        assert await give(text) is True
    assert await give(postbox.code) is IdentityLevel.FRESH


async def test_a_code_without_one_sent_is_refused(give):
    """Guessing before asking leads nowhere."""
    assert await give("123456") is False


async def test_two_guesses_at_once_use_a_code_once(ask, shop, clock, postbox):
    """Of two browsers with the right code one gets in."""
    await ask()
    given = {"conversation": "c", "shop": shop, "clock": clock, "secret": SECRET}
    both = (confirm_code(postbox.code, "cancel_order", **given) for _ in range(2))
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in results) == ["CodeRefused", "Identity"]


async def test_only_the_address_on_record_is_written_to(ask, shop, clock, postbox):
    """Whoever claimed Ada's order cannot have the code sent elsewhere, nor Bob's sent."""
    await claim_order("SK-1001", "10115", conversation="c", shop=shop, clock=clock)
    for email in ("eve@example.com", "bob@example.com", ""):
        sent = await ask(email=email)
        assert sent.masked_address == "a•••@example.com"
    assert {mail.to for mail in postbox.mails} == {"ada@example.com"}


async def test_a_code_needs_somebody_to_be_sent_to(ask):
    """Without a claim or an address the customer has to say first who they are."""
    with pytest.raises(IdentityRequired):
        await ask(email=" ")


async def test_an_address_that_nobody_has_is_answered_alike(ask, give, postbox):
    """No mail is sent, and no code holds; the answer, its limits and its refusals are the same."""
    known, unknown = (
        await ask(conversation="c"),
        await ask(conversation="d", email="adx@example.com"),
    )
    assert known == unknown
    assert (len(postbox.mails), postbox.pings) == (1, 2)
    wrong = other_than(postbox.code)
    tries = {each: [await give(wrong, conversation=each) for _ in range(6)] for each in "cd"}
    assert tries["c"] == tries["d"]
    for email in ("ada@example.com", "adx@example.com"):
        for number in range(5):
            await ask(conversation=f"{email}{number}", email=email)
        with pytest.raises(CodeNotSent):
            await ask(conversation=f"{email}-", email=email)


async def test_a_mail_server_that_is_away_is_told_alike(ask, give, postbox):
    """For known and unknown addresses; what was not sent does not count, and the code before holds."""
    await ask()
    postbox.is_shut = True
    for email in ("ada@example.com", "nobody@example.com"):
        for _ in range(9):
            with pytest.raises(MailUnavailable):
                await ask(email=email)
    assert await give(postbox.code) is IdentityLevel.FRESH


async def test_a_conversation_gets_a_few_codes(ask, clock):
    """The fifth is not sent within an hour."""
    for _ in range(4):
        await ask()
    with pytest.raises(CodeNotSent):
        await ask(email="bob@example.com")
    clock.move(minutes=61)
    assert await ask()


async def test_codes_together_have_a_limit(ask, shop):
    """However many conversations and addresses ask."""
    shop.policy = Policy(codes=Codes(sent_overall=3))
    for number in range(3):
        await ask(conversation=f"c{number}", email=f"{number}@example.com")
    with pytest.raises(CodeNotSent):
        await ask(conversation="new")


async def test_neither_code_nor_address_is_kept(ask, shop, postbox):
    """Whoever reads the records learns no code, and no address that a stranger typed."""
    await ask(email="stranger@example.com", conversation="d")
    await ask()
    async with shop.snapshot() as records:
        kept = repr([await records.codes.latest(each) for each in "cd"])
    assert postbox.code not in kept
    assert "example.com" not in kept


async def test_the_seal_is_of_the_homes_secret(ask, shop, clock, postbox):
    """Without it the records do not tell a code."""
    await ask()
    given = {"conversation": "c", "shop": shop, "clock": clock}
    with pytest.raises(CodeRefused):
        await confirm_code(postbox.code, "cancel_order", secret=b"another", **given)
    assert await confirm_code(postbox.code, "cancel_order", secret=SECRET, **given)


async def test_the_address_is_the_one_on_record_now(ask, shop, clock, ada, postbox):
    """Where it changed since the claim, the code goes to the new one."""
    await claim_order("SK-1001", "10115", conversation="c", shop=shop, clock=clock)
    async with shop.records() as records:
        await records.customers.save([replace(ada, email="new@example.org")])
    assert (await ask(email="")).masked_address == "n•••@example.org"
    assert postbox.mails[-1].to == "new@example.org"


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("ada@example.com", "a•••@example.com"),
        (" a@b ", "a•••@b"),
        ("x@y@example.com", "x•••@example.com"),
        ("nothing", "•••"),
        ("@example.com", "•••"),
        ("", "•••"),
    ],
)
def test_an_address_is_masked(email, shown):
    """Its first letter and its domain stay."""
    assert masked(email) == shown
