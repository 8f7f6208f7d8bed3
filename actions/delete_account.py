"""Asking for the account to be deleted, which a person then does."""

from actions.agenda.kind import Kind
from shop.commands import DeleteAccount

KIND = Kind(
    name="delete_account",
    verb="delete",
    needs=(),
    is_about_account=True,
    command=lambda *_: DeleteAccount(),
)
