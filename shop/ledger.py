"""What was done for customers: one entry for each command carried out, never changed."""

from dataclasses import dataclass
from datetime import datetime

from shop.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command that was carried out. Conversation and key together are there once."""

    reference: str
    conversation: str
    key: str
    at: datetime
    command: str  # as canonical JSON
    plan: Plan
