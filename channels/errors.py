"""What the gateway refuses or fails at, as one tree. `code` is stable and part of the HTTP API.

* GatewayError
  + BadRequest             malformed input
  + Conflict               the same message id with another content
  + UnknownChoice          a button that was not offered in this conversation
  + UnknownConversation    no such conversation for whoever asks
  + ControlLost            somebody else changed who is in control
  + EngineUnavailable      the dialogue engine gave no complete turn; worth another try
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


class UnknownConversation(GatewayError):
    """No such conversation for whoever asks."""

    code = "unknown-conversation"
    status = 404


class Conflict(GatewayError):
    """The same message id came with another content."""

    code = "message-id-reused"
    status = 409


class ControlLost(GatewayError):
    """Somebody else changed who is in control of the conversation."""

    code = "control-lost"
    status = 409


class EngineUnavailable(GatewayError):
    """The dialogue engine gave no complete turn. The message is kept and answered later."""

    code = "engine-unavailable"
    status = 503


class StoreUnavailable(GatewayError):
    """Messages cannot be kept right now; nothing was accepted."""

    code = "store-unavailable"
    status = 503
