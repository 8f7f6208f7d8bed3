"""How the shop delivers, as data: `data/shop/delivery.yml` says it, checked as the policy is."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from shop.action_rules import Bounds, Section
from shop.config_file import read_config
from shop.model import Address

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKING = _WEEK[:6]


class Way(StrEnum):
    """How a parcel is handed over."""

    DOOR = "door"
    PICK_UP_POINT = "pick-up-point"
    LOCKER = "locker"
    DRONE = "drone"
    ROBOT = "robot"


class Carrier(Section):
    """What is normal for a carrier."""

    silent_hours: PositiveInt = 72  # from so long without an event a parcel is stuck
    customs_days: PositiveInt = 3  # how long customs usually takes
    redirects: bool = True  # takes another day or place while the parcel is on its way


class LateCompensation(Section):
    """What the customer gets where a parcel came late."""

    after_minutes: NonNegativeInt
    amount_minor: PositiveInt


class Method(Section):
    """One way to have an order delivered."""

    carrier: str
    way: Way = Way.DOOR
    countries: tuple[Country, ...]
    postcodes: tuple[str, ...] = ()  # their beginnings; none: all of the countries
    minimum_minor: NonNegativeInt = 0  # order value from which it is offered
    price_minor: NonNegativeInt = 0
    days: Bounds | None = None  # from the order
    days_by_country: Mapping[Country, Bounds] = Field(default_factory=dict)
    minutes: Bounds | None = None  # from the order, instead of days
    weekdays: tuple[Weekday, ...] = _WORKING  # on which orders leave and parcels come
    order_from: time | None = None  # of those days, in the shop's time
    order_by: time | None = None
    late_compensation: LateCompensation | None = None

    @model_validator(mode="after")
    def _takes_days_or_minutes(self) -> Self:
        if (self.days is None) == (self.minutes is None):
            raise ValueError("a method takes either days or minutes")
        return self

    def reaches(self, country: str, postcode: str) -> bool:
        """Tells whether parcels go there by this method."""
        place = postcode.replace(" ", "").upper()
        return country in self.countries and (
            not self.postcodes or place.startswith(tuple(self.postcodes))
        )

    def moves_on(self, day: date) -> bool:
        """Tells whether orders leave, and parcels come, on a day."""
        return _WEEK[day.weekday()] in self.weekdays


class PickUpPoint(Section):
    """A place where parcels wait for their customers."""

    id: str
    carrier: str
    way: Literal[Way.PICK_UP_POINT, Way.LOCKER] = Way.PICK_UP_POINT
    name: str
    line1: str
    postcode: str
    city: str
    country: Country

    @property
    def address(self) -> Address:
        """Where it is."""
        return Address(
            line1=f"{self.name}, {self.line1}",
            postcode=self.postcode,
            city=self.city,
            country=self.country,
        )


class Duty(Section):
    """What a country takes for goods that come in; amounts in the shop's currency."""

    duty_percent: Percent = Decimal(0)
    duty_by_category: Mapping[str, Percent] = Field(default_factory=dict)
    duty_free_up_to_minor: NonNegativeInt = 0  # value of the goods up to which there is no duty
    tax_percent: Percent
    tax_free_up_to_minor: NonNegativeInt = 0  # tax up to which none is taken
    handling_minor: NonNegativeInt = 0  # what the carrier asks for paying it in advance
    papers: tuple[str, ...] = ()  # what customs may ask the customer for


class Exchange(Section):
    """What one unit of the shop's currency was worth on a day."""

    day: date
    rates: Mapping[Currency, Annotated[Decimal, Field(gt=0)]]


class DeliveryTerms(Section):
    """All of it. Without a file there are no methods, and nothing is promised."""

    home_country: Country = "DE"
    currency: Currency = "EUR"
    time_zone: str = "Europe/Berlin"  # of the warehouse and its hours
    carriers: Mapping[str, Carrier] = Field(default_factory=dict)
    methods: Mapping[str, Method] = Field(default_factory=dict)
    lost_after_days: PositiveInt = 7  # without an event, past the promise
    pick_up_days: PositiveInt = 7  # how long a parcel waits to be collected
    pick_up_points: tuple[PickUpPoint, ...] = ()
    duties: Mapping[Country, Duty] = Field(default_factory=dict)
    exchange: Exchange | None = None

    def day(self, moment: datetime) -> date:
        """Returns the day of a moment where the shop is."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()

    def carrier(self, name: str) -> Carrier:
        """Returns what is normal for a carrier; the usual for one that is not listed."""
        return self.carriers.get(name) or Carrier()

    def pick_up_point(self, point_id: str | None) -> PickUpPoint | None:
        """Returns the place with an id."""
        return next((each for each in self.pick_up_points if each.id == point_id), None)

    @model_validator(mode="after")
    def _carriers_are_listed(self) -> Self:
        named = {each.carrier for each in self.methods.values()}
        named |= {each.carrier for each in self.pick_up_points}
        if unknown := sorted(named - self.carriers.keys()):
            raise ValueError(f"{', '.join(unknown)}: not among the carriers")
        return self


def load_delivery_terms(path: Path) -> DeliveryTerms:
    """Returns what a delivery file says.

    Raises:
        ConfigError: the file is missing or wrong; the sentence names each fault's line.
    """
    return read_config(path, DeliveryTerms)
