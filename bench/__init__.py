"""Benchmarks: each a script that prints a table beside its anchors and writes JSON."""
