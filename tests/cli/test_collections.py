"""Several collections in one library, by the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Say


def held(say: Say) -> dict[str, tuple[int, int, int]]:
    """Name -> folders, photos and people of every collection."""
    return {
        one["DatasetName"]: (one["BindCount"], one["FileCount"], one["FigureClusterCount"])
        for one in say("collection", "list")["Datasets"]
    }


def test_two_collections_have_folders_and_people_of_their_own(
    say: Say, indexed: Path, tmp_path: Path
) -> None:
    door = tmp_path / "door"
    shutil.copytree(indexed, door)
    say("collection", "create", " Door ")
    assert say("collection", "create", "DOOR", status=2)["Error"]["Code"] == "UsageError"
    assert say("index", door, "--collection", "door")["Indexed"] == 4
    assert held(say) == {"Door": (1, 4, 6), "Photos": (1, 4, 6)}
    there = {row["ObjectId"] for row in say("people", "--collection", "Door")["FigureClusters"]}
    here = [row["ObjectId"] for row in say("people")["FigureClusters"]]
    assert len(there) == 6 and not there & set(here)
    say("name", here[0], "Anna")
    assert "Anna" not in {
        row["Name"] for row in say("people", "--collection", "Door")["FigureClusters"]
    }
    renamed = say("collection", "rename", "Door", "Gate")
    assert renamed["Done"] == "The collection Door is called Gate"
    say("collection", "rename", "Gate", "photos", status=2)
    say("collection", "rename", "Gate", status=2)
    assert say("collection", "delete", "gate")["Done"] == "Deleted the collection Gate"
    assert held(say) == {"Photos": (1, 4, 6)}
    say("people", "--collection", "Gate", status=2)
    say("collection", "delete", "Photos", status=2)
    say("undo")
    assert held(say) == {"Gate": (1, 4, 6), "Photos": (1, 4, 6)}
    say("undo")
    back = {row["ObjectId"] for row in say("people", "--collection", "Door")["FigureClusters"]}
    assert back == there


@pytest.mark.usefixtures("indexed")
def test_the_usual_collection_may_be_called_otherwise_or_go(say: Say) -> None:
    say("collection", "rename", "Photos", "Family")
    assert say("people")["TotalCount"] == 6
    assert list(held(say)) == ["Family"], "no other is made in its place"
    say("people", "--collection", "Photos", status=2)
    say("collection", "create", "Other")
    say("collection", "delete", "Family")
    assert say("people")["TotalCount"] == 0
    say("undo")
    assert say("people")["TotalCount"] == 6


def values(say: Say, *words: str) -> dict[str, object]:
    return {one["Name"]: one["Value"] for one in say("settings", *words)["Settings"]}


@pytest.mark.usefixtures("indexed")
def test_a_collection_has_settings_of_its_own(say: Say) -> None:
    def groups() -> int:
        return sum(one["Kind"] == "group" for one in say("people")["FigureClusters"])

    say("collection", "create", "Door", "--kind", "camera")
    kinds = {one["DatasetName"]: one["Kind"] for one in say("collection", "list")["Datasets"]}
    assert kinds == {"Door": "camera", "Photos": "album"}
    assert values(say, "--collection", "Door")["min_photos"] == 2
    assert values(say, "--collection", "Photos")["min_photos"] == 3
    assert groups() == 6
    say("settings", "min_photos", "5", "--collection", "photos")
    assert groups() == 0, "four photos found nobody any more"
    assert values(say, "--collection", "Door")["min_photos"] == 2
    assert values(say)["min_photos"] == 3
    say("settings", "min_photos", "library", "--collection", "Photos")
    assert groups() == 6
    refused = say("settings", "theme", "dark", "--collection", "Door", status=2)
    assert "a collection may set" in refused["Error"]["Message"]
    say("settings", "min_photos", "many", "--collection", "Door", status=2)
