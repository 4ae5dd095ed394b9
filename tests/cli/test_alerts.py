"""`alerts`, `alert`, `sightings`, `watch`: a camera that sees six people, of whom one is known."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageEnhance

from app.__main__ import main
from tests.cli.test_sayings import people

if TYPE_CHECKING:
    from tests.cli.conftest import Say

DOOR = ("--collection", "Door")


@pytest.fixture
def camera(say: Say, indexed: Path, tmp_path: Path) -> Path:
    """The folder of a camera; the largest person of the album is Anna."""
    assert indexed
    say("cluster")
    say("name", people(say)[0], "Anna")
    say("collection", "create", "Door", "--kind", "camera")
    folder = tmp_path / "door"
    folder.mkdir()
    say("folder", "add", folder, *DOOR)
    say("settings", "stranger_quality", 0, *DOOR)
    return folder


def drop(group_photo: Path, folder: Path, *names: str) -> None:
    """Snapshots of all six, each a little different."""
    with Image.open(group_photo) as image:
        for name in names:
            light = 1 - int(Path(name).stem) / 20
            ImageEnhance.Brightness(image).enhance(light).save(folder / name)


def test_who_came_is_listed_and_answered(
    say: Say, camera: Path, group_photo: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert say("alerts", *DOOR) == {"Alerts": [], "Unseen": 0}
    assert say("sightings", *DOOR) == {"Sightings": []}
    drop(group_photo, camera, "1.jpg", "2.jpg")
    say("index", "--no-cluster", *DOOR)
    (seen,) = say("sightings", *DOOR)["Sightings"]
    assert (seen["Name"], seen["ImageCount"]) == ("Anna", 2)
    assert seen["URI"].startswith(camera.as_uri()) and seen["Probability"] > 0.9
    assert say("sightings", "--since", "2000", "--until", "2001", *DOOR)["Sightings"] == []
    assert len(say("sightings", "--since", "2000", *DOOR)["Sightings"]) == 1
    told = say("alerts", *DOOR)
    assert len(told["Alerts"]) == told["Unseen"] == 5
    first, second, third, *_ = [one["AlertId"] for one in told["Alerts"]]
    row = told["Alerts"][0]
    assert (row["State"], row["Seen"], row["ImageCount"]) == ("open", False, 2)
    assert len(row["Figures"]) == 2 and row["Resembles"]["Name"] == "Anna"
    assert say("alerts", "--max-results", 2, *DOOR)["Alerts"] == told["Alerts"][:2]

    answer = say("alert", first, "--is", "Ben", *DOOR)
    assert answer["Done"] == "2 faces are Ben" and answer["Alert"]["Name"] == "Ben"
    assert say("alert", second, "--ignore", *DOOR)["Alert"]["State"] == "ignored"
    assert say("alert", third, "--seen", *DOOR)["Alert"]["Seen"] is True
    assert say("alerts", *DOOR)["Unseen"] == 2 and len(say("alerts", *DOOR)["Alerts"]) == 3
    assert len(say("alerts", "--all", *DOOR)["Alerts"]) == 5
    say("undo", *DOOR)
    assert say("alert", second, *DOOR)["Alert"]["State"] == "open"

    # Who has a name by now is known, and nobody raises a second alert.
    drop(group_photo, camera, "3.jpg")
    say("index", "--no-cluster", *DOOR)
    names = sorted(one["Name"] for one in say("sightings", *DOOR)["Sightings"])
    assert names == ["Anna", "Ben"]
    counts = {one["AlertId"]: one["ImageCount"] for one in say("alerts", "--all", *DOOR)["Alerts"]}
    assert len(counts) == 5
    assert main(["alerts", *DOOR]) == 0
    assert "Somebody you have not named was seen" in capfd.readouterr().out
    assert main(["sightings", *DOOR]) == 0
    assert "Anna" in capfd.readouterr().out


@pytest.mark.usefixtures("camera")
def test_what_there_is_not_is_told_in_one_line(say: Say) -> None:
    for words, reason in (
        (("alert", "7"), "no alert 7"),
        (("alert", "seven"), "is no alert"),
        (("alert", "7", "--is", "Ben"), "no alert 7"),
        (("alert", "7", "--is", "Ben", "--ignore"), "not allowed with"),
        (("alerts", "--max-results", "0"), "no number from 1 on"),
        (("sightings", "--since", "soon"), "no date"),
        (("settings", "recognises", "Nowhere"), "no collection"),
        (("settings", "stranger_photos", "0"), "from 1 on"),
    ):
        assert reason in say(*words, *DOOR, status=2)["Error"]["Message"], words


def test_watching_tells_what_it_sees_until_it_is_ended(
    camera: Path, group_photo: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "app", "watch", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path.cwd(),
        env=dict(os.environ),
    ) as watching:  # fmt: skip
        try:
            assert watching.stdout is not None
            beside = tmp_path / "beside"
            beside.mkdir()
            drop(group_photo, beside, "1.jpg", "2.jpg")
            for name in ("1.jpg", "2.jpg"):
                shutil.move(beside / name, camera / name)
            told: list[Any] = []
            while sorted(one["Event"] for one in told) != [*["alert"] * 5, "sighting"]:
                told.append(json.loads(watching.stdout.readline()))
        finally:
            watching.send_signal(signal.SIGINT)
        rest, errors = watching.communicate(timeout=60)
    assert watching.returncode == 0, errors
    told += [json.loads(line) for line in rest.splitlines()]
    assert told.pop() == {}
    assert {one["DatasetName"] for one in told} == {"Door"}
    assert [one["Name"] for one in told if one["Event"] == "sighting"] == ["Anna"]
