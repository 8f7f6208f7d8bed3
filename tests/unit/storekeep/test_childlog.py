"""What an operator sees of a child's log."""

import asyncio

import pytest

from storekeep.childlog import ChildLog, alarm_in


@pytest.mark.parametrize(
    ("line", "alarm"),
    [
        ('{"event": "turn-answered", "level": "info"}', None),
        (
            '{"event": "turn-failed", "level": "error", "code": "x", "request_id": "r", "at": 1}',
            "turn-failed code=x request_id=r",
        ),
        ("2026-01-01 ERROR  rasa.core  - no model", "2026-01-01 ERROR  rasa.core  - no model"),
        ("an error-free line", None),
        ("[1, 2]", None),
        ("", None),
    ],
)
def test_only_errors_are_alarms(line, alarm):
    """Errors of both log formats are shown, shortened to what can be acted on."""
    assert alarm_in(line) == alarm


async def test_an_endless_line_does_not_stop_the_log(tmp_path):
    """A line beyond the limit is left out; the next ones are kept."""
    output = asyncio.StreamReader(limit=100)
    output.feed_data(b"x" * 1000 + b"\nlast\n")
    output.feed_eof()
    log = ChildLog("one", tmp_path, lambda _: None)
    await log.keep(output)
    log.close()
    lines = (tmp_path / "one.log").read_text().splitlines()
    assert lines[-1] == "last"
    assert "a very long line was left out" in lines[0]
