"""What an operator can count: Prometheus metrics of one gateway."""

from prometheus_client import CollectorRegistry, Counter, Histogram


class Metrics:
    """The gateway's counters, in a registry of their own so that several gateways can be tested."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "storekeep_http_requests",
            "HTTP requests by route and status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.turns = Counter(
            "storekeep_turns", "Turns of the bot by outcome.", ["outcome"], registry=self.registry
        )
        self.turn_seconds = Histogram(
            "storekeep_turn_seconds",
            "Time from taking a message to keeping its answer.",
            registry=self.registry,
        )
