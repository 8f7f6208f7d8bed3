"""What can go wrong, as one tree.

* ShopError
  + CustomerError        expected; the customer is told, with the facts
    - OrderNotFound      no such order, not theirs, or locked: deliberately the same
    - IdentityRequired   whoever asks has to show first who they are, up to a level
    - CustomerNotFound   what was shown leads to no customer, or to one that is locked: the same
    - OtherCustomer      the conversation was another customer's
    - CodeRefused        a one-time code is wrong, used or too old
    - CodeNotSent        too many one-time codes were sent
    - MailUnavailable    a mail cannot be sent now
    - Refusal            the policy or the facts forbid it (shop/refusal.py)
    - NeedsApproval      a person at the shop decides (shop/plan.py)
    - PlanChanged        it is no longer what was confirmed (shop/plan.py)
  + KeyReused            two different commands came with one key
  + ConfigError          a file that the shop's owner wrote is wrong; it is named with its line
  + StoreUnavailable     the records cannot be reached; worth another try
  + CarrierUnavailable   a carrier does not tell of its parcels; worth another try
"""

from shop.model import IdentityLevel


class ShopError(Exception):
    """Anything the shop raises. `str()` holds no personal data."""

    code = "shop-error"


class CustomerError(ShopError):
    """Expected: something the customer can be told."""

    code = "customer-error"


class OrderNotFound(CustomerError):
    """There is no such order for this customer, whoever owns it or whether it exists."""

    code = "order-not-found"

    def __init__(self) -> None:
        super().__init__("there is no such order for whoever asks")


class IdentityRequired(CustomerError):
    """Whoever asks has to show first who they are. Says nothing of whether the order exists."""

    code = "identity-required"

    def __init__(self, level: IdentityLevel = IdentityLevel.CLAIMED) -> None:
        super().__init__(f"who is asking has not been shown: {level} is needed")
        self.level = level


class CustomerNotFound(CustomerError):
    """What was shown leads to no customer, to several, or to one that may not be tried any more."""

    code = "customer-not-found"

    def __init__(self) -> None:
        super().__init__("there is no such customer for whoever asks")


class OtherCustomer(CustomerError):
    """The conversation was another customer's, and what was said in it is theirs."""

    code = "other-customer"

    def __init__(self) -> None:
        super().__init__("the conversation was another customer's")


class CodeRefused(CustomerError):
    """The one-time code is not the one that was sent for this, or it holds no longer."""

    code = "code-refused"

    def __init__(self, *, may_try_again: bool) -> None:
        super().__init__("the one-time code does not hold")
        self.may_try_again = may_try_again  # False: it takes a new code


class CodeNotSent(CustomerError):
    """Too many codes were sent already."""

    code = "code-not-sent"

    def __init__(self) -> None:
        super().__init__("no further one-time code is sent for now")


class MailUnavailable(CustomerError):
    """A mail could not be handed over to whoever delivers it. Nothing was sent; worth another try."""

    code = "mail-unavailable"


class KeyReused(ShopError):
    """A key that did one thing came again with another: a fault of the caller."""

    code = "key-reused"

    def __init__(self) -> None:
        super().__init__("this key was used for another command")


class ConfigError(ShopError):
    """A file that the shop's owner wrote is wrong. The sentence names the file and the line."""

    code = "config-error"


class StoreUnavailable(ShopError):
    """The records cannot be reached or written right now."""

    code = "store-unavailable"


class CarrierUnavailable(ShopError):
    """A carrier does not tell of its parcels right now."""

    code = "carrier-unavailable"
