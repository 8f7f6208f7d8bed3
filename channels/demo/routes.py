"""The demo shop: its front, its products and their pictures. Nothing here can be bought."""

import asyncio
import re
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from channels.demo.words import price, stock
from channels.desk.auth import session_of
from channels.errors import BadRequest, Unauthorized
from channels.here import is_from_here
from channels.keys import CONFIG, SHOP
from shop.ports import Shop
from shop.prices import price as amount

PAGE_SIZE = 24

_FOLDER = Path(__file__).parent
_DEMO_SHOP: Final[web.AppKey[Shop]] = web.AppKey("demo_shop")
_TEMPLATES: Final[web.AppKey[Environment]] = web.AppKey("demo_templates")


def add_routes(app: web.Application) -> None:
    """Adds the demo shop to a gateway that was given one."""
    shop, demo = app[SHOP], app[CONFIG].demo
    if shop is None or demo is None:
        return
    app[_DEMO_SHOP] = shop
    app[_TEMPLATES] = _templates()
    app.router.add_get("/", show_front)
    app.router.add_get("/products/{id:.+}", show_product)
    if demo.mails:
        app.router.add_get("/demo/mail", show_mails)
    app.router.add_static("/images", demo.images)
    app.router.add_static("/demo", _FOLDER / "static")


async def show_front(request: web.Request) -> web.Response:
    """Shows one page of the products, of one category or of all."""
    category = request.query.get("category")
    number = _page_number(request)
    async with request.app[_DEMO_SHOP].snapshot() as records:
        categories = await records.catalogue.categories()
        products = await records.catalogue.page(
            category, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
        )
    size = sum(categories.values()) if category is None else categories.get(category, 0)
    return await _page(
        request,
        "front.html",
        categories=categories,
        category=category,
        products=products,
        number=number,
        last=max(1, ceil(size / PAGE_SIZE)),
    )


async def show_product(request: web.Request) -> web.Response:
    """Shows one product with its variants."""
    async with request.app[_DEMO_SHOP].snapshot() as records:
        found = await records.catalogue.find([request.match_info["id"]])
    if not found:
        raise web.HTTPNotFound
    return await _page(request, "product.html", product=found[0])


async def show_mails(request: web.Request) -> web.Response:
    """Shows the latest mails to an agent who sits at this machine: they hold what opens accounts."""
    read = _mails(request)
    if read is None or not await _shows_mails(request):
        raise web.HTTPNotFound
    mails = await asyncio.to_thread(read)
    return await _page(request, "mail.html", mails=mails)


def _mails(request: web.Request) -> Callable[[], Sequence[object]] | None:
    demo = request.app[CONFIG].demo
    return demo.mails if demo else None


async def _shows_mails(request: web.Request) -> bool:
    """Tells whether mails are shown: to an agent at this machine; a proxy on it may hide itself."""
    if _mails(request) is None or not is_from_here(request):
        return False
    try:
        await session_of(request)
    except Unauthorized:
        return False
    return True


def _page_number(request: web.Request) -> int:
    number = request.query.get("page", "1")
    if not re.fullmatch("[1-9][0-9]{0,5}", number):
        raise BadRequest("A page has a number from 1 on.")
    return int(number)


async def _page(request: web.Request, template: str, **content: object) -> web.Response:
    page = request.app[_TEMPLATES].get_template(template)
    text = page.render(content, shows_mails=await _shows_mails(request))
    return web.Response(text=text, content_type="text/html")


def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"amount": amount, "price": price, "stock": stock}
    return templates
