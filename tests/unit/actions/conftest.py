"""A dialogue to act in, and services that are fakes or in memory."""

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.services import Services
from actions.wording import Wording
from shop.adapters.memory import MemoryShop
from shop.errors import StoreUnavailable

DOMAIN = Path(__file__).parents[3] / "bot" / "domain"


class FakeCatalogue:
    """Finds what the test put in, and remembers what it was asked."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.asked: list[str] = []

    def search(self, query: str, k: int) -> list[Any]:
        """Returns the first k of the products put in."""
        self.asked.append(query)
        return [SimpleNamespace(product_id=each) for each in self.found[:k]]


class FakePolicies:
    """Knows the passages that the test put in."""

    def __init__(self) -> None:
        self.passages: list[Any] = []

    def best(self, question: str, k: int) -> list[Any]:
        """Returns the first k."""
        return self.passages[:k]


class BrokenShop(MemoryShop):
    """A shop whose records cannot be reached."""

    def snapshot(self):
        """Fails, as the SQL shop does without its database."""
        raise StoreUnavailable("the database is gone")

    records = snapshot


@dataclass
class Dialogue:
    """What was said so far, as Rasa hands it to an action."""

    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    def customer(self, text: str, intent: str = "", **metadata: str) -> "Dialogue":
        """Adds what the customer said."""
        self.events.append(
            {
                "event": "user",
                "text": text,
                "message_id": f"m{len(self.events)}",
                "metadata": metadata,
                "parse_data": {"text": text, "intent": {"name": intent}, "entities": []},
            }
        )
        return self

    def bot(self, response: str, *payloads: str) -> "Dialogue":
        """Adds what the bot said."""
        buttons = [{"title": payload, "payload": payload} for payload in payloads]
        self.events.append(
            {"event": "bot", "metadata": {"utter_action": response}, "data": {"buttons": buttons}}
        )
        return self

    def tracker(self) -> Tracker:
        """Returns the dialogue up to the customer's latest message."""
        latest = next(event for event in reversed(self.events) if event["event"] == "user")
        return Tracker.from_dict(
            {
                "sender_id": "c-1",
                "slots": {"requested_slot": None, **self.slots},
                "latest_message": latest["parse_data"],
                "events": self.events,
            }
        )


@dataclass
class Answer:
    """What an action said and changed."""

    messages: list[dict[str, Any]]
    events: list[dict[str, Any]]

    @property
    def responses(self) -> list[str]:
        """The names of the responses said."""
        return [message["response"] for message in self.messages]

    @property
    def reply(self) -> dict[str, Any]:
        """The only typed reply."""
        (message,) = self.messages
        return message["custom"]

    @property
    def slots(self) -> dict[str, Any]:
        """The slots set."""
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}


@pytest.fixture
def dialogue() -> Dialogue:
    """A dialogue that has just begun."""
    return Dialogue()


@pytest.fixture
def run():
    """Runs an action in a dialogue as the action server does."""

    async def run(action: Action, dialogue: Dialogue) -> Answer:
        dispatcher = CollectingDispatcher()
        events = await action.run(dispatcher, dialogue.tracker(), {})
        return Answer(dispatcher.messages, events)

    return run


@pytest.fixture
async def shop(ada, order, kettle) -> MemoryShop:
    """Ada's order and a product."""
    shop = MemoryShop()
    async with shop.records() as records:
        await records.customers.save([ada])
        await records.orders.save([order])
        await records.catalogue.save([kettle])
    return shop


@pytest.fixture
def wording() -> Wording:
    """The wording that ships."""
    return Wording.load(DOMAIN)


@pytest.fixture
def services(shop, wording, noon) -> Services:
    """Services of a shop that works."""
    return Services(
        shop=shop,
        catalogue=FakeCatalogue(),
        policies=FakePolicies(),
        clock=lambda: noon,
        wording=wording,
    )


@pytest.fixture
def broken_shop() -> BrokenShop:
    """A shop whose records cannot be reached."""
    return BrokenShop()
