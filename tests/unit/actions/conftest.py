"""A dialogue to act in, and services that are fakes or in memory."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.agenda.answers import Answers, Heard
from actions.agenda.progress import Progress
from actions.agenda.request import Agenda
from actions.agenda.said import Said
from actions.resolve import Meaning
from actions.self_service import KINDS
from actions.services import Services
from actions.wording import Wording
from bot.entities import find_entities
from shop.adapters.memory import MemoryShop
from shop.adapters.simulated_carriers import SimulatedCarriers
from shop.delivery_terms import load_delivery_terms
from shop.errors import StoreUnavailable
from shop.mail import Mail
from shop.model import Identity, IdentityLevel, Order, OrderStatus

ROOT = Path(__file__).parents[3]
DOMAIN = ROOT / "bot" / "domain"
DELIVERY = ROOT / "data" / "shop" / "delivery.yml"


class FakeCatalogue:
    """Finds what the test put in, and remembers what it was asked."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.near: list[str] = []
        self.asked: list[str] = []

    def search(self, query: str, k: int) -> list[Any]:
        """Returns the first k of the products put in."""
        self.asked.append(query)
        fitting = [SimpleNamespace(product_id=each, fits=True) for each in self.found]
        near = [SimpleNamespace(product_id=each, fits=False) for each in self.near]
        return [*fitting, *near][:k]

    def similar(self, product_id: str, k: int) -> list[str]:
        """Returns what was put in, but for the product."""
        return [each for each in self.found if each != product_id][:k]


class FakePolicies:
    """Knows the passages that the test put in."""

    def __init__(self) -> None:
        self.passages: list[Any] = []

    def best(self, question: str, k: int) -> list[Any]:
        """Returns the first k."""
        return self.passages[:k]


class FakeUnderstanding:
    """Takes the first word of a text for its intent where it is a verb that it knows."""

    verbs = {  # noqa: RUF012
        "cancel": "cancel_order",
        "return": "return_item",
        "exchange": "exchange_item",
        "change": "change_order",
        "send": "change_shipping_address",
        "pay": "change_payment_method",
        "move": "change_default_address",
        "track": "track_order",
        "list": "list_orders",
        "refund": "track_refund",
        "invoice": "get_invoice",
        "edit": "edit_account",
        "newsletter": "newsletter_subscription",
        "delete": "delete_account",
        "report": "report_delivery_problem",
        "bring": "reschedule_delivery",
        "code": "get_hand_over_code",
    }

    def parse(self, text: str) -> dict[str, Any]:
        """Returns one intent, and the entities that the rules find."""
        first = text.split(" ", maxsplit=1)[0].strip(".,:?!").casefold()
        intent = self.verbs.get(first, "nlu_fallback")
        ranking = [{"intent": intent, "confidence": 0.9}]
        return {
            "intent": intent,
            "accepted": intent != "nlu_fallback",
            "ranking": ranking,
            "entities": find_entities(text),
        }


class FakeEncoder:
    """Finds no two texts alike."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Returns vectors that have nothing in common."""
        vectors = np.zeros((len(texts), 4096), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, zlib.crc32(text.encode()) % 4096] = 1
        return vectors


class FakeMailer:
    """Keeps what it was given to send."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        """Keeps the mail."""
        self.sent.append(mail)

    async def ping(self) -> None:
        """Is there."""


@dataclass
class Customer:
    """Writes to the form as Rasa would pass it on."""

    services: Services
    agenda: Agenda = field(default_factory=Agenda)
    count: int = 0
    said: list[Said] = field(default_factory=list)

    async def writes(self, text: str) -> str:
        """Sends a message and returns all that is said to it."""
        self.count += 1
        intent = self.services.understanding.parse(text)["intent"]
        self.said = []
        for is_answer in (True, False):
            progress = Progress(
                Agenda.of(self.agenda.as_slot()),
                KINDS,
                self.services,
                conversation="c-1",
                locale="en",
            )
            if is_answer:
                heard = Heard(text=text, intent=intent, message_id=f"m-{self.count}")
                await Answers(progress, KINDS, self.services.understanding).take(heard)
            else:
                await progress.advance()
            self.said += progress.said
            self.agenda = progress.agenda
        return "\n".join(each.text for each in self.said)

    async def loses_identity(self) -> None:
        """Is somebody whom nobody knows."""
        async with self.services.shop.records() as records:
            await records.identities.forget("c-1")

    async def becomes(self, customer_id: str) -> None:
        """Is another customer, who has just shown it, and has ordered nothing."""
        async with self.services.shop.records() as records:
            ada = await records.customers.find("ada")
            await records.customers.save([replace(ada, id=customer_id)])
            identity = await records.identities.of("c-1")
            await records.identities.save(replace(identity, customer_id=customer_id))

    async def was_verified_long_ago(self) -> None:
        """Is no longer fresh."""
        async with self.services.shop.records() as records:
            identity = await records.identities.of("c-1")
            await records.identities.save(replace(identity, fresh_until=None))

    @property
    def choices(self) -> list[str]:
        """The titles of the buttons in the last reply."""
        return [choice.title for choice in self.said[-1].choices]


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
    active_loop: str | None = None

    def customer(self, text: str, intent: str = "", **metadata: Any) -> "Dialogue":
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
            {
                "event": "bot",
                "text": response,
                "metadata": {"utter_action": response},
                "data": {"buttons": buttons},
            }
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
                "active_loop": {"name": self.active_loop} if self.active_loop else {},
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
    shop = MemoryShop(delivery=load_delivery_terms(DELIVERY))
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
        understanding=FakeUnderstanding(),
        meaning=Meaning(FakeEncoder()),
        mailer=FakeMailer(),
        carriers=SimulatedCarriers(shop.delivery, lambda: noon),
        secret=b"secret",
    )


@pytest.fixture
def open_order(order) -> Order:
    """Ada's order that is not sent yet: two kettles, paid by card."""
    return replace(order, number="SK-1002", status=OrderStatus.PENDING, parcels=())


@pytest.fixture
def delivered_order(order) -> Order:
    """Ada's order that she has received."""
    return replace(order, number="SK-1003", status=OrderStatus.DELIVERED)


@pytest.fixture
async def known(services, shop, open_order, delivered_order, noon) -> Customer:
    """Ada, freshly verified, with three orders in their different states."""
    async with shop.records() as records:
        await records.orders.save([open_order, delivered_order])
        identity = Identity(
            conversation="c-1",
            level=IdentityLevel.VERIFIED,
            customer_id="ada",
            order_numbers=None,
            expires_at=noon + timedelta(hours=1),
            fresh_until=noon + timedelta(hours=1),
        )
        await records.identities.save(identity)
    return Customer(services)


@pytest.fixture
def stored(shop):
    """Reads an order as it is now."""

    async def stored(number: str) -> Order:
        async with shop.snapshot() as records:
            found = await records.orders.find(number)
        assert found is not None
        return found

    return stored


@pytest.fixture
def broken_shop() -> BrokenShop:
    """A shop whose records cannot be reached."""
    return BrokenShop()


@pytest.fixture
async def shown(services, shop, kettle, dialogue) -> Dialogue:
    """A dialogue in which the kettle and a teapot have just been shown; the shop has a lamp, too."""
    teapot = replace(
        kettle,
        id="teapot",
        title="Glass Teapot",
        description="Holds four cups. The lid is made of bamboo.",
        attributes={"Capacity": "1 l", "Weight": "400 g"},
        variants=(replace(kettle.variants[0], id="teapot-1", options={}, stock=0),),
    )
    lamp = replace(teapot, id="lamp", title="Desk Lamp", category="Home")
    async with shop.records() as records:
        await records.catalogue.save([teapot, lamp])
    services.catalogue.found = ["kettle", "teapot"]
    dialogue.slots["browsing"] = {"query": "tea", "shown": ["kettle", "teapot"]}
    return dialogue
