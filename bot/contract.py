"""The JSON that crosses processes: gateway to Rasa, Rasa and the actions back to the gateway.

Python 3.10 and typing_extensions only: every environment imports it. (The TypedDict of
typing_extensions, because pydantic checks no other before Python 3.12.)

Every reply has `text`, which alone tells a customer on a text-only channel what they need.
Times are ISO 8601 in UTC; prices are already written for the customer's locale.
"""

from typing import Any, Dict, List, Literal, Optional, Union

from typing_extensions import TypedDict

REPLY_TYPES = ("text", "choices", "cards", "order", "image", "link", "handoff")


class TurnRequest(TypedDict, total=False):
    """One message of a customer, from the gateway to Rasa's input channel.

    Exactly one of `text` and `payload` is present.
    """

    conversation: str  # opaque id, Rasa's sender_id
    message_id: str  # the gateway's id; idempotency keys of actions derive from it
    text: str  # what the customer wrote: never read as a Rasa command
    payload: str  # "/intent{json}" of a choice that the bot offered and the gateway minted
    metadata: Dict[str, Any]  # request_id, channel, locale, agents: {here: is anybody at the desk}


class TurnResponse(TypedDict):
    """The whole turn. Anything else than `turn_complete: true` is a failed turn."""

    turn_complete: Literal[True]
    message_id: str
    replies: List["Reply"]


class TextReply(TypedDict):
    """A plain message."""

    type: Literal["text"]
    text: str


class Choice(TypedDict):
    """One button. The gateway replaces `payload` by an opaque `id` before anyone outside sees it."""

    title: str
    payload: str


class ChoicesReply(TypedDict):
    """A question with buttons."""

    type: Literal["choices"]
    text: str
    choices: List[Choice]


class Card(TypedDict):
    """One product."""

    id: str
    title: str
    text: str  # one line beneath the title
    price: str
    stock: str  # "In stock", "Only 2 left", "Out of stock"
    image: Optional[str]  # address, absolute or relative to the gateway
    link: Optional[str]


class CardsReply(TypedDict):
    """Several products, best first."""

    type: Literal["cards"]
    text: str  # first an introducing line, then the cards for where they cannot be shown
    cards: List[Card]


class OrderItem(TypedDict):
    """One line of an order."""

    title: str
    text: str  # the chosen options: "black, 13 inch"
    quantity: int
    price: str
    image: Optional[str]


class OrderEvent(TypedDict):
    """One event of a parcel."""

    at: str
    text: str
    place: str


class OrderParcel(TypedDict):
    """One parcel of an order, its latest event first."""

    carrier: str
    tracking_number: str
    tracking_link: Optional[str]
    status: str  # for people: "Out for delivery"
    stage: Literal["preparing", "on-its-way", "out-for-delivery", "delivered"]  # for progress bars
    promised: Optional[str]
    events: List[OrderEvent]


class OrderCard(TypedDict):
    """One order as the customer may see it."""

    number: str
    status: str  # for people: "On its way"
    placed_at: str
    items: List[OrderItem]
    total: str
    parcels: List[OrderParcel]


class OrderReply(TypedDict):
    """An order card."""

    type: Literal["order"]
    text: str
    order: OrderCard


class ImageReply(TypedDict):
    """A picture; `text` is its description."""

    type: Literal["image"]
    text: str
    url: str


class LinkReply(TypedDict):
    """A link; `text` is what it is called."""

    type: Literal["link"]
    text: str
    url: str


class HandoffReply(TypedDict):
    """Asks the gateway to put the conversation into the queue for a human. Never shown as it is."""

    type: Literal["handoff"]
    text: str  # what the customer reads while waiting
    reason: str  # stable code: "asked", "complaint", "crisis", "not-understood", "failed", …
    facts: Dict[str, str]  # what the agent should know: last intent, order number, mood, …


Reply = Union[TextReply, ChoicesReply, CardsReply, OrderReply, ImageReply, LinkReply, HandoffReply]
