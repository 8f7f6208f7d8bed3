"""How often something may happen: token buckets, in the memory of one gateway."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from channels.errors import RateLimited

_SWEEP_AT = 10_000
_ROUNDING_S = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`burst` at once, then `per_second`."""

    burst: int
    per_second: float


class RateLimiter:
    """A token bucket for each key. Full buckets are forgotten."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full_at: dict[str, float] = {}
        self._sweep_at = _SWEEP_AT

    def spend(self, key: str, rate: Rate) -> None:
        """Takes one token from the bucket of `key`.

        Raises:
            RateLimited: the bucket is empty; nothing was taken.
        """
        now = self._clock()
        full_at = max(self._full_at.get(key, now), now) + 1 / rate.per_second
        excess_s = full_at - now - rate.burst / rate.per_second
        if excess_s > _ROUNDING_S:
            wait_s = ceil(excess_s)
            raise RateLimited(
                f"Too many messages in a short time. Try again in {wait_s} s.", retry_after_s=wait_s
            )
        self._full_at[key] = full_at
        if len(self._full_at) > self._sweep_at:
            self._sweep(now)

    def give_back(self, key: str, rate: Rate) -> None:
        """Puts one token back that need not have been taken."""
        if key in self._full_at:
            self._full_at[key] -= 1 / rate.per_second

    def _sweep(self, now: float) -> None:
        self._full_at = {key: at for key, at in self._full_at.items() if at > now}
        self._sweep_at = max(_SWEEP_AT, 2 * len(self._full_at))
