"""Where conversations are kept: in memory for tests, in SQL otherwise."""
