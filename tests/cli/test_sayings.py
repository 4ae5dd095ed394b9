"""What can be said of people and faces on the command line, over a library of real photos."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.__main__ import main
from app.paths import Paths

if TYPE_CHECKING:
    from tests.cli.conftest import Say


def people(say: Say) -> list[str]:
    """Ids of everyone."""
    return [row["ObjectId"] for row in say("people")["FigureClusters"]]


def figures(say: Say, person: str) -> list[str]:
    """Ids of the faces of a person."""
    return [
        figure["FigureId"]
        for file in say("photos", "--person", person)["Files"]
        for figure in file["Figures"]
        if figure["FigureClusterId"] == person
    ]


@pytest.mark.usefixtures("indexed")
def test_faces_are_confirmed_refused_moved_and_split(say: Say) -> None:
    anna, ben, *_ = people(say)
    say("name", anna, "Anna")
    say("name", ben, "Ben")
    one, two, three, four = figures(say, anna)
    assert say("confirm", "Anna", one, two)["Done"] == "Confirmed 2 faces of Anna"
    told = say("reject", "Anna", one)
    assert told["Done"].startswith("1 face is not Anna. You had said that it is Anna")
    assert told["FigureCluster"]["FaceCount"] == 3
    assert say("move", "Ben", one)["Done"] == "1 face is Ben"
    assert say("move", "Dora", two)["Done"].startswith("1 face is Dora. You had said")
    assert say("split", "Anna", three, "--name", "Emil")["Done"] == "1 face is Emil, not Anna"
    assert say("notface", four)["Done"] == "1 is not a face"
    assert say("people")["TotalCount"] == 7, "Anna has no face now; Dora and Emil came"
    undone = [say("undo")["Done"] for _ in range(3)]
    assert undone == [
        "Undone: 1 is not a face", "Undone: 1 face is Emil, not Anna", "Undone: 1 face is Dora",
    ]  # fmt: skip
    assert set(figures(say, anna)) == {two, three, four}


@pytest.mark.usefixtures("indexed")
def test_years_differences_and_history(say: Say, capfd: pytest.CaptureFixture[str]) -> None:
    anna, ben, *_ = people(say)
    assert say("history") == {"Decisions": []}
    assert say("born", anna, 1980)["FigureCluster"]["BirthYear"] == 1980
    assert "BirthYear" not in say("born", anna, "none")["FigureCluster"]
    assert "between" in say("born", anna, 1492, status=2)["Error"]["Message"]
    assert "no year" in say("born", anna, "soon", status=2)["Error"]["Message"]
    assert say("different", anna, ben)["Done"].endswith("are different people")
    assert "different people; that no longer holds" in say("merge", anna, ben)["Done"]
    assert "one person already" in say("different", anna, ben, status=2)["Error"]["Message"]
    say("undo")
    rows = say("history")["Decisions"]
    assert [(row["Kind"], row["Undone"]) for row in rows] == [
        ("merge", True), ("different", False), ("birth", False), ("birth", False),
    ]  # fmt: skip
    assert rows[0]["DecisionId"] > rows[1]["DecisionId"] and rows[0]["Time"].endswith("Z")
    capfd.readouterr()
    assert main(["history"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) == 4 and lines[0].endswith("(taken back)")


def test_someone_is_forgotten_for_good(say: Say, indexed: Path) -> None:
    anna, *others = people(say)
    say("name", anna, "Philomena")
    crops = _crops()
    assert len(crops) == 24
    told = say("forget", "Philomena")["Done"]
    assert told.startswith("Forgot someone. 4 faces") and "Philomena" not in told
    assert people(say) == others and len(_crops()) == 20
    assert say("forget", anna, status=2)["Error"]
    for path in indexed.iterdir():
        path.touch()
    say("index", indexed)
    assert people(say) == others and len(_crops()) == 20, "looking again learns nobody"
    files = [path for path in _home().rglob("*") if path.is_file()]
    assert files and not [path for path in files if b"Philomena" in path.read_bytes()]
    assert "does not come back" in say("undo")["Done"]
    say("index")
    assert say("people")["TotalCount"] == 6 and len(_crops()) == 24


def test_a_photo_names_its_faces(
    say: Say, indexed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    document: dict[str, Any] = say("meta", indexed / "dark.jpg")
    assert main(["meta", str(indexed / "dark.jpg")]) == 0
    lines = capfd.readouterr().out.splitlines()
    named = {line.split(": ")[0] for line in lines if line.startswith("face-")}
    assert named == {figure["FigureId"] for figure in document["Figures"]} and len(named) == 6


def test_a_missed_face_is_drawn_and_embedded_by_the_next_index(
    say: Say, indexed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    photo = indexed / "dark.jpg"
    before = say("meta", photo)["Figures"]
    assert not any("Drawn" in figure for figure in before)
    place = {"Left": 20, "Top": 700, "Width": 90, "Height": 110}
    assert say("draw", photo, *place.values(), "--name", "Dora") == {"Done": "Drew a face of Dora"}
    (figure,) = [figure for figure in say("meta", photo)["Figures"] if "Drawn" in figure]
    assert figure["Drawn"] is True and figure["Boundary"] == place
    assert figure["FigureClusterName"] == "Dora" and "Age" not in figure
    answer = say("index")
    assert (answer["Indexed"], answer["Faces"]) == (1, 7)
    (figure,) = [figure for figure in say("meta", photo)["Figures"] if "Drawn" in figure]
    assert figure["Boundary"] == place and figure["FigureClusterName"] == "Dora"
    assert "Age" in figure
    capfd.readouterr()
    assert main(["meta", str(photo)]) == 0
    assert f"{figure['FigureId']}: Dora (drawn)" in capfd.readouterr().out.splitlines()
    assert "drew" in say("why", figure["FigureId"], status=2)["Error"]["Message"].lower()
    known = before[0]["Boundary"]
    told = say("draw", photo, *known.values(), status=2)["Error"]["Message"]
    assert "a face here already" in told
    assert say("draw", photo, *known.values(), "--name", "Emil")["Done"] == "1 face is Emil"
    outside = say("draw", photo, 1270, 10, 90, 110, status=2)["Error"]["Message"]
    assert outside == "That frame does not lie in the photo."
    assert say("draw", photo, "a", 10, 90, 110, status=2)["Error"]
    assert "not in the library" in say("draw", "no.jpg", 1, 1, 9, 9, status=2)["Error"]["Message"]
    assert say("undo")["Done"] == "Undone: 1 face is Emil"
    assert say("undo")["Done"] == "Undone: Drew a face of Dora"
    assert len(say("meta", photo)["Figures"]) == 6
    assert say("redo")["Done"] == "Redone: Drew a face of Dora"


def test_everyone_else_in_a_photo_is_a_stranger(say: Say, indexed: Path) -> None:
    photo = indexed / "whole.jpg"
    say("draw", photo, 20, 700, 90, 110)
    anna = people(say)[0]
    say("name", anna, "Anna")
    everyone = [figure["FigureId"] for figure in say("meta", photo)["Figures"]]
    told = say("stranger", *everyone)["Done"]
    assert told == "1 face is a stranger; hid 5 unnamed people"
    assert people(say) == [anna]
    assert say("stranger", *everyone) == {"Done": ""}, "said twice, it is said once"
    assert say("history")["Decisions"][0]["Kind"] == "stranger"
    say("undo")
    assert len(people(say)) == 6
    assert say("stranger", "face-999", status=2)["Error"]


def _home() -> Path:
    return Paths.for_user().data


def _crops() -> list[Path]:
    return list((Paths.for_user().cache / "faces").rglob("*.jpg"))
