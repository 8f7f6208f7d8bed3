"""The code that opens a locker, or that a shop, a drone or a robot asks for."""

from actions.agenda.deliveries import CodedOrder
from actions.agenda.kind import Enquiry
from actions.agenda.request import Request
from actions.agenda.said import Said
from actions.agenda.view import View
from actions.services import Services
from actions.wording import day
from shop.hand_over import hand_over


async def _answer(request: Request, view: View, services: Services) -> Said:
    number = request.orders[0]
    found = await hand_over(
        number, conversation=view.conversation, shop=services.shop, clock=services.clock
    )
    text = view.wording.say(
        f"utter_hand_over_{found.way.replace('-', '_')}",
        order=number,
        code=found.code,
        carrier=found.carrier,
        day=day(found.until, view.locale) if found.until else "",
    )
    return Said(text)


KIND = Enquiry(name="get_hand_over_code", needs=(CodedOrder(),), answer=_answer)
