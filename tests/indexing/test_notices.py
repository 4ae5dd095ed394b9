"""Notices: made where work ends, told to who listens, and to commands that this user set here."""

from __future__ import annotations

import json
import logging
import shlex
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.errors import UsageError
from app.indexing.documents import task as document
from app.indexing.events import Ended, Event, Noticed, Troubled
from app.indexing.house import House
from app.indexing.notice import Notice, NoticeKind
from app.indexing.task_notices import task_notice
from app.library.commands.collections import set_own
from app.library.commands.folders import create_collection
from app.library.consent import Consent
from app.library.models import Collection
from app.library.queries.collections import collection_of_task
from app.library.rare_rows import SkippedFile
from app.library.rows import CollectionRow, TaskRow, TaskState, TaskType
from tests.indexing.conftest import finish

Open = Callable[..., House]
_APPEND = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + chr(10))"
AT = datetime(2024, 5, 6, 7, 8, 9)
PHOTOS = CollectionRow(1, "Photos", AT)


def appending(path: Path) -> str:
    """The command that adds what it is told to a file."""
    return shlex.join([sys.executable, "-c", _APPEND, str(path)])


def told(path: Path) -> list[dict[str, object]]:
    """What such a command was told until now."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def heard(house: House) -> list[Event]:
    """What is told of from now on."""
    events: list[Event] = []
    house.indexer.subscribe(events.append)
    return events


def alert(collection_id: int, name: str) -> Notice:
    """Somebody was seen."""
    return Notice(
        NoticeKind.ALERT, collection_id, name, "A stranger", "Somebody was seen.", {"AlertId": 3}
    )


def row(state: TaskState, error: str = "", **result: object) -> TaskRow:
    """A task of 65 seconds."""
    return TaskRow(
        "task-1", TaskType.INDEX, state, 5, 7, AT, AT + timedelta(seconds=70), error, result,
        (SkippedFile(Path("/a.jpg"), "It is empty."),), AT + timedelta(seconds=5),
    )  # fmt: skip


def test_the_end_of_a_task_is_told_to_the_command_that_was_set(
    open_house: Open, tmp_path: Path, six_people: Path
) -> None:
    house = open_house()
    events = heard(house)
    house.indexer.choices.change("notify_command", appending(tmp_path / "told"))
    house.indexer.start(watch=False)
    index = finish(house, house.indexer.index(house.collection.id, [six_people]))
    cluster = finish(house, house.indexer.cluster(house.collection.id))
    house.indexer.notices.finish()
    first, second = told(tmp_path / "told")
    assert first == json.loads(json.dumps({
        "Event": "task", "DatasetName": "Photos", "Title": "Photos looked at",
        "Text": "4 photos looked at, 24 faces found.", **document(index),
    }))  # fmt: skip
    assert second["TaskId"] == cluster.id and second["Title"] == "Faces grouped"
    notices = [event.notice for event in events if isinstance(event, Noticed)]
    assert [(one.kind, one.collection) for one in notices] == [(NoticeKind.TASK, "Photos")] * 2
    assert notices[0].document["TaskId"] == index.id
    assert not [event for event in events if isinstance(event, Troubled)]


def test_an_alert_goes_to_the_command_of_its_collection(open_house: Open, tmp_path: Path) -> None:
    house = open_house()
    door = create_collection(house.library, "Door", "camera")
    command = appending(tmp_path / "door")
    set_own(house.library, door.id, "notify_command", command)
    house.indexer.choices.change("notify_command", appending(tmp_path / "for all"))
    house.indexer.notices.give(alert(door.id, "Door"))
    house.indexer.notices.give(alert(house.collection.id, "Photos"))
    house.indexer.notices.finish()
    assert [one["DatasetName"] for one in told(tmp_path / "door")] == ["Door"]
    (other,) = told(tmp_path / "for all")
    assert other == {
        "Event": "alert", "DatasetName": "Photos", "Title": "A stranger",
        "Text": "Somebody was seen.", "AlertId": 3,
    }  # fmt: skip


def test_a_command_that_came_along_with_a_library_is_not_run(
    open_house: Open, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """In its settings, in its file, or in a library that was copied to another place."""
    library, own = appending(tmp_path / "for all"), appending(tmp_path / "own")
    elsewhere = Consent(tmp_path / "elsewhere")
    elsewhere.note("notify_command", library)
    house = open_house(notify_command=library)
    door = create_collection(house.library, "Door", "camera")
    Collection.update(settings={"notify_command": own}).where(Collection.id == door.id).execute()
    events = heard(house)
    caplog.set_level(logging.DEBUG)
    for _ in range(2):
        house.indexer.notices.give(alert(house.collection.id, "Photos"))
        house.indexer.notices.give(alert(door.id, "Door"))
    house.indexer.notices.finish()
    assert not told(tmp_path / "for all") and not told(tmp_path / "own")
    reasons = [event.reason for event in events if isinstance(event, Troubled)]
    assert len(reasons) == 2 and all("not set on this computer" in one for one in reasons)
    assert str(tmp_path) not in " ".join(reasons) + caplog.text
    assert len([event for event in events if isinstance(event, Noticed)]) == 4
    house.indexer.choices.change("notify_command", library)
    house.indexer.notices.give(alert(house.collection.id, "Photos"))
    house.indexer.notices.finish()
    assert len(told(tmp_path / "for all")) == 1, "the user set it here"


def test_consent_is_private_and_says_nothing_of_the_command(open_house: Open) -> None:
    house = open_house()
    consent = house.paths.consent
    assert not consent.exists()
    house.indexer.choices.change("notify_command", "mail anna@example.org")
    assert consent.stat().st_mode & 0o077 == 0 and consent.parent.stat().st_mode & 0o077 == 0
    assert "anna" not in consent.read_text() and str(house.paths.data) not in consent.read_text()
    assert house.paths.data not in consent.parents, "a copy of the library has none of it"
    for broken in ("{", "{}", "7"):
        consent.write_text(broken)
        assert not house.indexer.choices.consent.has("mail anna@example.org")
    house.indexer.choices.change("notify_command", "")
    assert consent.read_text() == broken, "to run nothing needs no consent"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes commands as they are")
def test_what_cannot_be_a_command_is_not_set(open_house: Open) -> None:
    house = open_house()
    with pytest.raises(UsageError, match="cannot be understood"):
        house.indexer.choices.change("notify_command", "mail 'anna")
    assert house.indexer.choices.settings.notify_command == ""
    assert not house.paths.consent.exists()


def test_what_another_process_did_is_told_here_and_run_there(
    open_house: Open, tmp_path: Path
) -> None:
    house = open_house()
    events = heard(house)
    house.indexer.choices.change("notify_command", appending(tmp_path / "told"))
    house.indexer._announcer.tell(Ended(row(TaskState.DONE, Indexed=4), by_other=True))
    house.indexer.notices.finish()
    assert len([event for event in events if isinstance(event, Noticed)]) == 1
    assert not told(tmp_path / "told")
    house.indexer.notices.also = appending(tmp_path / "also")
    house.indexer.notices.told_here(row(TaskState.DONE))
    house.indexer.notices.told_here(row(TaskState.INTERRUPTED))
    house.indexer.notices.also = appending(tmp_path / "told")
    house.indexer.notices.told_here(row(TaskState.DONE))
    house.indexer.notices.finish()
    assert len(told(tmp_path / "also")) == 1, "named here, and so nobody else knows of it"
    assert not told(tmp_path / "told"), "it is the one that is set: who did it runs it"


def test_what_fails_while_a_notice_is_given_harms_nobody(
    open_house: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    house = open_house()
    events = heard(house)
    house.indexer.choices.change("notify_command", str(tmp_path / "nowhere"))
    house.indexer.choices.change("notify_seconds", 5)
    house.indexer.notices.give(alert(0, ""))
    house.indexer.notices.finish()
    (reason,) = [event.reason for event in events if isinstance(event, Troubled)]
    assert reason.startswith("The notify command cannot be started")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere"))
    house.close()


def test_a_task_is_of_the_collection_it_is_about(open_house: Open, six_people: Path) -> None:
    house = open_house()
    house.indexer.start(watch=False)
    done = finish(house, house.indexer.index(house.collection.id, [six_people / "whole.jpg"]))
    assert collection_of_task(house.library, done.id) == house.collection
    assert collection_of_task(house.library, "task-of-nobody") is None
    notice = house.indexer.notices.of_task(done)
    assert notice is not None and notice.collection_id == house.collection.id


@pytest.mark.parametrize(
    ("ended", "title", "text"),
    [
        (
            row(TaskState.DONE, Indexed=1204, Faces=1),
            "Photos looked at",
            "1,204 photos looked at, 1 face found; 1 file skipped.",
        ),
        (
            row(TaskState.FAILED, "The disk is full."),
            "The work stopped",
            "The disk is full.",
        ),
        (
            row(TaskState.CANCELLED),
            "Cancelled",
            "Looking at photos was cancelled; what it did until then stays.",
        ),
    ],
)
def test_people_are_told_in_a_sentence(ended: TaskRow, title: str, text: str) -> None:
    notice = task_notice(ended, PHOTOS)
    assert notice is not None
    assert (notice.title, notice.text, notice.seconds) == (title, text, 65.0)
    assert notice.whole()["Skipped"] == [{"URI": "file:///a.jpg", "Error": "It is empty."}]


def test_what_goes_on_at_the_next_start_has_not_ended() -> None:
    assert task_notice(row(TaskState.INTERRUPTED), PHOTOS) is None


def test_a_task_of_no_collection_is_told_as_well() -> None:
    notice = task_notice(row(TaskState.DONE), None)
    assert notice is not None and (notice.collection_id, notice.collection) == (0, "")
