"""Several requests are dealt with as they were said, but none shuts another out."""

from actions.agenda.request import Request
from actions.agenda.sequence import in_order
from actions.self_service import KINDS
from shop.policy import load_policy
from storekeep.records import POLICIES

POLICY = load_policy(POLICIES["tau2"])


def kinds(*requests: Request) -> list[str]:
    return [request.kind for request in in_order(requests, KINDS, POLICY)]


def test_what_would_no_longer_be_possible_comes_first():
    """In this shop no address changes once items were changed."""
    wished = Request("change_order", ""), Request("change_shipping_address", "")
    assert kinds(*wished) == ["change_shipping_address", "change_order"]


def test_what_is_wanted_instead_stays_behind_what_it_replaces():
    """A fallback never comes before the request it belongs to."""
    wished = Request("change_order", ""), Request("cancel_order", "", is_fallback=True)
    assert kinds(*wished) == ["change_order", "cancel_order"]


def test_otherwise_the_order_stays_as_it_was_said():
    """Nobody likes to be rearranged."""
    wished = Request("return_item", ""), Request("cancel_order", ""), Request("exchange_item", "")
    assert kinds(*wished) == ["return_item", "cancel_order", "exchange_item"]
