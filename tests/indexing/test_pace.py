"""How hard Kinfolk works: what is chosen, what the battery says, and what follows from it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import psutil
import pytest
from PIL import Image
from threadpoolctl import threadpool_info

from app.clustering.lanes import each
from app.indexing import pace as paces
from app.indexing.crew import Crew
from app.indexing.house import House
from app.indexing.pace import GENTLE_NICENESS, NICENESS, Pace, is_on_battery
from app.indexing.workers import Workers, WorkOrder
from app.library.rows import TaskState
from app.settings import Settings
from tests.indexing import errands
from tests.indexing.conftest import eventually, finish

Open = Callable[..., House]


def plugged(is_plugged: bool | None) -> Any:
    """A battery, as psutil tells of it."""
    return SimpleNamespace(percent=80, secsleft=7200, power_plugged=is_plugged)


def test_the_battery_is_asked_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for told, answer in (
        (plugged(False), True), (plugged(True), False), (plugged(None), False), (None, False),
    ):  # fmt: skip
        monkeypatch.setattr(psutil, "sensors_battery", lambda told=told: told, raising=False)
        assert is_on_battery() is answer

    def fail() -> None:
        raise OSError("no such device")

    monkeypatch.setattr(psutil, "sensors_battery", fail)
    assert is_on_battery() is False
    monkeypatch.delattr(psutil, "sensors_battery")
    assert is_on_battery() is False, "some systems know no batteries"


def test_auto_follows_the_battery_and_the_others_do_not() -> None:
    for on_battery in (False, True):
        chosen = {
            name: Pace(Settings(pace=name, workers=4), lambda: on_battery)  # noqa: B023
            for name in ("auto", "full", "gentle")
        }
        gentle = {name for name, pace in chosen.items() if pace.is_gentle}
        assert gentle == ({"auto", "gentle"} if on_battery else {"gentle"})
        assert {pace.workers for name, pace in chosen.items() if name in gentle} == {1}
        assert {pace.workers for name, pace in chosen.items() if name not in gentle} == {4}


def test_the_battery_is_not_asked_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    now = [100.0]
    monkeypatch.setattr(paces.time, "monotonic", lambda: now[0])
    pace = Pace(Settings(workers=2), lambda: bool(asked.append(now[0])) or len(asked) > 1)
    assert [pace.is_gentle for _ in range(50)] == [False] * 50
    now[0] += paces.ASK_EVERY
    assert [pace.is_gentle for _ in range(50)] == [True] * 50
    assert asked == [100.0, 100.0 + paces.ASK_EVERY]


def test_what_is_set_holds_at_once() -> None:
    pace = Pace(Settings(pace="full", workers=3), lambda: True)
    pace.settings = Settings(pace="gentle", workers=3)
    assert pace.workers == 1
    pace.settings = Settings(pace="full", workers=5)
    assert pace.workers == 5


def test_grouping_keeps_to_one_core_only_when_gentle() -> None:
    np.ones((4, 4)) @ np.ones((4, 4))
    before = {pool["filepath"]: pool["num_threads"] for pool in threadpool_info()}
    assert before
    with Pace(Settings(pace="gentle")).arithmetic():
        assert {pool["num_threads"] for pool in threadpool_info()} == {1}
        lanes = each(lambda _: threading.get_ident(), range(20), 4, lambda: None)
        assert set(lanes) == {threading.get_ident()}
    with Pace(Settings(pace="full")).arithmetic():
        now = {pool["filepath"]: pool["num_threads"] for pool in threadpool_info()}
        assert now == before


@pytest.mark.skipif(sys.platform != "linux", reason="only there threads have priorities")
def test_who_was_started_behind_others_stays_there() -> None:
    words = (
        "import os, threading; os.nice(10); from app.indexing.bounds import give_way; give_way();"
        "print(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))"
    )
    told = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert int(told.stdout) == min(19, os.nice(0) + 10)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes and no numbers")
def test_workers_stand_behind_the_window_and_gentle_ones_behind_everybody() -> None:
    mine = os.nice(0)
    for is_gentle, most in ((False, NICENESS), (True, GENTLE_NICENESS)):
        crew = Crew(1, 60, errands.begin_politely, is_gentle)
        number, reading = crew.do(errands.niceness).result()
        crew.stop()
        assert number == min(mine + most, 19) > mine
        if sys.platform == "linux":
            assert (reading == "IOPRIO_CLASS_IDLE") is is_gentle


class _Windows:
    """What of psutil there is on Windows, and what was asked of it."""

    WINDOWS = True
    Error = psutil.Error
    BELOW_NORMAL_PRIORITY_CLASS, IDLE_PRIORITY_CLASS, IOPRIO_VERYLOW = "below", "idle", "very low"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def Process(self) -> Any:  # noqa: N802
        return SimpleNamespace(nice=self.asked.append, ionice=self.asked.append)


def test_on_windows_it_is_said_in_the_words_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    for is_gentle, asked in ((False, ["below"]), (True, ["idle", "very low"])):
        windows = _Windows()
        monkeypatch.setitem(sys.modules, "psutil", windows)  # type: ignore[arg-type]
        monkeypatch.setattr(paces.sys, "platform", "win32")
        paces.yield_to_others(is_gentle)
        monkeypatch.undo()
        assert windows.asked == asked


def test_who_goes_last_is_given_more_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("app.indexing.workers._begin", errands.begin_at_once)
    monkeypatch.setattr("app.indexing.workers._look", errands.look_slowly)
    order = WorkOrder("compact", tmp_path, tmp_path, tmp_path, 1, 1, 1, 1, 1)
    at_work = Workers(replace(order, is_gentle=True), 1, seconds=1)
    assert at_work.look(Path("slow")).result() == "slow"  # type: ignore[comparison-overlap]
    at_work.change(order, 1)
    with pytest.raises(TimeoutError):
        at_work.look(Path("slow")).result()
    assert at_work.seconds == 1, "what is told of a photo that takes too long"
    at_work.stop()


def test_running_work_follows_the_battery_both_ways(
    open_house: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mains, battery, mains again, over one index task: the crew is 2, 1 and 2 workers."""
    (folder := tmp_path / "many").mkdir()
    for number in range(60):
        Image.new("RGB", (48, 32), (4 * number, 90, 120)).save(folder / f"photo{number}.png")
    on_battery = [False]
    monkeypatch.setattr(paces, "ASK_EVERY", 0.0)
    monkeypatch.setattr("app.indexing.workers._look", errands.look_and_tell)
    house = open_house(workers=2)
    house.indexer.choices.pace._asks_battery = lambda: on_battery[0]
    house.indexer.start(watch=False)
    task_id = house.indexer.index(house.collection.id, [folder])
    notes = folder / "notes"

    def looks() -> list[tuple[int, int]]:
        """Who looked, and how nice they were: one for every photo until now."""
        if not notes.exists():
            return []
        lines = [line.split() for line in notes.read_text().splitlines()]
        return [(int(one), int(other)) for one, other in lines]

    mine = os.nice(0)
    usual, gentle = min(mine + NICENESS, 19), min(mine + GENTLE_NICENESS, 19)
    eventually(lambda: len({who for who, _ in looks()}) == 2)
    on_battery[0] = True
    eventually(lambda: any(nice == gentle for _, nice in looks()))
    time.sleep(0.5)  # the other one ends its photo
    begun = len(looks())
    eventually(lambda: len(looks()) >= begun + 4)
    assert {nice for _, nice in looks()[begun:]} == {gentle}
    assert len({who for who, _ in looks()[begun:]}) == 1
    on_battery[0] = False
    back = len(looks())
    eventually(lambda: len({who for who, nice in looks()[back:] if nice == usual}) == 2)
    row = finish(house, task_id)
    assert (row.state, row.result["Indexed"]) == (TaskState.DONE, 60), "nothing is lost"
