"""Google Merchant feeds."""

import pytest

from shop.feeds import FeedMap
from shop.model import Money, Product, Variant

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
<title>Shop</title>
%s
</channel>
</rss>
"""


def _item(item_id: str, *, price: str = "15.00 USD", more: str = "") -> str:
    return (
        f"<item><g:id>{item_id}</g:id><title>Dog bowl</title><g:price>{price}</g:price>"
        f"<g:availability>in_stock</g:availability>{more}</item>"
    )


def test_an_item_is_a_product(read_text):
    """Fields of either name space are read; nested ones are not taken for them."""
    more = (
        "<description>Heavy &amp; round</description><link>https://x.example/1</link>"
        "<g:image_link>https://x.example/1.jpg</g:image_link><g:brand>Rex</g:brand>"
        "<g:product_type>Pets &gt; Bowls</g:product_type><g:color>blue</g:color><g:mpn>R1</g:mpn>"
        "<g:shipping><g:country>US</g:country><g:price>9.00 USD</g:price></g:shipping>"
    )
    products, faults = read_text(RSS % _item("1", more=more), "google-merchant")
    assert faults == []
    assert products == [
        Product(
            id="1",
            title="Dog bowl",
            description="Heavy & round",
            brand="Rex",
            category="Pets > Bowls",
            attributes={"Color": "blue", "Mpn": "R1"},
            image="https://x.example/1.jpg",
            link="https://x.example/1",
            variants=(Variant(id="1", options={}, price=Money(1500, "USD"), stock=100),),
        )
    ]


def test_items_of_one_group_are_variants_of_one_product(read_text):
    """They are joined even if another item stands between them."""
    blue = _item("b", more="<g:item_group_id>bowl</g:item_group_id><g:color>blue</g:color>")
    red = _item("r", more="<g:item_group_id>bowl</g:item_group_id><g:color>red</g:color>")
    products, faults = read_text(RSS % (blue + _item("1") + red), "google-merchant")
    assert faults == []
    assert [product.id for product in products] == ["1", "bowl"]
    assert [(each.id, each.options) for each in products[1].variants] == [
        ("b", {"Color": "blue"}),
        ("r", {"Color": "red"}),
    ]


def test_a_lasting_sale_price_is_the_price(read_text):
    """One that holds for a time only is not promised."""
    lasting = "<g:sale_price>12.00 USD</g:sale_price>"
    passing = (
        lasting + "<g:sale_price_effective_date>2026-01-01/2026-01-02</g:sale_price_effective_date>"
    )
    products, _ = read_text(
        RSS % (_item("1", more=lasting) + _item("2", more=passing)), "google-merchant"
    )
    assert [product.variants[0].price.minor for product in products] == [1200, 1500]


def test_a_table_is_read_like_xml(read_text):
    """Headers are written with blanks or underscores, values separated by tabs."""
    products, faults = read_text(
        "id\ttitle\timage link\tprice\tavailability\n1\tBowl\thttps://x.example/1.jpg\t15\tout of stock\n",
        "google-merchant",
        FeedMap(currency="GBP"),
    )
    assert faults == []
    assert products[0].image == "https://x.example/1.jpg"
    assert products[0].variants[0] == Variant(id="1", options={}, price=Money(1500, "GBP"), stock=0)


def test_an_atom_feed_is_read_too(read_text):
    """Entries carry their link as an attribute."""
    products, faults = read_text(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><entry>'
        '<g:id>1</g:id><title>Bowl</title><link href="https://x.example/1"/>'
        "<g:price>1 EUR</g:price></entry></feed>",
        "google-merchant",
    )
    assert faults == []
    assert products[0].link == "https://x.example/1"


def test_bad_items_are_named_and_the_rest_is_read(read_text):
    """The line is that where the item begins."""
    items = [_item("1"), _item(""), _item("2", price="dear"), _item("1"), _item("3")]
    products, faults = read_text(RSS % "\n".join(items), "google-merchant")
    assert [product.id for product in products] == ["1", "3"]
    assert faults == [
        "6: id is missing",
        "7: price 'dear' is not like 1299.00 or 1299.00 EUR",
        "8: id '1' came before, at feed:5",
    ]


def test_lines_are_exact_in_a_large_file(read_text):
    """Many items away the line is still that of the fault."""
    padding = "\n".join(_item(str(number)) + "\n" * 99 for number in range(700))
    products, faults = read_text(RSS % f"{padding}\n{_item('x', price='-1')}", "google-merchant")
    assert len(products) == 700
    assert faults == [f"{5 + 700 * 100}: price '-1' is negative"]


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("<item><g:id>2</item>", "6: is not XML from here on: mismatched tag"),
        ("\x01", "6: is not XML from here on: not well-formed (invalid token)"),
    ],
)
def test_broken_xml_is_named_and_what_came_before_is_kept(read_text, broken, fault):
    """XML cannot be read behind its first mistake."""
    products, faults = read_text(RSS % f"{_item('1')}\n{broken}", "google-merchant")
    assert [product.id for product in products] == ["1"]
    assert faults == [fault]


def test_entities_are_refused(read_text):
    """A file that could fill the memory or read other files is not expanded."""
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "aaaa">]>\n<rss><item>&a;</item></rss>'
    products, faults = read_text(bomb, "google-merchant")
    assert products == []
    assert faults == ["2: declares entities, which no feed needs"]
