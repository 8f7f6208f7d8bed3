"""Which agents have the desk open right now, at this gateway."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Presence:
    """Counts each agent's open desks; `on_change` is told when the first came or the last left."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._desks: Counter[str] = Counter()

    @property
    def is_anybody_here(self) -> bool:
        """Whether a waiting customer is seen by anybody."""
        return self._desks.total() > 0

    @contextmanager
    def at_the_desk(self, agent: str) -> Iterator[None]:
        """Counts an agent as here as long as the context lasts."""
        self._move(agent, 1)
        try:
            yield
        finally:
            self._move(agent, -1)

    def _move(self, agent: str, by: int) -> None:
        before = self.is_anybody_here
        self._desks[agent] += by
        if self.is_anybody_here != before:
            self._on_change()
