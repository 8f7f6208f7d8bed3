"""The reader of owners' files on its own: a fault inside a list is named with its line too."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from shop.config_file import read_config
from shop.errors import ConfigError


class Window(BaseModel):
    """A part of a list."""

    days: int


class Windows(BaseModel):
    """A list of parts."""

    windows: list[Window]


def test_a_fault_in_a_list_is_named_with_its_line(tmp_path: Path):
    """The innermost place that the file has is the one named."""
    path = tmp_path / "windows.yml"
    path.write_text("windows:\n  - days: 1\n  - days: x\n  - {}\n")
    with pytest.raises(ConfigError) as raised:
        read_config(path, Windows)
    assert [fault.split(": ")[:2] for fault in str(raised.value).splitlines()] == [
        [f"{path}:3", "windows.1.days"],
        [f"{path}:4", "windows.2.days"],
    ]
