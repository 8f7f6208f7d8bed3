"""One JSON object a line."""

import json
from dataclasses import asdict

from shop.feeds import FeedMap
from shop.model import Money


def test_a_product_with_variants_comes_back_as_it_was_written(read_text, kettle):
    """The keys are those of the shop's own product."""
    assert read_text(json.dumps(asdict(kettle)), "jsonl") == ([kettle], [])


def test_a_flat_object_is_read_like_a_row(read_text):
    """Numbers keep their exact digits; other keys become attributes."""
    line = {
        "sku": 7,
        "title": "Tee",
        "price": 19.90,
        "organic": True,
        "tags": ["a", "b"],
        "x": None,
    }
    feed_map = FeedMap(columns={"id": "sku"})
    (product,), faults = read_text(json.dumps(line), "jsonl", feed_map)
    assert faults == []
    assert product.id == "7"
    assert product.variants[0].price == Money(1990, "EUR")
    assert product.attributes == {"organic": "yes", "tags": "a, b"}


def test_bad_lines_are_named_and_the_rest_is_read(read_text, kettle):
    """Broken JSON, other values than objects and faulty products are reported with their line."""
    faulty = asdict(kettle)
    faulty["variants"][0]["stock"] = "many"
    products, faults = read_text(
        b'\xef\xbb\xbf{"id": "a", "title": "A", "price": "1"}\n'
        b'{"id": "b", "title"\n'
        b"[1]\n"
        b'{"id": "c", "title": "\xff", "price": 1}\n'
        b'{"id": "d", "title": "\\ud800", "price": 1}\n'
        b'{"id": "e", "title": "E", "price": NaN}\n'
        b"\n" + json.dumps(faulty).encode() + b"\n" + b"[" * 100_000 + b"\n"
        b'{"id": "z", "title": "Z", "price": 1}',
        "jsonl",
    )
    assert [product.id for product in products] == ["a", "z"]
    assert [fault.split(": ")[0] for fault in faults] == ["2", "3", "4", "5", "6", "8", "9"]
    assert faults[1:4] == [
        "3: is not a JSON object",
        "4: is not written in UTF-8",
        "5: is not written in UTF-8",
    ]
    assert faults[5].startswith("8: variants.0.stock: ")
