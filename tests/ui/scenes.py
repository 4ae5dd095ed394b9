"""Scenes: what of the window is photographed, and how to get there.

A scene that does not work out (a page that this version does not have, a menu that does not open)
raises an error and is left out. To add one, add a function and a line to SCENES.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton
from shiboken6 import isValid

from app.indexing.house import House
from app.library.commands.collections import delete_collection, set_own
from app.library.commands.folders import create_collection
from app.library.queries.faces import faces_by_id
from app.library.queries.items import PhotoItems
from app.library.queries.people import list_people
from app.library.queries.photos import counts, photos_by_id
from app.library.rows import FolderState, PersonRow, PhotoItem, PhotoSearch
from app.progress import Progress
from app.ui.application import Furniture
from app.ui.backups.dialog import BackupsDialog
from app.ui.desk import Desk
from app.ui.exporting.dialog import ExportDialog
from app.ui.importing.dialog import ImportDialog
from app.ui.models.dialog import ModelsDialog
from app.ui.places import Kind, Place
from app.ui.settings.dialog import SettingsDialog
from app.ui.settings.fields import NumberField
from app.ui.sidecars.dialog import SidecarsDialog
from app.ui.viewer.viewer import Viewer
from app.ui.widgets.grid import SectionedGrid

_PEOPLE = "application/x-kinfolk-people"
NEW_NAMES = ("Rose", "Theo", "Clara", "Max", "Mia", "Paul", "Lena", "Finn", "Ida", "Karl", "Eva")


class NotThereError(Exception):
    """This window has no such thing."""


class Stage:
    """The window with ways to make it show something."""

    def __init__(self, house: House, furniture: Furniture, into: Path) -> None:
        self.house = house
        self.window = furniture.window
        self.collections = furniture.collections
        self._into = into
        self._afterwards: list[Callable[[], object]] = []

    @property
    def desk(self) -> Desk:
        """What the window works with now."""
        return self.window.desk

    # -- the library -----------------------------------------------------------------------

    def people(self) -> list[PersonRow]:
        """Everyone, the named first."""
        return list_people(self.house.library, self.house.collection.id)

    def wait_for_people(self) -> None:
        """Until all photos have been looked at and grouped."""

        def is_over() -> bool:
            found = counts(self.house.library, self.house.collection.id)
            return found.photos > 0 and found.pending == 0

        wait_until(is_over, 3600)
        before = -1
        while before != len(self.people()):
            before = len(self.people())
            wait(6000)
        if not before:
            raise SystemExit("No people were found in these photos.")

    def give_names(self, names: Sequence[str]) -> None:
        """Name the largest people, but not all, and hide the last."""
        everyone, deeds = self.people(), self.desk.deeds
        named = max(1, min(len(names), len(everyone) * 2 // 3))
        for person, name in zip(everyone[:named], names, strict=False):
            deeds.name(person.id, name)
        if len(everyone) > named + 1:
            deeds.hide(everyone[-1].id)
        wait_until(lambda: len([row for row in self.desk.named.rows if row.name]) >= named)
        self.window.message.hide()

    # -- the window ------------------------------------------------------------------------

    def go(self, kind: str, *people: int) -> Any:
        """Visit a page and give it."""
        if kind not in {known.value for known in Kind}:
            raise NotThereError("no such page")
        self.window.go(Place(Kind(kind), people))
        wait(300)
        return self.window.pages[Kind(kind)]

    def grid(self) -> SectionedGrid:
        """The grid in sight, once there is something in it."""

        def found() -> SectionedGrid | None:
            grids = self.window.findChildren(SectionedGrid)
            seen = [grid for grid in grids if grid.isVisible() and grid.model().rowCount()]
            return seen[0] if seen else None

        wait_until(found, 20)
        grid = found()
        assert grid is not None
        return grid

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do this when the scene under way has been photographed."""
        self._afterwards.append(work)

    def take(self, scene: Scene, name: str) -> str:
        """Photograph a scene; gives why not, when it is not there."""
        try:
            scene.play(self)
            wait(scene.rest)
            self._photograph(self._into / f"{name}.png")
        except (NotThereError, TimeoutError, AttributeError, LookupError, StopIteration) as error:
            return str(error) or type(error).__name__
        finally:
            self._tidy()
        return ""

    def _photograph(self, file: Path) -> None:
        """All that is on the screen where the window is: menus are windows of their own."""
        frame = self.window.geometry()
        screen = self.window.screen()
        if QApplication.platformName() == "xcb":
            place = frame.topLeft()
            shot = screen.grabWindow(0, place.x(), place.y(), frame.width(), frame.height())
        else:
            shot = self.window.grab()
        if not shot.save(str(file)):
            raise NotThereError(f"{file} cannot be written")

    def _tidy(self) -> None:
        """Take back what a scene has done, close what it has opened."""
        while self._afterwards:
            self._afterwards.pop()()
            wait(800)
        for _ in range(5):
            popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if popup is None:
                break
            popup.close()
            wait(50)
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        if self.window.viewer.isVisible():
            self.window.viewer.close_viewer()
        self.window.message.hide()
        self.window.top_bar.search.clear()
        self.window.activateWindow()
        self.window.go(Place(Kind.PEOPLE))
        wait(200)


@dataclass(frozen=True, slots=True)
class Scene:
    """Something to photograph."""

    name: str
    play: Callable[[Stage], object]
    rest: int = 900
    """ms until it has come to rest."""


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(what: Callable[[], object], seconds: float = 30) -> None:
    """Let the window live until something is true.

    Raises TimeoutError when it does not come true.
    """
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise TimeoutError(f"not there after {seconds:.0f} s")
        wait(50)


# -- how to get there --------------------------------------------------------------------------


def _page(kind: str) -> Callable[[Stage], object]:
    return lambda stage: stage.go(kind)


def _indexing(stage: Stage) -> None:
    wait_until(lambda: stage.window.strip.isVisible(), 30)
    wait(1500)


def _activity(stage: Stage) -> None:
    """What this very run did, a backup that fails, and two tasks under way."""
    stage.desk.deeds.back_up(None, lambda _: None, lambda _: None)
    wait_until(stage.desk.album.backups, 20)
    file = stage.desk.album.backups()[0].path
    stage.desk.deeds.back_up(file, lambda _: None, lambda _: None)
    page = stage.go("activity")
    wait_until(lambda: len(page.model.tasks()) > 3, 20)
    page.show_progress(Progress("one", "index", "running", 412, 1204, 3, 11.4, 140.0))
    page.show_progress(Progress("two", "backup", "running", 300, 800))
    stage.afterwards(lambda: [page.now.drop(name) for name in ("one", "two")])


def _person(stage: Stage) -> Any:
    page = stage.go("person", stage.people()[0].id)
    stage.grid()
    return page


def _faces(stage: Stage) -> SectionedGrid:
    page = _person(stage)
    page.header.show_faces(True)
    wait(800)
    return stage.grid()


def _faces_chosen(stage: Stage) -> None:
    grid = _faces(stage)
    for place in range(min(3, grid.model().rowCount())):
        where = grid.visualRect(grid.model().index(place, 0)).center()
        keys = Qt.KeyboardModifier.ControlModifier if place else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, keys, where)


def _search(stage: Stage) -> None:
    found = {
        other.id: (person.id, other.id)
        for person in stage.people()[:6]
        for other, _ in stage.desk.album.companions(person.id)
    }
    pair = next(iter(found.values()), None)
    if pair is None:
        raise NotThereError("nobody is in a photo with somebody else")
    stage.window.go(Place(Kind.SEARCH, search=PhotoSearch(all_of=pair)))
    wait(1000)


def _viewer(stage: Stage) -> None:
    photos = stage.desk.album.photos_of([stage.people()[0].id])
    stage.window.pages[Kind.PHOTOS].photo_opened.emit(photos, len(photos) // 2)
    wait_until(lambda: stage.window.viewer.canvas.has_image, 20)
    wait(600)


def _open_film(stage: Stage) -> Viewer:
    """The longest video, at a moment with several faces."""
    photos = stage.desk.album.timeline()
    films = [place for place, one in enumerate(photos) if one.duration is not None]
    if not films:
        raise NotThereError("no video")
    place = max(films, key=lambda one: photos[one].duration or 0.0)
    stage.window.pages[Kind.PHOTOS].photo_opened.emit(photos, place)
    viewer = stage.window.viewer
    wait_until(lambda: viewer.film.drawing_moment is not None, 20)
    faces = stage.desk.album.faces_in_photo(photos[place].id)
    often = Counter(face.moment for face in faces)
    if often:
        viewer.film.go(max(often, key=lambda moment: often[moment]))
    wait(600)
    return viewer


def _film(stage: Stage) -> None:
    _open_film(stage)


def _film_playing(stage: Stage) -> None:
    viewer = _open_film(stage)
    viewer.acts.play.trigger()
    wait(1200)


def _film_full(stage: Stage) -> None:
    viewer = _open_film(stage)
    viewer.chrome.set_full(True)
    viewer.chrome.stir()
    stage.afterwards(lambda: viewer.chrome.set_full(False))
    wait(400)


def _moving(stage: Stage) -> None:
    photos = stage.desk.album.timeline()
    moving = (
        place for place, one in enumerate(photos)
        if one.duration is None and stage.desk.album.photo(one.id).motion is not None
    )  # fmt: skip
    stage.window.pages[Kind.PHOTOS].photo_opened.emit(photos, next(moving))
    wait_until(stage.window.viewer.screening.moving.button.isVisible, 20)
    wait(400)


def _stack(stage: Stage) -> None:
    stage.go("photos")
    page: Any = stage.window.pages[Kind.PHOTOS]
    wait_until(lambda: any(row.stack for row in page.grid.photos.rows), 20)
    place = next(n for n, row in enumerate(page.grid.photos.rows) if row.stack)
    page.grid.setCurrentIndex(page.grid.photos.index(place))
    page.stacks.show.trigger()
    wait_until(lambda: page.drawer.isVisible(), 20)
    stage.afterwards(page.drawer.close_stack)
    wait(600)


def _viewer_stack(stage: Stage) -> None:
    photos = stage.desk.album.timeline()
    place = next(n for n, row in enumerate(photos) if row.stack)
    stage.window.pages[Kind.PHOTOS].photo_opened.emit(photos, place)
    wait_until(lambda: stage.window.viewer.stack.isVisible(), 20)
    wait_until(lambda: stage.window.viewer.canvas.has_image, 20)
    wait(600)


def _viewer_panel(stage: Stage) -> None:
    _viewer(stage)
    panel = stage.window.viewer.panel
    if not panel.isVisible():  # it stays open from photo to photo
        QTest.keyClick(stage.window.viewer, Qt.Key.Key_I)
    wait(500)
    if not panel.isVisible():
        raise NotThereError("no panel opens")


def _naming(stage: Stage) -> None:
    grid = stage.grid()
    place = next((n for n, row in enumerate(_rows(grid)) if not row.name), None)
    if place is None:
        raise NotThereError("everyone has a name")
    index = grid.model().index(place, 0)
    grid.scrollTo(index)
    grid.setCurrentIndex(index)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_F2)
    wait_until(lambda: grid.viewport().findChild(QLineEdit), 5)
    known = next(row.name for row in _rows(grid) if row.name)
    editor = grid.viewport().findChild(QLineEdit)

    def give_up() -> None:
        for _ in range(2):  # the completions, then the name
            if isValid(editor) and editor.isVisible():
                QTest.keyClick(QApplication.activePopupWidget() or editor, Qt.Key.Key_Escape)
                wait(100)

    stage.afterwards(give_up)
    QTest.keyClicks(editor, known[:2])


def _dragging(stage: Stage) -> None:
    grid = stage.grid()
    rows = _rows(grid)
    mime = QMimeData()
    mime.setData(_PEOPLE, str(rows[1].id).encode())
    where = grid.visualRect(grid.model().index(0, 0)).center()
    words = (Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton)
    for event in (QDragEnterEvent, QDragMoveEvent, QDragMoveEvent):
        QApplication.sendEvent(
            grid.viewport(), event(where, *words, Qt.KeyboardModifier.NoModifier)
        )
    stage.afterwards(lambda: QApplication.sendEvent(grid.viewport(), QDragLeaveEvent()))


def _chosen(stage: Stage) -> None:
    grid = stage.grid()
    for place in range(min(3, grid.model().rowCount())):
        index = grid.model().index(place, 0)
        grid.selectionModel().select(index, grid.selectionModel().SelectionFlag.Select)


def _menu_of(kind: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        if kind == "person":
            _person(stage)
        elif kind == "faces":
            _faces(stage)
        else:
            stage.go(kind)
        grid = stage.grid()
        index = grid.model().index(_telling(stage, grid), 0)
        grid.scrollTo(index)
        grid.setCurrentIndex(index)
        where = grid.visualRect(index).center()
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, where, grid.viewport().mapToGlobal(where))
        QApplication.sendEvent(grid.viewport(), event)
        wait_until(QApplication.activePopupWidget, 5)

    return play


def _telling(stage: Stage, grid: SectionedGrid) -> int:
    """The place of a photo that shows several people; the first of anything else."""
    if isinstance(_rows(grid)[0], PhotoItem):
        for place, photo in enumerate(_rows(grid)[:500]):
            if len(stage.desk.album.people_in_photo(photo.id)) > 1:
                return place
    return 0


def _main_menu(place: int) -> Callable[[Stage], None]:
    """One of the menus of the menu bar; the first may be behind a button instead."""

    def play(stage: Stage) -> None:
        stage.grid()
        bar = [action for action in stage.window.menuBar().actions() if action.menu() is not None]
        if bar and stage.window.menuBar().isVisible():
            shown = bar[place]
            corner = stage.window.menuBar().actionGeometry(shown).bottomLeft()
            menu, where = shown.menu(), stage.window.menuBar().mapToGlobal(corner)
        else:
            buttons = stage.window.findChildren(QToolButton)
            held = [button for button in buttons if button.menu() and button.isVisible()]
            menu, where = held[place].menu(), held[place].mapToGlobal(QPoint(0, 36))
            room = stage.window.geometry().right() - menu.sizeHint().width() - 8
            where.setX(min(where.x(), room))
        assert isinstance(menu, QMenu)
        menu.popup(where)

    return play


def _shortcuts(stage: Stage) -> None:
    before = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    QTest.keyClick(stage.window, Qt.Key.Key_Question)
    wait(400)
    after = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    if len(after) <= len(before):
        raise NotThereError("? shows nothing")


def _message(stage: Stage) -> None:
    stage.grid()
    stage.desk.deeds.hide(stage.people()[-1].id)
    stage.afterwards(stage.desk.deeds.undo)
    wait_until(stage.window.message.isVisible, 10)


def _unplugged(stage: Stage) -> None:
    """Let the window believe that the drive of every third photo is not connected, and that
    they have copies; no photo is touched for that."""
    album = stage.desk.album
    own = vars(album)
    timeline, photo, folders = album.timeline, album.photo, album.folders
    away = {one.id for one in list(timeline())[::3]}

    def is_away(photo_id: int) -> bool:
        return photo_id in away

    own["timeline"] = lambda: PhotoItems.of(
        replace(one, is_offline=is_away(one.id), copies=int(is_away(one.id))) for one in timeline()
    )
    own["photo"] = lambda number: replace(
        row := photo(number),
        is_offline=is_away(number),
        copies=(row.path.with_name("Copy of " + row.name), Path("/media/backup") / row.name),
    )
    own["folders"] = lambda: [replace(row, state=FolderState.OFFLINE) for row in folders()]

    def plug_in() -> None:
        for name in ("timeline", "photo", "folders"):
            del own[name]
        stage.window.overview.refresh()

    stage.afterwards(plug_in)
    stage.window.overview.refresh()


def _offline_photos(stage: Stage) -> None:
    _unplugged(stage)
    stage.go("photos")
    grid = stage.grid()
    flags = grid.selectionModel().SelectionFlag
    for place in (0, 1, 3):
        grid.selectionModel().select(grid.model().index(place, 0), flags.Select)


def _offline_viewer(stage: Stage) -> None:
    _unplugged(stage)
    photos = stage.desk.album.timeline()
    stage.window.pages[Kind.PHOTOS].photo_opened.emit(photos, 3)
    wait_until(lambda: stage.window.viewer.canvas.has_image, 20)
    stage.window.viewer.acts.information.setChecked(True)
    stage.window.viewer.show_information()
    stage.afterwards(lambda: stage.window.viewer.acts.information.trigger())
    wait(600)


def _skipped(stage: Stage) -> None:
    if not stage.desk.album.skipped():
        raise NotThereError("no file was skipped")
    stage.window.dialogs.show_details()


def _backups(stage: Stage) -> None:
    stage.window.dialogs.show_backups()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BackupsDialog)
    if not stage.desk.album.backups():
        dialog.now.trigger()
    wait_until(lambda: dialog.list.rows, 60)


def _sidecars(stage: Stage) -> None:
    stage.window.dialogs.ask_to_write_names()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SidecarsDialog)
    wait_until(dialog.bar.isHidden, 60)


def _foreign_names(stage: Stage) -> None:
    """Picasa's file lies beside the sample photos for this scene; beside no others."""
    stage.grid()
    library = stage.house.library
    faces = faces_by_id(library, [face for (face,) in library.sql("SELECT id FROM face")])
    paths = {photo.id: photo.path for photo in photos_by_id(library, [f.photo_id for f in faces])}
    folder = next(iter(paths.values())).parent
    if not folder.is_relative_to(library.path.parent.parent):
        raise NotThereError("no file is written beside photos of somebody's")
    names = {key: f"Cousin {name}" for key, name in zip(
        sorted({face.person_key or "" for face in faces}), NEW_NAMES, strict=False
    )}  # fmt: skip
    lines = ["[Contacts2]", *(f"{n:x}={name};;" for n, name in enumerate(names.values(), 1))]
    numbers = {key: n for n, key in enumerate(names, 1)}
    for face in [one for one in faces if (one.person_key or "") in numbers][::2]:
        x, y, w, h = face.box
        corners = (x - w / 8, y - h / 4, x + w * 9 / 8, y + h)
        digits = "".join(f"{round(min(max(v, 0), 1) * 65535):04x}" for v in corners)
        said = f"rect64({digits}),{numbers[face.person_key or '']:x}"
        lines += [f"[{paths[face.photo_id].name}]", f"faces={said};rect64(0001000110002000),1"]
    (folder / ".picasa.ini").write_text("\n".join(lines))
    stage.afterwards((folder / ".picasa.ini").unlink)
    stage.window.dialogs.show_foreign_names()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    wait_until(lambda: dialog.stack.currentIndex() == 1, 60)


def _restoring(stage: Stage) -> None:
    _backups(stage)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BackupsDialog)
    wait_until(dialog.restore.isEnabled, 60)
    dialog.restore.trigger()
    wait_until(lambda: QApplication.activeModalWidget() is not dialog, 60)


def _export(stage: Stage) -> None:
    page = _person(stage)
    page.acts.export.trigger()
    wait(1000)
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, ExportDialog):
        raise NotThereError("no dialog opens")
    dialog.web.setChecked(True)
    dialog.sheet.setChecked(True)


def _models(stage: Stage) -> ModelsDialog:
    stage.window.dialogs.show_models()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ModelsDialog)
    wait_until(lambda: "buffalo_l" in dialog.cards, 20)
    compact = dialog.cards["compact"]
    if "not measured" in compact.speed.text():
        compact.measure.click()
        wait_until(lambda: "not measured" not in compact.speed.text(), 120)
    return dialog


def _licence(stage: Stage) -> None:
    _models(stage).cards["buffalo_l"].download.click()


def _open_settings(stage: Stage, name: str) -> SettingsDialog:
    stage.grid()
    stage.window.dialogs.show_settings()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    wait_until(dialog.fields["theme"].isEnabled, 20)
    dialog.sheet.show_option(name)
    return dialog


def _settings_search(stage: Stage) -> None:
    _open_settings(stage, "theme").sheet.search.setText("face")


def _settings_preview(stage: Stage) -> None:
    dialog = _open_settings(stage, "min_photos")
    field = dialog.fields["min_photos"]
    assert isinstance(field, NumberField)
    field.box.setValue(5)
    wait_until(lambda: dialog.trial.effect is not None, 60)


def _settings(stage: Stage) -> None:
    dialog = _open_settings(stage, "pace")
    wait_until(lambda: dialog.fields["pace"].isEnabled() and dialog.now.text(), 20)

    def is_measured() -> bool:
        measured = stage.house.indexer.choices.speed().measured
        return measured is not None and bool(measured.when)

    if not is_measured():
        dialog.provider.measure.click()
    wait_until(lambda: is_measured() and dialog.provider.measure.isEnabled(), 120)


def _several(stage: Stage) -> None:
    """A camera and a counter beside the album, as long as the scene is played."""
    library = stage.house.library
    made = [
        create_collection(library, name, kind).id
        for name, kind in (("Front door", "camera"), ("Shop", "counter"))
    ]

    def take_away() -> None:
        stage.collections.go(stage.house.collection.id)
        wait_until(lambda: stage.desk.album.collection_id == stage.house.collection.id)
        for number in made:
            delete_collection(library, number)
        stage.collections.refresh()
        wait_until(lambda: not stage.collections.is_several)

    stage.afterwards(take_away)
    stage.collections.refresh()
    wait_until(lambda: stage.collections.is_several)


def _switcher(stage: Stage) -> None:
    stage.grid()
    _several(stage)
    stage.window.actions_.collections.trigger()
    wait(600)


def _counter(stage: Stage) -> None:
    _several(stage)
    number = next(row.id for row in stage.collections.rows if row.kind == "counter")
    stage.collections.go(number)
    wait_until(lambda: stage.desk.album.collection_id == number)
    wait(1500)


def _new_collection(stage: Stage) -> None:
    stage.grid()
    stage.window.dialogs.ask_for_new_collection()


def _deleting(stage: Stage) -> None:
    stage.grid()
    _several(stage)
    stage.window.dialogs.ask_to_delete()


def _own_settings(stage: Stage) -> None:
    _counter(stage)
    stage.window.dialogs.show_own_settings()
    wait(600)


def _erasing(stage: Stage) -> None:
    stage.grid()
    stage.window.dialogs.ask_to_erase()


def _erased(stage: Stage) -> None:
    """As after erasing, without it."""
    overview, album = stage.window.overview, stage.desk.album
    known, folders = album.counts(), album.folders()
    without = replace(known, people=0, unnamed_faces=0, hidden_people=0, erased=known.photos)
    overview.told.emit(without, folders)
    stage.afterwards(overview.refresh)


def _drop(stage: Stage) -> None:
    stage.grid()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(Path.home()))])
    window = stage.window
    words = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
    where = window.rect().center()
    event = QDragEnterEvent(where, *words, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, event)
    stage.afterwards(lambda: QApplication.sendEvent(window, QDragLeaveEvent()))


def _rows(grid: SectionedGrid) -> Sequence[Any]:
    rows: Sequence[Any] = grid.model().rows  # type: ignore[attr-defined]
    return rows


AT_FIRST = (Scene("empty", lambda _: wait(300)), Scene("indexing", _indexing))
"""While there are no people yet."""


def _visitors(stage: Stage) -> None:
    """As if the album were a counter's: whoever came on all of its days."""
    library, number = stage.house.library, stage.house.collection.id
    set_own(library, number, "visitors", "on")
    stage.afterwards(lambda: set_own(library, number, "visitors", None))
    stage.window.own_pages.refresh()
    stage.afterwards(stage.window.own_pages.refresh)
    page = stage.go("visitors")
    page.lengths["all"].trigger()
    wait_until(lambda: page.report is not None and page.report.span == page.span, 60)


SCENES = (
    Scene("people", _page("people")),
    Scene("people-chosen", _chosen),
    Scene("naming", _naming),
    Scene("merging", _dragging),
    Scene("person-photos", _person),
    Scene("person-faces", _faces),
    Scene("person-faces-chosen", _faces_chosen),
    Scene("photos", _page("photos")),
    Scene("unnamed", _page("unnamed")),
    Scene("review", _page("review"), 2500),
    Scene("search", _search),
    Scene("hidden", _page("hidden")),
    Scene("visitors", _visitors, 1500),
    Scene("activity", _activity),
    Scene("history", _page("history")),
    Scene("viewer", _viewer),
    Scene("viewer-panel", _viewer_panel),
    Scene("film", _film),
    Scene("film-playing", _film_playing),
    Scene("film-full", _film_full),
    Scene("moving", _moving),
    Scene("stack", _stack),
    Scene("viewer-stack", _viewer_stack),
    Scene("offline-photos", _offline_photos),
    Scene("offline-viewer", _offline_viewer),
    Scene("skipped", _skipped),
    Scene("backups", _backups),
    Scene("sidecars", _sidecars),
    Scene("foreign-names", _foreign_names),
    Scene("restoring", _restoring),
    Scene("export", _export, 2500),
    Scene("settings", _settings),
    Scene("models", _models, 1500),
    Scene("licence", _licence),
    Scene("settings-search", _settings_search),
    Scene("settings-preview", _settings_preview, 1500),
    Scene("switcher", _switcher),
    Scene("new-collection", _new_collection),
    Scene("own-settings", _own_settings),
    Scene("deleting", _deleting),
    Scene("counter", _counter),
    Scene("erasing", _erasing),
    Scene("erased", _erased),
    Scene("shortcuts", _shortcuts),
    Scene("message", _message),
    Scene("dropping", _drop),
    Scene("menu-person", _menu_of("people")),
    Scene("menu-photo", _menu_of("photos")),
    Scene("menu-face", _menu_of("faces")),
    Scene("menu-1", _main_menu(0)),
    Scene("menu-2", _main_menu(1)),
    Scene("menu-3", _main_menu(2)),
    Scene("menu-4", _main_menu(3)),
)
