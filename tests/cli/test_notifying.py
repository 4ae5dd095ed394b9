"""--notify-command and the command that is set, for what is done on the command line."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.__main__ import main
from app.bootstrap import build

if TYPE_CHECKING:
    from tests.cli.conftest import Say

ROOT = Path(__file__).parents[2]
_APPEND = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + chr(10))"


def appending(path: Path) -> str:
    """The command that adds what it is told to a file."""
    return shlex.join([sys.executable, "-c", _APPEND, str(path)])


def told(path: Path) -> list[dict[str, object]]:
    """What such a command was told."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_it_is_run_for_every_task_with_its_document(
    say: Say, group_photo: Path, tmp_path: Path
) -> None:
    answer = say("index", group_photo, "--notify-command", appending(tmp_path / "told"))
    index, cluster = told(tmp_path / "told")
    assert (index["TaskType"], cluster["TaskType"]) == ("index", "cluster")
    assert index["TaskId"] == answer["TaskId"] and index["Text"]
    shown = say("task", answer["TaskId"])
    assert {name: index[name] for name in shown} == shown
    say("cluster")
    assert len(told(tmp_path / "told")) == 2, "it was named for that call"


def test_the_one_that_is_set_is_run_besides(say: Say, tmp_path: Path) -> None:
    say("settings", "notify_command", appending(tmp_path / "set"))
    say("cluster", "--notify-command", appending(tmp_path / "named"))
    assert told(tmp_path / "set") == told(tmp_path / "named")
    say("collection", "create", "Door")
    say("settings", "notify_command", appending(tmp_path / "own"), "--collection", "Door")
    say("cluster", "--collection", "Door")
    assert [one["DatasetName"] for one in told(tmp_path / "own")] == ["Door"]
    say("settings", "notify_command", "library", "--collection", "Door")
    say("cluster", "--collection", "Door", "--notify-command", appending(tmp_path / "set"))
    assert len(told(tmp_path / "set")) == 2, "of two that are the same, one is run"


def test_a_failure_is_said_once_and_harms_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    failing = shlex.join([sys.executable, "-c", "raise SystemExit(4)"])
    assert main(["index", "--notify-command", failing]) == 0, "two tasks"
    assert capfd.readouterr().err.count("The notify command failed: its exit status was 4.") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes commands as they are")
def test_what_cannot_be_a_command_is_one_line(
    say: Say, six_people: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for words in (
        ("index", str(six_people), "--notify-command", "mail 'anna"),
        ("settings", "notify_command", "mail 'anna"),
        ("settings", "notify_command", "mail 'anna", "--collection", "Photos"),
    ):
        capfd.readouterr()
        assert main(words) == 2
        (line,) = capfd.readouterr().err.splitlines()
        assert line.startswith("kinfolk: The notify command cannot be understood")
    assert say("photos")["Files"] == [], "nothing was begun"


def test_work_that_is_handed_over_is_told_to_the_command_named_here(
    group_photo: Path, tmp_path: Path
) -> None:
    words = ("index", group_photo, "--notify-command", appending(tmp_path / "named"), "--json")
    house = build(None, "Photos")
    try:
        house.indexer.choices.change("notify_command", appending(tmp_path / "set"))
        house.indexer.start()
        done = subprocess.run(
            [sys.executable, "-m", "app", *map(str, words)],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=100,
        )  # fmt: skip
        assert done.returncode == 0 and "is open already" in done.stderr, done.stderr
        house.indexer.notices.finish()
    finally:
        house.close()
    named, by_other = told(tmp_path / "named"), told(tmp_path / "set")
    assert [one["TaskType"] for one in named] == ["index", "cluster"]
    ids = {one["TaskId"] for one in by_other}
    assert {one["TaskId"] for one in named} <= ids, "who did it ran the one that is set"
    assert len(by_other) == len(ids), "and it alone"


@pytest.mark.usefixtures("indexed")
def test_who_wants_to_be_asked_is_asked(say: Say, capfd: pytest.CaptureFixture[str]) -> None:
    say("settings", "group_when", "asked")
    say("erase", "--yes")
    assert main(["index", "--again"]) == 0
    (line,) = [line for line in capfd.readouterr().err.splitlines() if "wait" in line]
    assert "24 wait" in line and "kinfolk cluster" in line
    assert say("index")["FacesWaiting"] == 24
    assert say("people")["TotalCount"] == 0
    assert say("cluster")["NewFaces"] == 24
    assert "FacesWaiting" not in say("index") and say("people")["TotalCount"] == 6


def test_an_interval_counts_from_the_last_grouping(
    say: Say, six_people: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    say("settings", "group_when", "interval")
    assert say("index", six_people / "whole.jpg")["Faces"] == 6
    assert "FacesWaiting" not in say("index"), "there was none before, so it was grouped"
    assert main(["index", str(six_people / "mirrored.jpg")]) == 0
    assert re.search(r"every 60 minutes, next in \d+ min; 6 wait", capfd.readouterr().err)
    say("settings", "group_when", "settled")
    assert "FacesWaiting" not in say("index")
    assert {one["FaceCount"] for one in say("people")["FigureClusters"]} == {2}
