"""When people of the shop are there to take over from the bot, and what they speak."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from pydantic import AfterValidator, Field

from shop.action_rules import Section

_LOOKS_AHEAD = 31  # days; a desk that is closed for longer has no next opening that helps anybody


def _is_time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("is not a time zone such as Europe/Berlin") from None
    return name


def _is_ordered(hours: str) -> str:
    opens, closes = hours.split("-")
    if not opens < closes:
        raise ValueError("closes before it opens")
    return hours


def _is_country(code: str) -> str:
    if code not in holidays.list_supported_countries(include_aliases=False):
        raise ValueError("is not a country such as DE")
    return code


_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
Hours = Annotated[str, Field(pattern=rf"^{_CLOCK}-{_CLOCK}$"), AfterValidator(_is_ordered)]
TimeZone = Annotated[str, AfterValidator(_is_time_zone)]
Country = Annotated[str, AfterValidator(_is_country)]

_DEMO_HOURS: Mapping[Weekday, Hours] = {
    "monday": "08:00-20:00",
    "tuesday": "08:00-20:00",
    "wednesday": "08:00-20:00",
    "thursday": "08:00-20:00",
    "friday": "08:00-20:00",
    "saturday": "09:00-16:00",
}


class Desk(Section):
    """Opening hours by weekday in the shop's own time zone; a day without hours is closed."""

    time_zone: TimeZone = "Europe/Berlin"
    hours: Mapping[Weekday, Hours] = _DEMO_HOURS
    holidays_of: Country | None = "DE"  # whose public holidays are closed, too
    languages: tuple[str, ...] = ("English", "German", "French")
    helpline: str | None = None  # whom customers in a crisis can call

    def opens(self, now: datetime) -> datetime | None:
        """Returns from when on somebody is there: `now` itself within the hours, None if never."""
        zone = ZoneInfo(self.time_zone)
        today = now.astimezone(zone).date()
        for day in (today + timedelta(days=ahead) for ahead in range(_LOOKS_AHEAD)):
            if hours := self._hours(day):
                opens, closes = (
                    datetime.combine(day, time.fromisoformat(clock), zone)
                    for clock in hours.split("-")
                )
                if now < closes:
                    return max(now, opens)
        return None

    def _hours(self, day: date) -> Hours | None:
        if self.holidays_of and day in holidays.country_holidays(self.holidays_of, years=day.year):
            return None
        return self.hours.get(_WEEKDAYS[day.weekday()])
