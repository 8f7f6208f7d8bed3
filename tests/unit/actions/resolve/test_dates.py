from datetime import UTC, datetime

import pytest

from actions.resolve import which_day, which_past

NOW = datetime(2024, 5, 22, 22, 30, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("the lamp I got yesterday", "2024-05-21", "2024-05-22"),
        ("last week", "2024-05-13", "2024-05-20"),
        ("two weeks ago", "2024-05-06", "2024-05-13"),
        ("in April", "2024-04-01", "2024-05-01"),
        ("around December 2023", "2023-12-01", "2024-01-01"),
        ("on Monday", "2024-05-20", "2024-05-21"),
        ("on 3 May", "2024-05-03", "2024-05-04"),
        ("last weekend", "2024-05-18", "2024-05-20"),
    ],
)
def test_a_time_gone_by_is_a_span(text, start, end):
    """A day, a week or a month from its beginning to its end."""
    span = which_past(text, NOW)
    assert (start, end) == (span.start.date().isoformat(), span.end.date().isoformat())


@pytest.mark.parametrize("text", ["", "I may return it", "the sun hat", "march on", "order 2023"])
def test_words_that_only_look_like_dates_are_none(text):
    """May is a month only where it stands as one."""
    assert None is which_past(text, NOW)


def test_a_coming_day_begins_at_midnight_where_the_customer_lives():
    """In Berlin it is Thursday already."""
    expected = datetime(2024, 5, 23, 22, tzinfo=UTC)
    assert expected == which_day("tomorrow", NOW, time_zone="Europe/Berlin")
    assert None is which_day("next week", NOW)
