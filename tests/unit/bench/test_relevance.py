"""Measures of a ranking, against values worked out by hand."""

import pytest

from bench.relevance import condensed_ndcg, ndcg, recall, reciprocal_rank

GRADES = {"best": 3, "good": 1, "bad": 0}


def test_the_ideal_ranking_scores_1():
    """By every measure."""
    ranking = ["best", "good", "bad"]
    for measure in (ndcg, condensed_ndcg, recall, reciprocal_rank):
        assert measure(ranking, GRADES) == pytest.approx(1)


def test_ndcg_discounts_by_the_logarithm_of_the_place():
    """Gains of 7 and 1: (1 / log2(2) + 7 / log2(3)) / (7 / log2(2) + 1 / log2(3))."""
    assert ndcg(["good", "best"], GRADES) == pytest.approx(5.41650 / 7.63093, abs=1e-5)


def test_unjudged_results_count_as_useless_unless_condensed():
    """A result that nobody judged takes a place only in the plain measure."""
    ranking = ["unknown", "best", "good"]
    assert ndcg(ranking, GRADES) < 1
    assert condensed_ndcg(ranking, GRADES) == pytest.approx(1)


def test_nothing_found_scores_0():
    """By every measure."""
    for measure in (ndcg, condensed_ndcg, recall, reciprocal_rank):
        assert measure([], GRADES) == 0


def test_only_the_first_results_count():
    """Ten for the reciprocal rank, a hundred for the recall."""
    late = [f"unknown-{place}" for place in range(100)] + ["best", "good"]
    assert (reciprocal_rank(late, GRADES), recall(late, GRADES)) == (0, 0)
