"""`photos --query`, over a library of real photos."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_photos import dated, found
from tests.cli.test_sayings import figures, people

__all__ = ["dated"]

if TYPE_CHECKING:
    from tests.cli.conftest import Say


def leaf(name: str, operation: str, value: object = "") -> dict[str, Any]:
    return {"Field": name, "Operation": operation, **({"Value": value} if value != "" else {})}


def joint(operation: str, *parts: object) -> dict[str, Any]:
    return {"Operation": operation, "SubQueries": list(parts)}


def asked(say: Say, query: object, *words: object) -> set[str]:
    return found(say, "--query", json.dumps(query), *words)


@pytest.mark.usefixtures("dated")
def test_photos_by_what_is_asked(say: Say, dated: Path) -> None:
    anna, ben, *_ = people(say)
    say("name", anna, "Anna")
    one, *_ = figures(say, anna)
    say("split", "Anna", one, "--name", "Dora")
    dora = found(say, "--person", "Dora")
    name = "Figures.FigureClusterName"
    assert asked(say, leaf(name, "eq", "Dora")) == dora
    assert asked(say, joint("not", leaf(name, "eq", "Dora"))) == found(say) - dora
    assert asked(say, leaf("Figures.FigureClusterId", "eq", ben)) == found(say, "--person", ben)
    assert asked(say, leaf("Filename", "prefix", "mirr")) == {"mirrored"}
    assert asked(say, leaf("URI", "match", "50%25 OFF")) == {"dark", "cropped"}
    assert asked(say, leaf("ProduceTime", "lt", "2020")) == {"whole", "mirrored"}
    assert asked(say, leaf("ProduceTime", "lt", "2020"), "--since", 2019) == {"mirrored"}
    assert asked(say, leaf("Size", "gt", "1"), "--person", "Dora") == dora
    # Some face is Dora's and some face is Anna's; no face is both.
    both = [leaf(name, "eq", "Dora"), leaf("Figures.FigureClusterId", "eq", ben)]
    assert asked(say, joint("and", *both)) == dora
    assert asked(say, joint("nested", *both)) == set()
    file = dated / "query.json"
    file.write_text(json.dumps(leaf("Filename", "eq", "whole.jpg")), encoding="utf-8")
    assert found(say, "--query", f"@{file}") == {"whole"}


@pytest.mark.usefixtures("dated")
def test_what_is_printed_finds_its_photo_again(say: Say) -> None:
    for file in say("photos")["Files"]:
        figure = file["Figures"][0]
        for name in ("URI", "Filename", "Size", "FileModifiedTime", "FileHash"):
            assert Path(file["Filename"]).stem in asked(say, leaf(name, "eq", file[name]))
        one_face = [
            leaf(f"Figures.{name}", "eq", figure[name])
            for name in ("FaceQuality", "Age", "Gender", "Sharpness", "FigureConfidence")
        ]
        pose = leaf("Figures.HeadPose.Yaw", "eq", figure["HeadPose"]["Yaw"])
        assert asked(say, joint("nested", pose, *one_face)) == {Path(file["Filename"]).stem}


@pytest.mark.usefixtures("dated")
def test_pages_of_a_query_in_an_order(say: Say) -> None:
    query = json.dumps(joint("not", leaf("Filename", "eq", "dark.jpg")))
    words = ("--query", query, "--sort", "Size,Filename", "--order", "desc", "--max-results", 2)
    whole = say("photos")["Files"]
    sizes = sorted((f["Size"] for f in whole if f["Filename"] != "dark.jpg"), reverse=True)
    first = say("photos", *words)
    second = say("photos", *words, "--next-token", first["NextToken"])
    assert [f["Size"] for f in first["Files"] + second["Files"]] == sizes
    assert second["NextToken"] == ""
    for others in (("--sort", "Size"), ("--query", query), ("--person", people(say)[0]), ()):
        error = say("photos", *others, "--next-token", first["NextToken"], status=2)["Error"]
        assert "not from an answer to this question" in error["Message"]


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--query", "{"), "this is none: Expecting property name"),
        (("--query", "[" * 100_000), "nested too deep"),
        (("--query", '{"Field":"Age","Operation":"eq","Value":3}'), "did you mean Figures.Age?"),
        (("--query", "@nowhere.json"), "cannot be read from nowhere.json"),
        (("--query", '{"Field":"Size","Operation":"eq","Value":NaN}'), "Size is a number"),
        (("--sort", "Sise"), "did you mean Size?"),
        (("--order", "desc"), "--order needs --sort"),
        (("--max-results", "0"), "at least 1"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(
    say: Say, words: tuple[str, ...], told: str
) -> None:
    message = say("photos", *words, status=2)["Error"]["Message"]
    assert told in message and "\n" not in message
