"""The real indexer at full speed, while somebody scrolls and types.

A folder of real JPEGs is indexed into the library that the window shows, by as many child
processes as usual, and grouped with all the faces that were there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageEnhance
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.changes import Changes
from app.indexing.events import Changed, Ended, Event
from app.library.rows import TaskType
from app.ui.places import Kind, Place
from tests.benchmarks.heartbeat import Heartbeat, Stalls
from tests.benchmarks.window_deeds import rolling, show
from tests.benchmarks.window_pages import SEARCHES, keyboard
from tests.benchmarks.window_session import Session, live, live_until
from tests.conftest import shipped

SOURCES = (
    ("insightface", "data", "images", "t1.jpg"),
    ("insightface", "data", "images", "Tom_Hanks_54745.png"),
)
LONG_SIDE = 2400
PATIENCE = 120.0
"""s: so long at most each kind of work is watched."""
Activity = Callable[[], Stalls]


class Progress:
    """What the indexer has told so far; from any thread."""

    def __init__(self) -> None:
        self.photos = 0
        self.is_indexed = False
        self.is_grouped = False
        """Whether a grouping has ended after the last photo was looked at."""
        self.took = 0.0
        """Seconds from the first photo stored to the last."""
        self._began = 0.0
        self._lock = threading.Lock()

    def hear(self, event: Event) -> None:
        """Take one report."""
        with self._lock:
            if isinstance(event, Changed) and _is_of_a_look(event.changes):
                self.photos += 1
                self._began = self._began or time.perf_counter()
                self.took = time.perf_counter() - self._began
            elif isinstance(event, Ended) and event.task.type == TaskType.INDEX:
                self.is_indexed = True
            elif isinstance(event, Changed) and event.changes.regrouped:
                self.is_grouped = self.is_indexed


def _is_of_a_look(changes: Changes) -> bool:
    return len(changes.photos) == 1 and not changes.regrouped


def make_photos(folder: Path, count: int) -> None:
    """JPEGs of real faces, each a little different, of the size of an old camera's."""
    folder.mkdir(parents=True)
    pictures = []
    for source in SOURCES:
        with Image.open(shipped(*source)) as opened:
            picture = opened.convert("RGB")
        factor = LONG_SIDE / max(picture.size)
        pictures.append(
            picture.resize((round(picture.width * factor), round(picture.height * factor)))
        )
    for number in range(count):
        picture = pictures[number % len(pictures)]
        off = number * 3 % 120
        picture = picture.crop((off, off // 2, picture.width, picture.height))
        picture = ImageEnhance.Brightness(picture).enhance(0.8 + number % 17 / 40)
        exif = Image.Exif()
        # From all over the years of the library, so that they come in everywhere.
        exif.get_ifd(0x8769)[0x9003] = (
            f"{2005 + number % 19}:{1 + number % 12:02}:15 12:{number % 60:02}:00"
        )
        picture.save(folder / f"{number:05}.jpg", quality=88, exif=exif)


def at_work(
    session: Session, folder: Path, seconds: float
) -> tuple[list[tuple[str, Stalls]], Progress]:
    """How the event loop fares during each activity while the photos of a folder are looked at,
    and then while they are grouped; `seconds` is how long an activity lasts each time."""
    indexer, progress = session.house.indexer, Progress()
    leave = indexer.subscribe(progress.hear)
    indexer.start()
    indexer.index(session.house.collection.id, [folder])
    live_until(lambda: progress.photos, PATIENCE)
    found = [
        *_while("indexing", lambda: not progress.is_indexed, session, seconds),
        *_while("grouping", lambda: not progress.is_grouped, session, seconds),
    ]
    leave()
    return found, progress


def _while(
    what: str, goes_on: Callable[[], bool], session: Session, seconds: float
) -> list[tuple[str, Stalls]]:
    activities: Sequence[tuple[str, Activity]] = (
        ("scroll People", lambda: _scroll(session, Kind.PEOPLE, seconds)),
        ("scroll Photos", lambda: _scroll(session, Kind.PHOTOS, seconds)),
        ("type a search", lambda: _type(session)),
    )
    kept: dict[str, list[Stalls]] = {}
    end = time.perf_counter() + PATIENCE
    for name, activity in _in_turn(activities):
        if not goes_on() or time.perf_counter() > end:
            break
        kept.setdefault(f"{name} while {what}", []).append(activity())
    return [(name, _together(stalls)) for name, stalls in kept.items()]


def _in_turn(activities: Sequence[tuple[str, Activity]]) -> Iterator[tuple[str, Activity]]:
    while True:
        yield from activities


def _scroll(session: Session, kind: Kind, seconds: float) -> Stalls:
    show(session, kind)
    session.forget_pictures()
    return rolling(session.grid_in_sight(session.page(kind)), seconds)


def _type(session: Session) -> Stalls:
    show(session, Kind.PEOPLE)
    edit, heart = session.window.top_bar.search.edit, Heartbeat()
    edit.setFocus()
    heart.start()
    for letter in SEARCHES[0]:
        QTest.keyClick(keyboard(edit), letter)
        live(120)
    QTest.keyClick(keyboard(edit), Qt.Key.Key_Return)
    live(1000)
    stalls = heart.stop()
    session.window.go(Place(Kind.PEOPLE))
    return stalls


def _together(parts: Sequence[Stalls]) -> Stalls:
    return Stalls(
        [gap for part in parts for gap in part.gaps],
        [wait for part in parts for wait in part.queued],
        sum(part.beats for part in parts),
    )
