"""The canvas of the viewer: one picture, zoomed and moved, with frames round the faces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.library.rows import FaceRow
from app.ui.photos.carrying import Carrying
from app.ui.texts import Texts
from app.ui.theme import Theme
from app.ui.viewer.drawing import Drawing
from app.ui.viewer.faces import FaceLayer, words_for
from app.ui.viewer.frames import Frame, box_of
from app.ui.viewer.glide import Glide
from app.ui.viewer.hands import Hands
from app.ui.viewer.pyramid import Pyramid
from app.ui.viewer.sheet import Sheet
from app.ui.viewer.stage import STAGE
from app.ui.viewer.view import MARGIN, STEP, View
from app.ui.widgets.spoken import Part, Spoken

tr = Texts("viewer")

_REST_MILLISECONDS = 120
_CROWD = 20
"""Frames beyond which names wait until the picture rests."""


class Canvas(QWidget):
    """Shows a photo whose full size is known; the image itself may be smaller."""

    face_clicked = Signal(FaceRow)
    face_focused = Signal()
    """Another face has the focus, or none."""
    moved = Signal()
    """The picture lies elsewhere now, or is of another size."""
    onward = Signal()
    """On to the next photo."""
    entered = Signal()
    """The Enter key, while no face is meant."""
    draw_ended = Signal(bool)
    """A frame was drawn and is to be taken (True), or it was too small (False)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.view = View()
        self.layer = FaceLayer(theme)
        self.drawing: Drawing | None = None
        self.message = ""
        self._is_full = False
        self._moving: QImage | None = None
        self._hands = Hands(self)
        self.carrying: Carrying | None = None
        """Drags the photo out of the window."""
        self._sheet = Sheet()
        self._glide = Glide(theme, self)
        self._glide.stepped.connect(self._zoom_now)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MILLISECONDS)
        self._rest.timeout.connect(self.update)
        self._spoken = Spoken(self, self._parts)
        self._rest.timeout.connect(self._spoken.tell)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.say_face()
        theme.changed.connect(self._repaint)

    # -- what is shown ---------------------------------------------------------------------

    def show_photo(self, width: int, height: int) -> None:
        """Begin with another photo of this full size; its picture follows."""
        self._glide.stop()
        self._sheet.show(None)
        self._moving = None
        self.message = ""
        self.drawing = None
        self.layer.show(())
        self.view.begin(QSizeF(width, height))
        self.say_face()
        self._told()

    def show_picture(self, pyramid: Pyramid) -> None:
        """The photo's pixels, of any size; finer ones may follow."""
        self._sheet.show(pyramid)
        self.message = ""
        if self.view.full.isEmpty():
            self.view.begin(QSizeF(pyramid.width, pyramid.height))
        self._repaint()

    def show_frame(self, pyramid: Pyramid) -> None:
        """Another frame of the same video, also where it is coarser than the one before."""
        self._sheet.show(None)
        self._moving = None
        self.show_picture(pyramid)

    def show_moving(self, frame: QImage | None) -> None:
        """A frame of what plays in the photo's place, over it; None for the photo itself."""
        if frame is not None or self._moving is not None:
            self._moving = frame
            self.update()

    def show_message(self, text: str) -> None:
        """Say why there is no picture."""
        self.message = text
        self.update()

    def show_faces(self, faces: Sequence[FaceRow], strangers: Collection[int] = ()) -> None:
        """The faces to frame, and the ids of those whom the user does not know."""
        self.layer.show(faces, strangers)
        self._spoken.tell_later()
        self.say_face()
        self.update()

    def show_frames(self, is_shown: bool) -> None:
        """Show or hide the frames."""
        self.layer.is_shown = is_shown
        if not is_shown:
            self.layer.focused = 0
            self.say_face()
        self.update()

    def set_full(self, is_full: bool) -> None:
        """Have the screen to oneself: dark around the photo, which reaches its edges."""
        self._is_full = is_full
        self._take_room()

    @property
    def has_image(self) -> bool:
        """Whether there is something to look at."""
        return self._sheet.pyramid is not None

    @property
    def pyramid(self) -> Pyramid | None:
        """The pixels that are here."""
        return self._sheet.pyramid

    def wants_finer(self) -> bool:
        """Whether the picture is shown larger than the image that is here."""
        if self._sheet.pyramid is None:
            return False
        dots = self.picture().width() * self.devicePixelRatioF()
        return not self._sheet.pyramid.is_fine_for(min(dots, self.view.full.width()))

    # -- zoom ------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Screen pixels for each pixel of the photo, in logical pixels."""
        return self.view.zoom

    def picture(self) -> QRectF:
        """Where the photo lies, in widget pixels."""
        return self.view.picture()

    def dots(self) -> int:
        """On how many dots of the screen the long side of the photo lies."""
        picture = self.picture()
        return round(max(picture.width(), picture.height()) * self.devicePixelRatioF())

    def fit(self) -> None:
        """Show all of the photo."""
        self.zoom_to(self.view.fitting())

    def actual_size(self) -> None:
        """One pixel of the photo to one of the screen."""
        self.zoom_to(self.view.actual)

    def zoom_by(self, steps: float, around: QPointF | None = None) -> None:
        """Larger or smaller, keeping the point `around` where it is."""
        now = self._glide.goal if self._glide.is_running else self.view.zoom
        self.zoom_to(now * STEP**steps, around)

    def toggle_zoom(self, around: QPointF | None = None) -> None:
        """Between all of the photo and its own pixels."""
        self.zoom_to(self.view.actual if self.view.is_fitted else self.view.fitting(), around)

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Glide to another zoom, keeping the point `around` where it is."""
        point = QRectF(self.rect()).center() if around is None else around
        self._glide.start(self.view.zoom, self.view.clamped(zoom), point, self.isVisible())

    def zoom_at_once(self, zoom: float, around: QPointF) -> None:
        """Another zoom without a glide: fingers on a touchpad are the movement themselves."""
        self._glide.stop()
        self._zoom_now(zoom, around)

    def pan(self, step: QPointF) -> bool:
        """Move the photo; whether there was more of it."""
        moved = self.view.pan(step)
        if moved:
            self._told()
        return moved

    def _zoom_now(self, zoom: float, around: QPointF) -> None:
        self.view.zoom_to(zoom, around)
        self._told()

    def _told(self) -> None:
        self._rest.start()
        self.update()
        self.moved.emit()

    def _repaint(self) -> None:
        self._sheet.forget()
        self.update()

    # -- faces -----------------------------------------------------------------------------

    def frames(self) -> list[Frame]:
        """The frames in sight."""
        return self.layer.frames(self.picture(), QRectF(self.rect()))

    def _parts(self) -> Iterator[Part]:
        picture = self.picture()
        for face in self.layer.faces if not picture.isEmpty() else ():
            yield box_of(face, picture).toAlignedRect(), words_for(face)

    def face_at(self, point: QPoint) -> FaceRow | None:
        """The face at a point of the canvas."""
        return self.layer.face_at(QPointF(point), self.picture(), QRectF(self.rect()))

    def focus_face(self, steps: int) -> bool:
        """Move the focus to the next face or the one before; False when there is none."""
        found = self.layer.step(steps)
        self.say_face()
        self.update()
        return found

    def say_face(self) -> None:
        """Tell those who hear it which face has the focus."""
        face = self.layer.focused_face
        self.setAccessibleName(tr("Photo") if face is None else words_for(face))
        self.face_focused.emit()

    def begin_drawing(self) -> None:
        """Put a frame in the middle, to be drawn round a face."""
        sight = self.picture() & QRectF(self.rect())
        corner = (sight.topLeft() - self.picture().topLeft()) / self.zoom
        self.drawing = Drawing(self.view.full, QRectF(corner, sight.size() / self.zoom))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocus()
        self.update()

    def end_drawing(self) -> None:
        """Take the frame away."""
        self.drawing = None
        self.unsetCursor()
        self.update()

    # -- events ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and self._hands.gesture(event):
            return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._hands.wants_key(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._hands.key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        # Qt asks on behalf of what lies on the canvas, too.
        if self.hasFocus() and self.focus_face(1 if is_next else -1):
            return True
        return super().focusNextPrevChild(is_next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in reasons and self.layer.focused:
            self.layer.focused = 0
            self.say_face()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hands.wheel(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._hands.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hands.hover(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        margin = 0 if self._is_full else MARGIN
        self.view.set_room(QSizeF(self.size()), self.devicePixelRatioF(), margin)
        self._repaint()
        self._told()

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        if self._moving is not None:
            self._paint_moving(painter, self._moving)
            return
        if self.message or not self.has_image:
            self._paint_nothing(painter)
            return
        is_gliding = self._glide.is_running
        rests = not is_gliding and not self._rest.isActive()
        self._sheet.paint(painter, self.view, self.size(), self._paper(), rests)
        picture, sight = self.picture(), QRectF(self.rect())
        if self.drawing is not None:
            self.drawing.paint(painter, picture, self.theme.color("accent"))
        elif not is_gliding or len(self.layer.faces) <= _CROWD:
            self.layer.paint(painter, picture, sight)

    def _paint_moving(self, painter: QPainter, frame: QImage) -> None:
        """In the place of the photo, which may be less wide or less high than what plays."""
        painter.fillRect(self.rect(), self._paper())
        dots, own = self.devicePixelRatioF(), QSizeF(frame.size())
        picture = QRectF(self.picture())
        place = QRectF(QPointF(), own.scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(picture.center())
        if abs(place.width() * dots - own.width()) < 2:  # drawn dot by dot it takes far less time
            frame.setDevicePixelRatio(dots)
            painter.drawImage(QPointF((place.topLeft() * dots).toPoint()) / dots, frame)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, frame)

    def _paper(self) -> QColor:
        return QColor(STAGE.page) if self._is_full else self.theme.color("page")

    def _paint_nothing(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self._paper())
        if not self.message:
            painter.fillRect(self.picture(), self.theme.color("hairline"))
            return
        painter.setFont(self.theme.font(14))
        painter.setPen(self.theme.color("secondary"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(64, 64, -64, -64), int(flags), self.message)
