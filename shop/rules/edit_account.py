"""Changing what the shop knows of a customer."""

import re
from dataclasses import replace

from shop.commands import (
    ChangeDefaultAddress,
    ChangeEmail,
    ChangeNewsletter,
    ChangePhone,
    DeleteAccount,
)
from shop.plan import Case, Outcome, Plan
from shop.refusal import Refusal, Why
from shop.rules.addresses import require_new

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}")
_PHONE = re.compile(r"\+?(?:[ ()/.-]*\d){6,15}")


def change_default_address(
    command: ChangeDefaultAddress,
    case: Case,
) -> Outcome:
    """Returns what moving does; orders keep their own addresses."""
    require_new(command.address, case.customer.address)
    return Outcome(
        plan=Plan(action=command.action, customer_id=case.customer.id, address=command.address),
        customer=replace(case.customer, address=command.address),
    )


def change_email(command: ChangeEmail, case: Case) -> Outcome:
    """Returns what another e-mail address does; that nobody else has it is the service's care."""
    email = command.email.strip()
    if not _EMAIL.fullmatch(email):
        raise Refusal(Why.INVALID_EMAIL)
    if email.casefold() == case.customer.email.casefold():
        raise Refusal(Why.NOTHING_CHANGES)
    return Outcome(
        plan=Plan(action=command.action, customer_id=case.customer.id, email=email),
        customer=replace(case.customer, email=email),
    )


def change_phone(command: ChangePhone, case: Case) -> Outcome:
    """Returns what another phone number does; whether anybody answers it is not tried."""
    phone = " ".join(command.phone.split())
    if not _PHONE.fullmatch(phone):
        raise Refusal(Why.INVALID_PHONE)
    if _digits(phone) == _digits(case.customer.phone or ""):
        raise Refusal(Why.NOTHING_CHANGES)
    return Outcome(
        plan=Plan(action=command.action, customer_id=case.customer.id, phone=phone),
        customer=replace(case.customer, phone=phone),
    )


def change_newsletter(
    command: ChangeNewsletter,
    case: Case,
) -> Outcome:
    """Returns what subscribing or leaving does."""
    if command.subscribed == case.customer.newsletter:
        raise Refusal(Why.NOTHING_CHANGES)
    return Outcome(
        plan=Plan(
            action=command.action, customer_id=case.customer.id, subscribed=command.subscribed
        ),
        customer=replace(case.customer, newsletter=command.subscribed),
    )


def delete_account(command: DeleteAccount, case: Case) -> Outcome:
    """Returns what asking for deletion does: the request is kept, a person carries it out."""
    if case.customer.deletion_requested_at is not None:
        raise Refusal(Why.ALREADY_REQUESTED)
    return Outcome(
        plan=Plan(action=command.action, customer_id=case.customer.id),
        customer=replace(case.customer, deletion_requested_at=case.now),
    )


def _digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))
