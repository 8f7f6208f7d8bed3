"""A scripted customer of tau2-bench's retail domain, who knows a task's words and its solution's facts.

It says why it calls, answers only what it is asked, names things as people do, and says yes to a
summary only if it is one of the changes that the task's solution makes.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.tau_retail_tasks import Task, Write
from shop.adapters.tau2 import Tau2Shop
from shop.model import Customer, Order, OrderLine, Variant

_FIRST_PERSON = (
    (r"\byou are\b", "I am"),
    (r"\byou['\u2019](d|ve|ll)\b", r"I'\1"),
    (r"\byou['\u2019]re\b", "I'm"),
    (r"\byour name is\b|\byou name is\b", "my name is"),
    (r"\byour\b", "my"),
    (r"\byourself\b", "myself"),
    (r"\byou\b", "I"),
)
# what stands in brackets with "but do not reveal it to the agent"
_SECRET = re.compile(
    r"\([^()]*\bdo not (?:reveal|share|tell|mention) (?:it|this|that)[^()]*\)\.?|"
    r"[^.()]*\(do not (?:reveal|share|tell|mention) (?:it|this|that)[^()]*\)\."
)
_PATIENCE = 3  # how often the same question is answered
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_SUMMARY = {
    "cancel_pending_order": "cancel order",
    "modify_pending_order_address": "delivery address of order",
    "modify_pending_order_payment": "payment of order",
    "modify_pending_order_items": "change these items in order",
    "exchange_delivered_order_items": "exchange from order",
    "return_delivered_order_items": "return from order",
    "modify_user_address": "default address in your account",
}


def first_person(text: str) -> str:
    """Returns what is told to "you" as "I" would say it."""
    for pattern, words in _FIRST_PERSON:
        text = re.sub(pattern, words, text, flags=re.IGNORECASE)
    return text


@dataclass
class ScriptedUser:
    """One customer in one conversation."""

    task: Task
    customer: Customer
    orders: Mapping[str, Order]
    shop: Tau2Shop
    tells_all: bool = False  # answers who it is with all that it knows
    left: list[Write] = field(init=False)
    _heard: Counter[str] = field(default_factory=Counter)
    _repeated: bool = False
    _tries: int = 0
    _refused: str = ""  # the last summary that got a no

    def __post_init__(self) -> None:
        self.left = list(self.task.writes)

    def opens(self) -> str:
        """Returns why the customer writes, without what the task tells it to keep to itself."""
        return first_person(_SECRET.sub("", self.task.instructions["reason_for_call"] or ""))

    def replies(self, said: str) -> str | None:
        """Returns the answer to the last question; None once nothing is left to say."""
        asked = said.rsplit("\n\n", maxsplit=1)[-1]
        self._heard[asked] += 1
        if self._heard[asked] > _PATIENCE:
            return "forget it" if self._heard[asked] == _PATIENCE + 1 else None
        if "(yes/no)" in asked:
            return self._confirm(asked)
        if re.search(r"e-mail address|full name|your postcode", asked):
            return self._who()
        for words, answer in (
            ("What should I change", self._what_to_change),
            ("What is the right address", self._address),
            ("To which address", self._address),
            ("new default address", self._address),
            ("Why do you want", self._reason),
            ("Which payment method", self._payment),
            ("Which option of the", self._option),
            ("do you mean", self._which),
            ("Which items", self._things),
            ("Which order", self._order),
        ):
            if words in asked:
                return answer(asked)
        if self.left and not self._repeated:
            self._repeated = True
            return self.opens()
        return None

    def _who(self) -> str:
        known = self.task.instructions["known_info"] or ""
        if self.tells_all:
            return first_person(known)
        name = f"{self.customer.first_name} {self.customer.last_name}"
        ways = [*_EMAIL.findall(known), f"{name}, {self.customer.address.postcode}"]
        self._tries += 1
        return str(ways[min(self._tries, len(ways)) - 1])

    def _confirm(self, summary: str) -> str:
        for write in self.left:
            if self._is(write, summary):
                self.left.remove(write)
                return "yes"
        self._refused = summary
        return "no"

    def _is(self, write: Write, summary: str) -> bool:
        """Tells whether a summary says exactly what a change of the solution does."""
        given = write.arguments
        if _SUMMARY[write.tool] not in summary or given.get("order_id", "") not in summary:
            return False
        wanted = [given[name] for name in ("address1", "zip", "reason") if given.get(name)]
        if "new_item_ids" in given or write.tool.startswith("return"):
            lines = [line for line in summary.splitlines() if line.startswith("- ")]
            lines = [line for line in lines if "$" in line]
            wanted += [_told(self._variant(each)) for each in given.get("new_item_ids", ())]
            wanted += [_told(self._line(each, given).options) for each in given["item_ids"]]
            if len(lines) != len(given["item_ids"]):
                return False
        if (method := given.get("payment_method_id")) and re.search(r"You (?:get|pay)", summary):
            wanted.append(self._method(method))
        return all(str(each) in summary for each in wanted)

    def _next(self, asked: str, *fields: str) -> Write | None:
        """Returns the change that a question is about: of the order it names, else the first."""
        fitting = [w for w in self.left if all(name in w.arguments for name in fields)]
        named = [w for w in fitting if w.arguments.get("order_id", "?") in asked]
        return next(iter(named or fitting), None)

    def _reason(self, asked: str) -> str:
        write = self._next(asked if "#" in asked else self._refused, "reason")
        return write.arguments["reason"] if write else "none, forget it"

    def _payment(self, asked: str) -> str:
        if "be paid with" in asked:
            paid = [write for write in self.left if write.tool == "modify_pending_order_payment"]
            return self._method(paid[0].arguments["payment_method_id"]) if paid else "forget it"
        write = self._next(asked, "payment_method_id")
        return self._method(write.arguments["payment_method_id"]) if write else "the original one"

    def _order(self, asked: str) -> str:
        is_cancel = "cancel" in asked
        write = self._next(asked, *(("order_id", "reason") if is_cancel else ("order_id",)))
        return str(write.arguments["order_id"]) if write else "none, forget it"

    def _address(self, asked: str) -> str:
        write = self._next(asked, "address1")
        if write is None:
            return "forget it"
        given = write.arguments
        street = ", ".join(filter(None, (given["address1"], given["address2"])))
        return f"{street}, {given['city']}, {given['state']} {given['zip']}"

    def _things(self, asked: str) -> str:
        write = self._of_kind(asked)
        if write is None:
            return "none, forget it"
        return f"{self._names(write)} of order {write.arguments['order_id']}"

    def _names(self, write: Write) -> str:
        lines = [self._line(each, write.arguments) for each in write.arguments["item_ids"]]
        return " and ".join(f"the {line.title} ({_told(line.options)})" for line in lines)

    def _which(self, asked: str) -> str:
        for write in self.left:
            for each in write.arguments.get("item_ids", ()):
                line = self._line(each, write.arguments)
                if f"Which {line.title}" in asked:
                    return f"{_told(line.options)} of order {write.arguments['order_id']}"
        return "none of them, leave that out"

    def _option(self, asked: str) -> str:
        for write in self.left:
            pairs = zip(
                write.arguments.get("item_ids", ()),
                write.arguments.get("new_item_ids", ()),
                strict=False,
            )
            for old, new in pairs:
                if f"option of the {self._line(old, write.arguments).title} " in asked:
                    return _told(self._variant(new))
        return "forget it"

    def _what_to_change(self, asked: str) -> str:
        if "the order or the reason" in asked:
            write = self._next(self._refused, "reason")
            return (
                f"order {write.arguments['order_id']}, {self._reason(asked)}"
                if write
                else "nothing"
            )
        if "the order or the address" in asked:
            write = self._next(self._refused, "address1", "order_id")
            return (
                f"order {write.arguments['order_id']}, {self._address(self._refused)}"
                if write
                else "nothing"
            )
        write = self._of_kind(asked)
        if write is None:
            return "nothing"
        if "new_item_ids" in write.arguments:
            given = write.arguments
            pairs = zip(given["item_ids"], given["new_item_ids"], strict=True)
            wishes = (
                f"the {self._line(old, given).title} to {_told(self._variant(new))}"
                for old, new in pairs
            )
            told = f"only {' and '.join(wishes)}{self._of_order(write)}"
            return f"{told}, with {self._payment(asked)}"
        if write.tool.startswith("return"):
            return f"only {self._names(write)}{self._of_order(write)}, refund to {self._payment(asked)}"
        return self._reason(asked)

    def _of_order(self, write: Write) -> str:
        """Returns the number of the order, unless the bot has just named it."""
        number = write.arguments["order_id"]
        return "" if number in self._refused else f" of order {number}"

    def _of_kind(self, asked: str) -> Write | None:
        if "What should I change" in asked:
            marks = [_SUMMARY[tool] for tool in _SUMMARY if _SUMMARY[tool] in self._refused]
            fitting = [write for write in self.left if _SUMMARY[write.tool] in marks]
        else:
            is_return = "return" in asked
            fitting = [
                write
                for write in self.left
                if (
                    write.tool.startswith("return")
                    if is_return
                    else "new_item_ids" in write.arguments
                )
            ]
        named = [w for w in fitting if w.arguments.get("order_id", "?") in self._refused]
        return next(iter(named or fitting), None)

    def _line(self, item: str, given: Mapping[str, Any]) -> OrderLine:
        order = self.orders[given["order_id"]]
        product = next(p for p in self.shop.products if any(v.id == item for v in p.variants))
        lines = [line for line in order.lines if line.product_id == product.id]
        return next((line for line in lines if line.variant_id == item), lines[0])

    def _variant(self, item: str) -> Mapping[str, str]:
        return _variants(self.shop)[item].options

    def _method(self, method_id: str) -> str:
        method = next(m for m in self.customer.payment_methods if m.id == method_id)
        return method.label or {"paypal": "PayPal", "gift-card": "gift card"}.get(method.kind, "")


def _variants(shop: Tau2Shop) -> dict[str, Variant]:
    return {variant.id: variant for product in shop.products for variant in product.variants}


def _told(options: Mapping[str, str] | Sequence[str]) -> str:
    values = options.values() if isinstance(options, Mapping) else options
    return ", ".join(values)
