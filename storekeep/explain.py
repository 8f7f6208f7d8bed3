"""`storekeep explain`: why the bot understands a text as it does."""

import asyncio
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from actions.resolve import Meaning, Mention, OrdersMeant, split_requests, which_lines, which_orders
from bot.parse import Parser
from knowledge.encoder import Encoder
from shop.identity import covers, identity_of
from shop.model import Order
from storekeep.artefacts import DIALOGUE_MODEL, ENCODER, UNDERSTANDING
from storekeep.records import open_shop
from storekeep.settings import Settings

_SHOWN = 5  # of intents, of training lines, of candidates


def explain(text: str, conversation: str | None, settings: Settings, console: Console) -> None:
    """Prints intents, the training lines most like the text, and what it means in the records.

    Args:
        text: what a customer wrote.
        conversation: whose orders the text may speak of; none are looked at without it.
        settings: of the shop.
        console: where to print.
    """
    parser = Parser.load(DIALOGUE_MODEL, Encoder.load(UNDERSTANDING))
    parts = split_requests(text)
    for part in parts if len(parts) > 1 else [text]:
        _explain_intent(part, parser, console)
    if conversation is not None:
        orders = asyncio.run(_visible_orders(conversation, settings))
        _explain_records(text, orders, Meaning(Encoder.load(ENCODER)), console)


def _explain_intent(text: str, parser: Parser, console: Console) -> None:
    parsed = parser.parse(text)
    least, verdict = parser.thresholds, "acts on it" if parsed["accepted"] else "asks back"
    console.print(Text(f"{text}\n{parsed['intent']}: the bot {verdict}", style="bold"))
    console.print(
        f"confidence {parsed['confidence']:.2f} (at least {least.confidence}), "
        f"ahead by {parsed['margin']:.2f} (at least {least.margin}), "
        f"in scope {parsed['in_scope']:.2f}",
        highlight=False,
    )
    intents = Table("Intent", "Confidence", box=None, header_style="dim")
    for each in parsed["ranking"][:_SHOWN]:
        intents.add_row(each["intent"], f"{each['confidence']:.3f}")
    lines = Table("Nearest training line", "Intent", "Cosine", box=None, header_style="dim")
    for line, intent, cosine in parser.nearest(text, _SHOWN):
        lines.add_row(Text(line), intent, f"{cosine:.3f}")
    found = Table("Found by rule", "Value", box=None, header_style="dim")
    for entity in parsed["entities"]:
        found.add_row(entity["entity"], Text(entity["value"]))
    for table in (intents, lines, found):
        if table.row_count:
            console.print(table)


async def _visible_orders(conversation: str, settings: Settings) -> list[Order]:
    def clock() -> datetime:
        return datetime.now(UTC)

    async with open_shop(settings) as shop:
        identity = await identity_of(conversation, shop=shop, clock=clock)
        if identity is None:
            return []
        async with shop.snapshot() as records:
            orders = await records.orders.of(identity.customer_id)
        return [order for order in orders if covers(identity, order, at=clock())]


def _explain_records(text: str, orders: list[Order], meaning: Meaning, console: Console) -> None:
    if not orders:
        console.print("The conversation may see no order: nothing was resolved.")
        return
    meant = which_orders(text, orders, datetime.now(UTC), meaning=meaning)
    console.print(_orders_table(meant))
    mentions = which_lines(text, orders, meaning=meaning)
    for mention in mentions.found:
        console.print(_lines_table(mention))
    for thing in (*meant.unknown, *mentions.unmatched):
        console.print(Text(f"Nothing on record is “{thing}”."))


def _orders_table(meant: OrdersMeant) -> Table:
    table = Table("Order", "Score", "Because of", "", box=None, header_style="dim")
    for each in meant.orders.candidates[:_SHOWN]:
        chosen = "meant" if each.value in meant.chosen else ""
        table.add_row(each.value.number, f"{each.score:.2f}", Text(", ".join(each.why)), chosen)
    return table


def _lines_table(mention: Mention) -> Table:
    table = Table(
        escape(f"“{mention.text}”"),
        "Order",
        "Score",
        "Because of",
        "",
        box=None,
        header_style="dim",
    )
    for each in mention.lines.candidates[:_SHOWN]:
        chosen = "meant" if each.value in mention.chosen else ""
        bought, why = each.value, Text(", ".join(each.why))
        table.add_row(
            Text(bought.line.title), bought.order.number, f"{each.score:.2f}", why, chosen
        )
    return table
