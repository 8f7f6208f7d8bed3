"""The frames that a browser sends. What the gateway sends stands in `channels.widget.visit`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from channels.errors import BadRequest

MAX_BYTES = 16 * 1024

_MessageId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class _Frame(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class Hello(_Frame):
    """The first frame: the session and the last message that the browser has."""

    type: Literal["hello"]
    token: str | None = None
    customer_token: str | None = Field(default=None, max_length=4096)  # null: logged out
    after: int = Field(default=0, ge=0, lt=2**53)  # what JavaScript can count


class Identify(_Frame):
    """The customer logged in at the shop's site or, with null, logged out."""

    type: Literal["identify"]
    customer_token: str | None = Field(max_length=4096)


class Say(_Frame):
    """Something that the customer wrote, under an id of the browser's own making."""

    type: Literal["message"]
    id: _MessageId
    text: str


class Choose(_Frame):
    """A button that the customer pressed."""

    type: Literal["choice"]
    id: _MessageId
    choice: str = Field(pattern=r"^[A-Za-z0-9_-]{1,100}$")


class Writing(_Frame):
    """The customer writes something that is not sent yet."""

    type: Literal["typing"]


class LeaveQueue(_Frame):
    """The customer does not want to wait for a person any more."""

    type: Literal["leave-queue"]


ClientFrame = Hello | Identify | Say | Choose | Writing | LeaveQueue

_FRAMES: TypeAdapter[ClientFrame] = TypeAdapter(Annotated[ClientFrame, Field(discriminator="type")])


def parse(data: str) -> ClientFrame:
    """Returns the frame.

    Raises:
        BadRequest: it is none; the message names no content of it.
    """
    try:
        return _FRAMES.validate_json(data)
    except ValidationError as error:
        raise BadRequest("This is not a frame of the widget's protocol.") from error
