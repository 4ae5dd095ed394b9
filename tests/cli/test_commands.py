"""Every command, through its words, over a library of real photos."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app.__main__ import main
from app.cli.parser import command_names

if TYPE_CHECKING:
    from tests.cli.conftest import Say


def test_the_main_job(say: Say, indexed: Path) -> None:
    people = say("people")
    assert people["TotalCount"] == 6 and people["NextToken"] == ""
    anna = people["FigureClusters"][0]
    assert (anna["Name"], anna["ImageCount"], anna["DatasetName"]) == ("", 4, "Photos")
    assert say("name", anna["ObjectId"], "Anna")["FigureCluster"]["Name"] == "Anna"
    files = say("photos", "--person", "anna")["Files"]
    assert {file["Filename"] for file in files} == {path.name for path in indexed.iterdir()}
    for file in files:
        figures = [f for f in file["Figures"] if f.get("FigureClusterName") == "Anna"]
        assert len(figures) == 1
        edge = figures[0]["Boundary"]
        assert edge["Left"] >= 0 and edge["Left"] + edge["Width"] <= file["ImageWidth"]
    assert say("meta", indexed / "dark.jpg")["FileHash"] == next(
        file["FileHash"] for file in files if file["Filename"] == "dark.jpg"
    )


@pytest.mark.usefixtures("indexed")
def test_merging_hiding_and_taking_back(say: Say) -> None:
    one, two, *_ = [person["ObjectId"] for person in say("people")["FigureClusters"]]
    assert say("merge", one, two)["FigureCluster"]["FaceCount"] == 8
    assert say("people")["TotalCount"] == 5
    say("undo")
    say("hide", one)
    assert say("people")["TotalCount"] == 5
    assert say("people", "--hidden")["TotalCount"] == 6
    say("undo")
    say("redo")
    say("show", one)
    assert say("people")["TotalCount"] == 6
    assert say("undo")["Done"].startswith("Undone")


@pytest.mark.usefixtures("indexed")
def test_pages_stay_right_while_the_library_changes(say: Say) -> None:
    everyone = [p["ObjectId"] for p in say("people")["FigureClusters"]]
    first = say("people", "--max-results", 2)
    say("hide", everyone[0])
    second = say("people", "--max-results", 9, "--next-token", first["NextToken"])
    found = [p["ObjectId"] for p in first["FigureClusters"] + second["FigureClusters"]]
    assert found == everyone
    files = [f["URI"] for f in say("photos")["Files"]]
    paged, token = [], ""
    while True:
        page = say("photos", "--max-results", 3, *(["--next-token", token] if token else []))
        paged += [f["URI"] for f in page["Files"]]
        token = page["NextToken"]
        if not token:
            break
    assert paged == files
    for token in ("nonsense", "WzFd"):
        error = say("people", "--next-token", token, status=2)["Error"]
        assert "token" in error["Message"]


def test_faces_are_a_table_of_boxes(
    indexed: Path, say: Say, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["faces"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert len(rows) == 24
    assert set(rows[0]) == {"path", "x", "y", "w", "h", "cluster_id"}
    assert {Path(row["path"]).parent for row in rows} == {indexed}
    assert len({row["cluster_id"] for row in rows}) == 6
    told = say("faces")["Faces"]
    assert [one["FigureClusterId"] for one in told] == [row["cluster_id"] for row in rows]
    sides = {"Left": "x", "Top": "y", "Width": "w", "Height": "h"}
    for one, row in zip(told, rows, strict=True):
        assert one["URI"] == Path(row["path"]).as_uri()
        # the box of the table has been rounded already
        assert all(abs(one[ours] - float(row[theirs])) < 0.6 for ours, theirs in sides.items())
    figures = {
        figure["FigureId"]: {k: v for k, v in figure.items() if k in _ATTRIBUTES}
        for file in say("photos")["Files"]
        for figure in file["Figures"]
    }
    assert {
        one["FigureId"]: {k: v for k, v in one.items() if k in _ATTRIBUTES} for one in told
    } == figures  # fmt: skip


_ATTRIBUTES = {
    "FaceQuality", "Sharpness", "HeadPose", "Age", "Gender", "GenderConfidence",
    "Mouth", "MouthConfidence", "Eyes", "EyesConfidence",
}  # fmt: skip


@pytest.mark.usefixtures("indexed")
def test_what_is_told_of_faces_is_told_of_people_and_can_be_asked_for(say: Say) -> None:
    faces = say("faces")["Faces"]
    asleep = {one["URI"] for one in faces if one.get("Eyes") == "close"}
    assert asleep, "one of the six has her eyes closed"
    query = {"Operation": "nested", "SubQueries": [
        {"Field": "Figures.Eyes", "Operation": "eq", "Value": "close"},
        {"Field": "Figures.EyesConfidence", "Operation": "gte", "Value": 0.6},
    ]}  # fmt: skip
    found = say("photos", "--query", json.dumps(query))["Files"]
    assert {file["URI"] for file in found} == asleep
    assert {one["Mouth"] for one in faces if "Mouth" in one} == {"open", "close"}
    for one in faces:
        assert all((name in one) == (f"{name}Confidence" in one) for name in ("Mouth", "Eyes"))
    for person in say("people")["FigureClusters"]:
        own = [one for one in faces if one["FigureClusterId"] == person["ObjectId"]]
        assert person["FaceCount"] == len(own) == 4
        ages = [one["Age"] for one in own]
        assert person["MinAge"] == pytest.approx(min(ages), abs=0.51)
        assert person["MaxAge"] == pytest.approx(max(ages), abs=0.51)
        assert person["AverageAge"] == pytest.approx(sum(ages) / 4, abs=0.51)
        votes = [
            (1 if one["Gender"] == "female" else -1) * one["GenderConfidence"] * one["FaceQuality"]
            for one in own
        ]
        assert abs(sum(votes)) < 0.01 or person["Gender"] == (
            "female" if sum(votes) > 0 else "male"
        )
        cover = person["Cover"]["Figures"][0]
        assert cover["FigureId"] in {one["FigureId"] for one in own}


def test_skipped_files_are_listed_and_tried_again(say: Say, indexed: Path) -> None:
    assert say("skipped") == {"Skipped": []}
    assert say("skipped", "--retry") == {"Skipped": []}
    broken = indexed / "broken.jpg"
    broken.write_bytes(b"")
    say("index", status=1)
    told = [{"URI": broken.as_uri(), "Error": "The file is empty."}]
    assert say("skipped") == {"Skipped": told}
    assert say("skipped", "--retry", status=1)["Skipped"] == told
    broken.write_bytes((indexed / "whole.jpg").read_bytes()[:-400])
    again = say("skipped", "--retry", status=1)
    assert again["Skipped"][0]["Error"] != "The file is empty."
    Image.new("RGB", (64, 64)).save(broken)
    assert say("skipped", "--retry")["Indexed"] == 1
    assert say("skipped") == {"Skipped": []}


def test_tasks_folders_collections_models_and_doctor(say: Say, indexed: Path) -> None:
    tasks = say("tasks")["Tasks"]
    assert {(t["TaskType"], t["Status"], t["Progress"]) for t in tasks} == {
        ("index", "done", 100), ("cluster", "done", 100), ("backup", "done", 100),
    }  # fmt: skip
    assert say("task", tasks[0]["TaskId"]) == tasks[0]
    assert say("task", tasks[0]["TaskId"], "--cancel", status=2)["Error"]["Code"] == "UsageError"
    first = say("tasks", "--max-results", 1)
    rest = say("tasks", "--next-token", first["NextToken"])
    assert first["Tasks"] + rest["Tasks"] == tasks and not rest["NextToken"]
    (one,) = say("tasks", "--type", "index", "--state", "done")["Tasks"]
    assert one["TaskType"] == "index" and one["CreateTime"] <= one["StartTime"] <= one["EndTime"]
    assert say("tasks", "--state", "failed")["Tasks"] == []
    (folder,) = say("folder", "list")["Bindings"]
    assert (folder["URI"], folder["State"], folder["ImageCount"]) == (
        indexed.as_uri(), "watching", 4,
    )  # fmt: skip
    say("collection", "create", "Door")
    assert say("people", "--collection", "Door")["TotalCount"] == 0
    names = [c["DatasetName"] for c in say("collection", "list")["Datasets"]]
    assert names == ["Door", "Photos"]
    say("collection", "delete", "Door")
    (model,) = say("models")["Models"]
    assert (model["Name"], model["InUse"], model["Problem"]) == ("compact", True, "")
    assert say("doctor")["Healthy"] is True
    assert say("doctor", "--repair")["Problems"] == []
    assert say("folder", "remove", indexed)["Bindings"] == []
    assert say("people")["TotalCount"] == 0


def test_clustering_apart_from_indexing(say: Say, six_people: Path) -> None:
    say("index", six_people, "--no-cluster")
    assert say("people")["TotalCount"] == 0
    answer = say("cluster")
    assert (answer["NewFaces"], answer["FigureClusters"]) == (24, 6)
    assert say("cluster")["NewFaces"] == 0
    assert say("cluster", "--rebuild")["FigureClusters"] == 6


def test_what_is_shown_in_part_and_what_is_in_the_cloud_is_told(
    say: Say, indexed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pages, cloud = indexed / "fax.tif", indexed / "cloud.jpg"
    page = Image.new("RGB", (64, 64))
    page.save(pages, save_all=True, append_images=[page, page])
    with cloud.open("wb") as file:
        file.truncate(100_000)
    answer = say("index")
    assert (answer["Indexed"], answer["InCloud"]) == (1, 1)
    note = "Only the first of its 3 pages is shown."
    assert say("skipped") == {
        "Skipped": [],
        "Partly": [{"URI": pages.as_uri(), "Note": note}],
        "InCloud": [{"URI": cloud.as_uri()}],
    }
    assert say("meta", pages)["Note"] == note and say("meta", cloud)["State"] == "cloud"
    assert main(["meta", str(cloud)]) == 0
    assert capfd.readouterr().out == f"{cloud}: in the cloud, not on this disk\n"
    assert "Note" not in say("meta", indexed / "dark.jpg")
    say("settings", "cloud_files", "download")
    (skipped,) = say("index", status=1)["Skipped"]
    assert "nothing in the file but zeros" in skipped["Error"]  # as reading it told


def test_skipped_files_are_told_and_change_the_status(say: Say, album: Path) -> None:
    (album / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    answer = say("index", album, status=1)
    (skipped,) = answer["Skipped"]
    assert skipped["URI"] == (album / "broken.jpg").as_uri() and skipped["Error"]
    assert say("task", answer["TaskId"])["Skipped"] == answer["Skipped"]
    assert say("meta", album / "broken.jpg")["Error"] == skipped["Error"]


def test_one_photo_alone_can_be_indexed(say: Say, album: Path) -> None:
    assert say("index", album / "group.jpg")["Indexed"] == 1
    assert len(say("photos")["Files"]) == 1
    assert say("folder", "list")["Bindings"] == []
    assert say("index", album)["Indexed"] == 3, "the folder's other photos, and none twice"


@pytest.mark.parametrize(
    "words",
    [
        ("people", "--sort", "shoe-size"),
        ("people", "--max-results", "0"),
        ("photos", "--person", "Nobody"),
        ("name", "nobody", "Anna"),
        ("name",),
        ("merge", "nobody", "nobody"),
        ("meta", "nowhere.jpg"),
        ("index", "/nowhere/at/all"),
        ("folder", "add", "/nowhere/at/all"),
        ("folder", "remove"),
        ("task", "task-0"),
        ("undo",),
        ("forget", "nobody"),
        ("born", "nobody", "1980"),
        ("different", "nobody"),
        ("notface", "12"),
        ("notface", "face-x"),
        ("notface", "face-99999999999999999999999"),
        ("confirm", "nobody", "face-1"),
        ("move", "person-none", "face-1"),
        ("split", "nobody"),
        ("people", "--collection", "Door"),
        ("collection", "create"),
        ("index", "--frobnicate"),
    ],
)
def test_a_wrong_call_is_one_clear_line(
    words: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1 and err.startswith("kinfolk: ")


def test_a_library_that_cannot_be_opened(say: Say, tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"not a database at all" * 500)
    assert say("people", "--library", tmp_path, status=3)["Error"]["Code"] == "DamagedLibraryError"
    blocked = tmp_path / "file"
    blocked.touch()
    assert say("people", "--library", blocked / "library", status=3)["Error"]["Message"]


def test_asking_of_a_library_that_is_not_there_makes_none(say: Say, tmp_path: Path) -> None:
    misspelt = tmp_path / "misspelt"
    assert "no library" in say("people", "--library", misspelt, status=3)["Error"]["Message"]
    assert not misspelt.exists()


def test_a_script_never_meets_a_window(tmp_path: Path) -> None:
    """Even where there is a screen: a wrong word ends at once, with a document if asked for."""
    environment = {**os.environ, "DISPLAY": ":0"}
    for words in (["bogus", "--json"], ["--json"], ["bogus"]):
        done = subprocess.run(
            [sys.executable, "-m", "app", *words, "--library", str(tmp_path / "none")],
            env=environment, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
        if "--json" in words:
            assert json.loads(done.stdout)["Error"]["Code"] == "UsageError"


def test_no_screen_is_told_in_one_line(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    for platform in ("", "xcb"):
        done = subprocess.run(
            [sys.executable, "-m", "app", "--library", str(tmp_path / "none")],
            env=environment | {"QT_QPA_PLATFORM": platform}, capture_output=True, text=True,
            timeout=30, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "no screen" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_wrong_word_is_told_where_there_is_no_screen(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    for words in (["foo"], [str(tmp_path), "foo"], ["--bogus"]):
        done = subprocess.run(
            [sys.executable, "-m", "app", *words, "--library", str(tmp_path / "none")],
            env=environment | {"QT_QPA_PLATFORM": ""}, capture_output=True, text=True, timeout=30,
            check=False,
        )  # fmt: skip
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
        assert "screen" not in done.stderr and words[-1] in done.stderr
    assert not (tmp_path / "none").exists()


def test_a_word_that_is_no_command_is_explained(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["frobnicate"]) == 2
    assert "neither a command nor a file" in capfd.readouterr().err


def test_a_path_that_is_no_text_goes_through(six_people: Path, tmp_path: Path) -> None:
    folder = Path(str(tmp_path) + "/caf\udce9")
    shutil.copytree(six_people, folder)
    program = [sys.executable, "-m", "app"]
    told = subprocess.run([*program, "index", folder, "--json"], capture_output=True, check=True)
    assert json.loads(told.stdout)["Indexed"] == 4
    table = subprocess.run([*program, "faces"], capture_output=True, check=True).stdout
    assert b"/caf\xe9/whole.jpg," in table
    lines = subprocess.run([*program, "photos"], capture_output=True, check=True).stdout
    assert len(lines.decode().splitlines()) == 4
    files = json.loads(
        subprocess.run([*program, "photos", "--json"], capture_output=True, check=True).stdout
    )
    assert "caf%E9/" in files["Files"][0]["URI"]


def test_every_command_is_in_the_readme() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text()
    assert [name for name in command_names() if f"`{name}" not in text] == []


def test_the_command_line_loads_no_engine_and_no_window() -> None:
    code = (
        "import sys; from app.__main__ import main; main(['people']);"
        "print([m for m in ('onnxruntime','insightface','cv2','PySide6') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
