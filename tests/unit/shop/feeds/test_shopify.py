"""Shopify's product export."""

from shop.feeds import FeedMap
from shop.model import Money, Product, Variant

HEADER = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,"
    "Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Status\n"
)


def test_rows_of_one_handle_are_one_product(read_text):
    """Further rows are variants if they have a price, and pictures if not."""
    products, faults = read_text(
        HEADER
        + "tee,Tee,<p>Soft</p>,Loom,Shirts,summer,true,Color,Red,Size,S,T-R-S,5,19.90,https://x.example/1.jpg,active\n"
        + "tee,,,,,,,,Red,,M,T-R-M,0,21.90,,\n"
        + "tee,,,,,,,,,,,,,,https://x.example/2.jpg,\n"
        + "mug,Mug,,Clay,Cups,,true,Title,Default Title,,,,-1,8,,active\n",
        "shopify",
        FeedMap(currency="USD"),
    )
    assert faults == []
    assert products == [
        Product(
            id="tee",
            title="Tee",
            description="Soft",
            brand="Loom",
            category="Shirts",
            attributes={"Tags": "summer"},
            image="https://x.example/1.jpg",
            link="/products/tee",
            variants=(
                Variant(
                    id="T-R-S",
                    options={"Color": "Red", "Size": "S"},
                    price=Money(1990, "USD"),
                    stock=5,
                ),
                Variant(
                    id="T-R-M",
                    options={"Color": "Red", "Size": "M"},
                    price=Money(2190, "USD"),
                    stock=0,
                ),
            ),
        ),
        Product(
            id="mug",
            title="Mug",
            brand="Clay",
            category="Cups",
            link="/products/mug",
            variants=(Variant(id="mug-1", options={}, price=Money(800, "USD"), stock=0),),
        ),
    ]


def test_what_is_not_on_sale_is_left_out(read_text):
    """Drafts, archived and unpublished products are not offered to customers."""
    products, faults = read_text(
        HEADER
        + "a,A,,,,,true,,,,,,1,1,,draft\n"
        + "b,B,,,,,false,,,,,,1,1,,active\n"
        + "c,C,,,,,true,,,,,,1,1,,archived\n"
        + "d,D,,,,,TRUE,,,,,,1,1,,\n",
        "shopify",
    )
    assert faults == []
    assert [product.id for product in products] == ["d"]


def test_bad_products_are_named_by_their_first_line(read_text):
    """A fault in any variant is a fault of the product."""
    products, faults = read_text(
        HEADER
        + "a,A,,,,,,,,,,,1,1,,\n"
        + "b,B,,,,,,Size,S,,,b-s,1,1,,\n"
        + "b,,,,,,,,M,,,b-m,1,cheap,,\n"
        + "c,C,,,,,,,,,,,1,,,\n"
        + ",E,,,,,,,,,,,1,1,,\n"
        + "f,F,,,,,,,S,,,same,1,1,,\n"
        + "f,,,,,,,,M,,,same,1,1,,\n",
        "shopify",
    )
    assert [product.id for product in products] == ["a"]
    assert faults == [
        "3: price 'cheap' is not like 1299.00 or 1299.00 EUR",
        "5: has no variant with a price",
        "6: id is missing",
        "7: 2 variants have the id 'same'",
    ]


def test_an_export_of_something_else_is_refused(read_text):
    """A file of orders has no column of prices."""
    assert read_text("Name,Email\n#1,a@example.com\n", "shopify") == (
        [],
        ["1: has no column 'Handle'"],
    )
