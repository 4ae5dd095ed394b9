"""kinfolk models use, undo and settle."""

from __future__ import annotations

import pytest

from app.__main__ import main
from app.paths import Paths
from tests.cli.conftest import Say
from tests.indexing.second_pack import NAME, make_second_pack


@pytest.mark.usefixtures("indexed")
def test_another_pack_takes_over_and_gives_back(
    say: Say, capfd: pytest.CaptureFixture[str]
) -> None:
    make_second_pack(Paths.named(None).models)
    person = say("people")["FigureClusters"][0]["ObjectId"]
    say("name", person, "Anna")
    assert say("models")["Switch"] == {"Phase": "none"}
    answer = say("models", "use", NAME)
    assert (answer["Pack"], answer["Photos"], answer["Skipped"]) == (NAME, 4, [])
    assert answer["UndoUntil"].endswith("Z")
    listed = say("models")
    assert [m["Name"] for m in listed["Models"] if m["InUse"]] == [NAME]
    assert (listed["Switch"]["Phase"], listed["Switch"]["UndoTo"]) == ("switched", "compact")
    assert len(say("photos", "--person", "Anna")["Files"]) == 4
    assert [t["Status"] for t in say("tasks")["Tasks"] if t["TaskType"] == "switch"] == ["done"]
    assert main(["models", "list"]) == 0
    assert "`kinfolk models undo` goes back to compact, until" in capfd.readouterr().out
    say("models", "use", NAME, status=2)
    answer = say("models", "undo")
    assert (answer["Pack"], answer["Photos"]) == ("compact", 4) and "UndoUntil" not in answer
    assert len(say("photos", "--person", "Anna")["Files"]) == 4
    say("models", "undo", status=2)
    assert say("models", "settle")["Done"].startswith("Nothing is kept any more")
    assert say("models", "settle")["Done"].startswith("There was nothing kept")


def test_what_cannot_be_used_is_told_in_a_line(say: Say) -> None:
    say("collection", "create", "Door")
    for words in (["use"], ["use", "compact"], ["undo"], ["undo", "compact"]):
        told = say("models", *words, status=2)["Error"]["Message"]
        assert "\n" not in told, words
    told = say("models", "use", "buffalo_s", status=2)["Error"]["Message"]
    assert "`kinfolk models download buffalo_s` fetches it" in told
    assert "no model pack nowhere" in say("models", "use", "nowhere", status=2)["Error"]["Message"]
