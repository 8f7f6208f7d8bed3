"""Building each artefact once."""

import io

import pytest
from rich.console import Console

from storekeep.build import Step, build, fingerprint


@pytest.fixture
def made() -> list[str]:
    """The titles of the steps that ran."""
    return []


@pytest.fixture
def run(tmp_path):
    """Builds steps with a quiet terminal."""
    return lambda *steps: build(steps, lock=tmp_path / "lock", console=Console(file=io.StringIO()))


@pytest.fixture
def step(tmp_path, made):
    """Makes steps that write their target."""

    def make(title: str, key: str, *, is_final: bool = False) -> Step:
        def write(report) -> None:
            report(1, 2)
            made.append(title)
            (tmp_path / title).write_text(title)

        return Step(
            title=title,
            target=tmp_path / title,
            stamp=tmp_path / f"{title}.key",
            key=key,
            make=write,
            is_final=is_final,
        )

    return make


def test_what_is_fresh_is_not_built_again(run, step, made):
    """A second build with the same keys does nothing."""
    run(step("a", "1"), step("b", "1"))
    run(step("a", "1"), step("b", "1"))
    assert made == ["a", "b"]


def test_a_changed_key_builds_that_step_only(run, step, made):
    """What does not depend on the change stays."""
    run(step("a", "1"), step("b", "1"))
    run(step("a", "1"), step("b", "2"))
    assert made == ["a", "b", "b"]


def test_a_missing_artefact_is_built_again(run, step, made, tmp_path):
    """Removing the artefact is enough."""
    run(step("a", "1"))
    (tmp_path / "a").unlink()
    run(step("a", "1"))
    assert made == ["a", "a"]


def test_a_damaged_artefact_is_built_again(run, step, made, tmp_path):
    """What nobody should have changed is not trusted; what goes on growing is left alone."""
    for title in ("model", "database"):
        run(step(title, "1", is_final=title == "model"))
        (tmp_path / title).write_text("other content")
        run(step(title, "1", is_final=title == "model"))
    assert made == ["model", "model", "database"]


def test_a_build_that_was_broken_off_is_repeated(run, step, made, tmp_path):
    """Half an artefact of an old key never counts as built."""
    run(step("a", "1"))

    def breaks(_) -> None:
        (tmp_path / "a").write_text("half")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it is this test's own
        run(Step(title="a", target=tmp_path / "a", stamp=tmp_path / "a.key", key="2", make=breaks))
    run(step("a", "1"))
    assert made == ["a", "a"]


def test_a_fingerprint_sees_names_and_contents(tmp_path):
    """Changing, adding or renaming a file changes it; the order of the files does not."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    whole = fingerprint("v", files=(one, two))
    assert whole == fingerprint("v", files=(two, one))
    assert whole != fingerprint("w", files=(one, two))
    assert whole != fingerprint("v", files=(one,))
    two.write_text("3")
    assert whole != fingerprint("v", files=(one, two))
