"""Tables with one product a row."""

import pytest

from shop.feeds import FeedMap
from shop.model import Money, Product, Variant


def test_columns_become_fields_and_attributes(read_text):
    """Known columns fill the product, others are its attributes, empty ones are left out."""
    products, faults = read_text(
        "id,title,price,stock,brand,category,description,image,link,Colour,Size\n"
        'k1,"Kettle, red",39.90,3,Hearth,Kitchen,"Boils\n<b>a</b> litre",https://x.example/k.jpg,/k1,red,\n',
        "csv",
    )
    assert faults == []
    assert products == [
        Product(
            id="k1",
            title="Kettle, red",
            description="Boils a litre",
            brand="Hearth",
            category="Kitchen",
            attributes={"Colour": "red"},
            image="https://x.example/k.jpg",
            link="/k1",
            variants=(Variant(id="k1", options={}, price=Money(3990, "EUR"), stock=3),),
        )
    ]


def test_a_map_renames_columns(read_text):
    """The shop's own names, currency and stock are used where the map says so."""
    feed_map = FeedMap(
        columns={"id": "Art", "title": "Name", "price": "Preis"}, currency="CHF", assumed_stock=7
    )
    products, faults = read_text("Art;Name;Preis\n1;Tee;1.299,50\n", "csv", feed_map)
    assert faults == []
    assert products[0].title == "Tee"
    assert products[0].variants[0].price == Money(129950, "CHF")
    assert products[0].variants[0].stock == 7


def test_bad_rows_are_named_and_the_rest_is_read(read_text):
    """Each fault comes with the line where its row begins."""
    products, faults = read_text(
        b"id,title,price\n"  # 1
        b'a,"A\nover two lines",1\n'  # 2
        b",No id,1\n"  # 4
        b"b,,1\n"  # 5
        b"c,No price,\n"  # 6
        b"d,Negative,-1\n"  # 7
        b"e,Latin \xe9,1\n"  # 8
        b"a,Again,1\n"  # 9
        b"f,Too,many,cells\n"  # 10
        b"\n"  # 11
        b"g,Few\n"  # 12
        b"h,Words,free\n"  # 13
        b"i,Last,2\n",  # 14
        "csv",
    )
    assert [product.id for product in products] == ["a", "i"]
    assert faults == [
        "4: id is missing",
        "5: title is missing",
        "6: price is missing",
        "7: price '-1' is negative",
        "8: is not written in UTF-8",
        "9: id 'a' came before, at feed:2",
        "10: has 4 cells, the header has 3",
        "12: price is missing",
        "13: price 'free' is not like 1299.00 or 1299.00 EUR",
    ]


def test_a_missing_column_is_named_once(read_text):
    """A file of another kind is not reported row by row."""
    assert read_text("sku,name\n1,a\n2,b\n", "csv") == ([], ["1: has no column 'id'"])


@pytest.mark.parametrize("content", ["", "\n\n", "id,title,price\n"])
def test_a_file_without_products_is_reported(read_text, content):
    """An empty file is not an import that went well."""
    assert read_text(content, "csv") == ([], ["1: holds no products"])
