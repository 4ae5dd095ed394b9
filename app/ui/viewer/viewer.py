"""The viewer: one photo, large, with the names of those in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.changes import Changes
from app.library.rows import FaceRow, PersonRow, PhotoItem, PhotoRow
from app.ui.absence import why_absent
from app.ui.album import Album
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.photos.menu import add_absence, add_people
from app.ui.pictures import PictureKey
from app.ui.viewer import facts
from app.ui.viewer.acts import Standing, ViewerActs
from app.ui.viewer.bar import ViewerBar
from app.ui.viewer.canvas import Canvas
from app.ui.viewer.chrome import Chrome
from app.ui.viewer.foot import Foot
from app.ui.viewer.loader import Loader
from app.ui.viewer.naming import Naming
from app.ui.viewer.panel import InfoPanel
from app.ui.viewer.presence import Presence
from app.ui.viewer.pyramid import Pyramid
from app.ui.widgets.focus_ring import FocusRing

_Facts = tuple[PhotoRow, list[FaceRow], list[PersonRow]]
_Read = tuple[_Facts, str]
"""What is known of a photo, and why its file is not at hand."""


class Viewer(QWidget):
    """Walks through photos with the arrow keys; Escape leads back."""

    closed = Signal(int)
    """Back from the photo with this id, the last one seen."""
    person_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.menu_title = self.tr("Photo")
        self._photos: Sequence[PhotoItem] = ()
        self._fresh: dict[int, PhotoItem] = {}
        """Photos that are not as they were listed, by place."""
        self._here = 0
        self._direction = 1
        self._was_full = False
        self._facts: _Facts | None = None
        self._job: Job | None = None
        self.canvas = Canvas(desk.theme, self)
        FocusRing(self.canvas, desk.theme)
        self.naming = Naming(desk, self.canvas)
        self.panel = InfoPanel(desk)
        self._loader = Loader(desk.album, desk.source, desk.background, self, desk.may_download)
        self.acts = ViewerActs(self)
        self._foot = Foot(desk.icons, self.acts.fetch)
        self._presence = Presence(self.canvas, self._foot)
        acts = self.acts
        shown = (acts.draw, acts.names, acts.smaller, acts.larger, acts.full_screen)
        self.bar = ViewerBar(acts.close, (*shown, acts.information))
        self.chrome = Chrome(self, self.canvas, self.bar, self.panel, self._foot)
        self.setFocusProxy(self.canvas)
        self.setAccessibleName(self.tr("Photo"))
        self._connect()

    def _connect(self) -> None:
        canvas, naming, loader = self.canvas, self.naming, self._loader
        canvas.moved.connect(self._refine)
        canvas.onward.connect(partial(self.step, 1))
        canvas.face_focused.connect(self._refresh)
        naming.changed.connect(self._refresh)
        naming.person_wanted.connect(self.person_wanted)
        loader.arrived.connect(self._show_picture)
        loader.failed.connect(self._show_failure)
        self.panel.face_opened.connect(naming.meet)
        self.chrome.staged.connect(self._dress_bar)
        self.desk.theme.changed.connect(self._dress_foot)

    # -- walking ---------------------------------------------------------------------------

    def open(self, photos: Sequence[PhotoItem], start: int) -> None:
        """Show one of these photos."""
        self._photos, self._fresh = photos, {}  # as they are: they may be 200,000
        self._direction = 1
        self._was_full = self.window().isFullScreen()
        self._go(start)
        self.canvas.setFocus()

    def step(self, steps: int) -> None:
        """Go to another photo; the ends stop."""
        self.jump(min(len(self._photos) - 1, max(0, self._here + steps)))

    def jump(self, place: int) -> None:
        """Go to the photo at a place; -1 is the last one."""
        place = place % max(1, len(self._photos))
        if self._photos and place != self._here:
            self._direction = 1 if place > self._here else -1
            self._go(place)

    def escape(self) -> None:
        """Leave what is open, the innermost first; then the photo."""
        if self.naming.close():
            return
        if self.chrome.is_full and not self._was_full:
            self.toggle_full_screen()
        elif self.acts.information.isChecked():
            self.acts.information.trigger()
        else:
            self.close_viewer()

    def close_viewer(self) -> None:
        """Back to where the user came from."""
        seen = self._photos[self._here].id if self._photos else 0
        self._leave()
        self.closed.emit(seen)

    def take_note(self, changes: Changes) -> None:
        """Something changed: read the names again."""
        if self._photos and self.isVisible() and (changes or changes.said):
            self._read(self._photos[self._here].id)

    def _go(self, place: int) -> None:
        self._here = place
        photo = self._photo(place)
        self._facts = None
        self._presence.begin(keeps_word=photo.is_offline)
        self.naming.begin(photo.id)
        self.bar.title.setText("")
        self.canvas.show_photo(photo.width, photo.height)
        self._want()
        self._read(photo.id)
        self._refresh()

    def _photo(self, place: int) -> PhotoItem:
        return self._fresh.get(place) or self._photos[place]

    def _want(self) -> None:
        """Have the photo in sight and its neighbours loaded."""
        here, onward = self._here, self._direction
        near = (here, here + onward, here + 2 * onward, here - onward)
        photos = [self._photo(one) for one in near if 0 <= one < len(self._photos)]
        absent = {photo.id for photo in photos if photo.is_offline}
        self._loader.want([PictureKey.of_photo(one) for one in photos], self._side(), absent)

    def _side(self) -> int:
        """Pixels of the long side that fill the screen, so that full screen needs no more."""
        screen = self.screen().size()
        longest = max(self.width(), self.height(), screen.width(), screen.height())
        return round(longest * self.devicePixelRatioF())

    def _read(self, photo_id: int) -> None:
        if self._job is not None:
            self._job.drop()
        read = partial(_read_facts, self.desk.album, photo_id)
        self._job = self.desk.background.read(self, read, self._show_facts)

    def _leave(self) -> None:
        """Let go of the photos, and of the full screen unless the window had it before."""
        if not self._photos:
            return
        self.naming.close()
        if self.chrome.is_full and not self._was_full:
            self.toggle_full_screen()
        self._loader.forget()
        self._photos, self._fresh = (), {}
        self._facts = None
        self._presence.begin()
        self.canvas.show_photo(0, 0)

    # -- showing ---------------------------------------------------------------------------

    def _show_facts(self, answer: _Read) -> None:
        self._facts, absent = answer
        photo, faces, people = self._facts
        self.canvas.show_faces(faces, self._known_strangers())
        self.naming.show_people(people)
        self.bar.title.setText(photo.name)
        if self.acts.information.isChecked():
            self.panel.show_facts(photo, faces, people)
        self._hear_presence(photo, absent)
        self._refine()

    def _hear_presence(self, photo: PhotoRow, absent: str) -> None:
        """A drive may have been taken away since the photos were listed, or be back."""
        item = self._photo(self._here)
        self._fresh[self._here] = replace(item, is_offline=photo.is_offline)
        if self._presence.hear(absent) or item.is_offline != photo.is_offline:
            self._want()
        self._say_presence()

    def _say_presence(self) -> None:
        """With the facts comes why a photo is not shown in full."""
        if self._facts is not None:
            self._presence.say(self._facts[0].id not in self._loader.kept)

    def _show_picture(self, photo_id: int, pyramid: Pyramid) -> None:
        if self._is_here(photo_id):
            self.canvas.show_picture(pyramid)
            if self._presence.can_fetch and photo_id in self._loader.kept:
                self._read(photo_id)  # it was fetched
            self._say_presence()
            self._refine()

    def _show_failure(self, photo_id: int, reason: str) -> None:
        if self._is_here(photo_id):
            self._presence.fail(reason)
            self._say_presence()

    def _refine(self) -> None:
        if self._facts is not None and self.canvas.wants_finer() and not self._presence.reason:
            photo = self._facts[0]
            if self._is_here(photo.id):
                self._loader.want_whole(photo.id, photo.path)
        self._refresh()

    def _is_here(self, photo_id: int) -> bool:
        return bool(self._photos) and photo_id == self._photos[self._here].id

    def _show_foot(self) -> None:
        if self.canvas.drawing is not None:
            self._foot.show_drawing()
        elif self._facts is None:
            self._foot.clear()
        else:
            photo, _, people = self._facts
            self._foot.show_photo(photo, people, self._here, len(self._photos))

    def _refresh(self) -> None:
        """Let be done what can be done now."""
        self._show_foot()
        face, canvas = self.canvas.layer.focused_face, self.canvas
        self.acts.refresh(
            Standing(
                is_first=self._here == 0,
                is_last=self._here >= len(self._photos) - 1,
                is_busy=self.naming.is_busy,
                has_picture=canvas.has_image,
                has_facts=self._facts is not None,
                absent=self._presence.absent,
                can_fetch=self._presence.can_fetch,
                is_fitted=canvas.view.is_fitted,
                has_frames=bool(canvas.layer.faces) and canvas.layer.is_shown,
                has_face=face is not None,
                has_person=face is not None and face.person_id is not None,
                strangers=len(self._strangers()),
            )
        )

    def _dress_bar(self, is_staged: bool) -> None:
        self.bar.set_icons(self.acts.stage_icons() if is_staged else {})
        self._foot.dress(is_staged)

    def _dress_foot(self) -> None:
        self._foot.dress(self.chrome.is_full)

    # -- doing -----------------------------------------------------------------------------

    def with_photo(self, work: Callable[[PhotoRow], object]) -> None:
        """Do something with the photo in sight."""
        if self._facts is not None:
            work(self._facts[0])

    def fetch(self) -> None:
        """Download the photo in sight from the cloud, and show it."""
        if self._presence.can_fetch and self._facts is not None:
            self._loader.allow(self._facts[0].id)
            self._want()

    def with_face(self, work: Callable[[FaceRow], object]) -> None:
        """Do something with the face that has the focus."""
        face = self.canvas.layer.focused_face
        if face is not None:
            work(face)

    def walk_faces(self, steps: int) -> None:
        """Move the focus to the next face, and after the last one to the first."""
        self.canvas.setFocus()
        if not self.canvas.focus_face(steps):
            self.canvas.focus_face(steps)

    def say_strangers(self) -> None:
        """Say that all who have no name here are strangers."""
        faces = self._strangers()
        if faces:
            self.desk.deeds.say_strangers(faces)

    def show_names(self) -> None:
        """Show the frames or hide them, as the act says."""
        self.canvas.show_frames(self.acts.names.isChecked())

    def show_information(self) -> None:
        """Show the panel or hide it, as the act says."""
        is_wanted = self.acts.information.isChecked()
        if is_wanted and self._facts is not None:
            self.panel.show_facts(*self._facts)
        self.chrome.show_panel(is_wanted)

    def toggle_full_screen(self) -> None:
        """Fill the screen with the photo, or go back to a window."""
        window = self.window()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _strangers(self) -> list[int]:
        """The faces that have no name, but for those that need none."""
        faces = [] if self._facts is None else self._facts[1]
        known = self._known_strangers()
        return [face.id for face in faces if not face.person_name and face.id not in known]

    def _known_strangers(self) -> set[int]:
        if self._facts is None:
            return set()
        _, faces, people = self._facts
        hidden = {person.id for person in people if person.hidden}
        return {face.id for face in faces if facts.is_stranger(face, hidden)}

    # -- events ----------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._facts is None or self.naming.is_busy:
            return
        point = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            face = self.canvas.layer.focused_face
        else:
            face = self.canvas.face_at(self.canvas.mapFromGlobal(point))
        menu = self.photo_menu() if face is None else self.naming.menu_of(face)
        menu.popup(point)

    def photo_menu(self) -> QMenu:
        """What can be done with the photo in sight, in the words of the menu bar."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        people = [] if self._facts is None else self._facts[2]
        add_people(menu, self.desk, people, self.person_wanted.emit, self)
        acts = self.acts
        if self._presence.can_fetch:
            menu.addAction(acts.fetch)
        for group in (
            (acts.draw, acts.strangers),
            (acts.fit, acts.actual, acts.full_screen, acts.names, acts.information),
        ):
            menu.addActions(list(group))
            menu.addSeparator()
        add_absence(menu, self.desk, self._presence.absent)
        menu.addActions(acts.files)
        return menu

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self.chrome.set_full(self.window().isFullScreen())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._leave()
            self.chrome.set_full(False)
            self.window().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowStateChange and watched is self.window():
            self.chrome.set_full(self.isVisible() and self.window().isFullScreen())
        return super().eventFilter(watched, event)


def _read_facts(album: Album, photo_id: int) -> _Read:
    photo = album.photo(photo_id)
    known = photo, album.faces_in_photo(photo_id), album.people_in_photo(photo_id)
    return known, why_absent(album, photo)
