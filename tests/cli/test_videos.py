"""Videos from one end to the other: made by ffmpeg, looked at by real workers, told by the CLI."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.__main__ import main
from tests.faces.pictures import six_people as the_six
from tests.media.films import ffmpeg, film

if TYPE_CHECKING:
    from tests.cli.conftest import Say

Pixels = NDArray[np.uint8]
Told = dict[str, Any]
WIDE, HIGH = 520, 480
"""Pixels: of the window that pans over the six."""
RATE = 10
SECONDS = 1.0


def pan(seconds: float = SECONDS, left: int = 0, right: int = 300) -> list[Pixels]:
    """A slow pan over six people, of whom three or four are seen at a time."""
    picture = the_six()[40 : 40 + HIGH]
    places = np.linspace(left, right, round(seconds * RATE)).round().astype(int)
    return [picture[:, place : place + WIDE] for place in places]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("clip") / "pan.mp4", pan(), RATE)


@pytest.fixture
def album(tmp_path: Path, clip: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    shutil.copy(clip, folder)
    return folder


def by_name(say: Say) -> dict[str, Told]:
    return {Path(told["Filename"]).name: told for told in say("photos")["Files"]}


def box(figure: Told) -> tuple[int, ...]:
    edge = figure["Boundary"]
    return edge["Left"], edge["Top"], edge["Width"], edge["Height"]


def ask(say: Say, field: str, operation: str, value: object) -> set[str]:
    query = json.dumps({"Field": field, "Operation": operation, "Value": value})
    return {Path(told["Filename"]).name for told in say("photos", "--query", query)["Files"]}


def test_videos_of_every_kind_stand_beside_photos(
    say: Say, six_people: Path, clip: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = six_people
    shutil.copy(clip, folder)
    for ending in (".mov", ".mkv"):
        ffmpeg("-i", str(clip), "-c", "copy", str(folder / f"a{ending}"))
    film(folder / "a.avi", pan(), RATE)
    film(folder / "a.webm", pan(), RATE)
    still = pan(0.3, 60, 62)
    film(folder / "turned0.mp4", still, RATE)
    for turn in (90, 180, 270):
        lying = [np.rot90(frame, turn // 90) for frame in still]
        film(folder / f"turned{turn}.mp4", lying, RATE, turn=turn)
    answer = say("index", folder)
    assert (answer["Indexed"], answer["Skipped"]) == (4 + 9, [])
    told = by_name(say)
    videos = {name: one for name, one in told.items() if one["MediaType"] == "video"}
    assert {one["ContentType"].split("/")[0] for one in videos.values()} == {"video"}

    people = say("people", "--max-results", 20)["FigureClusters"]
    assert len(people) == 6, "who is in the photos is known in the videos"
    assert {one["ImageCount"] for one in people} == {4}
    most = max(one["VideoCount"] for one in people)
    assert most == 9 and any(one["VideoCount"] < 9 for one in people)
    assert ask(say, "MediaType", "eq", "video") == set(videos) and len(videos) == 9
    assert ask(say, "Duration", "gt", 0.8) == {
        name for name in videos if not name.startswith("turned")
    }

    check_pans([one for name, one in videos.items() if not name.startswith("turned")])
    check_turns({turn: videos[f"turned{turn}.mp4"] for turn in (0, 90, 180, 270)})

    assert main(["faces"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert set(rows[0]) == {"path", "x", "y", "w", "h", "cluster_id"}
    assert len(rows) == sum(one["FigureCount"] for one in told.values())
    assert all(-10 <= float(row["y"]) < 886 for row in rows)
    assert main(["meta", str(folder / "pan.mp4")]) == 0
    assert "video/mp4, 0:01" in capfd.readouterr().out


def check_pans(pans: list[Told]) -> None:
    for told in pans:
        figures = told["Figures"]
        assert (told["ImageWidth"], told["ImageHeight"]) == (WIDE, HIGH)
        assert told["Duration"] == pytest.approx(SECONDS, abs=0.11)
        assert 4 <= len(figures) <= 18
        for figure in figures:
            left, top, width, height = box(figure)
            assert left >= -10 and left + width <= WIDE + 10
            assert -10 <= top < HIGH and top + height <= HIGH + 10
            assert 0 <= figure["Moment"] <= SECONDS
            seen = [(span["StartTime"], span["EndTime"]) for span in figure["Seen"]]
            assert any(begin <= figure["Moment"] <= end for begin, end in seen)
            assert all(0 <= begin < end <= told["Duration"] + 0.01 for begin, end in seen)
        assert min(one["Seen"][0]["StartTime"] for one in figures) == 0
        last = max(one["Seen"][-1]["EndTime"] for one in figures)
        assert last == pytest.approx(told["Duration"], abs=0.01)
        # Who stands on the left leaves as the camera pans to the right, and others come.
        assert min(one["Seen"][-1]["EndTime"] for one in figures) < told["Duration"] - 0.2
        assert max(one["Seen"][0]["StartTime"] for one in figures) > 0.2


def check_turns(turned: dict[int, Told]) -> None:
    """Turned by the telephone, the same faces are at the same places of the upright frame."""
    upright = sorted(map(box, turned[0]["Figures"]))
    assert len(upright) >= 3
    for turn, told in turned.items():
        assert (told["ImageWidth"], told["ImageHeight"]) == (WIDE, HIGH)
        found = sorted(map(box, told["Figures"]))
        assert len(found) == len(upright), turn
        assert np.abs(np.array(found) - np.array(upright)).max() < 14, turn


def test_words_hold_when_a_video_is_looked_at_again(say: Say, album: Path, clip: Path) -> None:
    say("index", album)
    told = by_name(say)["pan.mp4"]
    for number, figure in enumerate(told["Figures"]):
        say("move", f"Who {number}", figure["FigureId"])
    say("draw", album / "pan.mp4", 200, 400, 60, 60, "--at", 0.5, "--name", "Drawn")
    assert "moment" in say("draw", album / "pan.mp4", 9, 9, 60, 60, "--at", "nan", status=2)[
        "Error"
    ]["Message"]  # fmt: skip
    say("index", album)
    before = named(by_name(say)["pan.mp4"])
    assert len(before) == told["FigureCount"] + 1
    assert before["Drawn"] == (500, 200, 400, 60, 60)
    say("index", album, "--again")
    assert named(by_name(say)["pan.mp4"]) == before
    (album / "pan.mp4").rename(album / "moved.mp4")
    say("index", album)
    assert named(by_name(say)["moved.mp4"]) == before

    # Who is forgotten is found again in no frame.
    gone = say("forget", "Who 0")
    assert gone
    left = {name: place for name, place in before.items() if name != "Who 0"}
    say("index", album, "--again")
    after = by_name(say)["moved.mp4"]
    assert named(after) == left and after["FigureCount"] == len(left)

    say("settings", "videos", "off")
    with (album / "other.mp4").open("wb") as file:
        file.write(clip.read_bytes() + b"another one")
    answer = say("index", album)
    assert (answer["Indexed"], answer["Skipped"], answer["Unchanged"]) == (0, [], 1)
    assert set(by_name(say)) == {"moved.mp4"}
    say("settings", "videos", "on")
    say("settings", "video_frames", 1)
    assert say("index", album)["Indexed"] == 1
    assert len({one["Moment"] for one in by_name(say)["other.mp4"]["Figures"]}) == 1


def named(told: Told) -> dict[str, tuple[int, ...]]:
    return {
        one["FigureClusterName"]: (round(1000 * one["Moment"]), *box(one))
        for one in told["Figures"]
        if "FigureClusterName" in one
    }


def test_broken_videos_cost_a_reason_and_long_ones_few_looks(
    say: Say, album: Path, clip: Path, group_photo: Path
) -> None:
    """What a file is called does not decide what it is."""
    whole = clip.read_bytes()
    (album / "called.jpg").write_bytes(whole + b"and a little more")
    shutil.copy(group_photo, album / "photo.mp4")
    (album / "empty.mp4").write_bytes(b"")
    (album / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    (album / "zeros.mov").write_bytes(b"\0" * 5000)
    (album / "text.avi").write_text("no video at all, but a text of some length")
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", str(album / "sound.mkv"))
    ffmpeg("-f", "lavfi", "-i", "color=c=black:s=64x64:d=1", "-frames:v", "0",
           str(album / "nothing.mp4"))  # fmt: skip
    picture = film(album / "one.mp4", [the_six()[40:520, 100:620]], 1)
    ffmpeg("-stream_loop", "7199", "-i", str(picture), "-c", "copy", str(album / "long.mp4"))
    picture.unlink()
    answer = say("index", album, status=1)
    assert answer["Indexed"] == 4
    reasons = {Path(one["URI"]).stem: one["Error"] for one in answer["Skipped"]}
    assert set(reasons) == {"empty", "cut", "zeros", "text", "sound", "nothing"}
    assert "empty" in reasons["empty"] and "only sound" in reasons["sound"]
    assert "damaged" in reasons["cut"] and "zeros" in reasons["zeros"]
    assert "not a kind of video" in reasons["text"]

    kinds = {name: one["ContentType"] for name, one in by_name(say).items()}
    assert (kinds["called.jpg"], kinds["photo.mp4"]) == ("video/mp4", "image/jpeg")
    told = by_name(say)["long.mp4"]
    assert told["Duration"] == pytest.approx(7200, abs=2)
    assert 3 <= told["FigureCount"] <= 6
    for figure in told["Figures"]:
        (seen,) = figure["Seen"]  # nobody moves for two hours
        assert seen["StartTime"] == 0 and seen["EndTime"] > 7150
