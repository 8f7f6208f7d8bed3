"""What the gateway refuses or fails at, as one tree. `code` is stable and part of the HTTP API.

* GatewayError
  + BadRequest             malformed input
    - UnknownChoice        a button that was not offered in this conversation
  + Unauthorized           no key or session, or a wrong one
    - LoginRefused         a login token that does not hold
  + Forbidden              a request from a place or for a thing that is not allowed
  + UnknownConversation    no such conversation for whoever asks
  + Conflict               the same message id with another content
  + OtherCustomer          a login of one customer in the conversation of another
  + ControlLost            somebody else changed who is in control
  + TooLarge               more than the gateway reads at once
  + RateLimited            too many messages in a short time
  + EngineUnavailable      the dialogue engine cannot be reached; worth another try
    - TurnFailed           it can, but this turn did not complete
  + StoreUnavailable       messages cannot be kept right now
"""


class GatewayError(Exception):
    """Anything the gateway raises. `str()` is shown to callers and holds no personal data."""

    code = "gateway-error"
    status = 500


class BadRequest(GatewayError):
    """Malformed input from outside."""

    code = "bad-request"
    status = 400


class UnknownChoice(BadRequest):
    """A button that was not offered in this conversation."""

    code = "unknown-choice"


class Unauthorized(GatewayError):
    """No key or session came with the request, or a wrong one."""

    code = "unauthorized"
    status = 401


class LoginRefused(Unauthorized):
    """A login token of the shop's site does not hold."""

    code = "login-refused"


class Forbidden(GatewayError):
    """The request comes from a place, or asks for a thing, that is not allowed."""

    code = "forbidden"
    status = 403


class UnknownConversation(GatewayError):
    """No such conversation for whoever asks."""

    code = "unknown-conversation"
    status = 404


class Conflict(GatewayError):
    """The same message id came with another content."""

    code = "message-id-reused"
    status = 409


class OtherCustomer(GatewayError):
    """A customer logged in in the conversation of another one."""

    code = "other-customer"
    status = 409


class ControlLost(GatewayError):
    """Somebody else changed who is in control of the conversation."""

    code = "control-lost"
    status = 409


class TooLarge(GatewayError):
    """More than the gateway reads at once."""

    code = "too-large"
    status = 413


class RateLimited(GatewayError):
    """Too many messages in a short time. `retry_after_s` tells when to come back."""

    code = "rate-limited"
    status = 429

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class EngineUnavailable(GatewayError):
    """The dialogue engine cannot be reached. The message is kept and answered later."""

    code = "engine-unavailable"
    status = 503


class TurnFailed(EngineUnavailable):
    """The dialogue engine can be reached, but it did not complete this turn."""


class StoreUnavailable(GatewayError):
    """Messages cannot be kept right now; nothing was accepted."""

    code = "store-unavailable"
    status = 503
