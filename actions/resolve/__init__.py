"""Finds what a customer means among the records that they may see.

Nothing is guessed: whatever is said is compared with the orders, lines, variants, addresses and
ways to pay that exist. Pure functions, no wording; each returns ranked candidates and says whether
one stands out, several have to be asked about, or none is meant.
"""

from actions.resolve.addresses import DEFAULT, AddressMeant, which_address
from actions.resolve.answers import Answer, Yes, yes_no
from actions.resolve.bought import Bought
from actions.resolve.choices import ordinal, which_choice, which_reason
from actions.resolve.clauses import split_requests
from actions.resolve.dates import Span, which_day, which_past
from actions.resolve.destination import Destination, which_destination
from actions.resolve.fitting import fitting_orders
from actions.resolve.lines import Mention, Mentions, which_lines
from actions.resolve.meaning import Meaning
from actions.resolve.orders import OrdersMeant, which_orders
from actions.resolve.payments import which_payment_method
from actions.resolve.problems import which_problem, which_resolution
from actions.resolve.resolution import Candidate, Resolution
from actions.resolve.variants import Offer, Swap, which_variant

__all__ = [
    "DEFAULT",
    "AddressMeant",
    "Answer",
    "Bought",
    "Candidate",
    "Destination",
    "Meaning",
    "Mention",
    "Mentions",
    "Offer",
    "OrdersMeant",
    "Resolution",
    "Span",
    "Swap",
    "Yes",
    "fitting_orders",
    "ordinal",
    "split_requests",
    "which_address",
    "which_choice",
    "which_day",
    "which_destination",
    "which_lines",
    "which_orders",
    "which_past",
    "which_payment_method",
    "which_problem",
    "which_reason",
    "which_resolution",
    "which_variant",
    "yes_no",
]
