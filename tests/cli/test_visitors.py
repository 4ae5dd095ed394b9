"""`visitors`, over a library of real photos."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from app.__main__ import main
from tests.cli.test_photos import dated
from tests.cli.test_sayings import figures, people

__all__ = ["dated"]

if TYPE_CHECKING:
    from tests.cli.conftest import Say


@pytest.mark.usefixtures("dated")
def test_who_came_and_who_came_again(say: Say) -> None:
    told = say("visitors", "--by", "hour")
    # Four years of one hour each: six people, first new, then known.
    assert [(one["From"][:13], one["People"], one["New"]) for one in told["Visitors"]] == [
        ("2018-06-14T12", 6, 6), ("2019-06-14T12", 6, 0), ("2020-06-14T12", 6, 0),
        ("2021-06-14T12", 6, 0),
    ]  # fmt: skip
    assert (told["Total"]["People"], told["Total"]["Visits"]) == (6, 24)
    last = say("visitors", "--since", 2021)
    assert len(last["Visitors"]) == 1
    assert (last["Total"]["New"], last["Total"]["Returning"]) == (0, 6)
    assert len(say("visitors", "--until", "2018-12")["Visitors"]) == 1
    # A year is no break when the window is longer.
    assert say("visitors", "--window", 999_999)["Total"]["Visits"] == 6


@pytest.mark.usefixtures("dated")
def test_staff_is_left_out(say: Say) -> None:
    anna, ben, *_ = people(say)
    say("name", anna, "Anna")
    say("hide", ben)
    assert say("visitors")["Total"]["People"] == 5
    assert say("visitors", "--without", "anna")["Total"]["People"] == 4
    listed = say("visitors", "--list", "--since", 2021)["Visits"]
    assert len(listed) == 5 and {one.get("Name") for one in listed} == {"Anna", None}
    assert next(one for one in listed if "Name" in one)["FigureClusterId"] == anna
    assert listed[0]["FigureId"].startswith("face-") and not listed[0]["New"]
    for figure in figures(say, anna):
        say("notface", figure)
    assert say("visitors")["Total"]["People"] == 4


@pytest.mark.usefixtures("dated")
def test_who_works_here_is_no_visitor(say: Say) -> None:
    anna, ben, *_ = people(say)
    assert say("staff", anna)["FigureCluster"]["Staff"]
    say("name", ben, "Ben")
    assert "Ben is staff" in say("staff", "ben")["Done"]
    assert say("visitors")["Total"]["People"] == 4
    told = say("staff", "Ben", "--not")
    assert "Ben is not staff" in told["Done"] and "Staff" not in told["FigureCluster"]
    assert say("visitors")["Total"]["People"] == 5
    say("undo")
    assert say("visitors")["Total"]["People"] == 4
    assert not say("staff", anna)["Done"], "it was said already"
    assert "Nobody" in say("staff", "Zoe", status=2)["Error"]["Message"]


@pytest.mark.usefixtures("dated")
def test_how_long_a_break_is_belongs_to_the_collection(say: Say) -> None:
    assert say("visitors")["Total"]["Visits"] == 24
    say("settings", "visit_minutes", 999_999, "--collection", "Photos")
    assert say("visitors")["Total"]["Visits"] == 6
    assert say("visitors", "--window", 30)["Total"]["Visits"] == 24, "the option comes first"


@pytest.mark.usefixtures("dated")
def test_numbers_as_csv_and_as_a_table(say: Say, capfd: pytest.CaptureFixture[str]) -> None:
    told = say("visitors", "--csv")["Visitors"]
    assert main(["visitors", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert [{name: str(value) for name, value in one.items()} for one in told] == rows
    assert main(["visitors"]) == 0
    lines = capfd.readouterr().out.splitlines()
    heads = ["From", "To", "People", "New", "Returning", "Visits", "Unclear"]
    assert lines[0].split() == heads
    assert lines[-1].split()[-5:] == ["6", "6", "0", "24", "0"]
    assert main(["visitors", "--list"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 24


def test_nobody_and_nonsense(say: Say, capfd: pytest.CaptureFixture[str]) -> None:
    assert say("visitors") == {"Visitors": [], "Total": None}
    assert main(["visitors"]) == 0
    assert capfd.readouterr().out == "Nobody was seen.\n"
    for words in (("--window", "0"), ("--window", "nan"), ("--window", "inf")):
        assert "minutes" in say("visitors", *words, status=2)["Error"]["Message"]
    assert "no date" in say("visitors", "--since", "soon", status=2)["Error"]["Message"]
    assert "Nobody" in say("visitors", "--without", "Zoe", status=2)["Error"]["Message"]
