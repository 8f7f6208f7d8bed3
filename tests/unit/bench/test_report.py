"""What a benchmark leaves behind."""

import json

from bench.report import Figure, report


def test_figures_are_printed_and_written(tmp_path, capsys):
    """One row a case in the table, one object a figure in the file."""
    figures = [
        Figure(bench="search", case="bm25", metric="ndcg@10", value=0.7261),
        Figure(bench="search", case="storekeep", metric="ndcg@10", value=0.8012),
    ]
    report("Product search", figures, tmp_path / "figures.json")
    assert json.loads((tmp_path / "figures.json").read_text()) == [
        {"bench": "search", "case": "bm25", "metric": "ndcg@10", "value": 0.7261},
        {"bench": "search", "case": "storekeep", "metric": "ndcg@10", "value": 0.8012},
    ]
    assert "0.801" in capsys.readouterr().out
