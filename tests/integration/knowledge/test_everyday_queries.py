"""What customers type finds the right kind of product, with the shipped encoder and vocabulary."""

from pathlib import Path

import pytest

from knowledge.catalogue import CatalogueIndex, build_catalogue_index
from knowledge.encoder import Encoder
from knowledge.vocabulary import load_vocabulary
from shop.feeds import FeedMap, read
from shop.model import Money, Product, Variant
from storekeep.artefacts import ENCODER, VOCABULARY
from storekeep.records import DEMO_SHOP

pytestmark = pytest.mark.integration

# a shop of computers as wholesalers describe it: what fits a thing speaks more of it than itself
COMPUTERS = {
    "nb-15": ('Orla Fen 15 Notebook Grey 39.6 cm (15.6") 8 GB 512 GB SSD', "Notebook"),
    "nb-17": ('Orla Fen 17 Notebook Black 43.9 cm (17.3") 16 GB 1 TB SSD', "Notebook"),
    "bag": ('Tarn City Laptop Bag 15.6" Black', ""),
    "sleeve": ("Tarn Neoprene Sleeve for 15 inch laptops", ""),
    "screen": ('Tarn Laptop privacy filter screen 15"', ""),
    "toner": ("HP 314A toner cartridge Original Black 1 pc(s)", ""),
    "cyan": ("HP 314A toner cartridge Original Cyan 1 pc(s)", ""),
    "printer": ("HP LaserJet 1300n Printer", ""),
    "lamp": ("Sunor projector lamp 230 W", ""),
    "projector": ("Sunor XP80 data projector 3000 lumens", ""),
}


@pytest.fixture(scope="module")
def encoder():
    return Encoder.load(ENCODER)


@pytest.fixture(scope="module")
def open_index(tmp_path_factory, encoder):
    """Builds the index of some products and opens it."""

    def open_index(products: list[Product]) -> CatalogueIndex:
        folder: Path = tmp_path_factory.mktemp("index")
        build_catalogue_index(folder, products, encoder, vocabulary=load_vocabulary(VOCABULARY))
        return CatalogueIndex.open(folder, encoder)

    return open_index


@pytest.fixture(scope="module")
def demo(open_index):
    rows = read([DEMO_SHOP / "products.jsonl"], "jsonl", FeedMap())
    return open_index([row for row in rows if isinstance(row, Product)])


@pytest.fixture(scope="module")
def computers(open_index):
    return open_index([_product(i, *about) for i, about in COMPUTERS.items()])


def _product(product_id: str, title: str, category: str) -> Product:
    variant = Variant(id=product_id, options={}, price=Money(100, "EUR"), stock=1)
    brand = title.split(maxsplit=1)[0]
    return Product(id=product_id, title=title, brand=brand, category=category, variants=(variant,))


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("kettle", "kettle-"),
        ("cafetiere", "coffee-press-"),
        ("coffee grinder", "coffee-grinder-"),
        ("kitchen knife", "knife-"),
        ("skillet", "pan-frying-"),
        ("pillow", "pillow-"),
        ("comforter", "duvet-"),
        ("desk lamp", "lamp-desk-"),
        ("lamp", "lamp-"),
        ("hoover", "vacuum-"),
        ("27 inch monitor", "monitor-27"),
        ('15" monitor', "monitor-portable-15"),
        ("mechanical keyboard", "keyboard-"),
        ("gaming mouse", "mouse-"),
        ("noise cancelling headphones", "headphones-"),
        ("portable charger", "powerbank-"),
        ("phone charger", "charger-"),
        ("usb c cable", "cable-usbc"),
        ("laptop stand", "laptop-stand"),
        ("tablet", "tablet-"),
        ("ebook reader", "ereader-"),
        ("tent for two", "tent-"),
        ("rucksack", "backpack-"),
        ("head torch", "headlamp-"),
        ("bike helmet", "bike-helmet-"),
        ("waterproof jacket", "jacket-"),
        ("hiking boots", "boots-hiking"),
        ("tee", "tshirt-"),
        ("blue sweater", "jumper-"),
        ("trainers", "shoes-"),
        ("pruning shears", "secateurs-"),
        ("watering can", "watering-can-"),
        ("gift card", "gift-card"),
    ],
)
def test_the_demo_shop_finds_the_kind_of_thing(demo, query, kind):
    """The first hit is what the customer names, in the shop's words or in others."""
    assert demo.search(query, 1)[0].product_id.startswith(kind)


@pytest.mark.parametrize(
    ("query", "things"),
    [
        ("laptop", {"nb-15", "nb-17"}),
        ("15 inch laptop", {"nb-15"}),
        ('17" notebook', {"nb-17"}),
        ("laptop bag", {"bag"}),
        ("sleeve for a 15 inch laptop", {"sleeve"}),
        ("projector", {"projector"}),
        ("projector lamp", {"lamp"}),
        ("laser printer", {"printer"}),
        ("hp toner black", {"toner"}),
    ],
)
def test_a_thing_comes_before_what_goes_with_it(computers, query, things):
    """And what goes with it comes first where that is asked for."""
    first = computers.search(query, len(things))
    assert {hit.product_id for hit in first} == things
