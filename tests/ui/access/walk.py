"""A walk through the window: every page and every dialog once, for whoever looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.library.commands.alerts import NewAlert, note_sighting, raise_alert
from app.library.commands.collections import set_own
from app.library.queries.cameras import CameraFace
from app.library.queries.faces import faces_of
from app.library.rows import FaceRow, PhotoSearch, TaskState, TaskType
from app.progress import Progress
from app.ui.exporting.subject import ask_export, of_people
from app.ui.people.dialogs import BirthDialog, ForgetDialog
from app.ui.places import Kind, Place
from app.ui.widgets.grid import SectionedGrid
from app.ui.widgets.name_dialog import NameDialog
from tests.ui.films import add_film

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Room

_NO_DIALOGS = ("show_around",)
"""What is opened over the window without being one."""
_READERS = 4
"""As many read in the background at once."""
Surface = tuple[str, QWidget]
"""What it is called here, and the window that shows it."""


def furnish_all(room: Room, folder: Path, qtbot: QtBot) -> None:
    """Let there be something to see everywhere: work under way, a video, alerts, visitors."""
    library, number = room.library, room.collection_id
    add_film(library, number, folder)
    for key in ("alerts", "visitors"):
        set_own(library, number, key, "on")
    anna, *others = room.rows()
    now = datetime.now(UTC).replace(tzinfo=None)
    for place, person in enumerate(others[:2]):
        at = now - timedelta(minutes=place + 1)
        seen = [_camera(face, at) for face in faces_of(library, person.id)[:2]]
        assert raise_alert(library, number, NewAlert(seen, anna.id, 0.23))
    seen_face = faces_of(library, anna.id)[0]
    note_sighting(library, number, anna.id, _camera(seen_face, now), 0.98)
    room.window.own_pages.refresh()
    qtbot.waitUntil(lambda: {Kind.ALERTS, Kind.VISITORS} <= set(room.window.own_pages.kinds))
    room.window.strip.show_progress(
        Progress("one", TaskType.INDEX.value, TaskState.RUNNING.value, 3, 12, 2, 4.5, 140.0)
    )


def pages(room: Room, qtbot: QtBot) -> Iterator[Surface]:
    """Every page with something on it, and the viewer with a photo and with a video."""
    window = room.window
    for kind in (*Kind,):
        window.go(place_of(room, kind))
        rest(room, qtbot)
        yield kind.value, window
    yield from _person_faces(room, qtbot)
    window.go(Place(Kind.PEOPLE))
    window.message.say("Named Clara", True)
    rest(room, qtbot)
    yield "message", window
    window.message.hide()
    photos = window.desk.album.timeline()
    films = [place for place, photo in enumerate(photos) if photo.duration is not None]
    for name, place in (("viewer", films[0] + 1 if not films[0] else 0), ("film", films[0])):
        window.pages[Kind.PHOTOS].photo_opened.emit(photos, place)
        qtbot.waitUntil(lambda: window.viewer.canvas.has_image)
        window.viewer.acts.information.setChecked(True)
        window.viewer.show_information()
        rest(room, qtbot)
        yield name, window
        window.viewer.close_viewer()


def dialogs(room: Room, qtbot: QtBot) -> Iterator[Surface]:
    """Every dialog of the window."""
    window = room.window
    window.go(Place(Kind.PEOPLE))
    ours = window.dialogs
    anna = room.rows()[0]
    names = window.desk.named.names
    openers: dict[str, Callable[[], Any]] = {
        **{
            name: getattr(ours, name)
            for name in dir(ours)
            if name.startswith(("show_", "ask_")) and name not in _NO_DIALOGS
        },
        "export": lambda: ask_export(window.desk, of_people(window.desk, [anna]), window),
        "birth": lambda: BirthDialog(anna, window).open(),
        "forget": lambda: ForgetDialog(anna, window).open(),
        "name": lambda: NameDialog("Who?", "Name", names, window).open(),
    }
    for name, open_it in openers.items():
        open_it()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog), name
        rest(room, qtbot)
        yield name, dialog
        dialog.done(0)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def menus(room: Room) -> list[QMenu]:
    """The menus of the menu bar, and those in them."""
    return [menu for menu in room.window.menuBar().findChildren(QMenu) if menu.actions()]


def _person_faces(room: Room, qtbot: QtBot) -> Iterator[Surface]:
    page: Any = room.window.pages[Kind.PERSON]
    room.window.go(place_of(room, Kind.PERSON))
    page.header.show_faces(True)
    rest(room, qtbot)
    grids = [grid for grid in page.findChildren(SectionedGrid) if grid.isVisible()]
    grids[0].selectAll()
    rest(room, qtbot)
    yield "faces of a person", room.window
    page.header.show_faces(False)


def place_of(room: Room, kind: Kind) -> Place:
    people = tuple(row.id for row in room.rows()[:2])
    if kind == Kind.SEARCH:
        return Place(kind, search=PhotoSearch(all_of=people[:1], none_of=people[1:]))
    return Place(kind, people[:1] if kind == Kind.PERSON else ())


def rest(room: Room, qtbot: QtBot) -> None:
    """What was asked for in the background has come home, what that asks for, too, and all is
    laid out."""
    background, window = room.window.desk.background, room.window
    for _ in range(3):
        home: list[None] = []
        for _ in range(_READERS):
            background.read(window, lambda: None, home.append)
        qtbot.waitUntil(partial(_have_come, home))
    QApplication.processEvents()


def _have_come(home: list[None]) -> bool:
    return len(home) == _READERS


def _camera(face: FaceRow, at: datetime) -> CameraFace:
    return CameraFace(face.id, face.photo_id, at, face.fingerprint, face.box, face.quality)
