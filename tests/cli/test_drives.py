"""The command line tells of duplicates, and of folders that are not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.__main__ import main
from tests.cli.conftest import Say


def test_duplicates_and_folders_that_are_not_there_are_told(say: Say, indexed: Path) -> None:
    whole = indexed / "whole.jpg"
    elsewhere = indexed.parent / "elsewhere"
    elsewhere.mkdir()
    copy = Path(shutil.copy(whole, elsewhere / "copy.jpg"))
    assert say("index", elsewhere)["Indexed"] == 0
    for path in (whole, copy):
        told = say("meta", path)
        assert (told["URI"], told["Duplicates"]) == (whole.as_uri(), [copy.as_uri()])
        assert "Offline" not in told
    found = say("photos", "--folder", elsewhere)["Files"]
    assert [file["URI"] for file in found] == [whole.as_uri()]
    assert len(say("photos")["Files"]) == 4

    indexed.rename(indexed.parent / "renamed")
    say("index")
    states = {row["URI"]: row["State"] for row in say("folder", "list")["Bindings"]}
    assert states == {indexed.as_uri(): "missing", elsewhere.as_uri(): "watching"}
    assert say("meta", whole)["URI"] == copy.as_uri(), "it can be read there"
    dark = say("meta", indexed / "dark.jpg")
    assert dark["Offline"] is True and len(dark["Figures"]) == 6 and "Duplicates" not in dark

    renamed = indexed.parent / "renamed"
    assert say("index", renamed)["Indexed"] == 0
    states = {row["URI"]: row["State"] for row in say("folder", "list")["Bindings"]}
    assert states == {renamed.as_uri(): "watching", elsewhere.as_uri(): "watching"}
    assert len(say("meta", renamed / "dark.jpg")["Figures"]) == 6
    assert say("meta", renamed / "whole.jpg")["Duplicates"] == [(renamed / "whole.jpg").as_uri()]


def test_people_are_told_in_words(
    say: Say, indexed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(indexed / "whole.jpg", indexed / "again.jpg")
    say("index")
    indexed.rename(indexed.parent / "renamed")
    say("index")
    assert main(["meta", str(indexed / "again.jpg")]) == 0
    told = capfd.readouterr().out
    assert f"a duplicate: {indexed / 'again.jpg'}" in told and "cannot be read now" in told
