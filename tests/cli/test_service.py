"""The table of the cloud service stays true: every command is told of, and every field printed."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.cli.parser import _subparsers, command_names, make_parser

if TYPE_CHECKING:
    from tests.cli.conftest import Say

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOT_YET = {
    "Camera", "Duplicates", "Offline", "Error", "BirthYear", "Staff", "Drawn", "Skipped", "Note",
    "Stack", "MotionPhoto", "Lens", "ExposureTime", "FNumber", "ISOSpeed", "FocalLength", "LatLong",
    "Latitude", "Longitude", "Altitude", "Timezone",
}  # fmt: skip
"""Fields that a library as small as this has nothing to tell in."""
OF_VIDEOS = {"Moment", "Seen", "Duration"}
"""And those that pictures have not: tests/cli/test_videos.py asks for them."""
INNER = {"Result", "HeadPose", "Boundary", "Cover"}
"""What is in them is told of in the row of the field."""


def commands_of(table: str) -> list[list[str]]:
    """The words of every command that a table names, which stand in its third column."""
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")]
    cells = [row[2] for row in rows if len(row) > 2]
    return [code.split() for cell in cells for code in re.findall(r"`([a-z]+\b[^`]*)`", cell)]


def section(heading: str) -> str:
    """What stands below a heading."""
    return re.split(r"\n#+ ", PAGE.split(f" {heading}\n", 1)[1])[0]


def fields_of(heading: str) -> tuple[set[str], set[str]]:
    """The fields that are said to be the same, and those that are said to be absent."""
    found: tuple[set[str], set[str]] = set(), set()
    for line in section(heading).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) > 1 and cells[1] in ("yes", "absent"):
            found[cells[1] == "absent"].update(re.findall(r"`(\w+)`", cells[0]))
    return found


def test_every_command_is_in_the_table_or_the_readme() -> None:
    for name in command_names():
        assert re.search(rf"`{name}\b", PAGE) or re.search(rf"`{name}\b", README), name


def test_every_command_in_the_table_is_one() -> None:
    """With the options that it is said to have."""
    parsers = _subparsers(make_parser()).choices
    named = commands_of(PAGE.split("## Operations")[1].split("## Fields")[0])
    assert len({words[0] for words in named}) > 20
    for words in named:
        parser = parsers[words[0]]
        if any(isinstance(action, argparse._SubParsersAction) for action in parser._actions):
            parser = _subparsers(parser).choices[words[1]]
        known = {option for action in parser._actions for option in action.option_strings}
        asked = {word.strip("[]") for word in words if word.strip("[]").startswith("--")}
        assert asked <= known, words


def told(document: Any, keys: set[str]) -> set[str]:
    """All fields in a document, but for those inside some."""
    if isinstance(document, list):
        return {name for one in document for name in told(one, keys)}
    if not isinstance(document, dict):
        return set()
    return set(document) | {
        name for key, value in document.items() if key not in keys for name in told(value, keys)
    }


@pytest.mark.usefixtures("indexed")
def test_every_field_is_in_the_table_and_none_is_that_is_not(say: Say) -> None:
    person = say("people")["FigureClusters"][0]["ObjectId"]
    say("name", person, "Anna")
    files = say("photos")["Files"]
    printed = {
        "Figure": told([file.pop("Figures") for file in files], INNER),
        "File": told(files, INNER) | {"Figures"},
        "FigureCluster": told(say("people")["FigureClusters"], INNER),
        "Dataset": told(say("collection", "list")["Datasets"], INNER),
        "Binding": told(say("folder", "list")["Bindings"], INNER),
        "Task": told(say("tasks")["Tasks"], INNER),
    }
    for heading, names in printed.items():
        same, absent = fields_of(heading)
        assert names <= same, (heading, "not in the table", names - same)
        assert same - names <= NOT_YET | OF_VIDEOS, (heading, "not printed", same - names)
        assert not absent & names, (heading, "not absent", absent & names)
