"""A clock that is set back, or far ahead: the order of things is that in which they were done."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from app.__main__ import main
from app.library import models
from tests.house.disks import ROOT
from tests.torture.facts import facts
from tests.torture.invariants import journal_agrees, sound

YEARS = timedelta(days=365)


def set_clock(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the library's clock be ahead by so much, or behind."""

    class Shifted(datetime):
        """A clock that is wrong."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            """Not this moment."""
            return datetime.now(tz) + by

    monkeypatch.setattr(models, "datetime", Shifted)


@pytest.mark.parametrize("jumps", [(-20, 0, 40), (40, -20, 0), (0, -1, -2)], ids=str)
def test_words_are_taken_back_in_the_order_in_which_they_were_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
    jumps: tuple[int, ...],
) -> None:  # fmt: skip
    library = tmp_path / "library"
    library.mkdir(mode=0o700)
    shutil.copyfile(ROOT / "tests" / "vintage" / "library-2.db", library / "library.db")
    (library / "library.db").chmod(0o600)

    def say(*words: str) -> str:
        assert main([*words, "--library", str(library), "--json"]) == 0
        return capfd.readouterr().out

    names = ["Anna", *(f"Anna after {years}" for years in jumps)]
    for years, before, after in zip(jumps, names, names[1:], strict=False):
        set_clock(monkeypatch, years * YEARS)
        say("name", before, after)
        say("cluster")
        say("backup")
    made = json.loads(say("backup", "--list"))["Backups"]
    assert [row["Decisions"] for row in made] == sorted(
        (row["Decisions"] for row in made), reverse=True
    ), "the newest is the one that was made last"
    for name in reversed(names[:-1]):
        say("undo")
        shown = {person["Name"] for person in json.loads(say("people"))["FigureClusters"]}
        assert name in shown
    states = {task["Status"] for task in json.loads(say("tasks"))["Tasks"]}
    assert states <= {"done"}
    found = facts(library / "library.db")
    assert found is not None
    assert sound(library, found) + journal_agrees(library, found) == []
