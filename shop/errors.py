"""What can go wrong, as one tree.

* ShopError
  + CustomerError        expected; the customer is told, with the facts
    - OrderNotFound      no such order, not theirs, or locked: deliberately the same
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


class StoreUnavailable(ShopError):
    """The records cannot be reached or written right now."""

    code = "store-unavailable"
