"""Hands: what mouse, touchpad and keys do on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.library.rows import FaceRow
from app.ui.viewer.faces import words_for

if TYPE_CHECKING:
    from app.ui.viewer.canvas import Canvas

_Key = Qt.Key
_Cursor = Qt.CursorShape
_ARROWS = {
    _Key.Key_Left: QPointF(-1, 0),
    _Key.Key_Right: QPointF(1, 0),
    _Key.Key_Up: QPointF(0, -1),
    _Key.Key_Down: QPointF(0, 1),
}
_ENTER = (_Key.Key_Return, _Key.Key_Enter)
_HELD = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
)
_PAN = 80.0
"""Pixels that an arrow key moves a zoomed photo."""
_NUDGE = 0.02
"""Share of a drawn frame's side by which an arrow key moves it."""


class Hands(QObject):
    """Turns events into zooming, moving, drawing and clicks on faces."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pressed: QPointF | None = None
        self._grabbed: QPointF | None = None
        self._is_drawing = False
        self._clicked: FaceRow | None = None
        # A click on a face may be the first half of a double click.
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._click)

    # -- keys ------------------------------------------------------------------------------

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a key is for the canvas now, even if it is some act's shortcut."""
        step = _ARROWS.get(_Key(event.key()))
        if self._canvas.drawing is not None:
            return step is not None or event.key() in _ENTER
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        across, down = self._canvas.view.can_pan()
        return across if step.x() else down

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key says; False when it says nothing here."""
        step = _ARROWS.get(_Key(event.key()))
        drawing = self._canvas.drawing
        if drawing is None and event.key() == _Key.Key_Space:
            self._canvas.onward.emit()
            return True
        if drawing is None and event.key() in _ENTER and not event.modifiers() & _HELD:
            self._canvas.entered.emit()
            return True
        if drawing is None:
            return step is not None and self._canvas.pan(step * -_PAN)
        if event.key() in _ENTER:
            self._canvas.draw_ended.emit(not drawing.is_too_small(self._canvas.zoom))
            return True
        if step is None:
            return False
        nudge = max(1.0, _NUDGE * max(drawing.box.width(), drawing.box.height()))
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            grow = step.x() - step.y()  # right and up make it larger, left and down smaller
            drawing.resize(QPointF(grow, grow) * nudge * 2)
        else:
            drawing.move(step * nudge)
        self._canvas.moved.emit()
        self._canvas.update()
        return True

    # -- wheel and touchpad ----------------------------------------------------------------

    def wheel(self, event: QWheelEvent) -> None:
        """A wheel zooms; two fingers on a touchpad move the photo, or zoom it with Ctrl."""
        event.accept()
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if _is_touchpad(event) and not with_ctrl:
            pixels = event.pixelDelta()
            step = event.angleDelta() / 2 if pixels.isNull() else pixels
            self._canvas.pan(QPointF(step))
            return
        self._canvas.zoom_by(event.angleDelta().y() / 120, event.position())

    def gesture(self, event: QNativeGestureEvent) -> bool:
        """Pinching zooms; False for gestures that mean nothing here."""
        kind, kinds = event.gestureType(), Qt.NativeGestureType
        if kind == kinds.ZoomNativeGesture:
            zoom = self._canvas.zoom * (1 + event.value())
            self._canvas.zoom_at_once(zoom, event.position())
        elif kind == kinds.SmartZoomNativeGesture:
            self._canvas.toggle_zoom(event.position())
        else:
            return False
        return True

    # -- mouse -----------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Take hold: of a tag, a frame being drawn, or the photo."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        canvas, point = self._canvas, event.position()
        canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        if canvas.drawing is not None:
            self._is_drawing = True
            canvas.drawing.press(self._in_photo(point), canvas.zoom)
            return
        picture, sight = canvas.picture(), QRectF(canvas.rect())
        if canvas.layer.is_on_tag(point, picture, sight):
            face = canvas.layer.face_at(point, picture, sight)
            if face is not None:
                canvas.face_clicked.emit(face)
            return
        self._pressed = self._grabbed = point
        if canvas.carrying is not None and not any(canvas.view.can_pan()):
            self._grabbed = None  # of a drag out of the window the end is not told
            canvas.carrying.press(point.toPoint())
        self._show_cursor(point)

    def move(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        point, drawing = event.position(), self._canvas.drawing
        if drawing is not None:
            if self._is_drawing:
                drawing.drag(self._in_photo(point))
                self._canvas.moved.emit()
                self._canvas.update()
            else:
                self._canvas.setCursor(drawing.cursor_at(self._in_photo(point), self._canvas.zoom))
        elif (carrying := self._canvas.carrying) is not None and carrying.is_armed:
            carrying.move(point.toPoint())
        elif self._grabbed is not None:
            self._canvas.pan(point - self._grabbed)
            self._grabbed = point
        else:
            self.hover(point)
            self._show_cursor(point)

    def release(self, event: QMouseEvent) -> None:
        """Let go; a press that did not move is a click."""
        canvas, point = self._canvas, event.position()
        if self._is_drawing:
            self._is_drawing = False
            if canvas.drawing is not None:
                canvas.draw_ended.emit(canvas.drawing.release(canvas.zoom))
                canvas.update()
            return
        pressed, self._pressed, self._grabbed = self._pressed, None, None
        if canvas.carrying is not None:
            canvas.carrying.release()
        self._show_cursor(point)
        if pressed is None or (point - pressed).manhattanLength() > 4:
            return
        self._clicked = canvas.layer.face_at(point, canvas.picture(), QRectF(canvas.rect()))
        if self._clicked is not None:
            self._patience.start(QApplication.doubleClickInterval())

    def double_click(self, event: QMouseEvent) -> None:
        """Between all of the photo and its own pixels, at the point that was meant."""
        self._patience.stop()
        self._clicked = None
        if self._canvas.drawing is None and event.button() == Qt.MouseButton.LeftButton:
            self._canvas.toggle_zoom(event.position())

    def hover(self, point: QPointF | None) -> None:
        """The pointer is here, or nowhere on the canvas."""
        canvas, face = self._canvas, None
        if point is not None and canvas.drawing is None:
            face = canvas.layer.face_at(point, canvas.picture(), QRectF(canvas.rect()))
        hovered = 0 if face is None else face.id
        if hovered != canvas.layer.hovered:
            canvas.layer.hovered = hovered
            canvas.setToolTip(self._tip(face))
            canvas.update()

    def _tip(self, face: FaceRow | None) -> str:
        """What is to be said of a face that its tag does not say."""
        tagged = {one.face.id for one in self._canvas.frames() if not one.tag.isEmpty()}
        if face is None or (face.id in tagged and not face.drawn):
            return ""
        return words_for(face)

    def _click(self) -> None:
        face, self._clicked = self._clicked, None
        if face in self._canvas.layer.faces:  # the user may be at another photo by now
            self._canvas.face_clicked.emit(face)

    def _show_cursor(self, point: QPointF) -> None:
        canvas = self._canvas
        if canvas.drawing is not None:
            return
        if canvas.layer.is_on_tag(point, canvas.picture(), QRectF(canvas.rect())):
            canvas.setCursor(_Cursor.PointingHandCursor)
        elif not any(canvas.view.can_pan()):
            canvas.setCursor(_Cursor.ArrowCursor)
        else:
            held = self._grabbed is not None
            canvas.setCursor(_Cursor.ClosedHandCursor if held else _Cursor.OpenHandCursor)

    def _in_photo(self, point: QPointF) -> QPointF:
        """A point of the canvas in pixels of the photo, within it."""
        full, inside = self._canvas.view.full, self._canvas.view.inside(point)
        return QPointF(
            min(1.0, max(0.0, inside.x())) * full.width(),
            min(1.0, max(0.0, inside.y())) * full.height(),
        )


def _is_touchpad(event: QWheelEvent) -> bool:
    """Whether fingers scroll: devices say so, or scroll in phases and by pixels."""
    if event.device().type() == QInputDevice.DeviceType.TouchPad:
        return True
    return not event.pixelDelta().isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
