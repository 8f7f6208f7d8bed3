"""The rules of each action that a policy file may set. Defaults are the demo shop's."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, model_validator

from shop.model import Action, IdentityLevel, OrderStatus


class Section(BaseModel):
    """A part of the policy: nothing but what is described here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Reason = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
Destination = Annotated[str, Field(pattern=r"^(original|gift-card|any)$")]


class ActionRules(Section):
    """What holds for every action: who may have it done."""

    level: IdentityLevel = IdentityLevel.VERIFIED


class OrderRules(ActionRules):
    """What holds for every action on an order: in which state, and after what no more."""

    statuses: tuple[OrderStatus, ...] = (OrderStatus.PENDING,)
    not_after: tuple[Action, ...] = ()
    approval_above_minor: PositiveInt | None = None  # refunds above it are decided by a person


class CancelOrderRules(OrderRules):
    """When an order may be cancelled, and why."""

    reasons: tuple[Reason, ...] = (
        "no-longer-needed",
        "ordered-by-mistake",
        "found-cheaper",
        "takes-too-long",
        "other",
    )


class ChangeShippingAddressRules(OrderRules):
    """When an order may go elsewhere."""

    same_country: bool = True  # duties and delivery were reckoned for that country


class SwapRules(OrderRules):
    """When an item may become another option of its product, and who may get the difference."""

    refund_to: tuple[Destination, ...] = ("original",)


class ChangeItemsRules(SwapRules):
    """When items may be swapped before they are sent."""


class ChangePaymentMethodRules(OrderRules):
    """When an order may be paid in another way."""

    not_after: tuple[Action, ...] = (Action.CHANGE_PAYMENT_METHOD,)


class WayBack(Section):
    """Who pays for sending goods back."""

    customer_pays: bool = False
    customer_pays_from: tuple[str, ...] = ("GB", "CH", "NO")  # country codes
    shop_pays_for: tuple[Reason, ...] = ("faulty", "wrong-item")


class Window(Section):
    """Until when delivered goods may come back."""

    days: PositiveInt | None = 30  # from delivery; null: always
    days_by_category: Mapping[str, PositiveInt] = Field(default_factory=dict)
    never: tuple[str, ...] = ("Gift Cards",)  # categories


class ReturnItemsRules(OrderRules):
    """When goods may come back for their price."""

    level: IdentityLevel = IdentityLevel.VERIFIED
    statuses: tuple[OrderStatus, ...] = (OrderStatus.DELIVERED,)
    approval_above_minor: PositiveInt | None = 30_000
    window: Window = Window()
    reasons: tuple[Reason, ...] = (
        "changed-mind",
        "does-not-fit",
        "not-as-described",
        "faulty",
        "wrong-item",
        "other",
    )  # none: no reason is asked
    refund_to: tuple[Destination, ...] = ("original",)
    way_back: WayBack | None = WayBack()  # null: nothing is said of it
    handling_days: NonNegativeInt = 5  # from arrival until the refund is made


class ExchangeItemsRules(SwapRules):
    """When delivered goods may be exchanged for another option of the same product."""

    statuses: tuple[OrderStatus, ...] = (OrderStatus.DELIVERED,)
    window: Window = Window()
    way_back: WayBack | None = WayBack()  # null: nothing is said of it
    handling_days: NonNegativeInt = 5


class SensitiveRules(ActionRules):
    """What holds for an action that could take an account over."""

    level: IdentityLevel = IdentityLevel.FRESH


class Bounds(Section):
    """How long something takes, from so much to so much."""

    at_least: NonNegativeInt
    at_most: NonNegativeInt

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_least > self.at_most:
            raise ValueError("at_least is more than at_most")
        return self
