"""Which span of time, or which day, a customer speaks of."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple of|a few)"
_PHRASES = re.compile(
    rf"\b(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b(?:,? \d{{4}})?|"
    rf"{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,? \d{{4}})?|{_MONTH},? \d{{4}}|"
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|"
    rf"today|tomorrow|yesterday|the day (?:after tomorrow|before yesterday)|"
    rf"(?:last|this|next|past) (?:week|month|year|weekend|{_DAY}|{_MONTH})|"
    rf"{_COUNT} (?:days?|weeks?|months?|years?) ago|in {_COUNT} (?:days?|weeks?)|"
    rf"(?:(?<=from )|(?<=in )|(?<=around )|(?<=during )){_MONTH}|{_DAY})\b"
)
_SPELLINGS = (
    ("a couple of", "2"),
    ("a few", "3"),
    ("past", "last"),
    ("weekend", "saturday"),
    (f"last (?={_MONTH})", ""),
    ("^the ", ""),
)


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment up to another, which no longer belongs to it."""

    start: datetime
    end: datetime

    def holds(self, moment: datetime) -> bool:
        """Tells whether a moment lies within."""
        return self.start <= moment < self.end


def which_past(text: str, now: datetime, *, time_zone: str = "UTC") -> Span | None:
    """Returns the span of time gone by that a text speaks of: "last week", "in May"."""
    return _span(text, now, ZoneInfo(time_zone), prefer="past")


def which_day(text: str, now: datetime, *, time_zone: str = "UTC") -> datetime | None:
    """Returns the coming day that a text speaks of, at its start: "next Tuesday", "3 May"."""
    span = _span(text, now, ZoneInfo(time_zone), prefer="future")
    return span.start if span and span.end - span.start <= timedelta(days=1, hours=1) else None


def _span(text: str, now: datetime, zone: ZoneInfo, *, prefer: str) -> Span | None:
    match = _PHRASES.search(text.casefold())
    if match is None:
        return None
    phrase = match.group()
    for said, plain in _SPELLINGS:
        phrase = re.sub(said, plain, phrase)
    settings = {
        "RELATIVE_BASE": now.astimezone(zone).replace(tzinfo=None),
        "PREFER_DATES_FROM": prefer,
    }
    parsed = DateDataParser(languages=["en"], settings=settings).get_date_data(phrase)
    if parsed.date_obj is None:
        return None
    start, end = _bounds(parsed.date_obj, parsed.period)
    if "weekend" in match.group():
        end += timedelta(days=1)
    return Span(
        start.replace(tzinfo=zone).astimezone(UTC), end.replace(tzinfo=zone).astimezone(UTC)
    )


def _bounds(moment: datetime, period: str | None) -> tuple[datetime, datetime]:
    """Returns where the day, week, month or year begins and ends that a moment lies in."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case "week":
            start = day - timedelta(days=day.weekday())
            return start, start + timedelta(weeks=1)
        case "month":
            start = day.replace(day=1)
            return start, (start + timedelta(days=31)).replace(day=1)
        case "year":
            start = day.replace(month=1, day=1)
            return start, start.replace(year=start.year + 1)
        case _:
            return day, day + timedelta(days=1)
