"""`photos` and its conditions, over a library of real photos."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_sayings import figures, people

if TYPE_CHECKING:
    from tests.cli.conftest import Say


@pytest.fixture
def dated(say: Say, six_people: Path) -> Path:
    """Four photos of six people, of 2018 to 2021, two of them in a folder below."""
    below = six_people / "50% off"
    below.mkdir()
    for year, name in zip(range(2018, 2022), ("whole", "mirrored", "dark", "cropped"), strict=True):
        path = six_people / f"{name}.jpg"
        when = datetime(year, 6, 14, 12).timestamp()
        os.utime(path, (when, when))
        if year >= 2020:
            path.rename(below / path.name)
    say("index", six_people)
    return six_people


def found(say: Say, *words: object) -> set[str]:
    return {Path(file["Filename"]).stem for file in say("photos", *words)["Files"]}


@pytest.mark.usefixtures("dated")
def test_photos_by_who_is_in_them_and_who_is_not(say: Say) -> None:
    anna, ben, *others = people(say)
    say("name", anna, "Anna")
    say("name", ben, "Ben")
    one, two, *_ = figures(say, anna)
    say("split", "Anna", one, "--name", "Dora")
    say("split", "Anna", two, "--name", "Emil")
    everything = found(say)
    of_dora, of_emil = found(say, "--person", "Dora"), found(say, "--person", "Emil")
    assert len(of_dora) == len(of_emil) == 1
    assert found(say, "--any", "Dora", "Emil") == of_dora | of_emil
    assert found(say, "--any", "dora", "--any", "emil") == of_dora | of_emil
    assert found(say, "--person", "Ben", "--without", "Dora", "Emil") == (
        everything - of_dora - of_emil
    )
    assert found(say, "--person", "Ben", "Anna", "--any", "Dora") == set()
    assert found(say, "--person", "Ben", "--only") == set()
    assert found(say, "--only", "--person", "Anna", ben, *others) == (
        everything - of_dora - of_emil
    )
    say("merge", "Emil", "Dora")
    assert found(say, "--person", "Emil") == of_dora | of_emil


def test_photos_by_time_and_place(say: Say, dated: Path) -> None:
    assert found(say, "--since", 2019, "--until", "2020-06") == {"mirrored", "dark"}
    assert found(say, "--since", "2020-06-15") == {"cropped"}
    assert found(say, "--until", "2018-06-14") == {"whole"}
    assert found(say, "--folder", dated / "50% off") == {"dark", "cropped"}
    assert found(say, "--folder", f"{dated}/./") == found(say)
    assert found(say, "--folder", dated / "50") == set()
    assert found(say, "--folder", dated, "--since", 2021) == {"cropped"}


def test_conditions_hold_over_all_pages(say: Say, dated: Path) -> None:
    words = ("--person", people(say)[0], "--folder", dated, "--since", 2019, "--max-results", 2)
    first = say("photos", *words)
    second = say("photos", *words, "--next-token", first["NextToken"])
    names = [file["Filename"] for file in first["Files"] + second["Files"]]
    assert names == ["cropped.jpg", "dark.jpg", "mirrored.jpg"]
    assert second["NextToken"] == ""


@pytest.mark.usefixtures("indexed")
def test_what_is_no_date_and_nobody_is_told(say: Say) -> None:
    assert "2019-06-14" in say("photos", "--since", "yesterday", status=2)["Error"]["Message"]
    assert "no date" in say("photos", "--until", "2019-13", status=2)["Error"]["Message"]
    for option in ("--person", "--any", "--without"):
        assert "Nobody" in say("photos", option, "Zoe", status=2)["Error"]["Message"]
