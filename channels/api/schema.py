"""The JSON of the HTTP API, in and out."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.contract import Card, OrderCard
from channels.model import Author, Control

CONVERSATION_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._:~-]{0,119}$"
ConversationId = Annotated[
    str,
    StringConstraints(pattern=CONVERSATION_PATTERN),
    Field(description="Your own id of the conversation, one for each customer and chat."),
]
MessageId = Annotated[
    str,
    StringConstraints(pattern=r"^[\x21-\x7e]{1,200}$"),
    Field(description="Your own id of the message, unique within the conversation."),
]


class NewMessage(BaseModel):
    """One message of a customer: exactly one of `text` and `choice`."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={"oneOf": [{"required": ["text"]}, {"required": ["choice"]}]},
    )

    conversation: ConversationId
    message_id: MessageId
    text: str = Field(default_factory=str, description="What the customer wrote.")
    choice: str = Field(
        default_factory=str,
        pattern=r"^[A-Za-z0-9_-]{1,100}$",
        description="The id of a choice offered before.",
    )
    customer_token: str | None = Field(
        default=None,
        max_length=4096,
        description="The shop's login token of the customer: see docs/identity.md. "
        "Null ends what was shown before; left out, it stays.",
    )
    wait_s: float = Field(30, ge=0, le=60, description="How long to wait for the turn to complete.")

    @model_validator(mode="after")
    def _has_one_content(self) -> Self:
        if len({"text", "choice"} & self.model_fields_set) != 1:
            raise ValueError("Send exactly one of text and choice.")
        return self


class OfferedChoice(BaseModel):
    """A button: send its `id` as `choice` to press it."""

    id: str
    title: str


class Line(BaseModel):
    """A message of the transcript. Which of the optional fields there are depends on `type`."""

    seq: int = Field(description="Grows strictly within the conversation.")
    type: Literal["text", "choices", "cards", "order", "image", "link", "system"]
    text: str = Field(description="Says by itself what a customer needs to know.")
    author: Author
    agent: str | None = Field(description="The agent's name, where one wrote this or did this.")
    at: str = Field(json_schema_extra={"format": "date-time"})
    message_id: str | None = Field(description="Your id, of a customer's message.")
    in_reply_to: str | None = Field(description="Your id of the message that this answers.")
    choice: str = Field(default_factory=str, description="The choice that the customer made.")
    choices: list[OfferedChoice] = Field(default_factory=list)
    cards: list[Card] = Field(default_factory=list)
    order: OrderCard | None = None
    url: str = Field(default_factory=str, description="Of an image or a link.")


class Queue(BaseModel):
    """Where a customer stands who waits for a person."""

    position: int = Field(description="1: is next.")
    here: bool = Field(description="Whether anybody is at the desk.")
    opens: str | None = Field(
        description="From when on somebody should be there.",
        json_schema_extra={"format": "date-time"},
    )


class Standing(BaseModel):
    """Who answers the customer of a conversation now."""

    conversation: str
    control: Control
    agent: str | None = Field(description="The agent in control.")
    queue: Queue | None = Field(description="While the customer waits for a person.")


class Turn(Standing):
    """What was answered to one message."""

    message_id: str
    complete: bool = Field(description="False: the answer is still to come; ask again.")
    replies: list[Line]


class Transcript(Standing):
    """The messages of a conversation after a sequence number, in order."""

    messages: list[Line]


class ErrorDetail(BaseModel):
    """What went wrong. `code` is stable."""

    code: str
    message: str
    request_id: str


class Error(BaseModel):
    """Every error has this shape."""

    error: ErrorDetail


def reason(error: dict[str, Any]) -> str:
    """Returns one of pydantic's errors as a sentence."""
    place = ".".join(str(part) for part in error["loc"])
    return f"{place}: {error['msg']}" if place else str(error["msg"])
