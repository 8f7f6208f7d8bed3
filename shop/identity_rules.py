"""The rules of who is believed to be whom: what a policy file may set of claims and one-time codes."""

from datetime import timedelta
from enum import StrEnum

from pydantic import Field, NonNegativeInt, PositiveInt

from shop.action_rules import Section


class Proof(StrEnum):
    """What a customer may show to be believed."""

    ORDER_AND_EMAIL = "order-and-email"
    ORDER_AND_POSTCODE = "order-and-postcode"
    EMAIL = "email"
    NAME_AND_POSTCODE = "name-and-postcode"


class Claims(Section):
    """What opens an order or an account to whoever knows it, and how often that may be tried."""

    by: tuple[Proof, ...] = (Proof.ORDER_AND_EMAIL, Proof.ORDER_AND_POSTCODE)
    one_customer: bool = True  # a conversation that claimed one customer can claim no other
    valid_minutes: PositiveInt = 30
    window_minutes: PositiveInt = 60  # in which failed tries count
    tries_per_conversation: PositiveInt = 5
    tries_per_order: PositiveInt = 8
    tries_per_address: PositiveInt = 8  # an e-mail address, or a name with a postcode
    tries_overall: PositiveInt = 5000

    @property
    def validity(self) -> timedelta:
        """How long a claim holds."""
        return timedelta(minutes=self.valid_minutes)

    @property
    def window(self) -> timedelta:
        """How long a failed try counts."""
        return timedelta(minutes=self.window_minutes)


class Codes(Section):
    """How one-time codes are sent and taken, and how long what they show holds."""

    valid_minutes: PositiveInt = Field(default=10, le=10)
    tries_per_code: PositiveInt = Field(default=5, le=10)
    tries_overall: PositiveInt = 5000
    window_minutes: PositiveInt = 60  # in which codes that were sent, and failed tries, count
    sent_per_conversation: PositiveInt = 4
    sent_per_address: PositiveInt = 6
    sent_overall: PositiveInt = 600
    verified_minutes: PositiveInt = 60
    fresh_minutes: PositiveInt = 10

    @property
    def validity(self) -> timedelta:
        """How long a code may be used."""
        return timedelta(minutes=self.valid_minutes)

    @property
    def window(self) -> timedelta:
        """How long a code that was sent counts."""
        return timedelta(minutes=self.window_minutes)

    @property
    def verified(self) -> timedelta:
        """How long whoever gave a code is known."""
        return timedelta(minutes=self.verified_minutes)

    @property
    def fresh(self) -> timedelta:
        """How long that counts as fresh."""
        return timedelta(minutes=self.fresh_minutes)


class Caution(Section):
    """How many points what happened in a conversation has, and from how many on what follows."""

    window_minutes: PositiveInt = 60
    failed_claim: NonNegativeInt = 1
    failed_code: NonNegativeInt = 1
    refund: NonNegativeInt = 2  # of the same customer, in whatever conversation
    slow_from: PositiveInt = 4
    pause_seconds: NonNegativeInt = Field(default=2, le=10)
    person_from: PositiveInt = 8

    @property
    def window(self) -> timedelta:
        """How long what happened counts."""
        return timedelta(minutes=self.window_minutes)
