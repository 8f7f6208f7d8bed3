"""The shop's rules as data. What a shop may want otherwise stands in `data/shop/policy.yml`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import Field, PositiveInt, model_validator

from shop.action_rules import (
    ActionRules,
    Bounds,
    CancelOrderRules,
    ChangeItemsRules,
    ChangePaymentMethodRules,
    ChangeShippingAddressRules,
    ExchangeItemsRules,
    ReturnItemsRules,
    Section,
    SensitiveRules,
)
from shop.config_file import read_config
from shop.delivery_rules import (
    ChangeDeliveryDayRules,
    RedirectDeliveryRules,
    ReportDeliveryProblemRules,
)
from shop.desk import Desk
from shop.identity_rules import Caution, Claims, Codes
from shop.model import Action, IdentityLevel


class OrderNumbers(Section):
    """How the shop writes an order number: a prefix, then digits."""

    prefix: str = Field(default="SK-", max_length=12)
    min_digits: PositiveInt = 4
    max_digits: PositiveInt = 8

    @model_validator(mode="after")
    def _some_number_fits(self) -> Self:
        if self.min_digits > self.max_digits:
            raise ValueError("min_digits is more than max_digits")
        return self


class Reads(Section):
    """At which identity level what may be seen."""

    order: IdentityLevel = IdentityLevel.CLAIMED
    invoice: IdentityLevel = IdentityLevel.VERIFIED
    hand_over_code: IdentityLevel = IdentityLevel.VERIFIED


class Stock(Section):
    """What the numbers in stock mean."""

    counted: bool = True  # false: a variant is there or not, and nothing uses it up


_REFUND_DAYS = {
    "card": Bounds(at_least=3, at_most=7),
    "paypal": Bounds(at_least=0, at_most=2),
    "gift-card": Bounds(at_least=0, at_most=0),
    "other": Bounds(at_least=3, at_most=7),
}


class Policy(Section):
    """All the rules. What a file leaves out is as in the demo shop; an action that is null is not offered."""

    order_numbers: OrderNumbers = OrderNumbers()
    claims: Claims = Claims()
    codes: Codes = Codes()
    caution: Caution = Caution()
    desk: Desk = Desk()
    reads: Reads = Reads()
    stock: Stock = Stock()
    refund_days: Mapping[str, Bounds] = Field(default_factory=_REFUND_DAYS.copy)
    cancel_order: CancelOrderRules | None = CancelOrderRules()
    change_shipping_address: ChangeShippingAddressRules | None = ChangeShippingAddressRules()
    change_items: ChangeItemsRules | None = ChangeItemsRules()
    change_payment_method: ChangePaymentMethodRules | None = ChangePaymentMethodRules()
    return_items: ReturnItemsRules | None = ReturnItemsRules()
    exchange_items: ExchangeItemsRules | None = ExchangeItemsRules()
    change_delivery_day: ChangeDeliveryDayRules | None = ChangeDeliveryDayRules()
    redirect_delivery: RedirectDeliveryRules | None = RedirectDeliveryRules()
    report_delivery_problem: ReportDeliveryProblemRules | None = ReportDeliveryProblemRules()
    change_default_address: ActionRules | None = ActionRules()
    change_email: SensitiveRules | None = SensitiveRules()
    change_phone: SensitiveRules | None = SensitiveRules()
    change_newsletter: ActionRules | None = ActionRules()
    delete_account: SensitiveRules | None = SensitiveRules()

    def rules(self, action: Action) -> ActionRules | None:
        """Returns the rules of an action; None if the shop does not offer it."""
        found: ActionRules | None = getattr(self, action)
        return found

    def days(self, kind: str) -> Bounds:
        """Returns how long a refund takes to a kind of payment method."""
        return self.refund_days.get(kind) or self.refund_days["other"]

    @model_validator(mode="after")
    def _any_kind_has_days(self) -> Self:
        if "other" not in self.refund_days:
            raise ValueError("refund_days needs a line for `other` payment methods")
        return self


def load_policy(path: Path) -> Policy:
    """Returns the rules of a policy file.

    Raises:
        ConfigError: the file is missing or wrong; the sentence names each fault's line.
    """
    return read_config(path, Policy)
