"""Questions and answers on the command line, over a library of real photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_sayings import figures, people

if TYPE_CHECKING:
    from tests.cli.conftest import Say


@pytest.mark.usefixtures("indexed")
def test_a_question_is_listed_answered_and_taken_back(say: Say) -> None:
    anna, *_ = people(say)
    say("name", anna, "Anna")
    one, *_ = figures(say, anna)
    say("move", "Dora", one)
    asked = next(s for s in say("suggestions")["Suggestions"] if s["FigureIds"] == [one])
    assert asked["Question"] == "Are Dora and Anna the same person?"
    assert asked["OtherFigureClusterId"] == anna and asked["FigureClusterName"] == "Dora"
    assert asked["Probability"] > 0.9 and asked["Settles"] == 1
    assert {w["FigureId"] for w in asked["Witnesses"]} <= set(figures(say, anna))
    assert "Merged Dora into Anna" in say("answer", asked["SuggestionId"], "yes")["Done"]
    assert len(figures(say, anna)) == 4
    told = say("answer", asked["SuggestionId"], "yes", status=2)
    assert "not asked any more" in told["Error"]["Message"]
    say("undo")
    say("answer", asked["SuggestionId"], "no")
    document = say("suggestions", "--max-results", "1")
    assert document["TotalCount"] >= len(document["Suggestions"]) <= 1
    assert all(
        s["SuggestionId"] != asked["SuggestionId"] for s in say("suggestions")["Suggestions"]
    )


@pytest.mark.usefixtures("indexed")
def test_why_a_face_is_where_it_is(say: Say) -> None:
    anna, *_ = people(say)
    say("name", anna, "Anna")
    one, two, *_ = figures(say, anna)
    told = say("why", one)
    assert (told["FigureClusterName"], told["PlacedBy"]) == ("Anna", "machine")
    say("confirm", "Anna", one)
    assert say("why", one)["PlacedBy"] == "user"
    assert told["Probability"] > 0.9
    assert two in {w["FigureId"] for w in told["Witnesses"]}
    say("reject", "Anna", one)
    lone = say("why", one)
    assert "FigureClusterId" not in lone, "with nobody"
    assert lone.get("LikeliestFigureClusterName") != "Anna", "she was ruled out"
    say("notface", one)
    assert "You said" in say("why", one, status=2)["Error"]["Message"]
    assert "face-99999" in say("why", "face-99999", status=2)["Error"]["Message"]
    assert "choose from" in say("answer", "x", "perhaps", status=2)["Error"]["Message"]


@pytest.mark.usefixtures("indexed")
def test_faces_of_another_collection_are_out_of_reach(say: Say) -> None:
    one, *_ = figures(say, people(say)[0])
    say("collection", "create", "Work")
    for words in (("move", "Xaver", one), ("notface", one)):
        told = say("--collection", "Work", *words, status=2)
        assert "no face of the collection Work" in told["Error"]["Message"]
    assert say("history") == {"Decisions": []}


@pytest.mark.usefixtures("indexed")
def test_what_is_said_twice_is_said_once(say: Say) -> None:
    anna, ben, *_ = people(say)
    one, two, *_ = figures(say, anna)
    for words in (("reject", anna, one), ("notface", two), ("different", anna, ben)):
        assert say(*words)["Done"]
        assert say(*words)["Done"] == "", "nothing is changed, and nothing is there to undo"
    assert len(say("history")["Decisions"]) == 3
