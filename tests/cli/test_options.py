"""kinfolk settings: what is listed, set, refused, and followed by a Kinfolk that is open."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.__main__ import main
from app.bootstrap import build
from app.paths import Paths
from app.settings import OPTIONS

if TYPE_CHECKING:
    from tests.cli.conftest import Say


@pytest.fixture
def lines(capfd: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """Speaks a command and gives its lines: standard output, or error where it fails."""

    def speak(*words: str, status: int = 0) -> list[str]:
        capfd.readouterr()
        assert main(words) == status
        told = capfd.readouterr()
        return (told.err if status else told.out).splitlines()

    return speak


def test_all_are_listed_with_what_they_are(say: Say, lines: Callable[..., list[str]]) -> None:
    listed = say("settings")["Settings"]
    assert [one["Name"] for one in listed] == [option.name for option in OPTIONS]
    pace = next(one for one in listed if one["Name"] == "pace")
    assert (pace["Value"], pace["Default"]) == ("auto", "auto")
    assert pace["Choices"] == ["auto", "full", "gentle"]
    told = lines("settings")
    assert len(told) == len(OPTIONS) + 1
    for option in OPTIONS:
        line = next(line for line in told if line.startswith(f"{option.name} "))
        for part in (str(option.default), option.unit, option.sentence):
            assert part in line
    assert not Paths.for_user().data.exists(), "to ask makes nothing"


def test_one_is_set_and_shown(say: Say) -> None:
    (one,) = say("settings", "pace", "gentle")["Settings"]
    assert one["Value"] == "gentle"
    assert say("settings", "pace") == {"Settings": [one]}
    (number,) = say("settings", "photo_seconds", "90")["Settings"]
    assert (number["Value"], number["Default"], number["Unit"]) == (90, 60, "s")
    written = Paths.for_user().settings
    assert json.loads(written.read_text()) == {"pace": "gentle", "photo_seconds": 90}
    assert written.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("paces",), "There is no setting paces"),
        (("paces", "full"), "There is no setting paces"),
        (("pace", "fast"), "The setting pace cannot be fast: it is one of auto, full, gentle."),
        (("workers", "many"), "The setting workers cannot be many"),
        (("workers", "1", "2"), "unrecognized arguments"),
    ],
)
def test_what_is_wrong_is_one_line(
    words: tuple[str, ...], reason: str, lines: Callable[..., list[str]]
) -> None:
    (line,) = lines("settings", *words, status=2)
    assert line.startswith("kinfolk: ") and reason in line
    assert not Paths.for_user().data.exists()


def test_what_keeps_the_library_closed_can_be_mended(say: Say) -> None:
    say("settings", "workers", "1")
    Paths.for_user().settings.write_text('{"pace": "hasty"}')
    assert "cannot be hasty" in say("people", status=2)["Error"]["Message"]
    say("settings", "pace", "auto")
    assert say("people")["TotalCount"] == 0


def test_a_kinfolk_that_is_open_follows(say: Say) -> None:
    house = build(None, "Photos")
    try:
        house.indexer.start()
        assert house.indexer.choices.pace.workers >= 1
        say("settings", "workers", "7")
        assert house.indexer.choices.settings.workers == 7
        say("settings", "pace", "gentle")
        assert house.indexer.choices.pace.workers == 1
    finally:
        house.close()


def test_the_library_may_lie_elsewhere(say: Say, tmp_path: Path) -> None:
    say("settings", "theme", "dark", "--library", tmp_path / "other")
    assert (tmp_path / "other" / "settings.json").is_file()
    assert say("settings", "theme")["Settings"][0]["Value"] == "system"


def test_what_the_user_has_to_know_is_said(
    six_people: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A provider that was chosen by hand and cannot be used: once, and the work is done."""
    assert main(["settings", "provider", "coreml"]) == 0
    capfd.readouterr()
    assert main(["index", str(six_people)]) == 0
    told = capfd.readouterr().err
    assert told.count("The models run on the processor, not on coreml: ") == 1


def test_what_a_threshold_would_change_is_told_and_not_done(
    six_people: Path, say: Say, lines: Callable[..., list[str]]
) -> None:
    say("index", six_people)
    told = say("settings", "min_photos", "5", "--preview")["Preview"]
    assert (told["Name"], told["Value"], told["Faces"]) == ("min_photos", 5, 24)
    assert told["Cards"] == {"Before": 6, "After": 0, "Come": 0, "Go": 6}
    assert {one["Move"] for one in told["Examples"]} == {"card goes"}
    assert say("settings", "min_photos")["Settings"][0]["Value"] == 3, "nothing was set"
    assert "Cards: 6 before, 0 after; 0 come, 6 go." in lines(
        "settings", "min_photos", "5", "--preview"
    )
    same = lines("settings", "strictness", "0", "--preview")
    assert same == ["None of 24 faces and 6 groups would change.", "Nothing was changed."]
    own = say("settings", "min_photos", "library", "--preview", "--collection", "Photos")
    assert own["Preview"]["Value"] is None
    days = say("settings", "stranger_days", "1", "--preview")["Preview"]["Strangers"]
    assert days == {"Before": 0, "Faces": 0, "FigureClusters": 0, "Files": 0}
    assert say("settings", "visit_minutes", "5", "--preview")["Preview"]["Unused"] is True
    for words, reason in (
        (("settings", "--preview"), "Say which setting"),
        (("settings", "pace", "full", "--preview"), "no preview of it"),
        (("settings", "min_photos", "many", "--preview"), "cannot be many"),
        (("settings", "strictness", "2", "--preview", "--collection", "Photos"), "of the library"),
    ):
        (line,) = lines(*words, status=2)
        assert reason in line


def test_the_way_to_regroup_is_said_where_no_kinfolk_is_open(
    say: Say, capfd: pytest.CaptureFixture[str]
) -> None:
    say("settings", "strictness", "-2")
    assert main(["settings", "strictness", "-3"]) == 0
    assert "follow when Kinfolk is opened" in capfd.readouterr().err
    assert json.loads(Paths.for_user().settings.read_text()) == {
        "packs": {"compact": {"strictness": -3}}
    }
