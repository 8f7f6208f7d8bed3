"""People and things of a small shop, and a Rasa server, that every test may use."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shop.model import (
    Address,
    Customer,
    EventCode,
    Money,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    Payment,
    PaymentMethod,
    Product,
    TrackingEvent,
    Variant,
)
from storekeep.artefacts import DIALOGUE_MODEL, UNDERSTANDING
from storekeep.bot_environment import bot_environment, bot_python
from storekeep.ports import free_ports
from storekeep.settings import ROOT

START_LIMIT_S = 120
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    """The moment at which the samples are looked at."""
    return NOON


@pytest.fixture
def kettle() -> Product:
    """A product in two options."""
    return Product(
        id="kettle",
        title="Kettle Étna",
        description="Boils a litre.",
        brand="Hearth",
        category="Kitchen",
        attributes={"Capacity": "1 l"},
        image="/images/kettle.svg",
        link="/products/kettle",
        variants=(
            Variant(id="kettle-red", options={"Colour": "red"}, price=Money(3990, "EUR"), stock=3),
            Variant(
                id="kettle-black", options={"Colour": "black"}, price=Money(3490, "EUR"), stock=0
            ),
        ),
    )


@pytest.fixture
def ada() -> Customer:
    """A customer with a card and a gift card."""
    return Customer(
        id="ada",
        first_name="Ada",
        last_name="Byron",
        email="ada@example.com",
        address=Address(line1="Torstr. 1", city="Berlin", postcode="10115", country="DE"),
        phone="+493012345",
        locale="en-GB",
        time_zone="Europe/Berlin",
        payment_methods=(
            PaymentMethod(id="visa", kind="card", label="Visa 4242"),
            PaymentMethod(id="gift", kind="gift-card", balance=Money(1000, "EUR")),
        ),
    )


@pytest.fixture
def order() -> Order:
    """Ada's order: one kettle, in a parcel on its way to her office."""
    shipped_at = NOON - timedelta(days=1)
    return Order(
        number="SK-1001",
        customer_id="ada",
        placed_at=NOON - timedelta(days=3),
        status=OrderStatus.SHIPPED,
        address=Address(line1="Turmstr. 5", city="Berlin", postcode="10559", country="DE"),
        lines=(
            OrderLine(
                id="1",
                product_id="kettle",
                variant_id="kettle-red",
                title="Kettle Étna",
                options={"Colour": "red"},
                quantity=2,
                price=Money(3990, "EUR"),
            ),
        ),
        parcels=(
            Parcel(
                id="p1",
                carrier="DHL",
                tracking_number="00340434",
                line_ids=("1",),
                promised_at=NOON + timedelta(days=1),
                events=(
                    TrackingEvent(at=shipped_at, code=EventCode.PICKED_UP, text="Picked up"),
                    TrackingEvent(
                        at=shipped_at + timedelta(hours=8),
                        code=EventCode.IN_TRANSIT,
                        text="Sorted",
                        place="Leipzig",
                    ),
                ),
            ),
            Parcel(id="p2", carrier="DHL", tracking_number="00340435", line_ids=()),
        ),
        payments=(Payment(at=NOON, method_id="visa", amount=Money(7980, "EUR")),),
        promised_at=NOON + timedelta(days=1),
    )


@dataclass(frozen=True)
class RasaServer:
    """A Rasa server of ours, spoken to as the gateway does."""

    url: str
    token: str
    log: Path

    def turn(self, conversation: str, **content: Any) -> tuple[int, dict[str, Any]]:
        """Sends one message and returns status and body."""
        body = {"conversation": conversation, "message_id": uuid.uuid4().hex, **content}
        return self.request("turn", body)

    def request(self, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        """Calls the channel and returns status and body."""
        request = urllib.request.Request(
            f"{self.url}/webhooks/storekeep/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token or self.token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)


@pytest.fixture(scope="session")
def start_rasa(tmp_path_factory) -> Iterator[Callable[[str], RasaServer]]:
    """Starts Rasa with the trained model and an action server's address; it ends with the session."""
    if not DIALOGUE_MODEL.exists():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("There is no dialogue model: run `make setup` and `storekeep build`.")

    with ExitStack() as running:

        def start(actions_url: str, token: str = "t" * 32) -> RasaServer:
            folder, (port,) = tmp_path_factory.mktemp("rasa"), free_ports(1)
            server = RasaServer(f"http://127.0.0.1:{port}", token, folder / "log")
            variables = {
                "STOREKEEP_RASA_TOKEN": token,
                "STOREKEEP_ACTIONS_URL": actions_url,
                "STOREKEEP_TRACKER_DB": str(folder / "tracker.db"),
                "STOREKEEP_MODEL": str(DIALOGUE_MODEL),
                "STOREKEEP_ENCODER": str(UNDERSTANDING),
            }
            process = subprocess.Popen(
                (str(bot_python()), "-m", "bot.server", "--port", str(port)),
                cwd=ROOT,
                env=bot_environment(variables),
                stdout=running.enter_context(server.log.open("wb")),
                stderr=subprocess.STDOUT,
            )
            running.callback(process.wait, 20)
            running.callback(process.terminate)
            wait_until_it_answers(server.url, process)
            return server

        yield start


@pytest.fixture(scope="session")
def wait_for_answer() -> Callable[[str, "subprocess.Popen[bytes]"], None]:
    """Waits until a process that was started listens."""
    return wait_until_it_answers


def wait_until_it_answers(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Returns once anything is answered at an address."""
    end = time.monotonic() + START_LIMIT_S
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"Nothing answers at {url}.")
