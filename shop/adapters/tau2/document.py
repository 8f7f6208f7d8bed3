"""The shape of the file, with the attributes that actions of its agents add to an order."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, model_validator

from shop.model import Address

# exact inside, the shortest number that reads the same in JSON
Amount = Annotated[Decimal, Field(decimal_places=2), PlainSerializer(float)]

CURRENCY = "USD"
KINDS = {"credit_card": "card", "paypal": "paypal", "gift_card": "gift-card"}
_COUNTRIES = {"USA": "US"}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WrittenVariant(_Part):
    """An item that can be bought."""

    item_id: str
    options: Mapping[str, str]
    available: bool
    price: Amount


class WrittenProduct(_Part):
    """A product with its items by id."""

    name: str
    product_id: str
    variants: dict[str, WrittenVariant]


class WrittenAddress(_Part):
    """Where somebody lives or a parcel goes."""

    address1: str
    address2: str
    city: str
    country: str
    state: str
    zip: str

    @classmethod
    def of(cls, address: Address) -> "WrittenAddress":
        """Returns an address as the file has it."""
        names = {code: name for name, code in _COUNTRIES.items()}
        return cls(
            address1=address.line1,
            address2=address.line2,
            city=address.city,
            country=names.get(address.country, address.country),
            state=address.state,
            zip=address.postcode,
        )

    def address(self) -> Address:
        """Returns the address as the shop has it."""
        return Address(
            line1=self.address1,
            line2=self.address2,
            city=self.city,
            state=self.state,
            postcode=self.zip,
            country=_COUNTRIES.get(self.country, self.country),
        )


class WrittenMethod(_Part):
    """A way to pay."""

    source: Literal["credit_card", "paypal", "gift_card"]
    id: str
    brand: str | None = None
    last_four: str | None = None
    balance: Amount | None = None


class WrittenName(_Part):
    """What somebody is called."""

    first_name: str
    last_name: str


class WrittenUser(_Part):
    """A customer."""

    user_id: str
    name: WrittenName
    address: WrittenAddress
    email: str
    payment_methods: dict[str, WrittenMethod]
    orders: list[str]


class WrittenItem(_Part):
    """One piece that was bought."""

    name: str
    product_id: str
    item_id: str
    price: Amount
    options: Mapping[str, str]


class WrittenFulfillment(_Part):
    """What was sent."""

    tracking_id: list[str]
    item_ids: list[str]


class WrittenPayment(_Part):
    """Money that moved, always positive."""

    transaction_type: Literal["payment", "refund"]
    amount: Amount
    payment_method_id: str


class WrittenOrder(_Part):
    """An order. What is None here is not there in the file."""

    order_id: str
    user_id: str
    address: WrittenAddress
    items: list[WrittenItem]
    status: str
    fulfillments: list[WrittenFulfillment]
    payment_history: list[WrittenPayment]
    cancel_reason: str | None = None
    exchange_items: list[str] | None = None
    exchange_new_items: list[str] | None = None
    exchange_payment_method_id: str | None = None
    exchange_price_difference: Amount | None = None
    return_items: list[str] | None = None
    return_payment_method_id: str | None = None


class Document(_Part):
    """The whole file."""

    products: dict[str, WrittenProduct]
    users: dict[str, WrittenUser]
    orders: dict[str, WrittenOrder]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        listed = {number: user.user_id for user in self.users.values() for number in user.orders}
        if listed != {number: order.user_id for number, order in self.orders.items()}:
            raise ValueError("the users' lists of orders and the orders do not fit together")
        for order in self.orders.values():
            bought = Counter(item.item_id for item in order.items)
            if Counter(each for sent in order.fulfillments for each in sent.item_ids) - bought:
                raise ValueError(f"{order.order_id}: more was sent than bought")
        return self
