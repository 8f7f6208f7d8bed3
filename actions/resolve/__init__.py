"""Finds what a customer means among the records that they may see.

Nothing is guessed: whatever is said is compared with the orders, lines, variants, addresses and
ways to pay that exist. Pure functions, no wording; each returns ranked candidates and says whether
one stands out, several have to be asked about, or none is meant.
"""

from actions.resolve.bought import Bought
from actions.resolve.clauses import split_requests
from actions.resolve.lines import Mention, Mentions, which_lines
from actions.resolve.meaning import Meaning
from actions.resolve.resolution import Candidate, Resolution

__all__ = [
    "Bought",
    "Candidate",
    "Meaning",
    "Mention",
    "Mentions",
    "Resolution",
    "split_requests",
    "which_lines",
]
