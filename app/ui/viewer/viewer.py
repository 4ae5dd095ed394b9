"""The viewer: one photo, large, with the names of those in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.changes import Changes
from app.library.rows import FaceRow, PersonRow, PhotoItem, PhotoRow
from app.ui import words
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.photos.menu import photo_menu
from app.ui.pictures import PictureKey
from app.ui.source import PictureSource
from app.ui.viewer.canvas import Canvas
from app.ui.viewer.loader import Loader
from app.ui.widgets.name_edit import NameEdit

_Facts = tuple[PhotoRow, list[FaceRow], list[PersonRow]]


class Viewer(QWidget):
    """Walks through photos with the arrow keys; Escape leads back."""

    closed = Signal()
    person_wanted = Signal(int)

    def __init__(self, desk: Desk, source: PictureSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._photos: Sequence[PhotoItem] = ()
        self._here = 0
        self._facts: _Facts | None = None
        self._job: Job | None = None
        self._editor: NameEdit | None = None
        self._edited: FaceRow | None = None
        self.canvas = Canvas(desk.theme, self)
        self.canvas.face_clicked.connect(self.name_face)
        self.canvas.moved.connect(self._refine)
        self._loader = Loader(desk.album, source, desk.background, self)
        self._loader.arrived.connect(self._show_image)
        self._loader.failed.connect(self._show_failure)
        self._title = QLabel()
        self._title.setObjectName("Strong")
        self._info = QLabel()
        self._info.setObjectName("Small")
        self._buttons: list[tuple[QToolButton, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        column.addWidget(self.canvas, 1)
        self._info.setContentsMargins(24, 8, 24, 12)
        self._info.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._info)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo"))
        desk.theme.changed.connect(self._dress)
        self._dress()

    # -- walking ---------------------------------------------------------------------------

    def open(self, photos: Sequence[PhotoItem], start: int) -> None:
        """Show one of these photos."""
        self._photos = photos
        self._go(start)
        self.setFocus()

    def step(self, steps: int) -> None:
        """Go to another photo; the ends stop."""
        there = min(len(self._photos) - 1, max(0, self._here + steps))
        if there != self._here:
            self._go(there)

    def close_viewer(self) -> None:
        """Back to where the user came from."""
        self._close_editor()
        window = self.window()
        if window.isFullScreen():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        self._loader.forget()
        self._photos = ()
        self.closed.emit()

    def take_note(self, changes: Changes) -> None:
        """Something changed: read the names again."""
        if self._photos and self.isVisible() and changes:
            self._read(self._photos[self._here].id)

    def _go(self, place: int) -> None:
        self._close_editor()
        self._here = place
        photo = self._photos[place]
        self._facts = None
        self._title.setText("")
        self._info.setText("")
        self.canvas.show_photo(photo.width, photo.height)
        side = self._side()
        self._loader.want(PictureKey.of_photo(photo), side)
        for neighbour in (place + 1, place - 1):
            if 0 <= neighbour < len(self._photos):
                self._loader.preload(self._photos[neighbour].id, side)
        self._read(photo.id)

    def _side(self) -> int:
        """Pixels of the long side that fill the window."""
        longest = max(self.width(), self.height(), 640)
        return round(longest * self.devicePixelRatioF())

    def _read(self, photo_id: int) -> None:
        if self._job is not None:
            self._job.drop()
        album = self._desk.album
        self._job = self._desk.background.read(
            self,
            lambda: (
                album.photo(photo_id),
                album.faces_in_photo(photo_id),
                album.people_in_photo(photo_id),
            ),
            self._show_facts,
        )

    # -- showing ---------------------------------------------------------------------------

    def _show_facts(self, facts: _Facts) -> None:
        photo, faces, people = self._facts = facts
        self.canvas.show_faces(faces)
        self._title.setText(photo.name)
        known: list[str] = []
        if photo.taken is not None:
            known.append(words.moment(photo.taken))
        if photo.camera:
            known.append(photo.camera)
        named = [person.name for person in people if person.name]
        if named:
            known.append(", ".join(named))
        if len(self._photos) > 1:
            here, total = words.number(self._here + 1), words.number(len(self._photos))
            known.append(self.tr("{0} of {1}").format(here, total))
        self._info.setText("   ·   ".join(known))
        self._refine()

    def _show_image(self, photo_id: int, image: QImage) -> None:
        if self._photos and photo_id == self._photos[self._here].id:
            self.canvas.show_image(image)
            self._refine()

    def _show_failure(self, photo_id: int, reason: str) -> None:
        if self._photos and photo_id == self._photos[self._here].id and not self.canvas.has_image:
            self.canvas.show_message(reason)

    def _refine(self) -> None:
        self._place_editor()
        if self._facts is not None and self._photos and self.canvas.wants_finer():
            photo = self._facts[0]
            if photo.id == self._photos[self._here].id:
                self._loader.want_finer(photo.id, photo.path)

    # -- naming ----------------------------------------------------------------------------

    def name_face(self, face: FaceRow) -> None:
        """Open the name of a face for typing."""
        self._close_editor()
        editor = NameEdit(self._desk.named.names, self.canvas)
        editor.setPlaceholderText(self.tr("Who is this?"))
        editor.setText(face.person_name)
        editor.selectAll()
        editor.chosen.connect(self._take_name)
        self._editor, self._edited = editor, face
        self._place_editor()
        editor.show()
        editor.setFocus()

    def _take_name(self, name: str) -> None:
        face = self._edited
        self._close_editor()
        if face is None or name == face.person_name:
            return
        if face.person_id is not None and not face.person_name:
            self._desk.deeds.name(face.person_id, name)
        else:
            self._desk.deeds.move([face.id], name)

    def _place_editor(self) -> None:
        if self._editor is None or self._edited is None:
            return
        for frame in self.canvas.frames():
            if frame.face.id == self._edited.id:
                corner = frame.tag.center().toPoint() - QPoint(100, 17)
                x = min(max(8, corner.x()), self.canvas.width() - 208)
                y = min(max(8, corner.y()), self.canvas.height() - 44)
                self._editor.setGeometry(x, y, 200, 36)

    def _close_editor(self) -> None:
        if self._editor is not None:
            self._editor.deleteLater()
            self._editor = self._edited = None
            self.setFocus()

    # -- keys, bar, menu -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        works: dict[Qt.Key, Callable[[], object]] = {
            keys.Key_Left: partial(self.step, -1),
            keys.Key_Right: partial(self.step, 1),
            keys.Key_Space: partial(self.step, 1),
            keys.Key_Home: partial(self.step, -len(self._photos)),
            keys.Key_End: partial(self.step, len(self._photos)),
            keys.Key_Plus: partial(self.canvas.zoom_by, 1),
            keys.Key_Equal: partial(self.canvas.zoom_by, 1),
            keys.Key_Minus: partial(self.canvas.zoom_by, -1),
            keys.Key_0: self.canvas.fit,
            keys.Key_1: self.canvas.actual_size,
            keys.Key_F: self._toggle_full_screen,
            keys.Key_N: self.canvas.toggle_frames,
            keys.Key_Escape: self._escape,
        }
        work = works.get(Qt.Key(event.key()))
        if work is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            work()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._facts is not None:
            photo, _, people = self._facts
            show = self.person_wanted.emit
            menu = photo_menu(self._desk, photo, people, show, self.canvas.fit, self)
            menu.popup(event.globalPos())

    def _escape(self) -> None:
        if self._editor is not None:
            self._close_editor()
        else:
            self.close_viewer()

    def _toggle_full_screen(self) -> None:
        window = self.window()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 12, 20, 8)
        bar.setSpacing(4)
        bar.addWidget(self._button("arrow-left", self.tr("Back (Esc)"), self.close_viewer))
        bar.addSpacing(8)
        bar.addWidget(self._title, 1)
        for icon, text, work in (
            ("scan-face", self.tr("Names (N)"), self.canvas.toggle_frames),
            ("zoom-out", self.tr("Smaller (−)"), partial(self.canvas.zoom_by, -1)),
            ("zoom-in", self.tr("Larger (+)"), partial(self.canvas.zoom_by, 1)),
            ("maximize", self.tr("Full screen (F)"), self._toggle_full_screen),
        ):
            bar.addWidget(self._button(icon, text, work))
        return bar

    def _button(self, icon: str, text: str, work: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(20, 20))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(work)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons.append((button, icon))
        return button

    def _dress(self) -> None:
        for button, name in self._buttons:
            button.setIcon(self._desk.icons.icon(name, "text", 20))
