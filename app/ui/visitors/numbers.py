"""Numbers: the sums of the Visitors page, large."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.library.queries.visits import Visitors
from app.ui import words
from app.ui.desk import Desk
from app.ui.texts import Texts
from app.ui.visitors.chart import Chart, hatching

tr = Texts("visitors")


class Numbers(QWidget):
    """Different people, new, returning, visits. The dots tell which part of a bar is which."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._dots = (_Dot(), _Dot())
        self.values: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(40)
        new, returning = self._dots
        for key, text, dot in (
            ("people", tr("different people"), None),
            ("new", tr("new"), new),
            ("returning", tr("returning"), returning),
            ("visits", tr("visits"), None),
        ):
            cell = QVBoxLayout()
            row.addLayout(cell)
            self._fill(cell, key, text, dot)
        row.addStretch(1)
        desk.theme.changed.connect(self._dress)
        self._dress()

    def show_numbers(self, everybody: Visitors | None) -> None:
        """Show these; None: nobody came."""
        for key, label in self.values.items():
            label.setText(words.number(0 if everybody is None else getattr(everybody, key)))
            label.setAccessibleName(f"{label.text()} {label.property('unit')}")

    def _fill(self, cell: QVBoxLayout, key: str, text: str, dot: QWidget | None) -> None:
        """A layout is filled after it was added; see `regions`."""
        value, unit = QLabel("0"), QLabel(text)
        value.setProperty("unit", text)
        unit.setObjectName("Secondary")
        self.values[key] = value
        below = QHBoxLayout()
        below.setSpacing(6)
        cell.setSpacing(0)
        cell.addWidget(value)
        cell.addLayout(below)
        if dot is not None:
            below.addWidget(dot, 0, Qt.AlignmentFlag.AlignVCenter)
        below.addWidget(unit)
        below.addStretch(1)

    def _dress(self) -> None:
        theme = self._desk.theme
        for label in self.values.values():
            label.setFont(theme.font(30, label.font().Weight.Bold))
        new, returning = self._dots
        new.colour, returning.colour = Chart.colours_of(theme)
        returning.strokes = hatching(new.colour)
        for dot in self._dots:
            dot.update()


class _Dot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.colour = QColor()
        self.strokes = QBrush()
        self.setFixedSize(QSize(14, 14))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour)
        painter.drawRoundedRect(self.rect(), 3, 3)
        painter.setBrush(self.strokes)
        painter.drawRoundedRect(self.rect(), 3, 3)
