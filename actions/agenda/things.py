"""Which of the things they bought a request is about."""

import re
from dataclasses import replace

from actions.agenda.need import Choice, Need, Question, Stop
from actions.agenda.request import Item, Request, Unclear
from actions.agenda.view import View
from actions.resolve import Bought, Mention, Mentions, which_choice, which_lines, which_orders
from shop.model import Action, Order
from shop.refusal import Why

_ONLY = re.compile(r"\b(?:only|just|nothing (?:else|but))\b", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:not|without|except|keep|leave out|remove)\b", re.IGNORECASE)


class Things(Need):
    """Lines of orders whose state allows one of the actions; what lies in several is divided."""

    name = "things"
    faults = frozenset({Why.TOO_MANY})

    def __init__(self, *actions: Action) -> None:
        self._actions = actions

    def is_met(self, request: Request) -> bool:
        """Tells whether it is clear what is meant."""
        return bool(request.items) and not request.unclear

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes what the text names, or which of several it means."""
        if request.unclear:
            return self._tell_apart(text, request, view)
        mentions = self._mentions(text, request, view)
        for mention in mentions.found:
            self._take(mention, request, is_only=len(mentions.found) == 1, text=text)
        _settle_orders(request)
        return bool(mentions.found)

    def correct(self, text: str, request: Request, view: View) -> bool:
        """Takes "only the lamp", "without the lamp", "the lamp too"."""
        number = _other_order(text, request, view)
        mentions = self._mentions(text, replace(request, orders=number or request.orders), view)
        if not mentions.chosen or mentions.is_everything:
            return False
        before = list(request.items)
        own = {(item.order, item.line): item for item in before}
        named = [own.get((i.order, i.line), i) for i in map(_item, mentions.chosen)]
        if number or _ONLY.search(text):
            request.items = named
        elif _WITHOUT.search(text):
            request.items = [item for item in before if item not in named] or before
        else:
            request.items = before + [item for item in named if item not in before]
        _settle_orders(request)
        return request.items != before

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Asks which of several is meant, or for any of the things that there are."""
        if request.unclear:
            unclear = request.unclear[0]
            found = [view.bought(item.order, item.line) for item in unclear.items]
            choices = [Choice(line_title(one, view), _answer(one)) for one in found]
            titles = view.wording.listed([choice.title for choice in choices], "utter_or")
            values = {"thing": found[0].line.title, "titles": titles}
            return Question("utter_ask_which_thing", values, choices)
        orders = self._orders(request, view)
        if not orders:
            return Stop(f"utter_no_order_to_{request.kind}")
        lines = [Bought(order, line) for order in orders for line in order.lines]
        choices = [Choice(line_title(one, view), _answer(one)) for one in lines]
        return Question(f"utter_ask_things_to_{request.kind}", choices=choices, is_listed=True)

    def reopen(self, request: Request) -> None:
        """Forgets them."""
        request.items, request.unclear = [], []

    def _orders(self, request: Request, view: View) -> list[Order]:
        if request.orders:
            return [view.order(number) for number in request.orders]
        return view.open_for(*self._actions)

    def _mentions(self, text: str, request: Request, view: View) -> Mentions:
        """Returns what the text names in the open orders; in any, if it is in none of them."""
        open_, found = self._orders(request, view), Mentions()
        for orders in (open_,) if request.is_either else (open_, list(view.orders)):
            zone = view.customer.time_zone
            meant = which_orders(text, orders, view.now, meaning=view.meaning, time_zone=zone)
            among = meant.chosen or orders
            found = which_lines(text, among, meaning=view.meaning)
            if not found.found and meant.chosen and len(meant.chosen) == 1 and request.read == []:
                continue  # the order is named, the things are not
            if found.found or request.orders:
                return found
        return found

    def _take(self, mention: Mention, request: Request, *, is_only: bool, text: str) -> None:
        wish = mention.wish or (text if is_only else "")
        if mention.chosen:
            for one in mention.chosen:
                item = _item(one)
                item.quantity = _quantity(mention, one)
                item.wish = wish
                _add(item, request)
        else:
            items = [_item(one) for one in mention.lines.choices]
            for item in items:
                item.wish, item.quantity = wish, mention.count
            request.unclear.append(Unclear(mention.text, items))

    def _tell_apart(self, text: str, request: Request, view: View) -> bool:
        unclear = request.unclear[0]
        bought = [view.bought(item.order, item.line) for item in unclear.items]
        meant = [one for one in bought if _answer(one) == text]
        if not meant:
            found = which_lines(text, view.orders, meaning=view.meaning)
            meant = [one for one in bought if one in found.chosen]
        if not meant:
            place = which_choice(text, [line_title(one, view) for one in bought]).winner
            meant = [bought[place]] if place is not None else []
        if not meant:
            return False
        lines = {(one.order.number, one.line.id) for one in meant}
        request.items += [item for item in unclear.items if (item.order, item.line) in lines]
        del request.unclear[0]
        _settle_orders(request)
        return True


def _other_order(text: str, request: Request, view: View) -> list[str]:
    """Returns the order that a text names by its number, if it is not the request's."""
    meant = which_orders(text, view.orders, view.now, meaning=view.meaning).chosen
    said = re.sub(r"\D", "", text)
    numbers = [one.number for one in meant if re.sub(r"\D", "", one.number) in said]
    return numbers if len(numbers) == 1 and numbers[0] != request.order else []


def line_title(one: Bought, view: View) -> str:
    """Returns what a line is called among others: its title, its options and its order."""
    options = ", ".join(one.line.options.values())
    name = f"{one.line.title} ({options})" if options else one.line.title
    return view.wording.say("utter_choice_line", name=name, number=one.order.number)


def _add(item: Item, request: Request) -> None:
    """Adds an item, unless the line was named before and this only says more of it."""
    for known in request.items:
        if (known.order, known.line) == (item.order, item.line) and item.quantity is None:
            known.wish = item.wish or known.wish
            return
    request.items.append(item)


def _settle_orders(request: Request) -> None:
    if request.items and not request.unclear:
        request.orders = list(dict.fromkeys(item.order for item in request.items))


def _answer(one: Bought) -> str:
    return f"{one.line.variant_id} {one.order.number}"


def _item(one: Bought) -> Item:
    return Item(order=one.order.number, line=one.line.id)


def _quantity(mention: Mention, one: Bought) -> int | None:
    """Returns how many pieces of a line are meant, where a number is said of one line."""
    is_part = mention.count is not None and len(mention.chosen) == 1
    return mention.count if is_part and one.line.quantity > 1 else None
