from functools import partial

import pytest
from aiohttp import CookieJar
from argon2 import PasswordHasher

from channels.adapters.memory import MemoryConversations, MemoryEndedSessions
from channels.app import build_app
from channels.config import AgentAccount, Demo, GatewayConfig
from channels.desk.auth import CSRF_HEADER
from shop.adapters.letters import Letters
from shop.adapters.memory import MemoryShop
from shop.adapters.outbox import Outbox, latest
from shop.mail import Mail
from shop.model import Money, Product, Variant

pytestmark = pytest.mark.integration

PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret")
HOSTILE = '<script>alert("1")</script>'


class NoEngine:
    """Pages need no dialogue engine."""


def product(id_, title="Kettle", category="Kitchen"):
    variant = Variant(id=f"{id_}-1", options={"color": "red"}, price=Money(6490, "EUR"), stock=2)
    return Product(id=id_, title=title, category=category, variants=(variant,))


@pytest.fixture
def images(tmp_path):
    folder = tmp_path / "images"
    folder.mkdir()
    (folder / "kettle.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "secrets.json").write_text("{}")
    return folder


@pytest.fixture
async def shop():
    shop = MemoryShop()
    async with shop.records() as records:
        await records.catalogue.save(
            [product(f"k{number:03}", f"Kettle {number}") for number in range(50)]
        )
        await records.catalogue.save(
            [
                product("a/b ?", "Odd id", category="Tea & Co"),
                product("evil", HOSTILE, category=HOSTILE),
            ]
        )
    return shop


@pytest.fixture
def open_gateway(aiohttp_client, shop):
    async def open_with(images):
        config = GatewayConfig(
            api_key="key", session_secret=b"s" * 32, demo=images and Demo(images=images)
        )
        app = build_app(
            config,
            engine=NoEngine(),
            conversations=MemoryConversations(),
            ended_sessions=MemoryEndedSessions(),
            shop=shop,
        )
        return await aiohttp_client(app)

    return open_with


@pytest.fixture
async def page(open_gateway, images):
    gateway = await open_gateway(images)

    async def get(path, **query):
        response = await gateway.get(path, params=query)
        return response.status, await response.text()

    get.gateway = gateway
    return get


async def test_the_front_shows_products_categories_and_the_widget(page):
    """A visitor sees what there is, and can ask."""
    status, text = await page("/")
    assert status == 200
    assert 'href="/products/k000"' in text
    assert 'src="/widget/storekeep.js"' in text
    assert "Page 1 of 3" in text


async def test_a_large_catalogue_is_shown_page_by_page(page):
    """Each page holds a part, and the last one has no next."""
    _, text = await page("/", category="Kitchen", page="3")
    assert "Kettle 49" in text
    assert "Kettle 47" not in text
    assert "Page 3 of 3" in text
    assert 'rel="next"' not in text


async def test_a_category_with_signs_in_its_name_can_be_opened(page):
    """The link of a category survives its ampersand."""
    _, front = await page("/")
    assert "category=Tea+%26+Co" in front or "category=Tea%20%26%20Co" in front
    _, text = await page("/", category="Tea & Co")
    assert "Odd id" in text
    assert "Page 1 of 1" in text


async def test_an_unknown_category_is_an_empty_page(page):
    """A link that is out of date breaks nothing."""
    status, text = await page("/", category="Nothing")
    assert status == 200
    assert "There is nothing on this page." in text


@pytest.mark.parametrize("number", ["0", "-1", "two", "1e9", "9" * 99, ""])
async def test_a_page_without_a_number_is_refused(page, number):
    """Nonsense in the address is named as such."""
    assert (await page("/", page=number))[0] == 400


async def test_a_product_shows_its_variants(page):
    """Options, price and stock stand on the product's page."""
    status, text = await page("/products/k000")
    assert status == 200
    assert all(part in text for part in ("Kettle 0", "red", "€64.90", "Only 2 left"))


async def test_a_product_with_an_odd_id_can_be_opened(page):
    """Imported catalogues have ids of all kinds; their links lead to their pages."""
    _, front = await page("/", category="Tea & Co")
    assert 'href="/products/a/b%20%3F"' in front
    assert (await page.gateway.get("/products/a/b%20%3F")).status == 200


async def test_an_unknown_product_is_not_found(page):
    """There is no page without a product."""
    assert (await page("/products/none"))[0] == 404


@pytest.mark.parametrize("path", ["/", "/products/evil"])
async def test_catalogue_text_never_becomes_markup(page, path):
    """A feed cannot put a script onto the shop's pages."""
    _, text = await page(path, **({"category": HOSTILE} if path == "/" else {}))
    assert "&lt;script&gt;alert" in text
    assert HOSTILE not in text


async def test_pages_run_under_a_strict_policy(page):
    """No inline script or style is allowed on the demo pages."""
    policy = (await page.gateway.get("/")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_pictures_are_served_from_their_folder_only(page):
    """A picture is found by its name, and nothing outside of the folder is."""
    picture = await page.gateway.get("/images/kettle.svg")
    assert (picture.status, picture.content_type) == (200, "image/svg+xml")
    assert (await page.gateway.get("/images/..%2Fsecrets.json")).status in (403, 404)


async def test_a_gateway_without_pictures_has_no_demo_shop(open_gateway):
    """A shop with pages of its own shows none of the demo's."""
    gateway = await open_gateway(None)
    assert (await gateway.get("/")).status == 404


@pytest.fixture
async def with_mails(aiohttp_client, shop, images, tmp_path):
    letters = Letters(sender="shop@localhost")
    facts = {"name": HOSTILE, "code": "012345", "minutes": "10"}
    mail = Mail(kind="one-time-code", to="ada@example.com", facts=facts)
    await Outbox(tmp_path / "mails", letters).send(mail)
    config = GatewayConfig(
        api_key="key",
        session_secret=b"s" * 32,
        demo=Demo(images=images, mails=partial(latest, tmp_path / "mails", 20)),
        agents=(AgentAccount(login="anna", name="Anna", password_hash=PASSWORD_HASH),),
    )
    app = build_app(
        config,
        engine=NoEngine(),
        conversations=MemoryConversations(),
        ended_sessions=MemoryEndedSessions(),
        shop=shop,
    )
    client = await aiohttp_client(app, cookie_jar=CookieJar(unsafe=True))
    origin = str(client.make_url("")).rstrip("/")
    answer = await client.post(
        "/desk/api/session",
        json={"name": "anna", "password": "secret"},
        headers={"Origin": origin, CSRF_HEADER: "1"},
    )
    assert answer.status == 200
    return client


async def test_mails_are_shown_to_no_stranger(with_mails):
    """A proxy on this machine may hide that it is one: without a log-in at the desk there is no page."""
    with_mails.session.cookie_jar.clear()
    assert (await with_mails.get("/demo/mail")).status == 404
    assert "/demo/mail" not in await (await with_mails.get("/")).text()


async def test_mails_are_shown_to_an_agent_on_this_machine(with_mails):
    """Receiver, code and text, with nothing in them taken for markup; the front page leads there."""
    front = await (await with_mails.get("/")).text()
    answer = await with_mails.get("/demo/mail")
    text = await answer.text()
    assert answer.status == 200
    assert "/demo/mail" in front
    assert "ada@example.com" in text
    assert "Your code: 012345" in text
    assert "&lt;script&gt;" in text
    assert HOSTILE not in text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "shop.example"},
        {"Host": "127.0.0.1.shop.example"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"forwarded": "for=203.0.113.9"},
        {"Via": "1.1 proxy"},
    ],
)
async def test_mails_are_shown_to_nobody_else(with_mails, headers):
    """A request that came from elsewhere, through a proxy here or under another name, finds no page."""
    assert (await with_mails.get("/demo/mail", headers=headers)).status == 404
    assert "/demo/mail" not in await (await with_mails.get("/", headers=headers)).text()


async def test_a_shop_with_a_mail_server_shows_no_mails(open_gateway, images):
    """There is no such page."""
    gateway = await open_gateway(images)
    assert (await gateway.get("/demo/mail")).status == 404
