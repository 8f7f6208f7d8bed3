"""The database of tau2-bench's retail domain (sierra-research/tau2-bench, `db.json`), read and written.

It keeps no dates: orders count as placed in the order of their customer's list, up to the moment of
reading. Money is in US dollars; its `USA` is the country `US`.
"""

from shop.adapters.tau2.reading import Tau2Shop, read
from shop.adapters.tau2.writing import write

__all__ = ["Tau2Shop", "read", "write"]
