"""Who is writing: what the policy believes, tried with what was said, and asked for where it lacks."""

from contextlib import suppress

from actions.agenda.need import Question
from actions.services import Services
from shop.claims import claim_customer, claim_order
from shop.errors import CustomerNotFound, OrderNotFound
from shop.identity_rules import Proof

ASKED = "identity"


async def identify(facts: dict[str, str], conversation: str, services: Services) -> bool:
    """Tries what was said of who is writing; tells whether it was tried, right or wrong.

    What was tried is taken out of the facts, but for the order number, which proves nothing.

    Raises:
        OrderNotFound, CustomerNotFound: it leads to nobody; deliberately for whatever reason.
    """
    by, shop, clock = services.shop.policy.claims.by, services.shop, services.clock
    email, postcode = facts.get("email", ""), facts.get("postcode", "")
    name, number = facts.get("name", ""), facts.get("order_number", "")
    ways = []
    if email and Proof.EMAIL in by:
        ways.append({"email": email})
    if name and postcode and Proof.NAME_AND_POSTCODE in by:
        ways.append({"name": name, "postcode": postcode})
    try:
        if ways:
            await _claim(ways, conversation, services)
        elif number and (email or postcode):
            proof = email or postcode
            await claim_order(number, proof, conversation=conversation, shop=shop, clock=clock)
        else:
            return False
    except (CustomerNotFound, OrderNotFound):
        facts.clear()
        raise
    facts.clear()
    return True


async def _claim(ways: list[dict[str, str]], conversation: str, services: Services) -> None:
    """Tries one way after the other; each that leads to nobody counts as a failed try."""
    *others, last = ways
    for known in others:
        with suppress(CustomerNotFound):
            await _claim([known], conversation, services)
            return
    shop, clock = services.shop, services.clock
    await claim_customer(**last, conversation=conversation, shop=shop, clock=clock)


def question(facts: dict[str, str], services: Services, *, is_about_account: bool) -> Question:
    """Asks for what lacks of the proof that the customer has begun with, or for any.

    An order's number shows nothing of an account; an e-mail address gets a code mailed to it.
    """
    by = services.shop.policy.claims.by
    if Proof.NAME_AND_POSTCODE in by:
        missing = _missing_of_name(facts)
        any_proof = "email_or_name" if Proof.EMAIL in by else "name_and_postcode"
        return Question(f"utter_ask_{missing or any_proof}")
    if Proof.EMAIL in by or is_about_account:
        return Question("utter_ask_own_email")
    is_numbered = bool(facts.get("order_number"))
    return Question("utter_ask_order_proof" if is_numbered else "utter_ask_own_order_number")


def _missing_of_name(facts: dict[str, str]) -> str:
    if facts.get("name"):
        return "own_postcode"
    return "own_name" if facts.get("postcode") else ""
