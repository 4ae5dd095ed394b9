"""What the user does in the window, done by real events and timed until it is painted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QPointF, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.library.rows import PersonRow
from app.ui.people.delegate import name_rect
from app.ui.photos.face_grid import FaceGrid
from app.ui.places import Kind, Place
from app.ui.widgets.grid import SectionedGrid
from app.ui.widgets.name_edit import NameEdit
from tests.benchmarks.heartbeat import Heartbeat, Stalls
from tests.benchmarks.window_lines import Taken
from tests.benchmarks.window_session import Session, click, live, live_until, rest, wheel

_PEOPLE = "application/x-kinfolk-people"
"""What a drag of people carries."""
_FRAME = 16
"""ms between two turns of the wheel."""


def show(session: Session, kind: Kind, *people: int) -> None:
    """Go to a page and wait until it has something to show and is at rest."""
    session.window.go(Place(kind, people))
    page = session.page(kind)
    live_until(lambda: session.grid_in_sight(page).model().rowCount() > 0)
    rest()


def times(count: int, deed: Callable[[], float], pause: Callable[[], None] = rest) -> Taken:
    """How long a deed took each time, and how the event loop fared from the first to the last."""
    taken, heart = [], Heartbeat()
    heart.start()
    for _ in range(count):
        taken.append(deed() * 1000)
        pause()
    return Taken(taken, heart.stop())


def naming(session: Session, count: int) -> Taken:
    """Type a name under an unnamed card, from Enter until the card is painted with it."""
    grid = session.page(Kind.PEOPLE).grid
    names = iter(range(10_000))

    def name() -> float:
        place = _first(grid, lambda person: not person.name)
        index = grid.model().index(place, 0)
        grid.scrollTo(index)
        live(300)
        person = grid.model().rows[place]
        line = name_rect(grid.visualRect(index)).center()
        click(grid.viewport(), line)
        live_until(lambda: grid.is_editing)
        editor = grid.viewport().findChild(NameEdit)
        text = f"Quick {next(names):03d}"
        for letter in text:  # as somebody types: the window lives in between
            QTest.keyClick(editor, letter)
            live(20)
        session.eye.watch(lambda seen, part: seen is grid and _shows(grid, part, person.id, text))
        began = time.perf_counter()
        QTest.keyClick(editor, Qt.Key.Key_Return)
        return session.eye.wait() - began

    return times(count, name)


def merging(session: Session, count: int) -> Taken:
    """Drop one card onto another, from letting go until it is no longer painted."""
    grid = session.page(Kind.PEOPLE).grid

    def merge() -> float:
        place = _first(grid, lambda person: not person.name)
        grid.scrollTo(grid.model().index(place, 0))
        live(300)
        target, other = grid.model().rows[place], grid.model().rows[place + 1]
        where = QPointF(grid.visualRect(grid.model().index(place, 0)).center())
        mime = QMimeData()
        mime.setData(_PEOPLE, str(other.id).encode())
        words = (Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton)
        no_keys = Qt.KeyboardModifier.NoModifier
        viewport = grid.viewport()
        for event in (QDragEnterEvent, QDragMoveEvent):
            QApplication.sendEvent(viewport, event(where.toPoint(), *words, no_keys))
        gone = _gone(session, grid, {other.id})
        began = time.perf_counter()
        QApplication.sendEvent(viewport, QDropEvent(where, *words, no_keys))
        assert target.id != other.id
        return gone() - began

    return times(count, merge)


def rejecting(session: Session, count: int, at_once: int = 3) -> Taken:
    """Say that faces are not this person, from the click until they have left the grid."""
    page = session.page(Kind.PERSON)
    page.header.show_faces(True)
    live_until(lambda: page.faces.isVisible() and page.faces.model().rowCount() >= at_once)
    rest()
    grid = page.faces
    assert isinstance(grid, FaceGrid)

    def reject() -> float:
        for number in range(at_once):
            spot = grid.visualRect(grid.model().index(number, 0)).center()
            keys = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
            click(grid.viewport(), spot, keys)
        chosen = {face.id for face in grid.chosen()}
        assert len(chosen) == at_once
        gone = _gone(session, grid, chosen)
        began = time.perf_counter()
        page.face_actions.reject.click()
        return gone() - began

    return times(count, reject)


def opening(session: Session, person: PersonRow, count: int) -> tuple[Taken, Taken]:
    """Open a person from the People page by Enter: until all photos have their tiles painted, and
    until the pictures in sight are there, each time as if none had been shown before."""
    page, grid = session.page(Kind.PERSON), session.page(Kind.PEOPLE).grid
    page.header.show_faces(False)
    photos = page.photos
    wanted = person.photo_count
    tiles, pictures, heart = [], [], Heartbeat()
    heart.start()
    for _ in range(count):
        show(session, Kind.PEOPLE)
        grid.setCurrentIndex(grid.model().index_of(person.id))
        live(300)
        session.forget_pictures()
        # What is in memory from the time before must not be what is measured.
        photos.photos.replace([], [])
        session.eye.watch(lambda seen, _: seen is photos and photos.model().rowCount() == wanted)
        began = time.perf_counter()
        QTest.keyClick(grid, Qt.Key.Key_Return)
        tiles.append((session.eye.wait() - began) * 1000)
        session.eye.watch(lambda seen, _: seen is photos and not session.eye.lacking)
        pictures.append((session.eye.wait() - began) * 1000)
        rest()
        session.window.go(Place(Kind.PHOTOS))
        live(500)
        page.enter(Place(Kind.PERSON, (person.id + 1,)))
        live(500)
    stalls = heart.stop()
    return Taken(tiles, stalls), Taken(pictures, stalls)


def scrolling(session: Session, kind: Kind, seconds: float, *people: int) -> list[Stalls]:
    """Turn the wheel 60 times a second: through places from top to bottom slowly, with and
    without pictures at hand, and from the top to the end without a stop."""
    show(session, kind, *people)
    grid = session.grid_in_sight(session.page(kind))
    session.forget_pictures()
    cold = rolling(grid, seconds)
    grid.verticalScrollBar().setValue(0)
    live(1000)
    warm = rolling(grid, seconds)
    session.forget_pictures()
    return [cold, warm, _to_the_end(grid, seconds)]


def rolling(grid: SectionedGrid, seconds: float) -> Stalls:
    """Slowly over four places between top and bottom."""
    bar, heart = grid.verticalScrollBar(), Heartbeat()
    heart.start()
    for part in range(4):
        bar.setValue(bar.maximum() * part // 4)
        _roll(grid, seconds / 4, 1)
    bar.setValue(bar.maximum())
    live(200)
    return heart.stop()


def _to_the_end(grid: SectionedGrid, seconds: float) -> Stalls:
    """From the top to the end, as fast as that takes."""
    bar, heart = grid.verticalScrollBar(), Heartbeat()
    bar.setValue(0)
    live(500)
    heart.start()
    notch = 3 * bar.singleStep()  # the lines that a notch is worth
    _roll(grid, seconds, bar.maximum() / notch / (seconds * 1000 / _FRAME))
    bar.setValue(bar.maximum())
    live(200)
    return heart.stop()


def _roll(grid: SectionedGrid, seconds: float, notches: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        wheel(grid.viewport(), notches)
        live(_FRAME)


def _first(grid: SectionedGrid, fits: Callable[[PersonRow], bool]) -> int:
    rows: Sequence[PersonRow] = grid.model().rows  # type: ignore[attr-defined]
    return next(place for place, row in enumerate(rows) if fits(row))


def _shows(grid: SectionedGrid, part: QRect, person_id: int, name: str) -> bool:
    """Whether the card has its name, and is out of sight or in the part just painted."""
    index = grid.model().index_of(person_id)  # type: ignore[attr-defined]
    if not index.isValid() or grid.model().rows[index.row()].name != name:  # type: ignore[attr-defined]
        return False
    rect = grid.visualRect(index) & grid.viewport().rect()
    return rect.isEmpty() or part.contains(rect)


def _gone(session: Session, grid: SectionedGrid, ids: set[int]) -> Callable[[], float]:
    """Look out for a painting of all that is in sight, without these."""

    def wanted(seen: SectionedGrid, part: QRect) -> bool:
        rows = grid.model().rows  # type: ignore[attr-defined]
        whole = part.height() >= grid.viewport().height() - 1
        return seen is grid and whole and not any(row.id in ids for row in rows)

    session.eye.watch(wanted)
    return session.eye.wait
