import gzip
import re
from pathlib import Path

import channels.widget

SCRIPTS = sorted((Path(channels.widget.__file__).parent / "static").glob("*.js"))
BUDGET_BYTES = 40 * 1024


def test_the_whole_widget_is_small():
    """All modules together stay below the budget of a page that loads them, compressed."""
    assert sum(len(gzip.compress(path.read_bytes())) for path in SCRIPTS) <= BUDGET_BYTES


def test_data_never_becomes_markup():
    """No module has a way to turn text into elements or code."""
    ways = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(")
    assert [path.name for path in SCRIPTS if ways.search(path.read_text())] == []
