"""Importing and searching a catalogue, with real files, database and encoder."""

import io
import json

import pytest
from rich.console import Console

from knowledge.errors import IndexMissing
from shop.adapters.sql.catalogue import SqlCatalogue
from shop.errors import ConfigError, StoreUnavailable
from storekeep.catalogue import import_products
from storekeep.search import search_command
from storekeep.settings import Settings

pytestmark = pytest.mark.integration

FEED = [
    {"id": "p1", "title": "Red wool socks", "price": "9.90"},
    {"id": "p2", "title": "Steel kettle", "price": "39.00", "gtin": "4006381333931"},
]


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", database_url=None)


@pytest.fixture
def console():
    return Console(file=io.StringIO(), width=200)


@pytest.fixture
def take(tmp_path, settings, console):
    """Imports rows as CSV; returns the exit code and what was printed by this import."""

    def take(*rows: dict[str, str]) -> tuple[int, str]:
        columns = ("id", "title", "price", "gtin")
        lines = [",".join(row.get(column, "") for column in columns) for row in rows]
        feed = tmp_path / "feed.csv"
        feed.write_text("\n".join([",".join(columns), *lines]) + "\n")
        before = console.file.tell()
        code = import_products([feed], "csv", None, settings, console)
        return code, console.file.getvalue()[before:]

    return take


@pytest.fixture
def found(settings):
    """Searches; returns the objects of the printed JSON."""

    def found(query: str, top: int = 10) -> list[dict]:
        out = Console(file=io.StringIO())
        search_command(query, top, settings, out, as_json=True)
        return json.loads(out.file.getvalue())

    return found


def test_what_was_imported_is_found(take, found):
    """By meaning and by code, with what a script needs."""
    code, said = take(*FEED)
    assert (code, "New or changed products: 2." in said) == (0, True)
    assert [product["id"] for product in found("warm feet in winter", 1)] == ["p1"]
    kettle = found("4006381333931")[0]
    assert (kettle["id"], kettle["price"]) == ("p2", {"minor": 3900, "currency": "EUR"})


def test_importing_again_changes_nothing(take, settings):
    """And says so; the index that serves stays."""
    take(*FEED)
    before = (settings.home / "index" / "current").read_text()
    code, said = take(*FEED)
    assert (code, "Nothing changed" in said) == (0, True)
    assert (settings.home / "index" / "current").read_text() == before


def test_products_of_an_earlier_import_stay(take, found):
    """An import adds and replaces; it takes nothing away."""
    take(FEED[0])
    take(FEED[1])
    assert found("red wool socks")[0]["id"] == "p1"


def test_bad_rows_are_named_and_the_rest_is_imported(take, found):
    """The exit code says that something was bad."""
    code, said = take(FEED[0], {"id": "p3", "title": "Free lunch"}, FEED[1])
    assert code == 1
    assert "feed.csv:3: price is missing" in said
    assert "Bad rows: 1." in said
    assert {product["id"] for product in found("red socks or a kettle")} == {"p1", "p2"}


def test_a_feed_without_products_leaves_the_catalogue(take, found):
    """Nothing is lost to a broken export."""
    take(*FEED)
    code, said = take({"id": "p1"})
    assert (code, "Nothing changed" in said) == (1, True)
    assert found("kettle")[0]["id"] == "p2"


def test_a_failure_while_keeping_leaves_the_old_catalogue(take, found, monkeypatch):
    """Records and index both, and a retry works."""
    take(FEED[0])

    async def fail(_catalogue, products):
        for _ in products:
            raise StoreUnavailable("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(SqlCatalogue, "save", fail)
        with pytest.raises(StoreUnavailable):
            take(FEED[1])
    assert [product["id"] for product in found("steel kettle")] == []
    take(FEED[1])
    assert [product["id"] for product in found("steel kettle")] == ["p2"]


def test_an_unknown_format_is_named_before_anything_is_read(settings, console, tmp_path):
    """With the ones there are."""
    with pytest.raises(ConfigError, match="choose one of icecat, "):
        import_products([tmp_path / "none"], "xls", None, settings, console)


def test_searching_before_anything_was_imported_names_the_remedy(settings, console):
    """The sentence says which command makes the index."""
    with pytest.raises(IndexMissing, match="storekeep build"):
        search_command("socks", 3, settings, console, as_json=False)


def test_a_search_prints_a_table_for_people(take, settings, console):
    """With title and price; and a sentence where nothing is found."""
    take(*FEED)
    search_command("kettle", 3, settings, console, as_json=False)
    search_command("zzz", 3, settings, console, as_json=False)
    said = console.file.getvalue()
    assert "Steel kettle" in said
    assert "€39.00" in said
    assert "Nothing was found." in said
