"""Exchanging things for other options of the same product."""

from actions.agenda.swaps import swap_kind

KIND = swap_kind("exchange_item")
