"""FaceLayer: the faces on a photo: which are framed, which one is meant, and what is said of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, Qt

from app.library.rows import FaceRow
from app.ui.texts import Texts
from app.ui.theme import Theme
from app.ui.viewer.frames import Frame, box_of, frames_for

tr = Texts("viewer")


def words_for(face: FaceRow) -> str:
    """A face in words, for tooltips and those who hear them."""
    called = face.person_name or tr("Face without a name")
    if face.drawn:
        return tr("{0}, drawn by hand; not used to recognise others").format(called)
    return called


class FaceLayer:
    """Frames and tags over a photo, one of them under the pointer, one with the focus."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.faces: Sequence[FaceRow] = ()
        self._strangers: Collection[int] = ()
        self.is_shown = True
        self.hovered = 0
        self.focused = 0
        self._placed: tuple[object, list[Frame]] | None = None

    def show(self, faces: Sequence[FaceRow], strangers: Collection[int] = ()) -> None:
        """The faces to frame, and the ids of those whom the user does not know; the focus stays
        where it is if it can."""
        self.faces, self._strangers = faces, strangers
        self._placed = None
        ids = {face.id for face in faces}
        self.hovered = self.hovered if self.hovered in ids else 0
        self.focused = self.focused if self.focused in ids else 0

    def frames(self, picture: QRectF, sight: QRectF) -> list[Frame]:
        """The frames of a photo that fills `picture`, of which `sight` is seen."""
        if not self.is_shown or picture.isEmpty():
            return []
        loud = {self.hovered, self.focused}
        asked = (picture, sight, loud)
        if self._placed is None or self._placed[0] != asked:
            measure = QFontMetricsF(self._font()).horizontalAdvance
            self._placed = (
                asked,
                frames_for(self.faces, picture, sight, measure, self._called, loud),
            )
        return self._placed[1]

    @property
    def focused_face(self) -> FaceRow | None:
        """The face with the focus."""
        return next((face for face in self.faces if face.id == self.focused), None)

    def step(self, steps: int) -> bool:
        """Move the focus to another face, from left to right; False beyond the last."""
        if not self.faces or not self.is_shown:
            return False
        ids = [face.id for face in self.faces]
        start = -1 if steps > 0 else len(ids)
        place = (ids.index(self.focused) if self.focused in ids else start) + steps
        if not 0 <= place < len(ids):
            self.focused = 0
            return False
        self.focused = ids[place]
        return True

    def face_at(self, point: QPointF, picture: QRectF, sight: QRectF) -> FaceRow | None:
        """The face whose tag, or else whose box, is at a point; the smaller of two."""
        if not self.is_shown:
            return None
        for frame in self.frames(picture, sight):
            if frame.tag.contains(point):
                return frame.face
        under = [face for face in self.faces if box_of(face, picture).contains(point)]
        return min(under, key=lambda face: face.w * face.h, default=None)

    def is_on_tag(self, point: QPointF, picture: QRectF, sight: QRectF) -> bool:
        """Whether a point lies on a tag."""
        return any(frame.tag.contains(point) for frame in self.frames(picture, sight))

    def paint(self, painter: QPainter, picture: QRectF, sight: QRectF) -> None:
        """Paint what `frames` tells."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        frames = self.frames(picture, sight)
        for frame in frames:
            self._paint_frame(painter, frame)
        for frame in frames:
            if not frame.tag.isEmpty():
                self._paint_tag(painter, frame)

    def _called(self, face: FaceRow) -> str:
        if face.id in self._strangers:
            return tr("Stranger")
        return face.person_name or tr("Who is this?")

    def _font(self) -> QFont:
        return self._theme.font(13, QFont.Weight.DemiBold)

    def _paint_frame(self, painter: QPainter, frame: Frame) -> None:
        is_meant = frame.face.id in (self.hovered, self.focused)
        has_focus = frame.face.id == self.focused
        line = self._theme.color("accent") if is_meant else QColor("#FFFFFF")
        pen = QPen(line, 3.0 if has_focus else 1.75)
        if frame.face.drawn:
            pen.setDashPattern([4, 3])
        # The line lies inside of its frame, so that it ends where the photo ends.
        inside = frame.frame.adjusted(1.75, 1.75, -1.75, -1.75)
        radius = min(12.0, inside.width() / 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 90), pen.widthF() + 1.75))
        painter.drawRoundedRect(inside, radius, radius)
        painter.setPen(pen)
        painter.drawRoundedRect(inside, radius, radius)

    def _paint_tag(self, painter: QPainter, frame: Frame) -> None:
        is_meant = frame.face.id in (self.hovered, self.focused)
        painter.setPen(Qt.PenStyle.NoPen)
        accent, dark = self._theme.color("accent"), QColor(16, 16, 18, 200)
        painter.setBrush(accent if is_meant else dark)
        painter.drawRoundedRect(frame.tag, frame.tag.height() / 2, frame.tag.height() / 2)
        painter.setPen(self._theme.color("on_accent") if is_meant else QColor("#FFFFFF"))
        room = frame.tag.adjusted(10, 0, -10, 0)
        mode = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(frame.text, mode, round(room.width()) + 1)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
