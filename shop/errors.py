"""What can go wrong, as one tree.

* ShopError
  + CustomerError        expected; the customer is told, with the facts
    - OrderNotFound      no such order, not theirs, or locked: deliberately the same
    - IdentityRequired   whoever asks has to show first who they are
  + ConfigError          a file that the shop's owner wrote is wrong; it is named with its line
  + StoreUnavailable     the records cannot be reached; worth another try
"""


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

    def __init__(self) -> None:
        super().__init__("who is asking has not been shown")


class ConfigError(ShopError):
    """A file that the shop's owner wrote is wrong. The sentence names the file and the line."""

    code = "config-error"


class StoreUnavailable(ShopError):
    """The records cannot be reached or written right now."""

    code = "store-unavailable"
