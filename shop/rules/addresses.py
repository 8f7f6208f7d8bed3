"""What an address has to have."""

from shop.model import Address
from shop.refusal import Refusal, Why

_NEEDED = ("line1", "city", "postcode", "country")


def require_new(address: Address, present: Address) -> None:
    """Refuses an address with something missing, and the one that it would replace."""
    missing = [name for name in _NEEDED if not getattr(address, name).strip()]
    if missing:
        raise Refusal(Why.INCOMPLETE_ADDRESS, missing=missing)
    if address == present:
        raise Refusal(Why.SAME_ADDRESS)
