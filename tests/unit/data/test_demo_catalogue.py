"""The demo shop's products are described, told apart and drawn."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from shop.model import Product

SVG = "{http://www.w3.org/2000/svg}"
PASSIVE = {"svg", "title", "rect", "circle", "ellipse", "path", "g"}


def test_products(products: dict[str, Product]) -> None:
    """A product is described in a few sentences and sold at its own address, in euros."""
    for product in products.values():
        assert 18 <= len(product.description.split()) <= 55, product.id
        assert product.brand, product.id
        assert product.image == f"/images/{product.id}.svg"
        assert product.link == f"/products/{product.id}"
        for variant in product.variants:
            assert variant.price.minor > 0, variant.id
            assert variant.price.currency == "EUR", variant.id


def test_titles_and_descriptions_differ(products: dict[str, Product]) -> None:
    """No two products have the same title or the same description."""
    assert Counter(p.title for p in products.values()).most_common(1)[0][1] == 1
    assert Counter(p.description for p in products.values()).most_common(1)[0][1] == 1


def test_variants(products: dict[str, Product]) -> None:
    """A product's variants have the same options, each in another combination."""
    for product in products.values():
        choices = [frozenset(variant.options.items()) for variant in product.variants]
        assert 1 <= len(choices) <= 12, product.id
        assert len(set(choices)) == len(choices), product.id
        assert len({frozenset(variant.options) for variant in product.variants}) == 1, product.id


def test_stock_varies(products: dict[str, Product]) -> None:
    """Some variants are sold out, some nearly, and most are there."""
    stock = [variant.stock for product in products.values() for variant in product.variants]
    assert min(stock) == 0
    assert 20 <= stock.count(0) <= len(stock) / 5
    assert sum(1 <= count <= 3 for count in stock) >= 20


def test_pictures(data: Path, products: dict[str, Product]) -> None:
    """Each product has one picture: small, passive, and named like the product."""
    paths = {path.stem: path for path in (data / "shop" / "images").iterdir()}
    assert paths.keys() == products.keys()
    for name, path in paths.items():
        root = ET.parse(path).getroot()
        assert path.stat().st_size <= 3072, name
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= PASSIVE, name
        assert root.findtext(f"{SVG}title") == products[name].title


def test_pictures_differ(data: Path) -> None:
    """At least 35 objects are drawn, whatever their colours."""
    drawings = {
        tuple(
            tuple(sorted((key, value) for key, value in element.attrib.items() if key != "fill"))
            for element in ET.parse(path).getroot().iter()
        )
        for path in (data / "shop" / "images").iterdir()
    }
    assert len(drawings) >= 35
