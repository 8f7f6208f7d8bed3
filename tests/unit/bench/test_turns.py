"""What a benchmark of turns makes of its measurements."""

import os
import subprocess
import sys

import pytest

from bench.report import Figure
from bench.running import usage
from bench.turns import ratios


def figure(case, value, metric="p50_ms"):
    """One number of one system."""
    return Figure(bench="turns", case=case, metric=metric, value=value)


def test_a_ratio_is_ours_in_units_of_theirs_at_the_same_concurrency():
    """What only one of both has, such as a process of its own, has no ratio."""
    ours = [figure("storekeep, 1 at once", 2.0), figure("storekeep", 3.0, "rss_mb")]
    ours.append(figure("storekeep: gateway", 5.0, "cpu_ms"))
    theirs = [figure("stock rasa", 6.0, "rss_mb"), figure("stock rasa, 1 at once", 8.0)]
    assert ratios(ours, theirs) == [
        figure("ratio, 1 at once", 0.25),
        figure("ratio", 0.5, "rss_mb"),
    ]


@pytest.mark.parametrize(("word", "role"), [("gateway", "gateway"), ("bot.server", "rasa")])
def test_a_process_is_told_by_its_command_line(word, role):
    """The children of a process count, each for what it is."""
    child = subprocess.Popen((sys.executable, "-c", "input()", word), stdin=subprocess.PIPE)
    try:
        assert usage(os.getpid())[role].resident_mb > 0
    finally:
        child.communicate(b"\n")
