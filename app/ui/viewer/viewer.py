"""The viewer: one photo, large, with the names of those in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.changes import Changes
from app.library.rows import FaceRow, PhotoItem, PhotoRow
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.texts import Texts
from app.ui.viewer.acts import Standing, ViewerActs
from app.ui.viewer.bar import ViewerBar
from app.ui.viewer.base import Base
from app.ui.viewer.canvas import Canvas
from app.ui.viewer.chrome import Chrome
from app.ui.viewer.foot import Foot
from app.ui.viewer.known import Known
from app.ui.viewer.loader import Loader
from app.ui.viewer.menu import menu_of_photo
from app.ui.viewer.naming import Naming
from app.ui.viewer.panel import InfoPanel
from app.ui.viewer.presence import Presence
from app.ui.viewer.pyramid import Pyramid
from app.ui.viewer.screening import Screening
from app.ui.viewer.stack import ViewerStack
from app.ui.widgets.focus_ring import FocusRing

tr = Texts("viewer")


class Viewer(QWidget):
    """Walks through photos with the arrow keys; Escape leads back."""

    closed = Signal(int)
    """Back from the photo with this id, the last one seen."""
    person_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.menu_title = tr("Photo")
        self._photos: Sequence[PhotoItem] = ()
        self._fresh: dict[int, PhotoItem] = {}
        """Photos that are not as they were listed, by place."""
        self._here = 0
        self._direction = 1
        self._was_full = False
        self._facts: Known | None = None
        self._job: Job | None = None
        self.canvas = Canvas(desk.theme, self)
        FocusRing(self.canvas, desk.theme)
        self.naming = Naming(desk, self.canvas)
        self.panel = InfoPanel(desk)
        self._loader = Loader(desk.album, desk.source, desk.background, self, desk.may_download)
        self.screening = Screening(desk, self.canvas, self.naming, self._side)
        self.film = self.screening.film
        self.stack = ViewerStack(desk, lambda: (self._photos, self._here))
        self.acts = ViewerActs(self)
        self._foot = Foot(desk.icons, self.acts.fetch)
        self._foot.take_in(self.stack)
        self._presence = Presence(self.canvas, self._foot)
        acts = self.acts
        shown = (acts.draw, acts.names, acts.smaller, acts.larger, acts.full_screen)
        self.bar = ViewerBar(acts.close, (*shown, acts.information))
        self.screening.strip.set_acts(self.acts.film_buttons)
        base = Base(self.screening.strip, self._foot)
        self.chrome = Chrome(self, self.canvas, self.bar, self.panel, base)
        self.setFocusProxy(self.canvas)
        self.setAccessibleName(tr("Photo"))
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
        self.panel.face_opened.connect(self.screening.meet)
        self.screening.changed.connect(self._refresh)
        self.film.moved.connect(self._show_faces)
        self.film.arrived.connect(self._show_frame)
        self.film.failed.connect(self._fail_film)
        self.stack.walk_wanted.connect(self._walk)
        self.stack.changed.connect(self._refresh)
        self.chrome.staged.connect(self._dress_bar)
        self.desk.theme.changed.connect(self._dress_foot)

    # -- walking ---------------------------------------------------------------------------

    def open(
        self,
        photos: Sequence[PhotoItem],
        start: int,
        face_id: int = 0,
        people: Collection[int] = (),
    ) -> None:
        """Show one of these photos; of a video, the frame with this face, or else one with one of
        these people."""
        self.film.people = people
        self._was_full = self.window().isFullScreen()
        self.stack.begin()
        self._walk(photos, start, face_id)
        self.canvas.setFocus()

    def _walk(self, photos: Sequence[PhotoItem], start: int, face_id: int = 0) -> None:
        self._photos, self._fresh = photos, {}  # as they are: they may be 200,000
        self._direction = 1
        self._go(start, face_id)

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
        seen = self.stack.left_at(self._photos[self._here].id) if self._photos else 0
        self._leave()
        self.closed.emit(seen)

    def take_note(self, changes: Changes) -> None:
        """Something changed: read the names again."""
        if self._photos and self.isVisible() and (changes or changes.said):
            self._read(self._photos[self._here].id)

    def _go(self, place: int, face_id: int = 0) -> None:
        self._here = place
        photo = self._photo(place)
        self._facts = None
        self._presence.begin(keeps_word=photo.is_offline)
        self.naming.begin(photo.id)
        self.bar.title.setText("")
        self.canvas.show_photo(photo.width, photo.height)
        self.screening.begin(photo, face_id)
        self._want()
        self._read(photo.id)
        self._refresh()

    @property
    def photo(self) -> PhotoItem | None:
        """The photo in sight."""
        return self._photo(self._here) if self._photos else None

    def _photo(self, place: int) -> PhotoItem:
        return self._fresh.get(place) or self._photos[place]

    def _want(self) -> None:
        """Have the photo in sight and its neighbours loaded."""
        here, onward = self._here, self._direction
        near = (here, here + onward, here + 2 * onward, here - onward)
        photos = [self._photo(one) for one in near if 0 <= one < len(self._photos)]
        # Of a video the loader has the small picture; its frames are the film's.
        absent = {one.id for one in photos if one.is_offline or one.duration is not None}
        self._loader.want([PictureKey.of_photo(one) for one in photos], self._side(), absent)

    def _side(self) -> int:
        """Pixels of the long side that fill the screen, so that full screen needs no more."""
        screen = self.screen().size()
        longest = max(self.width(), self.height(), screen.width(), screen.height())
        return round(longest * self.devicePixelRatioF())

    def _read(self, photo_id: int) -> None:
        if self._job is not None:
            self._job.drop()
        read = partial(Known.read, self.desk.album, photo_id)
        self._job = self.desk.background.read(self, read, self._show_facts)

    def _leave(self) -> None:
        """Let go of the photos, and of the full screen unless the window had it before."""
        if not self._photos:
            return
        self.naming.close()
        if self.chrome.is_full and not self._was_full:
            self.toggle_full_screen()
        if self._job is not None:
            self._job.drop()
        self._loader.forget()
        self._photos, self._fresh = (), {}
        self._facts = None
        self._presence.begin()
        self.screening.leave()
        self.canvas.show_photo(0, 0)

    # -- showing ---------------------------------------------------------------------------

    def _show_facts(self, known: Known) -> None:
        self._facts = known
        photo, faces, people, absent = known
        self.screening.show(photo, faces, known.strangers, bool(absent))
        self._show_faces()
        self.naming.show_people(people)
        self.bar.title.setText(photo.name)
        if self.acts.information.isChecked():
            self.panel.show_facts(photo, faces, people)
        self._hear_presence(photo, absent)
        self.stack.hear(photo)
        self._refine()

    def _show_faces(self) -> None:
        """Frame who is to be seen: in a video, at this moment."""
        if self._facts is not None:
            faces = self.film.faces_now(self._facts.faces)
            self.canvas.show_faces(faces, self._facts.strangers)
            self.naming.film_moment = self.film.drawing_moment
            self._refresh()

    def _show_frame(self) -> None:
        self._say_presence()
        self._refine()

    def _fail_film(self, reason: str) -> None:
        self._presence.fail(reason)
        self._say_presence()

    def _hear_presence(self, photo: PhotoRow, absent: str) -> None:
        """A drive may have been taken away since the photos were listed, or be back."""
        if not self._is_here(photo.id):
            return
        item = self._photo(self._here)
        self._fresh[self._here] = replace(item, is_offline=photo.is_offline)
        if self._presence.hear(absent) or item.is_offline != photo.is_offline:
            self._want()
        self._say_presence()

    def _say_presence(self) -> None:
        """With the facts comes why a photo is not shown in full."""
        if self._facts is not None:
            self._presence.say(self._facts.photo.id not in self._loader.kept)

    def _show_picture(self, photo_id: int, pyramid: Pyramid) -> None:
        if self._is_here(photo_id) and self.film.drawing_moment is None:
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
            photo = self._facts.photo
            if photo.is_video:
                self.film.refine()
            elif self._is_here(photo.id):
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
            photo, people = self._facts.photo, self._facts.people
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
                strangers=0 if self._facts is None else len(self._facts.nameless),
                can_play=self.film.can_play,
                can_move=self.screening.moving.can_play,
                is_playing=self.film.player.is_playing,
                later=self.film.has_moment(1),
                earlier=self.film.has_moment(-1),
                has_stack=bool(self.stack.photos),
                is_top=self.stack.is_top,
            )
        )

    def _dress_bar(self, is_staged: bool) -> None:
        self.bar.set_icons(self.acts.stage_icons() if is_staged else {})
        self.screening.dress(is_staged)
        self._foot.dress(is_staged)

    def _dress_foot(self) -> None:
        self._foot.dress(self.chrome.is_full)

    # -- doing -----------------------------------------------------------------------------

    def with_photo(self, work: Callable[[PhotoRow], object]) -> None:
        """Do something with the photo in sight."""
        if self._facts is not None:
            work(self._facts.photo)

    def fetch(self) -> None:
        """Download the photo in sight from the cloud, and show it."""
        if self._presence.can_fetch and self._facts is not None:
            self._loader.allow(self._facts.photo.id)
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
        faces = [] if self._facts is None else self._facts.nameless
        if faces:
            self.desk.deeds.say_strangers(faces)

    def show_names(self) -> None:
        """Show the frames or hide them, as the act says."""
        self.canvas.show_frames(self.acts.names.isChecked())

    def show_information(self) -> None:
        """Show the panel or hide it, as the act says."""
        is_wanted = self.acts.information.isChecked()
        if is_wanted and self._facts is not None:
            self.panel.show_facts(*self._facts[:3])
        self.chrome.show_panel(is_wanted)

    def toggle_full_screen(self) -> None:
        """Fill the screen with the photo, or go back to a window."""
        window = self.window()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- events ----------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._facts is None or self.naming.is_busy:
            return
        point = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            face = self.canvas.layer.focused_face
        else:
            face = self.canvas.face_at(self.canvas.mapFromGlobal(point))
        (self.photo_menu() if face is None else self.naming.menu_of(face)).popup(point)

    def photo_menu(self) -> QMenu:
        """What can be done with the photo in sight, in the words of the menu bar."""
        people = [] if self._facts is None else self._facts.people
        return menu_of_photo(self, people, self._presence)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.chrome.watch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._leave()
            self.chrome.rest()
