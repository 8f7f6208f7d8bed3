"""The catalogue index: found by code, words and meaning; rebuilt without waste or gaps."""

import pytest

from knowledge.catalogue import CatalogueIndex, build_catalogue_index, new_catalogue_index
from knowledge.errors import IndexMismatch, IndexMissing
from knowledge.vocabulary import Vocabulary


@pytest.fixture
def products(product):
    return [
        product("p1", "Red wool socks", attributes={"EAN": "4006381333931"}),
        product("p2", "Blue wool socks"),
        product("p3", "Steel kettle", attributes={"Part number": "K-100"}),
    ]


def _found(index, query, k=10):
    return [hit.product_id for hit in index.search(query, k)]


def test_the_best_match_comes_first(tmp_path, products, encoder):
    """All words before some; what has nothing to do with the query stays away."""
    build_catalogue_index(tmp_path, products, encoder)
    assert _found(CatalogueIndex.open(tmp_path, encoder), "red socks") == ["p1", "p2"]


def test_scores_lie_between_0_and_1(tmp_path, products, encoder):
    """The title itself comes near 1."""
    build_catalogue_index(tmp_path, products, encoder)
    hits = CatalogueIndex.open(tmp_path, encoder).search("red wool socks", 10)
    assert 1 >= hits[0].score > 0.9 > hits[1].score > 0


@pytest.mark.parametrize("query", ["4006381333931", "socks like 4006381333931", "P1"[::-1] * 2])
def test_a_code_comes_before_all_words(tmp_path, product, products, encoder, query):
    """An EAN or id in the query names its product, whatever else is said."""
    named = product("1p1p", "Blue socks for every day", attributes={"ean": "4006381333931"})
    build_catalogue_index(tmp_path, [*products[1:], named], encoder)
    assert _found(CatalogueIndex.open(tmp_path, encoder), query)[0] == "1p1p"


def test_a_part_number_is_found_however_it_is_spaced(tmp_path, products, encoder):
    """Customers write "k 100" for "K-100"."""
    build_catalogue_index(tmp_path, products, encoder)
    assert _found(CatalogueIndex.open(tmp_path, encoder), "the k 100 please")[0] == "p3"


@pytest.mark.parametrize("query", ["", " ", "🙂", "\u202e", "zzz", "\x00"])
def test_a_query_without_meaning_finds_nothing(tmp_path, products, encoder, query):
    """Nothing is made up for it."""
    build_catalogue_index(tmp_path, products, encoder)
    assert _found(CatalogueIndex.open(tmp_path, encoder), query) == []


def test_no_more_are_found_than_asked_for(tmp_path, products, encoder):
    """The limit holds with codes among the hits."""
    build_catalogue_index(tmp_path, products, encoder)
    assert _found(CatalogueIndex.open(tmp_path, encoder), "socks 4006381333931", 1) == ["p1"]


def test_an_empty_catalogue_can_be_searched(tmp_path, encoder):
    """A shop without products yet finds none."""
    build_catalogue_index(tmp_path, [], encoder)
    assert _found(CatalogueIndex.open(tmp_path, encoder), "socks") == []


def test_only_new_texts_are_encoded(tmp_path, product, products, encoder):
    """A second import encodes what it does not know, and nothing where nothing differs."""
    build_catalogue_index(tmp_path, products, encoder)
    encoder.encoded.clear()
    build_catalogue_index(tmp_path, [product("p4", "Green tea"), *products], encoder)
    assert encoder.encoded == ["Green tea"]
    assert _found(CatalogueIndex.open(tmp_path, encoder), "red socks") == ["p1", "p2"]


def test_an_equal_catalogue_changes_nothing(tmp_path, products, encoder):
    """The version that serves stays the same."""
    build_catalogue_index(tmp_path, products, encoder)
    before = (tmp_path / "current").read_text()
    build_catalogue_index(tmp_path, products, encoder)
    assert (tmp_path / "current").read_text() == before


def test_progress_counts_every_product_once(tmp_path, product, products, encoder):
    """New, known and unchanged ones alike."""
    for catalogue in (products, products, [*products, product("p4", "Green tea")]):
        done = []
        build_catalogue_index(tmp_path, catalogue, encoder, done.append)
        assert sum(done) == len(catalogue)


def test_readers_notice_a_new_index(tmp_path, products, encoder):
    """Without being opened again."""
    build_catalogue_index(tmp_path, products[:1], encoder)
    index = CatalogueIndex.open(tmp_path, encoder)
    build_catalogue_index(tmp_path, products, encoder)
    assert (_found(index, "kettle"), len(index)) == (["p3"], 3)


def test_a_build_that_fails_leaves_the_old_index_serving(tmp_path, products, encoder):
    """What goes wrong while the records are kept switches nothing."""
    build_catalogue_index(tmp_path, products[:1], encoder)
    index = CatalogueIndex.open(tmp_path, encoder)
    with pytest.raises(OSError, match="full"), new_catalogue_index(tmp_path, products, encoder):
        raise OSError("disk full")
    assert (_found(index, "kettle"), len(index)) == ([], 1)


def test_the_index_of_another_encoder_is_refused(tmp_path, products, encoder, another_encoder):
    """Its vectors would mean nothing; the remedy is named."""
    build_catalogue_index(tmp_path, products, encoder)
    with pytest.raises(IndexMismatch, match="storekeep build"):
        CatalogueIndex.open(tmp_path, another_encoder)


def test_another_encoder_builds_from_scratch(tmp_path, products, encoder, another_encoder):
    """No vector of the old one is used again."""
    build_catalogue_index(tmp_path, products, encoder)
    build_catalogue_index(tmp_path, products, another_encoder)
    assert len(another_encoder.encoded) == len(products)


@pytest.mark.parametrize("name", ["entries.json", "vectors.faiss", "words/vocab.index.json"])
def test_a_broken_index_is_named_and_built_anew(tmp_path, products, encoder, name):
    """A truncated file says what to do, and doing it helps."""
    build_catalogue_index(tmp_path, products, encoder)
    (tmp_path / (tmp_path / "current").read_text() / name).write_bytes(b"{")
    with pytest.raises(IndexMissing, match="storekeep build"):
        CatalogueIndex.open(tmp_path, encoder)
    build_catalogue_index(tmp_path, products, encoder)
    assert _found(CatalogueIndex.open(tmp_path, encoder), "kettle") == ["p3"]


def test_a_thing_comes_before_what_goes_with_it(tmp_path, product, encoder):
    """Who asks for a laptop gets laptops before laptop bags, and bags by asking for bags."""
    bag = product("p1", "Laptop bag")
    laptop = product("p2", "Slate laptop grey", category="Laptops")
    vocabulary = Vocabulary(accessories=["bag"])
    build_catalogue_index(tmp_path, [bag, laptop], encoder, vocabulary=vocabulary)
    index = CatalogueIndex.open(tmp_path, encoder)
    assert _found(index, "laptop") == ["p2", "p1"]
    assert _found(index, "laptop bag")[0] == "p1"


def test_another_vocabulary_serves_without_encoding_anew(tmp_path, products, encoder):
    """The words are indexed again, the vectors stay."""
    build_catalogue_index(tmp_path, products, encoder)
    index = CatalogueIndex.open(tmp_path, encoder)
    assert _found(index, "boiler") == []
    encoder.encoded.clear()
    vocabulary = Vocabulary(synonyms=[["kettle", "boiler"]])
    build_catalogue_index(tmp_path, products, encoder, vocabulary=vocabulary)
    assert encoder.encoded == []
    assert _found(index, "boiler") == ["p3"]


def test_a_measure_in_a_query_is_no_code(tmp_path, product, encoder):
    """Some part's number is 500GB; who asks for that much does not mean the part."""
    part = product("p1", "Cable", attributes={"Part number": "500GB"})
    build_catalogue_index(tmp_path, [part, product("p2", "Disk 500 GB")], encoder)
    assert _found(CatalogueIndex.open(tmp_path, encoder), "disk 500GB")[0] == "p2"


def test_a_product_fits_by_its_name_and_not_by_what_it_goes_with(tmp_path, product, encoder):
    """A shop without laptops has a bag that speaks of them; it is near, and no laptop."""
    bag = product("p1", "Bag for work", description="Holds a laptop, a bottle and more than that")
    laptop = product("p2", "Laptop")
    build_catalogue_index(tmp_path / "a", [bag, laptop], encoder)
    hits = CatalogueIndex.open(tmp_path / "a", encoder).search("laptop", 5)
    assert [(hit.product_id, hit.fits) for hit in hits] == [("p2", True), ("p1", False)]


def test_what_is_like_a_product_is_found_without_it(tmp_path, products, encoder):
    """The nearest first; an id that the index does not know is like nothing."""
    build_catalogue_index(tmp_path, products, encoder)
    index = CatalogueIndex.open(tmp_path, encoder)
    assert len(index.similar("p1", 2)) == 2
    assert "p1" not in index.similar("p1", 10)
    assert index.similar("p9", 2) == []
