"""The household's work, with real workers, models, files and threads."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.changes import Changes
from app.errors import ModelError
from app.indexing import looker, upkeep
from app.indexing.events import Ended, Event, Progressed
from app.indexing.house import House
from app.library.commands.faces import reject_faces
from app.library.commands.people import name_person
from app.library.queries.faces import faces_in_photo, faces_of
from app.library.queries.folders import folders
from app.library.queries.people import find_person, list_people
from app.library.queries.photos import counts, photos_of, skipped_photos, timeline
from app.library.queries.tasks import task, tasks
from app.library.rows import FolderState, PersonKind, TaskState
from tests.indexing.conftest import eventually, finish

KINFOLK = [sys.executable, "-m", "app"]
Open = Callable[..., House]


def index(house: House, *paths: Path) -> dict[str, object]:
    row = finish(house, house.indexer.index(house.collection.id, paths))
    assert row.state is TaskState.DONE, row.error
    return row.result | {"Skipped": [s.path.name for s in row.skipped]}


def test_six_people_in_four_photos_become_six_people(open_house: Open, six_people: Path) -> None:
    house = open_house()
    house.indexer.start(watch=False)
    result = index(house, six_people)
    assert (result["Indexed"], result["Faces"]) == (4, 24)
    row = finish(house, house.indexer.cluster(house.collection.id))
    assert row.result["NewFaces"] == 24
    people = list_people(house.library, house.collection.id)
    assert [(p.photo_count, p.face_count) for p in people] == [(4, 4)] * 6
    assert people[0].kind is PersonKind.GROUP
    for person in people:
        assert person.cover is not None
        assert house.thumbnails.has_face(person.cover.fingerprint, person.cover.box)
    assert house.thumbnails.has_photo(timeline(house.library, house.collection.id)[0].fingerprint)
    again = index(house)
    assert (again["Indexed"], again["Unchanged"]) == (0, 4)
    ids = {p.key for p in people}
    finish(house, house.indexer.cluster(house.collection.id, rebuild=True))
    assert {p.key for p in list_people(house.library, house.collection.id)} == ids


def test_the_originals_are_not_touched(open_house: Open, six_people: Path) -> None:
    def facts() -> dict[str, tuple[object, ...]]:
        return {
            path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), s.st_mtime_ns, s.st_mode)
            for path in six_people.iterdir()
            for s in [path.stat()]
        }

    before = facts()
    house = open_house()
    house.indexer.start(watch=False)
    index(house, six_people)
    assert facts() == before


def test_bad_files_cost_nothing(open_house: Open, album: Path) -> None:
    whole = (album / "group.jpg").read_bytes()
    (album / "empty.jpg").touch()
    (album / "cut.jpg").write_bytes(whole[: len(whole) // 3])
    (album / "letter.jpg").write_text("Dear Anna,")
    (album / "bomb.png").write_bytes(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0" + b"\0" * 40
    )
    os.mkfifo(album / "pipe.jpg")
    odd = Path(os.fsdecode(os.fsencode(album) + b"/gr\xfcn \xff.jpg"))
    shutil.copy(album / "group.jpg", odd)
    house = open_house()
    house.indexer.start(watch=False)
    result = index(house, album)
    bad = {"empty.jpg", "cut.jpg", "letter.jpg", "bomb.png", "pipe.jpg"}
    assert set(result["Skipped"]) == bad  # type: ignore[call-overload]
    assert result["Indexed"] == 5
    reasons = {s.path.name: s.error for s in skipped_photos(house.library, house.collection.id)}
    assert set(reasons) == bad
    assert all(reason.endswith(".") for reason in reasons.values())
    assert set(index(house)["Skipped"]) == bad, "they are still told of"  # type: ignore[call-overload]
    shutil.copy(album / "group.jpg", album / "empty.jpg")
    task_id = house.indexer.retry_skipped(house.collection.id)
    assert task_id is not None
    assert finish(house, task_id).result["Indexed"] == 1


def test_a_worker_that_dies_costs_nothing(open_house: Open, six_people: Path) -> None:
    for n in range(12):
        shutil.copy(six_people / "whole.jpg", six_people / f"copy{n}.jpg")
    house = open_house(workers=1)
    house.indexer.start(watch=False)
    killed: list[int] = []

    def kill(event: Event) -> None:
        if isinstance(event, Progressed) and event.progress.done >= 2 and not killed:
            for pid in _workers():
                killed.append(pid)
                os.kill(pid, signal.SIGKILL)

    house.indexer.subscribe(kill)
    result = index(house, six_people)
    assert killed
    assert (result["Indexed"], result["Skipped"]) == (16, [])


def _workers() -> list[int]:
    """The worker processes of this one."""
    found = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "spawn_main"], capture_output=True, text=True
    )
    return [int(word) for word in found.stdout.split()]


def test_pause_holds_and_cancel_ends(open_house: Open, six_people: Path) -> None:
    for n in range(30):
        shutil.copy(six_people / "whole.jpg", six_people / f"copy{n}.jpg")
    house = open_house(workers=1)
    events: list[Event] = []
    house.indexer.subscribe(events.append)
    house.indexer.start(watch=False)
    house.indexer.pause()
    task_id = house.indexer.index(house.collection.id, [six_people])
    eventually(
        lambda: any(isinstance(e, Progressed) and e.progress.state == "paused" for e in events)
    )
    assert counts(house.library, house.collection.id).photos == 0
    house.indexer.resume()
    eventually(lambda: counts(house.library, house.collection.id).photos > 0)
    house.indexer.cancel(task_id)
    row = finish(house, task_id, 15)
    assert row.state is TaskState.CANCELLED
    kept = counts(house.library, house.collection.id)
    done = kept.photos + kept.copies
    assert 0 < done < 34 and done + kept.pending == 34
    assert sum(isinstance(e, Ended) for e in events) == 1
    assert index(house)["Indexed"] == kept.pending, "the rest, and nothing twice"


def test_after_a_kill_the_work_goes_on_where_it_was(
    open_house: Open, six_people: Path, tmp_path: Path
) -> None:
    for n in range(30):
        shutil.copy(six_people / "whole.jpg", six_people / f"copy{n}.jpg")
    program = subprocess.Popen(
        [*KINFOLK, "index", str(six_people), "--library", str(tmp_path / "library")],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    house: House | None = None
    end = time.monotonic() + 60
    while time.monotonic() < end:
        time.sleep(0.2)
        if (tmp_path / "library" / "library.db").exists():
            house = house or open_house()
            totals = counts(house.library, house.collection.id)
            if totals.photos + totals.copies >= 3:
                break
    assert house is not None
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    seen = counts(house.library, house.collection.id)
    assert seen.photos + seen.copies >= 3 and seen.pending > 0
    assert house.library.problems() == []
    house.indexer.start(watch=False)
    assert {row.state for row in tasks(house.library)} == {TaskState.INTERRUPTED}
    assert index(house)["Indexed"] == seen.pending
    eventually(lambda: not _left_of(program.pid), 10)


def _left_of(session: int) -> list[str]:
    """The processes that outlived the program that was killed."""
    found = subprocess.run(["pgrep", "-s", str(session)], capture_output=True, text=True)
    return found.stdout.split()


def test_one_indexer_at_a_time(open_house: Open) -> None:
    house = open_house()
    house.indexer.start(watch=False)
    second = subprocess.run(
        [*KINFOLK, "cluster", "--library", str(house.paths.data)], capture_output=True, text=True
    )
    assert second.returncode == 0
    assert "does this" in second.stderr and len(second.stderr.splitlines()) == 1
    assert [row.state for row in tasks(house.library)] == [TaskState.DONE], "it was done here"
    listing = subprocess.run(
        [*KINFOLK, "people", "--library", str(house.paths.data)], capture_output=True, text=True
    )
    assert listing.returncode == 0, "reading is for everyone, at any time"


def test_a_missing_model_looks_at_nothing(open_house: Open) -> None:
    with pytest.raises(ModelError):
        open_house(pack="no-such-pack")


def test_a_watched_folder_is_followed(open_house: Open, album: Path, group_photo: Path) -> None:
    house = open_house()
    house.indexer.start()
    number = house.collection.id
    house.indexer.index(number, [album])
    eventually(lambda: counts(house.library, number).photos == 4)
    eventually(lambda: folders(house.library)[0].state is FolderState.WATCHING)
    with Image.open(group_photo) as image:
        image.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(album / "people" / "new.jpg")
    eventually(lambda: counts(house.library, number).photos == 5)
    new = timeline(house.library, number)[0].id
    faces = {face.id for face in faces_in_photo(house.library, new)}
    (album / "people" / "new.jpg").rename(album / "renamed.jpg")
    eventually(lambda: _path(house, new).name == "renamed.jpg")
    assert {face.id for face in faces_in_photo(house.library, new)} == faces
    (album / "renamed.jpg").unlink()
    eventually(lambda: counts(house.library, number).photos == 4)


def _path(house: House, photo_id: int) -> Path:
    from app.library.queries.photos import photo

    return photo(house.library, photo_id).path


def test_opening_again_looks_at_nothing_again(open_house: Open, six_people: Path) -> None:
    house = open_house()
    house.indexer.start(watch=False)
    index(house, six_people)
    finish(house, house.indexer.cluster(house.collection.id))  # or that would be made up for
    told = len(tasks(house.library))
    house.close()
    house = open_house()
    house.indexer.start()
    time.sleep(2)
    assert house.library.sql("SELECT COUNT(*) FROM photo WHERE is_stale") == [(0,)]
    assert len(tasks(house.library)) == told


def test_people_appear_by_themselves(open_house: Open, six_people: Path) -> None:
    house = open_house()
    house.indexer.start()
    house.indexer.index(house.collection.id, [six_people])
    eventually(lambda: len(list_people(house.library, house.collection.id)) == 6)


def test_the_grouping_follows_what_is_said(open_house: Open, six_people: Path) -> None:
    house = open_house()
    house.indexer.start()
    house.indexer.index(house.collection.id, [six_people])
    eventually(lambda: len(list_people(house.library, house.collection.id)) == 6)
    # Not before everything is at rest: what follows must come of the word alone.
    # A slow machine may group twice while it looks.
    eventually(lambda: {t.state for t in tasks(house.library)} == {TaskState.DONE})
    count = len(tasks(house.library))
    anna = list_people(house.library, house.collection.id)[0]
    reject_faces(house.library, anna.id, [face.id for face in faces_of(house.library, anna.id)[:2]])
    house.indexer.spoken(house.collection.id)
    eventually(lambda: len(list_people(house.library, house.collection.id)) == 7)
    assert len(tasks(house.library)) == count, "nobody is told of it as a task"


def test_a_folder_that_is_not_there_is_missing_and_its_people_stay(
    open_house: Open, six_people: Path
) -> None:
    house = open_house()
    house.indexer.start(watch=False)
    index(house, six_people)
    finish(house, house.indexer.cluster(house.collection.id))
    anna = list_people(house.library, house.collection.id)[0]
    name_person(house.library, anna.id, "Anna")
    away = six_people.rename(six_people.with_name("unplugged"))
    index(house)
    assert folders(house.library)[0].state is FolderState.MISSING
    assert len(photos_of(house.library, [anna.id])) == 4
    away.rename(six_people)
    result = index(house)
    assert (result["Indexed"], result["Unchanged"]) == (0, 4)
    assert folders(house.library)[0].state is FolderState.WATCHING
    assert find_person(house.library, house.collection.id, "Anna").photo_count == 4


def test_photos_that_go_away_while_they_wait_are_looked_at_when_they_are_back(
    open_house: Open, album: Path, tmp_path: Path
) -> None:
    """A drive that is unplugged in the middle of its first look must not cost its photos."""
    house = open_house()
    library, collection = house.library, house.collection.id
    house.indexer.start(watch=False)
    house.indexer.pause()
    first = house.indexer.index(collection, [album])
    eventually(lambda: task(library, first).state is TaskState.PAUSED)
    assert counts(library, collection).pending == 4
    album.rename(tmp_path / "elsewhere")
    house.indexer.resume()
    row = finish(house, first)
    assert (row.state, row.done, row.total, row.skipped) == (TaskState.DONE, 0, 0, ())
    assert counts(library, collection).skipped == 0
    (tmp_path / "elsewhere").rename(album)
    finish(house, house.indexer.index(collection))
    now = counts(library, collection)
    assert (now.photos, now.pending, now.skipped) == (4, 0, 0)


def test_what_is_gone_for_long_goes_also_while_there_is_always_something_to_do(
    open_house: Open, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped: list[object] = []

    def drop(library: object) -> Changes:
        dropped.append(library)
        return Changes()

    monkeypatch.setattr(upkeep, "DAY_SECONDS", 0)
    monkeypatch.setattr(looker, "IDLE_SECONDS", 3600)
    monkeypatch.setattr(upkeep, "drop_gone", drop)
    house = open_house()
    house.indexer.start(watch=False)
    finish(house, house.indexer.index(house.collection.id, [album]))
    eventually(lambda: dropped == [house.library])
