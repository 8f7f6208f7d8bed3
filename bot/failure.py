"""What ends a turn without an answer."""

UNAVAILABLE = "actions-unavailable"
"""The code of a turn that failed because the action server does not run: worth another try."""


class TurnFailed(BaseException):
    """A turn that must not count: nothing of it is stored, and the caller may try again.

    Not an `Exception`, because Rasa catches those around every action and carries on as if the
    action had run.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code  # stable, kebab-case; part of the channel's answer
