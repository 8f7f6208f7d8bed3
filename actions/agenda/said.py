"""What is said to a customer in one reply."""

from dataclasses import dataclass, field

from actions.agenda.need import Choice
from shop.plan import Plan


@dataclass(slots=True)
class Said:
    """One reply: words, with buttons or none."""

    text: str
    choices: list[Choice] = field(default_factory=list)
    proposal: Plan | None = None  # for a person to decide
