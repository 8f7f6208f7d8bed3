"""What all formats have in common."""

from pathlib import Path

import pytest

from shop.errors import ConfigError
from shop.feeds import FORMATS, FeedMap, load_map, read


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, file_format: str):
    """A missing file stops the import before anything is changed."""
    with pytest.raises(ConfigError, match=r"nowhere\.csv: cannot be read: No such file"):
        list(read([tmp_path / "nowhere.csv"], file_format))


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 40, "👟\u202e\n".encode() * 99])
def test_what_is_no_feed_is_reported_not_raised(read_text, file_format: str, content: bytes):
    """Empty, binary and foreign files give faults and no products."""
    products, faults = read_text(content, file_format)
    assert products == []
    assert faults


def test_a_map_is_read_from_yaml(tmp_path: Path):
    """Columns, currency and stock may be said; what is left out has a default."""
    path = tmp_path / "map.yml"
    path.write_text("columns:\n  id: sku\ncurrency: SEK\n")
    assert load_map(path) == FeedMap(columns={"id": "sku"}, currency="SEK")


@pytest.mark.parametrize(
    ("text", "line"),
    [("columns:\n  titel: name\n", 2), ("currency: euro\n", 1), ("\ncolumn:\n  id: a\n", 2)],
)
def test_a_wrong_map_is_named_with_its_line(tmp_path: Path, text: str, line: int):
    """A field that no product has is a mistake, not an option."""
    path = tmp_path / "map.yml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=rf"map\.yml:{line}: "):
        load_map(path)
