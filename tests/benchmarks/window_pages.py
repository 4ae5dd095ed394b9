"""Pages and photos opened, and searches typed, by real events and timed until it is painted."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from app.library.rows import PersonRow, PhotoSearch
from app.ui.places import Kind, Place
from tests.benchmarks.window_deeds import show, times
from tests.benchmarks.window_lines import Taken
from tests.benchmarks.window_session import Session, live, live_until, rest

SEARCHES = ("anna adbach", "ben or carl 2015", "someone 12")
KEY_PAUSE = 120
"""ms between two keys: a quick typist."""


class Painting(QObject):
    """Sees a widget painted while something is true; stays until it is let go."""

    def __init__(self, widget: QWidget, wanted: Callable[[], object]) -> None:
        super().__init__()
        self._wanted = wanted
        self._widget = widget
        self._seen = 0.0
        widget.installEventFilter(self)
        widget.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        if not self._seen and event.type() == QEvent.Type.Paint and self._wanted():
            # The filter comes before the painting, and this after it.
            QTimer.singleShot(0, self._see)
        return False

    def wait(self) -> float:
        """Let the window live until then; the moment."""
        live_until(lambda: self._seen)
        self._widget.removeEventFilter(self)
        return self._seen

    def _see(self) -> None:
        self._seen = self._seen or time.perf_counter()


def opening_page(session: Session, place: Place, count: int) -> Taken:
    """Come from another page until this one is painted with what it has."""
    page = session.page(place.kind)
    other = Kind.HISTORY if place.kind != Kind.HISTORY else Kind.HIDDEN

    def open_it() -> float:
        session.window.go(Place(other))
        rest()
        began = time.perf_counter()
        session.window.go(place)
        part, is_there = _content(session, page, place.kind)
        return Painting(part, is_there).wait() - began

    return times(count, open_it)


def _content(session: Session, page: QWidget, kind: Kind) -> tuple[QWidget, Callable[[], object]]:
    """What of a page is waited for, and when it has come. Review shows at once what it has: the
    questions take their time."""
    if kind == Kind.REVIEW:
        return page, lambda: True
    if kind == Kind.HISTORY:
        view: QAbstractItemView = session.page(kind).list
    else:
        view = session.grid_in_sight(session.page(kind))
    return view.viewport(), lambda: view.model().rowCount() > 0


def opening_photos(session: Session, count: int) -> Taken:
    """Enter on a photo of the Photos page, until its picture is painted, one after the other."""
    grid = session.page(Kind.PHOTOS).grid
    places = iter(range(40, 40 + 300 * count, 300))

    def open_it() -> float:
        show(session, Kind.PHOTOS)
        grid.setCurrentIndex(grid.model().index(next(places) % grid.model().rowCount(), 0))
        live(500)
        viewer = session.window.viewer
        began = time.perf_counter()
        QTest.keyClick(grid, Qt.Key.Key_Return)
        seen = Painting(viewer.canvas, lambda: viewer.isVisible() and viewer.canvas.has_image)
        moment = seen.wait()
        live(300)
        viewer.close_viewer()
        return moment - began

    return times(count, open_it)


def typing(session: Session, count: int) -> Taken:
    """Type into the search field and press Enter: each key until the field is painted with it."""
    keys = [key for n in range(count) for key in (*SEARCHES[n % len(SEARCHES)], Qt.Key.Key_Return)]
    waiting = iter(keys)
    _begin_to_type(session)

    def type_one() -> float:
        key = next(waiting)
        edit = session.window.top_bar.search.edit
        seen = Painting(edit, lambda: True)
        began = time.perf_counter()
        QTest.keyClick(keyboard(edit), key)
        took = seen.wait() - began
        if key == Qt.Key.Key_Return:
            live(1000)
            _begin_to_type(session)
        return took

    return times(len(keys), type_one, partial(live, KEY_PAUSE))


def keyboard(edit: QWidget) -> QWidget:
    """Who gets the keys while somebody types there: an open list hands them on."""
    return QApplication.activePopupWidget() or edit


def _begin_to_type(session: Session) -> None:
    session.window.go(Place(Kind.PEOPLE))
    live(500)
    session.window.top_bar.search.edit.setFocus()
    live(200)


def places(person: PersonRow) -> list[tuple[str, Place]]:
    """Every page but the viewer, by what its line is called."""
    ids, many = (person.id,), f"{person.photo_count:,}"
    return [
        ("People", Place(Kind.PEOPLE)),
        (f"a person with {many} photos", Place(Kind.PERSON, ids)),
        ("Photos", Place(Kind.PHOTOS)),
        ("Unnamed", Place(Kind.UNNAMED)),
        ("Review", Place(Kind.REVIEW)),
        (f"a search that finds {many}", Place(Kind.SEARCH, search=PhotoSearch(all_of=ids))),
        ("Hidden", Place(Kind.HIDDEN)),
        ("History", Place(Kind.HISTORY)),
    ]
