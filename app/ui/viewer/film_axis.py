"""FilmAxis: the time of a video from left to right, and where in it one is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from app.ui import words
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.theme import Theme
from app.ui.tokens import Tokens

tr = Texts("viewer")

LEFT, RIGHT = 196, 28
"""Pixels beside the time: lanes and axis have the same."""
HEIGHT = 42
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)
"""Seconds between two times that are written."""
_LEAST_APART = 96
"""Pixels between them."""
_KNOB = 7.0
_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)  # fmt: skip
_PER_SECOND = 1000


class FilmAxis(QSlider):
    """A slider over the moments of a video; a click goes to its place."""

    wanted = Signal(float)
    """Show this moment, s."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.tokens: Tokens = theme.tokens
        high = scaled(HEIGHT)  # others are lower
        self.setStyleSheet(f"QSlider {{ min-height: {high}px; max-height: {high}px; }}")
        self.setSingleStep(_PER_SECOND)
        self.setPageStep(10 * _PER_SECOND)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Moment of the video"))
        self.valueChanged.connect(self._tell)

    def show_length(self, seconds: float) -> None:
        """How long the video is."""
        self.blockSignals(True)
        self.setRange(0, max(1, round(seconds * _PER_SECOND)))
        self.blockSignals(False)
        self.update()

    def show_moment(self, moment: float) -> None:
        """Where one is now."""
        self.blockSignals(True)
        self.setValue(round(moment * _PER_SECOND))
        self.blockSignals(False)
        self.setAccessibleDescription(
            tr("{0} of {1}").format(words.length(moment), words.running_time(self.seconds))
        )
        self.update()

    @property
    def seconds(self) -> float:
        """How long the video is."""
        return self.maximum() / _PER_SECOND

    @property
    def moment(self) -> float:
        """Where one is now, s."""
        return self.value() / _PER_SECOND

    def place_of(self, moment: float) -> float:
        """The pixel at which a moment is."""
        return scaled(LEFT) + (self.width() - scaled(LEFT) - RIGHT) * moment / self.seconds

    def moment_at(self, x: float) -> float:
        """The moment of a pixel."""
        share = (x - scaled(LEFT)) / max(1, self.width() - scaled(LEFT) - RIGHT)
        return min(1.0, max(0.0, share)) * self.seconds

    def _tell(self, value: int) -> None:
        self.wanted.emit(value / _PER_SECOND)

    # -- events ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # The arrow keys go through the video here, and not on to the next photo.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if is_plain and Qt.Key(event.key()) in _KEYS:
                event.accept()
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit(self.moment_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.wanted.emit(self.moment_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, middle, here = self.tokens, 13.0, self.place_of(self.moment)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, end in ((tokens.hairline, self.place_of(self.seconds)), (tokens.accent, here)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(
                QRectF(scaled(LEFT) - 2, middle - 2, end - scaled(LEFT) + 4, 4), 2, 2
            )
        self._write_times(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(here, middle), _KNOB + 3, _KNOB + 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawEllipse(QPointF(here, middle), _KNOB, _KNOB)
        painter.setBrush(QColor(tokens.on_accent))
        painter.drawEllipse(QPointF(here, middle), 2.5, 2.5)

    def _write_times(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font(11))
        painter.setPen(QColor(self.tokens.secondary))
        room = max(1.0, self.width() - scaled(LEFT) - RIGHT)
        fitting = (step for step in _STEPS if step * room / self.seconds >= _LEAST_APART)
        step = next(fitting, _STEPS[-1])
        for number in range(int(self.seconds / step) + 1):
            x = self.place_of(number * step)
            box = QRectF(x - scaled(40), 22, scaled(80), scaled(16))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words.length(number * step))
