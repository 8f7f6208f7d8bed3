"""A scripted customer of tau2-bench's retail domain, who knows a task's words and its solution's facts.

It says why it calls, answers only what it is asked, names things as people do, and says yes to a
summary only if it is one of the changes that the task's solution makes.
"""

import re
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
    yeses: int = 0
    _repeated: bool = False

    def __post_init__(self) -> None:
        self.left = list(self.task.writes)

    def opens(self) -> str:
        """Returns why the customer writes."""
        return first_person(self.task.instructions["reason_for_call"] or "")

    def replies(self, said: str) -> str | None:
        """Returns the answer to the last question; None once nothing is left to say."""
        asked = said.rsplit("\n\n", maxsplit=1)[-1]
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
        email = _EMAIL.search(known)
        if email:
            return email.group()
        name = f"{self.customer.first_name} {self.customer.last_name}"
        return f"{name}, {self.customer.address.postcode}"

    def _confirm(self, summary: str) -> str:
        for write in self.left:
            if self._is(write, summary):
                self.left.remove(write)
                self.yeses += 1
                return "yes"
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
        write = self._next(asked, "reason")
        return write.arguments["reason"] if write else "I don't know"

    def _payment(self, asked: str) -> str:
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
        lines = [self._line(each, write.arguments) for each in write.arguments["item_ids"]]
        names = " and ".join(f"the {line.title} ({_told(line.options)})" for line in lines)
        return f"{names} of order {write.arguments['order_id']}"

    def _which(self, asked: str) -> str:
        for write in self.left:
            for each in write.arguments.get("item_ids", ()):
                line = self._line(each, write.arguments)
                if f"Which {line.title}" in asked:
                    return f"{_told(line.options)} of order {write.arguments['order_id']}"
        return "I don't know"

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
            return f"only {' and '.join(wishes)}, with {self._payment(asked)}"
        if write.tool.startswith("return"):
            names = [self._line(i, write.arguments).title for i in write.arguments["item_ids"]]
            return f"only the {' and the '.join(names)}, refund to {self._payment(asked)}"
        return self._reason(asked)

    def _of_kind(self, asked: str) -> Write | None:
        kinds = {"return": "return", "exchange": "new_item_ids", "option": "new_item_ids"}
        for write in self.left:
            for word, mark in kinds.items():
                is_kind = write.tool.startswith(mark) or mark in write.arguments
                if word in asked and is_kind:
                    return write
        return self._next(asked, "item_ids") if "change" in asked else None

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
