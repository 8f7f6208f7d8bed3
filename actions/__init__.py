"""One thin module per skill: read slots, call a use-case, answer. No business rule here."""
