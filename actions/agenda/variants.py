"""Into which option of its product a thing shall be changed."""

from actions.agenda.need import Choice, Need, Question, Stop
from actions.agenda.request import Item, Request
from actions.agenda.view import View
from actions.resolve import Bought, Swap, which_choice, which_lines, which_variant
from shop.model import Variant
from shop.prices import price
from shop.refusal import Why

_OFFERED = 8


class Variants(Need):
    """For each of the things another variant that is in stock."""

    name = "variants"
    faults = frozenset({Why.OUT_OF_STOCK, Why.SAME_OPTION, Why.NOT_AN_OPTION})

    def is_met(self, request: Request) -> bool:
        """Tells whether each thing has one."""
        return all(item.variant for item in request.items)

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes what is wished for each, or for the first that is open where the text answers."""
        open_ = [item for item in request.items if not item.variant]
        if self.name not in request.read:
            for item in open_:
                self._choose(item, item.wish or text, request, view)
            return all(item.variant for item in open_)
        return bool(open_) and self._choose(open_[0], text, request, view, is_answer=True)

    def correct(self, text: str, request: Request, view: View) -> bool:
        """Takes "the blue one" for the thing that the text names, or the only one."""
        mentions = which_lines(
            text, [view.order(request.order)], meaning=view.meaning, is_change=True
        ).found
        wishes = {one.line.id: each.wish for each in mentions for one in each.chosen}
        meant = [item for item in request.items if item.line in wishes] or request.items
        if len(meant) > 1 and not wishes:
            return False
        before = [item.variant for item in meant]
        for item in meant:
            wish = wishes.get(item.line, "")
            if not (wish and self._choose(item, wish, request, view)) and len(meant) == 1:
                self._choose(item, text, request, view)
        return [item.variant for item in meant] != before

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Offers what there is, nearest to the wish first."""
        if not request.items:
            return Stop("utter_nothing_left_to_change")
        item = next(item for item in request.items if not item.variant)
        bought = view.bought(item.order, item.line)
        offers = self._offers(item, bought, view)
        if not offers:
            return Stop("utter_no_other_option", {"title": bought.line.title})
        titles = [variant_title(one, view) for one in offers]
        values = {
            "title": bought.line.title,
            "titles": view.wording.listed(titles, "utter_or"),
            "present": ", ".join(bought.line.options.values()),
        }
        choices = [Choice(t, one.id) for t, one in zip(titles, offers, strict=True)]
        return Question("utter_ask_variant", values, choices)

    def reopen(self, request: Request) -> None:
        """Forgets them, and what was wished."""
        for item in request.items:
            item.variant, item.wish = None, ""

    def _choose(
        self, item: Item, text: str, request: Request, view: View, *, is_answer: bool = False
    ) -> bool:
        bought = view.bought(item.order, item.line)
        swap = self._swap(text, bought, view)
        winner = swap.offers.winner
        if winner is None and is_answer:
            offers = self._offers(item, bought, view)
            place = which_choice(text, [variant_title(one, view) for one in offers]).winner
            item.variant = offers[place].id if place is not None else None
            item.wish = item.wish if item.variant else f"{item.wish}. {text}"
            return item.variant is not None
        if winner is None and swap.otherwise and len(request.items) > 1:
            request.items.remove(item)  # what is wanted instead is to leave it as it is
            return True
        if winner is not None:
            item.variant = winner.variant.id
        return winner is not None

    def _offers(self, item: Item, bought: Bought, view: View) -> list[Variant]:
        swap = self._swap(item.wish, bought, view)
        ranked = [candidate.value.variant for candidate in swap.offers.candidates]
        chosen = [offer.variant for offer in swap.offers.choices] or ranked
        product = view.products[bought.line.product_id]
        others = [v for v in product.variants if v.stock > 0 and v.id != bought.line.variant_id]
        return (chosen or others)[:_OFFERED]

    def _swap(self, text: str, bought: Bought, view: View) -> Swap:
        lines = [line for order in view.orders for line in order.lines]
        others = [line for line in lines if line.id != bought.line.id or line is not bought.line]
        product = view.products[bought.line.product_id]
        return which_variant(text, product, bought.line, others=others, meaning=view.meaning)


def variant_title(variant: Variant, view: View) -> str:
    """Returns what a variant is called: its options and its price."""
    options = ", ".join(variant.options.values()) or variant.id
    return f"{options}, {price(variant.price, view.locale)}"
