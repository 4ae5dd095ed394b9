"""The benchmark of stacks counts what is found and what is wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.benchmarks.stacks import (
    STEPS,
    VERSIONS,
    Looks,
    false_pairs,
    found_shares,
    judged,
    main,
    make_album,
)


def looks(bits: list[int], edges: list[list[float]]) -> Looks:
    return Looks(np.array(bits, np.uint64), np.array(edges, np.float32))


def test_shares_and_pairs_are_counted_by_bits_and_by_edges() -> None:
    originals = looks([0, 0b11, 2**64 - 1], [[1, 0], [1, 0], [0, 1]])
    versions = looks([0b11111, 0b11, 0], [[1, 0], [0, 1], [0, 1]])
    shares = found_shares(originals, versions)
    assert shares[STEPS.index(4)] == pytest.approx(1 / 3)
    assert shares[STEPS.index(6)] == pytest.approx(2 / 3)
    assert shares[-1] == pytest.approx(1 / 3), "of the second the edges are other ones"
    count, wrong = false_pairs(originals)
    assert (count, wrong[0], wrong[-1]) == (3, 1, 1)


def test_what_stands_together_is_held_against_what_it_was_made_of() -> None:
    made = {
        "a.jpg": (0, ""), "b.jpg": (0, "grey"), "c.jpg": (0, "darker"), "d.jpg": (1, ""),
        "e.jpg": (2, ""),
    }  # fmt: skip
    tops = {"a.jpg": 1, "b.jpg": 1, "c.jpg": None, "d.jpg": 4, "e.jpg": 4}
    told = judged(made, tops, ["one", "two", "three"])
    assert [line.split() for line in told] == [
        ["darker", "0.0", "%", "of", "1"],
        ["grey", "100.0", "%", "of", "1"],
        ["2", "stacks;", "of", "different", "photos:", "1"],
        ["two,", "three"],
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three photos that have nothing in common."""
    made = tmp_path / "photos"
    made.mkdir()
    for seed in range(3):
        random = np.random.default_rng(seed)
        rough = Image.fromarray(random.integers(0, 255, (6, 8, 3), np.uint8))
        rough.resize((320, 240), Image.Resampling.BICUBIC).save(made / f"{seed}.png")
    return made


def test_an_album_has_every_version_of_every_second_photo(folder: Path, tmp_path: Path) -> None:
    into = tmp_path / "album"
    into.mkdir()
    made = make_album(sorted(folder.iterdir()), 2, into)
    assert len(made) == 3 + 2 * len(VERSIONS) == len(list(into.iterdir()))
    assert {name for _, name in made.values()} == {"", *VERSIONS}


def test_it_prints_a_row_for_each_version(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--photos", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(VERSIONS) + 2
    assert lines[-1].startswith("of 3 other pairs")
    grey = next(line for line in lines if line.startswith("grey"))
    assert grey.split()[1] == "100.0"
    assert main(["--photos", str(folder / "none")]) == 2
