"""Real houses over real photos."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.bootstrap import build
from app.indexing.house import House
from app.library.database import Library
from app.library.queries.tasks import task
from app.library.rows import TaskRow
from tests.indexing.crowded import Crowded


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of an album that was indexed and grouped, to be copied."""
    path = tmp_path_factory.mktemp("grouped") / "library.db"
    album = Crowded(path)
    album.fill()
    album.run()
    album.library.close()
    return path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    opened = Library.open(tmp_path / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Opens the test's library, as often as wanted; closes what is left open."""
    folder = tmp_path / "library"
    houses: list[House] = []

    def open_(**options: object) -> House:
        folder.mkdir(exist_ok=True)
        (folder / "settings.json").write_text(json.dumps({"cluster_delay_seconds": 0} | options))
        houses.append(build(str(folder), "Photos"))
        return houses[-1]

    yield open_
    for house in houses:
        house.close()


def finish(house: House, task_id: str, seconds: float = 60) -> TaskRow:
    """Wait for a task to end."""
    assert house.indexer.wait(task_id, seconds), "the task does not end"
    return task(house.library, task_id)


def eventually(what: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"not true after {seconds} s"
        time.sleep(0.05)
