"""Film: the video in sight: which moment of it is shown, with whose faces, and how it plays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from math import floor

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.library.film import FILM_STEP
from app.library.rows import FaceRow, PhotoItem, PhotoRow
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.viewer.canvas import Canvas
from app.ui.viewer.film_lanes import faces_at, lanes_of, moments_of
from app.ui.viewer.film_strip import FilmStrip
from app.ui.viewer.player import Player, Reel
from app.ui.viewer.pyramid import Pyramid

_SAME = 1e-3
"""Seconds within which two moments are the same."""


class Film(QObject):
    """Of the moments that are asked for while one is decoded, the last is shown next. For pictures
    it does nothing, and shows all their faces."""

    moved = Signal()
    """Another moment is shown, with other faces."""
    changed = Signal()
    """It is a video now or none, and plays or not, otherwise than before."""
    arrived = Signal()
    """A frame is here."""
    failed = Signal(str)
    """Why a frame cannot be shown."""

    def __init__(
        self, desk: Desk, canvas: Canvas, strip: FilmStrip, side: Callable[[], int]
    ) -> None:
        """`side` tells how many pixels fill the screen."""
        super().__init__(canvas)
        self._desk = desk
        self._canvas = canvas
        self._side = side
        self.strip = strip
        self._photo: PhotoRow | None = None
        self._faces: Sequence[FaceRow] = ()
        self._moments: Sequence[float] = ()
        self._wanted_face = 0
        self.people: Collection[int] = ()
        """Who is of more interest than others."""
        self._is_absent = False
        self.moment = 0.0
        """Where in the video one is, s."""
        self._shown: float | None = None
        """The moment of the frame that is in sight; None while it is only the small picture."""
        self._asked: tuple[float, int] | None = None
        self._job: Job | None = None
        self.player = Player(desk.background, self)
        self.player.shown.connect(self._show_playing)
        self.player.ended.connect(self._end)
        self.player.failed.connect(self._fail_playing)
        strip.axis.wanted.connect(self.go)
        strip.people.moment_wanted.connect(self.go)
        strip.people.face_wanted.connect(self.go_to)

    @property
    def is_film(self) -> bool:
        """Whether what is in sight is a video."""
        return self._photo is not None

    @property
    def can_play(self) -> bool:
        """Whether it is one whose file is at hand."""
        return self._photo is not None and not self._is_absent

    @property
    def drawing_moment(self) -> float | None:
        """The moment at which a face would be drawn now; None in pictures."""
        return self._shown if self._photo is not None else None

    # -- what is in sight ------------------------------------------------------------------

    def begin(self, item: PhotoItem | None, face_id: int = 0) -> None:
        """Another photo or video is in sight; of a video, the frame with this face."""
        self.player.stop()
        if self._job is not None:
            self._job.drop()
        self._job = self._asked = self._shown = self._photo = None
        self._faces, self._moments = (), ()
        self._wanted_face, self.moment = face_id, 0.0
        if item is None or item.duration is None:
            self.strip.hide()
        self.changed.emit()

    def show(
        self,
        photo: PhotoRow,
        faces: Sequence[FaceRow],
        strangers: Collection[int],
        is_absent: bool,
    ) -> None:
        """What is known of it; the same again when something of it has changed."""
        if not photo.is_video:
            self._photo = None
            self.strip.hide()
            return
        is_new = self._photo is None
        was_absent, self._is_absent = self._is_absent, is_absent
        self._photo, self._faces = photo, faces
        self._moments = moments_of(faces)
        self.strip.show_film(photo.duration or 0.0, lanes_of(faces, strangers, self.seconds))
        if is_new:
            self.go(self._first())
            self.changed.emit()
        elif was_absent and not is_absent:
            self.go(self.moment)

    @property
    def seconds(self) -> float:
        """How long the video is."""
        return 0.0 if self._photo is None else self._photo.duration or 0.0

    def faces_now(self, faces: Sequence[FaceRow]) -> Sequence[FaceRow]:
        """The faces that are to be framed in what is shown now."""
        if self._photo is None:
            return faces
        return [] if self._shown is None else faces_at(faces, self._shown)

    def _first(self) -> float:
        """The moment to begin with: that of the face that is wanted, or of one of those people, or
        else that of the small picture (see source.py)."""
        wanted = [face for face in self._faces if face.id == self._wanted_face]
        if not wanted and (theirs := [f for f in self._faces if f.person_id in self.people]):
            wanted = [max(theirs, key=lambda face: (face.quality, -face.moment))]
        best = wanted or sorted(self._faces, key=lambda face: (-face.quality, face.id))
        return best[0].moment if best else self.seconds / 3

    # -- another moment --------------------------------------------------------------------

    def go(self, moment: float) -> None:
        """Show the frame of a moment, s."""
        if self._photo is None:
            return
        if self.player.is_playing:
            self.player.stop()
            self.changed.emit()
        self._move(moment)
        self._want(self._side())

    def go_to(self, face: FaceRow) -> None:
        """Show the frame in which a face was found."""
        self._wanted_face = face.id
        self.go(face.moment)
        if self._shown is not None and abs(self._shown - face.moment) < _SAME:
            self._focus_wanted()

    def step(self, steps: int) -> None:
        """To the next moment at which there is a face, or the one before."""
        later = [one for one in self._moments if one > self.moment + _SAME]
        earlier = [one for one in self._moments if one < self.moment - _SAME]
        if steps > 0 and later:
            self.go(later[0])
        elif steps < 0 and earlier:
            self.go(earlier[-1])

    def has_moment(self, steps: int) -> bool:
        """Whether there is such a moment."""
        if steps > 0:
            return any(one > self.moment + _SAME for one in self._moments)
        return any(one < self.moment - _SAME for one in self._moments)

    def refine(self) -> None:
        """Show the frame that is in sight with all its pixels."""
        if self._photo is not None and self._shown is not None and not self.player.is_playing:
            self._want(max(self._photo.width, self._photo.height, self._side()))

    def _move(self, moment: float) -> None:
        # In whole steps of a film, so that a face that is drawn lies within it.
        self.moment = min(max(0.0, moment), floor(self.seconds * FILM_STEP) / FILM_STEP)
        self.strip.show_moment(self.moment)

    def _want(self, side: int) -> None:
        wish = (self.moment, side)
        if self._is_absent or wish == self._asked:
            return
        self._asked = wish
        if self._job is None or self._job.is_over:
            self._fetch()

    def _fetch(self) -> None:
        photo, wish = self._photo, self._asked
        if photo is None or wish is None:
            return
        self._job = self._desk.background.read(
            self,
            partial(self._read, photo, *wish),
            partial(self._take, photo.id, wish),
            partial(self._miss, photo.id, wish),
        )

    def _read(self, photo: PhotoRow, moment: float, side: int) -> Pyramid:
        return Pyramid.of(self._desk.source.frame(photo.path, moment, side))

    def _take(self, photo_id: int, wish: tuple[float, int], pyramid: Pyramid) -> None:
        if self._photo is None or self._photo.id != photo_id:
            return
        if not self.player.is_playing:
            has_moved = self._shown != wish[0]
            self._shown = wish[0]
            self._canvas.show_frame(pyramid)
            self.arrived.emit()
            if has_moved:
                self.moved.emit()
                self._focus_wanted()
        if self._asked not in (None, wish):
            self._fetch()

    def _miss(self, photo_id: int, wish: tuple[float, int], reason: str) -> None:
        if self._photo is None or self._photo.id != photo_id:
            return
        if self._asked not in (None, wish):
            self._fetch()
        else:
            self.failed.emit(reason)

    def _focus_wanted(self) -> None:
        """The face that was asked for is the one that is meant."""
        layer = self._canvas.layer
        if any(face.id == self._wanted_face for face in layer.faces):
            layer.focused = self._wanted_face
            self._canvas.say_face()
            self._canvas.update()
        self._wanted_face = 0

    # -- playing ---------------------------------------------------------------------------

    def toggle(self) -> None:
        """Play from here on, without sound, or stop here."""
        if self.player.is_playing:
            self.go(self.moment)
        elif self._photo is not None and not self._is_absent:
            begin = 0.0 if self.moment >= self.seconds - 0.05 else self.moment
            self._asked = self._shown = None
            self.moved.emit()
            self.player.play(Reel(self._photo.path, begin), min(self._canvas.dots(), self._side()))
            self.changed.emit()

    def stop(self) -> None:
        """Play no further."""
        if self.player.is_playing:
            self.go(self.moment)

    def _show_playing(self, frame: QImage, moment: float) -> None:
        self._canvas.show_moving(frame)
        self._move(moment)

    def _end(self) -> None:
        self._want(self._side())
        self.changed.emit()

    def _fail_playing(self, reason: str) -> None:
        self._canvas.show_moving(None)
        self.changed.emit()
        self.failed.emit(reason)
