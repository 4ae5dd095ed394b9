"""FilmPeople: below the time of a video, a lane for each person with when they are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.library.rows import FaceRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.tokens import Tokens
from app.ui.viewer.film_axis import LEFT, RIGHT, FilmAxis
from app.ui.viewer.film_lanes import NEAR, Lane
from app.ui.widgets import paint
from app.ui.widgets.spoken import Part, Spoken

tr = Texts("viewer")

ROW = 36
_FACE = 26
_FACE_AT = 20
_NAME_AT = _FACE_AT + _FACE + 10
_BAR = 12
_LEAST_BAR = 6.0
"""Pixels: who is there for a moment only is seen all the same."""
_DOT = 4.5
_REACH = 7.0
"""Pixels from a dot within which a click means the dot."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
)
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class FilmPeople(QWidget):
    """Bars say when somebody is there, dots where a frame with their face was kept. A click on a
    face or a dot leads to that frame, one elsewhere to that moment."""

    moment_wanted = Signal(float)
    """Show this moment, s."""
    face_wanted = Signal(FaceRow)
    """Show the frame in which this face was found."""
    face_met = Signal(FaceRow)
    """Something is to be said of this face."""
    menu_wanted = Signal(FaceRow, QPoint)
    """Show what can be said of a face, at a point of the screen."""

    def __init__(self, desk: Desk, axis: FilmAxis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._axis = axis
        self._spoken = Spoken(self, self._parts)
        self.tokens: Tokens = desk.theme.tokens
        self.lanes: Sequence[Lane] = ()
        self.current = 0
        """The place of the lane that keys are about."""
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.pictures.arrived.connect(self.update)
        self.show_lanes(())

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """Who is in the video."""
        self.lanes = lanes
        self.current = min(self.current, max(0, len(lanes) - 1))
        self.setFixedHeight(scaled(ROW) * len(lanes))
        self._spoken.tell_later()
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, scaled(ROW) * len(self.lanes))

    # -- what lies where -------------------------------------------------------------------

    def bars(self, place: int) -> list[QRectF]:
        """Where the bars of a lane are."""
        middle = scaled(ROW) * place + scaled(ROW) / 2
        found = []
        for begin, end in self.lanes[place].spans:
            left, right = self._axis.place_of(begin), self._axis.place_of(end)
            spare = max(0.0, _LEAST_BAR - (right - left)) / 2
            found.append(QRectF(left - spare, middle - _BAR / 2, right - left + 2 * spare, _BAR))
        return found

    def dot(self, place: int, face: FaceRow) -> QPointF:
        """Where the dot of a face in a lane is."""
        return QPointF(self._axis.place_of(face.moment), scaled(ROW) * place + scaled(ROW) / 2)

    def _lane_at(self, y: float) -> int:
        place = int(y // scaled(ROW))
        return place if 0 <= place < len(self.lanes) else -1

    def _face_at(self, place: int, x: float) -> FaceRow | None:
        """The face whose dot is there."""
        reach = _REACH * self._axis.seconds / max(1, self._axis.width() - scaled(LEFT) - RIGHT)
        return self.lanes[place].face_near(self._axis.moment_at(x), reach)

    # -- words -----------------------------------------------------------------------------

    def _parts(self) -> Iterator[Part]:
        high = scaled(ROW)
        for place, lane in enumerate(self.lanes):
            yield QRect(0, high * place, self.width(), high), self.words_for(lane)

    def words_for(self, lane: Lane) -> str:
        """Anna, 0:03 to 0:09 and 0:20 to 0:31."""
        return f"{self._called(lane)}, {self._times(lane)}"

    def _called(self, lane: Lane) -> str:
        if lane.name:
            return lane.name
        return tr("Stranger") if lane.is_stranger else tr("Who is this?")

    def _times(self, lane: Lane) -> str:
        parts = [
            tr("{0} to {1}").format(words.length(begin), words.length(end))
            if words.length(begin) != words.length(end)
            else words.length(begin)
            for begin, end in lane.spans
        ]
        return ", ".join(parts)

    def _say(self) -> None:
        """Tell those who hear it which lane keys are about."""
        if not self.lanes:
            self.setAccessibleName(tr("Nobody was found in this video"))
            return
        count = tr("{0} of {1}").format(self.current + 1, len(self.lanes))
        self.setAccessibleName(f"{self.words_for(self.lanes[self.current])}, {count}")

    # -- events ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if is_plain and (Qt.Key(event.key()) in _STEPS or event.key() in _ENTER):
                event.accept()
                return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._lane_at(event.pos().y())
            text = "" if place < 0 else self.words_for(self.lanes[place])
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down, right = _STEPS.get(Qt.Key(event.key()), (0, 0))
        if self.lanes and event.key() in _ENTER and not event.modifiers() & _HELD:
            self.face_met.emit(self._meant(self.current))
            return
        if not self.lanes or not (down or right):
            super().keyPressEvent(event)
            return
        self.current = min(max(0, self.current + down), len(self.lanes) - 1)
        self._say()
        self.update()
        if right:
            self._step(right)

    def _meant(self, place: int) -> FaceRow:
        """The face of a lane that is in sight, or else its clearest."""
        lane = self.lanes[place]
        return lane.face_near(self._axis.moment, NEAR) or lane.cover

    def _step(self, steps: int) -> None:
        """To the next face of the lane, or the one before."""
        faces, here = self.lanes[self.current].faces, self._axis.moment
        later = [face for face in faces if face.moment > here + 1e-6]
        earlier = [face for face in faces if face.moment < here - 1e-6]
        if steps > 0 and later:
            self.face_wanted.emit(later[0])
        elif steps < 0 and earlier:
            self.face_wanted.emit(earlier[-1])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place, x = self._lane_at(event.position().y()), event.position().x()
        if place < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        self.current = place
        self._say()
        self.update()
        lane = self.lanes[place]
        face = lane.cover if x < scaled(LEFT) - 8 else self._face_at(place, x)
        if face is not None:
            self.face_wanted.emit(face)
        else:
            self.moment_wanted.emit(self._axis.moment_at(x))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.current if is_key else self._lane_at(event.pos().y())
        if not 0 <= place < len(self.lanes):
            event.ignore()
            return
        point = event.globalPos()
        if is_key:
            point = self.mapToGlobal(QPoint(scaled(LEFT), scaled(ROW) * (place + 1)))
        self.menu_wanted.emit(self._meant(place), point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._lane_at(event.position().y()))
        if event.buttons() & Qt.MouseButton.LeftButton and event.position().x() >= scaled(LEFT) - 8:
            self.moment_wanted.emit(self._axis.moment_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, place: int) -> None:
        self.setCursor(
            Qt.CursorShape.ArrowCursor if place < 0 else Qt.CursorShape.PointingHandCursor
        )
        if place != self._hovered:
            self._hovered = place
            self.update()

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self._axis.moment
        first, last = event.rect().top() // scaled(ROW), event.rect().bottom() // scaled(ROW)
        for place in range(max(0, first), min(len(self.lanes), last + 1)):
            self._paint_lane(painter, place, here)
        line = QColor(self.tokens.accent)
        line.setAlpha(150)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line)
        painter.drawRect(QRectF(self._axis.place_of(here) - 0.75, 0, 1.5, self.height()))

    def _paint_lane(self, painter: QPainter, place: int, here: float) -> None:
        lane, tokens = self.lanes[place], self.tokens
        row = QRect(8, scaled(ROW) * place + 1, self.width() - 16, scaled(ROW) - 2)
        if place == self._hovered:
            paint.rounded(painter, row, 8, QColor(tokens.hover))
        if self.hasFocus() and place == self.current:
            paint.ring(painter, row, 8, QColor(tokens.accent))
        is_there = lane.is_there(here)
        self._paint_face(painter, lane, scaled(ROW) * place + (scaled(ROW) - _FACE) // 2)
        weight = QFont.Weight.DemiBold if is_there else QFont.Weight.Normal
        painter.setFont(self._desk.theme.font(13, weight))
        painter.setPen(QColor(tokens.text if lane.name else tokens.secondary))
        room = QRect(_NAME_AT, scaled(ROW) * place, scaled(LEFT) - _NAME_AT - 20, scaled(ROW))
        text = painter.fontMetrics().elidedText(
            self._called(lane), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
        length = self._axis.width() - scaled(LEFT) - RIGHT
        groove = QRectF(scaled(LEFT) - 2, scaled(ROW) * place + scaled(ROW) / 2 - 1, length + 4, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.hairline))
        painter.drawRoundedRect(groove, 1, 1)
        colour = self._colour(lane)
        colour.setAlpha(255 if is_there else 165)
        for bar in self.bars(place):
            painter.setBrush(colour)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        colour.setAlpha(255)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(tokens.page))
        for face in lane.faces:
            painter.drawEllipse(self.dot(place, face), _DOT, _DOT)

    def _colour(self, lane: Lane) -> QColor:
        return QColor(self.tokens.accent if lane.name else self.tokens.offline)

    def _paint_face(self, painter: QPainter, lane: Lane, top: int) -> None:
        scale = painter.device().devicePixelRatioF()
        pixmap = self._desk.pictures.round(PictureKey.of_face(lane.cover), _FACE, scale)
        if pixmap is not None:
            painter.drawPixmap(_FACE_AT, top, pixmap)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.tokens.hairline))
        painter.drawEllipse(_FACE_AT, top, _FACE, _FACE)
