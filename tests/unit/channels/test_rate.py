"""The rate limiter: a burst, then a steady pace, for each key alone."""

import pytest

from channels import rate
from channels.errors import RateLimited
from channels.rate import Rate, RateLimiter

PACE = Rate(burst=3, per_second=0.5)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        """Returns the time that the test has set."""
        return self.now


def test_a_burst_passes_and_the_next_waits() -> None:
    """As many as the burst pass at once; then it is said when to come back."""
    limiter = RateLimiter(Clock())
    for _ in range(PACE.burst):
        limiter.spend("a", PACE)

    with pytest.raises(RateLimited) as refused:
        limiter.spend("a", PACE)
    assert refused.value.retry_after_s == 2


def test_tokens_come_back_at_their_pace() -> None:
    """After the time that was named one passes, and only one."""
    clock = Clock()
    limiter = RateLimiter(clock)
    for _ in range(PACE.burst):
        limiter.spend("a", PACE)
    clock.now += 2
    limiter.spend("a", PACE)

    with pytest.raises(RateLimited):
        limiter.spend("a", PACE)


def test_a_refusal_costs_nothing() -> None:
    """Trying too often does not make the wait longer."""
    clock = Clock()
    limiter = RateLimiter(clock)
    for _ in range(PACE.burst):
        limiter.spend("a", PACE)
    for _ in range(10):
        with pytest.raises(RateLimited):
            limiter.spend("a", PACE)
    clock.now += 2

    limiter.spend("a", PACE)


def test_keys_do_not_share() -> None:
    """One who writes too much does not slow down another."""
    limiter = RateLimiter(Clock())
    for _ in range(PACE.burst):
        limiter.spend("a", PACE)

    limiter.spend("b", PACE)


def test_who_has_been_quiet_is_forgotten(monkeypatch) -> None:
    """Memory holds those only whose bucket is not full."""
    monkeypatch.setattr(rate, "_SWEEP_AT", 5)
    clock = Clock()
    limiter = RateLimiter(clock)
    for number in range(5):
        limiter.spend(f"early-{number}", PACE)
    clock.now += 10
    limiter.spend("late", PACE)

    assert list(limiter._full_at) == ["late"]
