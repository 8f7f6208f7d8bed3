"""One-time codes: six digits that are mailed to the address on record, and show whose mailbox it is.

An address that nobody has takes the same way as a known one, but for the mail. Of a code only its
seal is kept, a digest under the home's secret of the conversation, the action and the code: it
holds for no other.
"""

import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from shop.comparable import comparable
from shop.errors import CodeNotSent, CodeRefused, IdentityRequired, MailUnavailable
from shop.identity_rules import Codes as Rules
from shop.mail import Mail, Mailer
from shop.model import Customer, Identity, IdentityLevel, OneTimeCode
from shop.ports import Clock, Codes, Records, Shop
from shop.tries import OVERALL, by_code, digest

DIGITS = 6
_FAILED = f"codes:{OVERALL}"


@dataclass(frozen=True, slots=True)
class CodeSent:
    """What the customer may know of a code that is on its way."""

    masked_address: str  # "a•••@example.com"
    minutes: int


async def request_code(
    action: str,
    *,
    conversation: str,
    shop: Shop,
    clock: Clock,
    mailer: Mailer,
    secret: bytes,
    email: str = "",
) -> CodeSent:
    """Sends a code for an action to the customer; it replaces the conversation's code before.

    Args:
        action: what the code is for; the same has to be named when it is given.
        conversation: whose customer it is for, where that was shown before.
        shop: the records and the rules.
        clock: the time.
        mailer: sends the mail.
        secret: the home's own.
        email: where nothing was shown before, the customer's address. The code goes to the
            customer who has it on record; the answer does not tell whether there is one.

    Raises:
        IdentityRequired: neither the conversation nor an address tells whose code it would be.
        CodeNotSent: too many were sent.
        MailUnavailable: the mail cannot be sent now; the code does not count.
    """
    rules, now = shop.policy.codes, clock()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    async with shop.records() as records:
        customer, address = await _receiver(conversation, email, records, now)
        kept = OneTimeCode(
            id=secrets.token_urlsafe(16),
            conversation=conversation,
            customer_id=customer.id if customer else None,
            address=digest(comparable(address)),
            seal=_seal(conversation, action, code, secret),
            sent_at=now,
            expires_at=now + rules.validity,
        )
        await _require_few(kept, records.codes, rules)
        await records.codes.save(kept)
    try:
        await _send(customer, code, rules, mailer)
    except MailUnavailable:
        async with shop.records() as records:
            await records.codes.discard(kept.id)
        raise
    return CodeSent(masked(address), rules.valid_minutes)


async def confirm_code(
    code: str, action: str, *, conversation: str, shop: Shop, clock: Clock, secret: bytes
) -> Identity:
    """Returns the customer's identity, fresh, where the code is the one that was sent for this.

    Raises:
        CodeRefused: it is another one, or was for something else, used or too old, or it was tried
            too often; says whether the same code may still be tried.
    """
    rules, now = shop.policy.codes, clock()
    async with shop.records() as records:
        kept = await records.codes.latest(conversation)
        failed = await records.identities.failures(_FAILED, now - rules.window)
        is_open = kept is not None and _is_open(kept, rules, now) and failed < rules.tries_overall
        is_right = _is_right(kept, _seal(conversation, action, _digits(code), secret))
        if kept and is_open and is_right and kept.customer_id:
            await records.codes.save(replace(kept, used_at=now))
            identity = _identity(conversation, kept.customer_id, rules, now)
            await records.identities.save(identity)
            return identity
        if kept:
            kept = replace(kept, failed_tries=kept.failed_tries + 1)
            await records.codes.save(kept)
        await records.identities.record_failure([by_code(conversation), _FAILED], now)
    raise CodeRefused(may_try_again=is_open and kept is not None and _is_open(kept, rules, now))


def masked(email: str) -> str:
    """Returns as much of an address as its owner needs to recognise it: "a•••@example.com"."""
    local, _, domain = email.strip().rpartition("@")
    return f"{local[:1]}•••@{domain}" if local and domain else "•••"


async def _receiver(
    conversation: str, email: str, records: Records, now: datetime
) -> tuple[Customer | None, str]:
    """Returns whom a code is for, and the address by which that is known."""
    identity = await records.identities.of(conversation)
    is_known = identity is not None and identity.expires_at > now
    customer = await records.customers.find(identity.customer_id if identity and is_known else "")
    if customer:
        return customer, customer.email  # on record: no other address is written to
    if not comparable(email):
        raise IdentityRequired
    return await records.customers.with_email(email), email


async def _require_few(code: OneTimeCode, codes: Codes, rules: Rules) -> None:
    since = code.sent_at - rules.window
    counts = (
        (await codes.sent(since, conversation=code.conversation), rules.sent_per_conversation),
        (await codes.sent(since, address=code.address), rules.sent_per_address),
        (await codes.sent(since), rules.sent_overall),
    )
    if any(sent >= limit for sent, limit in counts):
        raise CodeNotSent


async def _send(customer: Customer | None, code: str, rules: Rules, mailer: Mailer) -> None:
    if customer is None:
        await mailer.ping()  # so that a mail server that is away answers alike
        return
    facts = {"name": customer.first_name, "code": code, "minutes": str(rules.valid_minutes)}
    await mailer.send(Mail(kind="one-time-code", to=customer.email, facts=facts))


def _is_open(code: OneTimeCode, rules: Rules, now: datetime) -> bool:
    is_new = code.used_at is None and now < code.expires_at
    return is_new and code.failed_tries < rules.tries_per_code


def _is_right(kept: OneTimeCode | None, seal: str) -> bool:
    return hmac.compare_digest(seal, kept.seal if kept else "")


def _identity(conversation: str, customer_id: str, rules: Rules, now: datetime) -> Identity:
    return Identity(
        conversation=conversation,
        level=IdentityLevel.VERIFIED,
        customer_id=customer_id,
        order_numbers=None,
        expires_at=now + rules.verified,
        fresh_until=now + rules.fresh,
    )


def _digits(text: str) -> str:
    """Returns the digits of a text, in whatever script they are written."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(each)) for each in plain if each.isdecimal())


def _seal(conversation: str, action: str, code: str, secret: bytes) -> str:
    # The first word keeps this use of the secret apart from its others; JSON keeps the parts apart.
    parts = json.dumps(["one-time-code", conversation, action, code])
    return hmac.digest(secret, parts.encode(), "sha256").hex()
