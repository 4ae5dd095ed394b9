"""task and tasks: every kind of work is listed, as somebody types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.__main__ import main
from app.library.commands.tasks import start_task
from app.library.database import Library
from app.library.queries.folders import collections
from app.library.rows import TaskType
from tests.cli.conftest import Say


def newest(say: Say, kind: str) -> dict[str, object]:
    found: dict[str, object] = say("tasks", "--type", kind)["Tasks"][0]
    return found


def test_every_kind_of_work_is_a_task(say: Say, indexed: Path, tmp_path: Path) -> None:
    assert indexed.is_dir()
    assert newest(say, "backup")["Result"]["Reason"] == "daily"  # type: ignore[index]
    say("backup", tmp_path / "stick")
    assert newest(say, "backup")["Result"]["Reason"] == "asked"  # type: ignore[index]
    say("cluster", "--rebuild")
    assert newest(say, "rebuild")["Result"]["FigureClusters"] == 6  # type: ignore[index]
    say("doctor")
    assert say("tasks", "--type", "repair")["Tasks"] == [], "who only looks changes nothing"
    say("doctor", "--repair")
    assert newest(say, "repair")["Result"].items() >= {"Problems": 0, "Mended": 0}.items()  # type: ignore[attr-defined]
    key = say("people")["FigureClusters"][0]["ObjectId"]
    say("forget", key)
    assert newest(say, "erase")["Result"]["What"] == "person"  # type: ignore[index]
    say("erase", "--yes")
    assert newest(say, "erase")["Result"]["What"] == "faces"  # type: ignore[index]
    say("restore", next((tmp_path / "stick").iterdir()))
    listed = say("tasks")["Tasks"]
    assert (listed[0]["TaskType"], listed[0]["Status"]) == ("restore", "done")
    assert {row["Status"] for row in listed} == {"done"}, "of the backup that was restored, too"
    assert say("task", listed[0]["TaskId"]) == listed[0]


def test_what_nobody_does_any_more_is_told_as_interrupted(
    say: Say, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    say("people")
    library = Library.open(home / "library" / "library.db")
    number = collections(library)[0].id
    backup = start_task(library, number, TaskType.BACKUP)
    erase = start_task(library, number, TaskType.ERASE)
    library.close()
    assert say("task", backup)["Status"] == "interrupted"
    error = say("task", erase, "--cancel", status=2)["Error"]["Message"]
    assert "has ended already: interrupted" in error
    assert main(["tasks"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[1:] for line in lines] == [
        ["erase", "interrupted", "0", "%"], ["backup", "interrupted", "0", "%"],
    ]  # fmt: skip
    assert main(["task", backup]) == 0
    assert "Kinfolk ended before this was done." in capfd.readouterr().out
