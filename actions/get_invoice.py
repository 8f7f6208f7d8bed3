"""Showing the invoice of an order."""

from collections.abc import Iterator, Sequence

from actions.agenda.addresses import one_line
from actions.agenda.choices import method_name
from actions.agenda.kind import Enquiry
from actions.agenda.orders import WhichOrder
from actions.agenda.request import Request
from actions.agenda.said import Said
from actions.agenda.view import View
from actions.services import Services
from actions.wording import day
from shop.invoices import Invoice, get_invoice, has_invoice
from shop.model import Money, Order
from shop.prices import price


class WhichInvoice(WhichOrder):
    """An order that has an invoice."""

    def _open(self, view: View) -> Sequence[Order]:
        return [order for order in view.orders if has_invoice(order)]


async def _answer(request: Request, view: View, services: Services) -> Said:
    invoice = await get_invoice(
        request.orders[0],
        conversation=view.conversation,
        shop=services.shop,
        clock=services.clock,
    )
    return Said("\n".join(_written(invoice, view)))


def _written(invoice: Invoice, view: View) -> Iterator[str]:
    say, locale = view.wording.say, view.locale
    yield say("utter_invoice", order=invoice.order, date=day(invoice.placed_at, locale))
    yield f"{invoice.name}, {one_line(invoice.address)}"
    for line in invoice.lines:
        yield say(
            "utter_invoice_line",
            count=line.quantity,
            title=line.title,
            options=", ".join(line.options.values()),
            price=price(Money(line.price.minor * line.quantity, line.price.currency), locale),
        )
    yield say("utter_invoice_total", total=price(invoice.total, locale))
    for payment in invoice.payments:
        is_back = payment.amount.minor < 0
        yield say(
            "utter_invoice_refunded" if is_back else "utter_invoice_paid",
            amount=price(Money(abs(payment.amount.minor), payment.amount.currency), locale),
            method=_method(payment.method_id, view),
        )


def _method(method_id: str, view: View) -> str:
    method = view.method(method_id)
    return method_name(method.kind, method.label, view.wording)


KIND = Enquiry(name="get_invoice", needs=(WhichInvoice(),), answer=_answer)
