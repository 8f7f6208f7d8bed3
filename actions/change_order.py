"""Changing the options of things that were ordered."""

from actions.agenda.swaps import swap_kind

KIND = swap_kind("change_order")
