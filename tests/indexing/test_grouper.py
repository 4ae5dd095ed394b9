"""When faces are grouped: the real thread, over a real library, by a clock that is handed in."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.changes import Changes
from app.errors import KnownError
from app.indexing.clusterer import Grouped
from app.indexing.events import Announcer
from app.indexing.grouper import FIRST_FACES, SPOKEN_SECONDS, Grouper
from app.indexing.grouping_past import Past
from app.indexing.house import House
from app.indexing.tasks import TaskReport
from app.library.commands.folders import ensure_collection
from app.library.commands.people import name_person
from app.library.commands.tasks import end_task, report_task, start_task
from app.library.database import Library
from app.library.models import Task, now
from app.library.queries.grouping import last_grouped, waiting_faces
from app.library.queries.people import list_people
from app.library.queries.tasks import tasks
from app.library.rows import TaskState, TaskType
from app.settings import Settings
from tests.indexing.conftest import eventually, finish

MINUTE = 60.0
Open = Callable[..., House]


class Bench:
    """A grouper with a clock that stands until it is set, and a clusterer that notes its runs."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.collection = ensure_collection(library, "Photos").id
        self.settings = Settings()
        self.time = 1000.0
        self.runs: list[float] = []
        self.error: Exception | None = None
        self._ran = threading.Semaphore(0)
        self.arithmetic = contextlib.nullcontext
        announcer = Announcer()
        self.grouper = Grouper(
            self,  # type: ignore[arg-type]
            announcer,
            lambda number, kind, **more: TaskReport(library, announcer, number, kind, **more),
            self,  # type: ignore[arg-type]
            Past(library),
            lambda: self.time,
        )

    def of(self, _collection: int) -> Settings:
        """The settings of the collection."""
        return self.settings

    def set(self, **options: object) -> None:
        """Change settings, as the user does."""
        self.settings = replace(self.settings, **options)  # type: ignore[arg-type]
        self.grouper.heed()

    def run(self, *_: object) -> Grouped:
        """Group: that takes no time here."""
        self.runs.append(self.time)
        self._ran.release()
        if self.error is not None:
            raise self.error
        return Grouped(Changes(), 0, 0)

    def let_go(self) -> None:
        """Nothing is kept."""

    def look(self, faces: int = 1) -> None:
        """Photos were looked at, and for now that was the last of them."""
        self.grouper.looked(self.collection, faces)
        self.grouper.settle(self.collection)

    @property
    def left(self) -> float | None:
        """Seconds until the next run."""
        return self.grouper.waiting(self.collection).seconds

    def pass_(self, seconds: float) -> None:
        """Set the clock ahead."""
        self.time += seconds
        self.grouper.heed()  # the thread looks at the clock

    def expect_run(self) -> None:
        """Wait for a run, and for its end to be noted."""
        assert self._ran.acquire(timeout=60), "it was not grouped"
        eventually(lambda: not tasks(self.library, states=["running", "waiting"]))

    def close(self) -> None:
        self.grouper.close()


@pytest.fixture
def make(library: Library) -> Iterator[Callable[..., Bench]]:
    """Starts groupers, one after the other as at restarts."""
    made: list[Bench] = []

    def begin(**options: Any) -> Bench:
        for bench in made:
            bench.close()
        made.append(Bench(library))
        made[-1].set(**options)
        made[-1].grouper.start(by_itself=True)
        return made[-1]

    yield begin
    made[-1].close()


def grouped(library: Library, minutes_ago: float) -> None:
    """A grouping ended so long ago."""
    task_id = start_task(library, ensure_collection(library, "Photos").id, TaskType.CLUSTER)
    end_task(library, task_id, TaskState.DONE, {})
    moment = now() - timedelta(minutes=minutes_ago)
    Task.update(created=moment, started=moment, finished=moment).where(Task.id == task_id).execute()


def looked(library: Library, minutes_ago: float) -> None:
    """Photos were looked at so long ago, and the program ended."""
    number = ensure_collection(library, "Photos").id
    task_id = start_task(library, number, TaskType.INDEX)
    report_task(library, task_id, 3, 3, TaskState.RUNNING)
    end_task(library, task_id, TaskState.DONE, {})
    moment = now() - timedelta(minutes=minutes_ago)
    Task.update(finished=moment).where(Task.id == task_id).execute()


def test_settled_is_soon_after_the_last_photo(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.look()
    bench.expect_run()
    bench.grouper._took[bench.collection] = 100.0  # as in a large library
    bench.look()
    assert bench.left == 10.0
    bench.pass_(9.5)
    assert bench.left == 0.5
    bench.pass_(0.5)
    bench.expect_run()
    assert bench.runs == [1000.0, 1010.0] and bench.left is None


def test_settled_groups_in_between_while_photos_stream_in(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.grouper.looked(bench.collection, FIRST_FACES)
    bench.expect_run()
    eventually(lambda: bench.grouper._not_before > bench.time)
    bench.grouper.looked(bench.collection, FIRST_FACES)
    assert bench.left == 8.0
    bench.pass_(8.0)
    bench.expect_run()
    assert tasks(bench.library) == [], "what comes in between is no task"


def test_an_interval_groups_at_its_end_and_not_in_between(make: Callable[..., Bench]) -> None:
    bench = make(group_when="interval", group_minutes=30)
    bench.look()
    bench.expect_run()  # nobody knows of an earlier one
    bench.grouper.looked(bench.collection, FIRST_FACES)
    assert bench.left == 30 * MINUTE, "also if photos stream in for hours"
    bench.grouper.settle(bench.collection)
    assert bench.left == 30 * MINUTE
    bench.pass_(20 * MINUTE)
    bench.look(1000)
    bench.grouper.spoken(bench.collection)
    assert bench.left == 10 * MINUTE, "whatever comes, it waits for its time"
    bench.pass_(10 * MINUTE)
    bench.expect_run()
    bench.pass_(90 * MINUTE)
    assert len(bench.runs) == 2, "where nothing is new nothing is grouped"
    bench.look()
    bench.expect_run()
    assert bench.runs == [1000.0, 1000.0 + 30 * MINUTE, 1000.0 + 120 * MINUTE]
    assert len(tasks(bench.library)) == 3


@pytest.mark.parametrize(("ago", "left"), [(10.0, 50.0), (59.0, 1.0)])
def test_an_interval_survives_a_restart(
    make: Callable[..., Bench], library: Library, ago: float, left: float
) -> None:
    grouped(library, minutes_ago=ago)
    bench = make(group_when="interval")
    bench.look()
    assert bench.left == pytest.approx(left * MINUTE, abs=30)
    assert bench.runs == []


def test_an_interval_that_passed_while_the_program_was_closed_is_made_up_for(
    make: Callable[..., Bench], library: Library
) -> None:
    grouped(library, minutes_ago=61)
    looked(library, minutes_ago=2)
    bench = make(group_when="interval")
    bench.grouper.settle(bench.collection)  # nothing is new on the disk
    bench.expect_run()


def test_what_was_left_when_the_program_ended_is_grouped_at_the_next_start(
    make: Callable[..., Bench], library: Library
) -> None:
    looked(library, minutes_ago=20)
    grouped(library, minutes_ago=10)
    bench = make()
    bench.grouper.settle(bench.collection)
    assert bench.left is None and bench.runs == [], "all were grouped"
    looked(library, minutes_ago=5)
    again = make()
    again.grouper.settle(again.collection)
    again.expect_run()


def test_a_clock_that_was_set_back_makes_nobody_wait_for_longer_than_the_interval(
    make: Callable[..., Bench], library: Library
) -> None:
    grouped(library, minutes_ago=-100_000)
    bench = make(group_when="interval")
    bench.look()
    assert bench.left == 60 * MINUTE


def test_asked_is_only_when_asked(make: Callable[..., Bench], library: Library) -> None:
    looked(library, minutes_ago=100)
    bench = make(group_when="asked")
    bench.look(10 * FIRST_FACES)
    bench.grouper.spoken(bench.collection)
    bench.pass_(7 * 24 * 60 * MINUTE)
    waiting = bench.grouper.waiting(bench.collection)
    assert (waiting.when, waiting.seconds) == ("asked", None) and bench.runs == []
    bench.grouper.ask(bench.collection, rebuild=False)
    bench.expect_run()


def test_who_asks_waits_for_no_interval(make: Callable[..., Bench], library: Library) -> None:
    grouped(library, minutes_ago=1)
    bench = make(group_when="interval")
    bench.look()
    bench.pass_(50 * MINUTE)
    bench.grouper.ask(bench.collection, rebuild=False)
    bench.expect_run()
    bench.look()
    assert bench.left == 60 * MINUTE, "the next one counts from that"


def test_what_is_set_holds_at_once(make: Callable[..., Bench]) -> None:
    bench = make(group_when="asked")
    bench.look()
    assert bench.left is None
    bench.grouper._ended[bench.collection] = bench.time
    bench.set(group_when="interval", group_minutes=60)
    assert bench.left == 60 * MINUTE
    bench.set(group_minutes=20)
    assert bench.left == 20 * MINUTE
    bench.set(theme="dark")
    assert bench.left == 20 * MINUTE
    bench.set(group_when="asked")
    assert bench.left is None
    bench.set(group_when="settled")
    bench.expect_run()


def test_what_is_said_is_followed_when_the_user_pauses(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.grouper.spoken(bench.collection)
    assert bench.left == SPOKEN_SECONDS
    bench.pass_(SPOKEN_SECONDS)
    bench.expect_run()


def test_faces_wait_still_after_a_run_that_failed(make: Callable[..., Bench]) -> None:
    bench = make(group_when="interval", group_minutes=5)
    bench.error = KnownError("The disk is full.")
    bench.look()
    bench.expect_run()
    eventually(lambda: bench.grouper._fresh[bench.collection])
    bench.error = None
    bench.grouper.settle(bench.collection)
    assert bench.left == 5 * MINUTE
    bench.pass_(5 * MINUTE)
    bench.expect_run()
    assert last_grouped(bench.library, bench.collection) is not None


def test_a_command_groups_by_itself_in_no_case(library: Library) -> None:
    looked(library, minutes_ago=100)
    bench = Bench(library)
    bench.grouper.start(by_itself=False)
    bench.look(10 * FIRST_FACES)
    bench.grouper.spoken(bench.collection)
    assert bench.left is None and bench.runs == []
    bench.close()


def test_words_hold_at_once_while_faces_wait(
    open_house: Open, six_people: Path, group_photo: Path
) -> None:
    """The whole household, with real photos."""
    house = open_house(group_when="asked")
    number = house.collection.id
    house.indexer.start()
    finish(house, house.indexer.index(number, [six_people]))
    finish(house, house.indexer.cluster(number))
    assert waiting_faces(house.library, number) == 0
    finish(house, house.indexer.index(number, [group_photo]))
    waiting = house.indexer.waiting(number)
    assert (waiting.faces, waiting.when, waiting.seconds) == (6, "asked", None)
    one, other, *_ = list_people(house.library, number)
    name_person(house.library, one.id, "Anna")
    house.indexer.spoken(number)
    name_person(house.library, other.id, "Anna", merge=True)
    house.indexer.spoken(number)
    (anna,) = [row for row in list_people(house.library, number) if row.name]
    assert anna.face_count == 8
    assert house.indexer.waiting(number) == waiting, "nobody asked yet"
    finish(house, house.indexer.cluster(number))
    assert house.indexer.waiting(number).faces == 0
