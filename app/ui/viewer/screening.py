"""Screening: all that moves in the viewer: videos, and photos with a moving part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal

from app.library.rows import FaceRow, PhotoItem, PhotoRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.texts import Texts
from app.ui.viewer.canvas import Canvas
from app.ui.viewer.film import Film
from app.ui.viewer.film_strip import FilmStrip
from app.ui.viewer.moving import Moving
from app.ui.viewer.naming import Naming
from app.ui.viewer.outside import default_player, play_outside

tr = Texts("viewer")


class Screening(QObject):
    """Holds the two, of which one at most has something to do."""

    changed = Signal()
    """What can be done, or what plays, is otherwise than before."""

    def __init__(self, desk: Desk, canvas: Canvas, naming: Naming, side: Callable[[], int]) -> None:
        """`side` tells how many pixels fill the screen."""
        super().__init__(canvas)
        self._desk = desk
        self._naming = naming
        self._photo: PhotoRow | None = None
        self._is_staged = False
        self.strip = FilmStrip(desk)
        self.film = Film(desk, canvas, self.strip, side)
        self.moving = Moving(desk.background, desk.icons, canvas, side)
        self.film.changed.connect(self._hear)
        self.strip.people.face_met.connect(self.meet)
        self.strip.people.menu_wanted.connect(self._open_menu)
        self.moving.changed.connect(self.changed)
        self.moving.failed.connect(self._say)
        desk.theme.changed.connect(self._dress)

    def begin(self, item: PhotoItem, face_id: int = 0) -> None:
        """Another photo or video is in sight; of a video, the frame with this face."""
        self._photo = None
        self.moving.begin()
        self.film.begin(item, face_id)

    def show(
        self,
        photo: PhotoRow,
        faces: Sequence[FaceRow],
        strangers: Collection[int],
        is_absent: bool,
    ) -> None:
        """What is known of it."""
        self._photo = photo
        self.film.show(photo, faces, strangers, is_absent)
        self.moving.show(photo, is_absent)

    def leave(self) -> None:
        """Nothing is in sight any more."""
        self._photo = None
        self.moving.begin()
        self.film.begin(None)

    def toggle(self) -> None:
        """Play what is in sight, or stop it."""
        if self.film.is_film:
            self.film.toggle()
        else:
            self.moving.toggle()

    def meet(self, face: FaceRow) -> None:
        """Something is to be said of a face: in a video, where it is to be seen."""
        if self.film.is_film:
            self.film.go_to(face)
        self._naming.meet(face)

    def play_outside(self) -> None:
        """Play the video with its sound, in the system's player, from this moment on."""
        photo = self._photo
        if photo is None or not self.film.can_play:
            return
        self.film.stop()
        moment = self.film.moment
        self._desk.background.read(
            self, partial(default_player, photo.content_type), partial(self._open, photo, moment)
        )

    def dress(self, is_staged: bool) -> None:
        """Take the colours of the theme, or those around what fills the screen."""
        self._is_staged = is_staged
        self._dress()

    def _open(self, photo: PhotoRow, moment: float, desktop: str) -> None:
        if not play_outside(photo.path, moment, desktop) and moment >= 1:
            self._say(
                tr("Your player begins at the start: what you saw is at {0}.").format(
                    words.length(moment)
                )
            )

    def _open_menu(self, face: FaceRow, point: QPoint) -> None:
        self.film.go_to(face)
        self._naming.menu_of(face).popup(point)

    def _say(self, text: str) -> None:
        self._desk.deeds.said.emit(text, False)

    def _hear(self) -> None:
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        self.strip.dress(self._is_staged, self.film.player.is_playing)
