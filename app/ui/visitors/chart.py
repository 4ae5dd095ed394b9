"""Chart: bars for the visitors of each hour or day, who are new above who came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui import words
from app.ui.scale import scaled
from app.ui.theme import Theme
from app.ui.widgets import paint
from app.ui.widgets.spoken import Part, Spoken

_TOP = 14
_FOOT = 26
_RIGHT = 8
_GAP = 10
_LINES = 4
"""Lines across the chart at most, but for the ground."""
_WIDEST = 44
_SHARE = 0.68
"""Of the room of a bar that it takes."""
_PALE = 0.42
"""How much of the accent is in the colour of those who came back."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour or day."""

    label: str
    """Below it, where there is room."""
    spoken: str
    """All that it tells."""
    new: int
    returning: int

    @property
    def height(self) -> int:
        """How many different people."""
        return self.new + self.returning


class Chart(QWidget):
    """The arrow keys, Home and End go from bar to bar; the one that is chosen, or under the
    pointer, tells its numbers."""

    chosen = Signal(int)
    """A bar was gone to, by its place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.bars: Sequence[Bar] = ()
        self.current = -1
        """Place of the bar that the keyboard is at; -1 for none yet."""
        self._hovered = -1
        self.bubble = QLabel(self)
        self.bubble.setObjectName("Bubble")
        self.bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.bubble.hide()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as time runs in charts
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)
        self._spoken = Spoken(self, self._parts)

    def show_bars(self, bars: Sequence[Bar], name: str) -> None:
        """Show these; `name` is what a screen reader calls the chart. Whoever is at a bar stays
        there while it tells of the same time."""
        here = self.bars[self.current].spoken[:12] if self.current >= 0 else ""
        places = [place for place, bar in enumerate(bars) if here and bar.spoken[:12] == here]
        self.bars, self._hovered = bars, -1
        self.current = places[0] if len(places) == 1 else min(self.current, len(bars) - 1)
        self.setAccessibleName(name)
        self._tell()
        self._spoken.tell_later()
        self.update()

    def _parts(self) -> Iterator[Part]:
        for place, bar in enumerate(self.bars):
            yield self.rect_of(place).toAlignedRect(), bar.spoken

    def sizeHint(self) -> QSize:
        return QSize(640, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def rect_of(self, place: int) -> QRectF:
        """Where a bar stands, from the ground to its top."""
        bar, area = self.bars[place], self._area()
        room = area.width() / len(self.bars)
        width = min(_WIDEST, max(1.0, room * _SHARE))
        high = area.height() * bar.height / self._most()
        left = area.left() + room * place + (room - width) / 2
        return QRectF(left, area.bottom() - high, width, high)

    # -- events ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.bars) - 1
        places = {
            Qt.Key.Key_Left: max(0, self.current - 1),
            Qt.Key.Key_Right: min(last, self.current + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None or last < 0:
            super().keyPressEvent(event)
            return
        self._go(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._place_at(event.position())
        self._tell()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._go(place)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hovered = -1
            self._tell()
            self.update()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current < 0 and self.bars:
            self.current = len(self.bars) - 1
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(11))
        self._paint_lines(painter)
        self._paint_bars(painter)
        self._paint_labels(painter)

    # -- inside ----------------------------------------------------------------------------

    @staticmethod
    def colours_of(theme: Theme) -> tuple[QColor, QColor]:
        """Of those who are new, and of those who came back."""
        accent, page = theme.color("accent"), theme.color("page")
        pairs = ((accent.red(), page.red()), (accent.green(), page.green()),
                 (accent.blue(), page.blue()))  # fmt: skip
        return accent, QColor(*(round(_PALE * one + (1 - _PALE) * other) for one, other in pairs))

    def _paint_lines(self, painter: QPainter) -> None:
        area, step = self._area(), _step(self._most())
        for value in range(0, self._most() + 1, step):
            y = round(area.bottom() - area.height() * value / self._most())
            painter.setPen(self._theme.color("hairline"))
            painter.drawLine(QPointF(area.left(), y + 0.5), QPointF(area.right(), y + 0.5))
            painter.setPen(self._theme.color("secondary"))
            box = QRect(0, y - 8, round(area.left()) - _GAP, 16)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(flags), words.number(value))

    def _paint_bars(self, painter: QPainter) -> None:
        new, returning = self.colours_of(self._theme)
        area, told = self._area(), self._told()
        for place, bar in enumerate(self.bars):
            if place == told:
                room = area.width() / len(self.bars)
                column = QRectF(area.left() + room * place, area.top(), room, area.height())
                paint.rounded(painter, column.toRect(), 4, self._theme.color("hover"))
            if not bar.height:
                continue
            whole = self.rect_of(place)
            painter.setPen(Qt.PenStyle.NoPen)
            low = whole.height() * bar.returning / bar.height
            if bar.new:
                self._paint_part(painter, whole.adjusted(0, 0, 0, -low), new, is_top=True)
            if bar.returning:
                part = QRectF(whole.left(), whole.bottom() - low, whole.width(), low)
                self._paint_part(painter, part, returning, is_top=not bar.new)
                painter.setBrush(hatching(new))
                painter.drawRect(part)
            if place == told and self.hasFocus():
                outline = whole.adjusted(-3, -3, 3, 2).toRect()
                paint.ring(painter, outline, 5, self._theme.color("text"))

    def _paint_part(self, painter: QPainter, part: QRectF, colour: QColor, is_top: bool) -> None:
        """A part of a bar: only the upper end of the whole is round."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = min(4.0, part.width() / 3, part.height()) if is_top else 0.0
        painter.drawRoundedRect(part, radius, radius)
        if radius:
            low = min(radius, part.height() / 2)
            painter.drawRect(QRectF(part.left(), part.bottom() - low, part.width(), low))

    def _paint_labels(self, painter: QPainter) -> None:
        area = self._area()
        metrics = QFontMetrics(painter.font())
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self.bars), default=0)
        room = area.width() / max(1, len(self.bars))
        every = max(1, -(-(widest + 14) // max(1, int(room)))) if room >= 1 else len(self.bars)
        painter.setPen(self._theme.color("secondary"))
        for place in range(0, len(self.bars), int(every)):
            middle = area.left() + room * (place + 0.5)
            # None begins before the chart does, however long a date is.
            middle = min(max(middle, widest / 2), self.width() - widest / 2)
            box = QRectF(middle - widest, area.bottom() + 6, 2 * widest, scaled(_FOOT) - 8)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), self.bars[place].label)

    def _area(self) -> QRectF:
        metrics = QFontMetrics(self._theme.font(11))
        left = metrics.horizontalAdvance(words.number(self._most())) + _GAP + 2
        return QRectF(left, scaled(_TOP), max(1, self.width() - left - _RIGHT),
                      max(1, self.height() - scaled(_TOP) - scaled(_FOOT)))  # fmt: skip

    def _most(self) -> int:
        """What the chart reaches up to."""
        most = max((bar.height for bar in self.bars), default=0)
        step = _step(most)
        return max(step, -(-most // step) * step)

    def _told(self) -> int:
        """The bar whose numbers are to be told."""
        return self._hovered if self._hovered >= 0 or not self.hasFocus() else self.current

    def _place_at(self, point: QPointF) -> int:
        area = self._area()
        if not self.bars or not area.left() <= point.x() < area.right():
            return -1
        return int((point.x() - area.left()) / area.width() * len(self.bars))

    def _go(self, place: int) -> None:
        self.current = place
        self._tell()
        self.update()
        self.chosen.emit(place)

    def _tell(self) -> None:
        """Say the numbers, for those who see and for those who hear."""
        place = self._told()
        if not 0 <= place < len(self.bars):
            self.bubble.hide()
            return
        bar = self.bars[place]
        self.setAccessibleDescription(bar.spoken)
        self.bubble.setText(bar.spoken)
        self.bubble.adjustSize()
        where = self.rect_of(place)
        left = round(where.center().x()) - self.bubble.width() // 2
        left = min(max(0, left), max(0, self.width() - self.bubble.width()))
        self.bubble.move(left, max(0, round(where.top()) - self.bubble.height() - 8))
        self.bubble.show()
        self.bubble.raise_()


def hatching(colour: QColor) -> QBrush:
    """Strokes that tell those who came back from who is new, for whoever sees no colours."""
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)


def _step(most: int) -> int:
    """1, 2, 5, 10, 20 ...: so far apart are the lines."""
    step, factors = 1, (2, 2.5, 2)
    turn = 0
    while most > step * _LINES:
        step = round(step * factors[turn % 3])
        turn += 1
    return step
