"""A policy file is right, or refused with the line that is wrong."""

from pathlib import Path

import pytest

from shop.errors import ConfigError
from shop.policy import Policy, load_policy

ROOT = Path(__file__).parents[3]


def test_the_demo_shops_file_is_the_default():
    """What a shop leaves out is as the demo shop's file says."""
    assert load_policy(ROOT / "data/shop/policy.yml") == Policy()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("claims:\n  valid_minutes: soon\n", ":2: claims.valid_minutes: Input should be a valid"),
        ("claims:\n  valid_minutes: '30'\n", ":2: claims.valid_minutes: Input should be a valid"),
        ("claims:\n  valid_minutes: 0\n", ":2: claims.valid_minutes: Input should be greater"),
        ("\nclaim:\n  valid_minutes: 5\n", ":2: claim: Extra inputs are not permitted"),
        ("claims: 5\n", ":1: claims: Input should be"),
        (
            "claims:\n  valid_minutes: 5\n  valid_minutes: 6\n",
            ":3: valid_minutes stands here again",
        ),
        ("claims:\n\t- x\n", ":2: found character"),
        ("- a\n", ":1: Input should be"),
        ("a: !!python/object:os.system x\n", ":1: could not determine a constructor"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, fault: str):
    """File, line, key and what is wrong stand in the error."""
    path = tmp_path / "policy.yml"
    path.write_text(text)
    with pytest.raises(ConfigError) as raised:
        load_policy(path)
    assert f"{path}{fault}" in str(raised.value)


def test_every_fault_is_named(tmp_path: Path):
    """Two faults are two lines."""
    path = tmp_path / "policy.yml"
    path.write_text("claims:\n  valid_minutes: x\norder_numbers:\n  min_digits: -1\n")
    with pytest.raises(ConfigError) as raised:
        load_policy(path)
    assert [line.split(" ")[0] for line in str(raised.value).splitlines()] == [
        f"{path}:4:",
        f"{path}:2:",
    ]


@pytest.mark.parametrize("content", [None, b"claims: \xff\n"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None):
    """A missing file and one in another encoding are refused by name."""
    path = tmp_path / "policy.yml"
    if content:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"policy\.yml: "):
        load_policy(path)


def test_an_empty_file_changes_nothing(tmp_path: Path):
    """A file of comments leaves everything as in the demo shop."""
    path = tmp_path / "policy.yml"
    path.write_text("# nothing yet\n")
    assert load_policy(path) == Policy()


def test_more_digits_at_least_than_at_most_are_refused(tmp_path: Path):
    """An order number that cannot exist is a mistake."""
    path = tmp_path / "policy.yml"
    path.write_text("order_numbers:\n  min_digits: 9\n  max_digits: 4\n")
    with pytest.raises(ConfigError, match=r"policy.yml:1: order_numbers: .*min_digits"):
        load_policy(path)
