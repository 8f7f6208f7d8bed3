"""Icecat's open catalogue."""

import json
from pathlib import Path
from zipfile import ZipFile

from shop.feeds import read
from shop.model import Money, Product, Variant

TONER = {
    "id": "17",
    "name": "T-17",
    "title": "Inkwell T-17 toner",
    "ean": ["0000000000017"],
    "short_description": "Black toner<br />for offices",
    "img_500x500": "http://images.example/17.jpg",
    "supplier": "Inkwell",
    "price": 4995,
    "attr_t_product_type": "Toner",
    "attr_t_contrast_ratio__typical_": "200:1",
    "attr_n_page_yield": 23000.0,
    "attr_n_width": 1.5,
    "attr_b_refillable": False,
}


def test_a_product_is_read_with_its_attributes_in_words(read_text):
    """Cents, markup and coded names become what a customer reads."""
    (product,), faults = read_text(json.dumps([TONER]), "icecat")
    assert faults == []
    assert product == Product(
        id="17",
        title="Inkwell T-17 toner",
        description="Black toner for offices",
        brand="Inkwell",
        category="Toner",
        attributes={
            "Part number": "T-17",
            "EAN": "0000000000017",
            "Contrast ratio (typical)": "200:1",
            "Page yield": "23000",
            "Width": "1.5",
            "Refillable": "no",
        },
        image="http://images.example/17.jpg",
        variants=(Variant(id="17", options={}, price=Money(4995, "EUR"), stock=100),),
    )


def test_archives_are_read_file_by_file(tmp_path: Path):
    """A zip archive may hold several files; a product id counts once in all of them."""
    path = tmp_path / "products.json.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("1.json", json.dumps([TONER, TONER | {"id": "18"}]))
        archive.writestr("2.json", json.dumps([TONER], indent=1))
    *products, again = read([path], "icecat")
    assert [product.id for product in products] == ["17", "18"]
    assert str(again) == f"{path}:2: id '17' came before, at products.json.zip:1"


def test_reading_goes_on_behind_a_broken_object(read_text):
    """The broken and the incomplete are named with the line where they begin."""
    objects = [
        TONER,
        TONER | {"id": "18", "price": 12.5},
        TONER | {"id": "19", "title": ""},
        TONER | {"id": "20"},
        TONER | {"id": "21", "price": -1},
        {key: value for key, value in TONER.items() if key != "price"} | {"id": "22"},
        TONER | {"id": "23"},
    ]
    text = json.dumps(objects, indent=1).replace('"20",', '"20')
    products, faults = read_text(text, "icecat")
    assert [product.id for product in products] == ["17", "23"]
    begins = [number for number, line in enumerate(text.split("\n"), start=1) if line == " {"]
    assert [fault.partition(": ")[0] for fault in faults] == [str(line) for line in begins[1:6]]
    assert [fault.partition(": ")[2] for fault in faults] == [
        "price 12.5 is not in cents",
        "title is missing",
        faults[2].partition(": ")[2],
        "price -1 is negative or too large",
        "price is missing",
    ]
    assert "is not JSON" in faults[2]


def test_a_file_cut_short_is_reported(read_text):
    """What came whole before the cut is read."""
    products, faults = read_text(json.dumps([TONER, TONER | {"id": "18"}])[:-40], "icecat")
    assert [product.id for product in products] == ["17"]
    assert len(faults) == 1


def test_a_broken_archive_is_reported(tmp_path: Path):
    """A damaged zip file is one fault, not a traceback."""
    path = tmp_path / "products.json.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("1.json", json.dumps([TONER]))
    spoilt = bytearray(path.read_bytes())
    spoilt[60:80] = bytes(20)
    path.write_bytes(spoilt)
    (fault,) = read([path], "icecat")
    assert "is a broken zip archive" in str(fault)
