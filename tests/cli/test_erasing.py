"""`erase --strangers` and the setting that does it every day, over a library of real photos."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.library.database import Library
from app.library.models import Photo, now
from app.library.queries.visit_totals import with_erased
from app.library.queries.visits import By, counted, visits
from app.paths import Paths
from tests.cli.test_sayings import people

if TYPE_CHECKING:
    from tests.cli.conftest import Say


def days_pass(count: float) -> None:
    """Let every photo have been found so long ago."""
    library = Library.open(Paths.for_user().database)
    at = now() - timedelta(days=count)
    library.write(lambda: Photo.update(found=at).execute())
    library.close()


@pytest.mark.usefixtures("indexed")
def test_strangers_are_told_of_before_they_are_erased(say: Say) -> None:
    anna, *_ = people(say)
    say("name", anna, "Anna")
    told = say("erase", "--strangers", status=2)["Error"]["Message"]
    assert "keeps strangers for ever" in told and "--older-than DAYS" in told
    assert "--strangers" in say("erase", "--older-than", 3, status=2)["Error"]["Message"]
    would = say("erase", "--dry-run")
    assert (would["Faces"], would["FigureClusters"], would["Names"]) == (24, 6, 1)
    assert say("erase", "--strangers", "--older-than", 1, "--dry-run") == {
        "Faces": 0, "FigureClusters": 0, "Files": 0, "OlderThanDays": 1
    }  # fmt: skip
    assert "Nobody who is not named" in say("erase", "--strangers", "--older-than", 1)["Done"]
    days_pass(2)
    told = say("erase", "--strangers", "--older-than", 1, status=2)["Error"]["Message"]
    assert "20 faces of strangers (5 groups) in 4 photos" in told and "\n" not in told
    assert "`kinfolk erase --strangers --older-than 1 --yes`" in told
    assert say("erase", "--strangers", "--older-than", 1, "--dry-run")["Faces"] == 20
    assert len(people(say)) == 6, "until now nothing has happened"
    done = say("erase", "--strangers", "--older-than", 1, "--yes")
    assert done["Done"].startswith("Erased 20 faces of strangers") and done["Faces"] == 20
    assert people(say) == [anna]
    assert say("index")["Unchanged"] == 4 and people(say) == [anna]
    say("index", "--again")
    assert len(people(say)) == 6


@pytest.mark.usefixtures("indexed")
def test_a_collection_erases_its_strangers_by_itself(say: Say) -> None:
    anna, *_ = people(say)
    say("name", anna, "Anna")
    days_pass(9999)
    say("index")
    assert len(people(say)) == 6, "an album keeps everybody"
    say("settings", "stranger_days", 30, "--collection", "Photos")
    days_pass(29.9)
    say("index")
    assert len(people(say)) == 6
    assert not any("stranger" in note for note in say("doctor")["Notes"])
    days_pass(30.1)
    assert any("20 faces of strangers are due" in note for note in say("doctor")["Notes"])
    assert say("erase", "--strangers", "--dry-run")["OlderThanDays"] == 30
    assert say("doctor", "--repair")["Healthy"] and people(say) == [anna]
    assert say("doctor")["Healthy"]


@pytest.mark.usefixtures("indexed")
def test_of_any_age_is_everybody_without_a_name_and_who_came_is_told_as_before(say: Say) -> None:
    before = say("visitors", "--by", "day")["Visitors"]
    assert say("erase", "--strangers", "--older-than", 0, "--yes")["Faces"] == 24
    assert people(say) == []
    library = Library.open(Paths.for_user().database)
    times = with_erased(library, 1, counted(visits(library, 1), By.DAY), By.DAY)
    library.close()
    assert [one.people for one in times] == [one["People"] for one in before]


@pytest.mark.parametrize("days", ["-1", "1.5", "soon", "99999"])
def test_days_that_are_none_are_one_line(say: Say, days: str) -> None:
    told = say("erase", "--strangers", f"--older-than={days}", status=2)["Error"]["Message"]
    assert "no number of days" in told and "\n" not in told
