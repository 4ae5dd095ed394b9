"""FilmStrip: below a video, its time, who is there when, and how it is played."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui import words
from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.viewer.bar import BarButton
from app.ui.viewer.film_axis import HEIGHT, LEFT, FilmAxis
from app.ui.viewer.film_lanes import Lane
from app.ui.viewer.film_people import ROW, FilmPeople
from app.ui.viewer.stage import STAGE

_LANES = 4
"""Lanes in sight; the others are scrolled to."""
_ICON = 20


class FilmStrip(QWidget):
    """Shows itself for videos only."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._acts: list[tuple[BarButton, str]] = []
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # Time runs from left to right wherever films are played, whichever way one reads.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.axis = FilmAxis(desk.theme)
        self.people = FilmPeople(desk, self.axis)
        self.time = QLabel(self.axis)
        self.time.setObjectName("Small")
        self.time.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._keys = QWidget(self.axis)
        self._row = QHBoxLayout(self._keys)
        self._row.setContentsMargins(14, 0, 0, 0)
        self._row.setSpacing(2)
        self._keys.setCursor(Qt.CursorShape.ArrowCursor)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.people)
        self._area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.axis)
        column.addWidget(self._area)
        self.hide()

    def set_acts(self, acts: Sequence[tuple[QAction, str]]) -> None:
        """Acts as buttons, each with its icon, before the time."""
        for act, icon in acts:
            button = BarButton(act)
            self._row.addWidget(button)
            self._acts.append((button, icon))
        self._row.addStretch(1)
        self.dress(False)

    def show_film(self, seconds: float, lanes: Sequence[Lane]) -> None:
        """How long the video is, and who is in it."""
        self.axis.show_length(seconds)
        self.people.show_lanes(lanes)
        self._area.setFixedHeight(scaled(ROW) * min(_LANES, len(lanes)) + (4 if lanes else 0))
        self._area.setVisible(bool(lanes))
        self._say_time()
        self.show()

    def show_moment(self, moment: float) -> None:
        """Where in the video one is now."""
        self.axis.show_moment(moment)
        self.people.update()
        self._say_time()

    def reveal(self, place: int) -> None:
        """Scroll to a lane."""
        self._area.ensureVisible(0, place * scaled(ROW) + scaled(ROW) // 2, 0, scaled(ROW) // 2 + 2)

    def dress(self, is_staged: bool, is_playing: bool = False) -> None:
        """Take the colours of the theme, or those around what fills the screen."""
        tokens = STAGE if is_staged else self._desk.theme.tokens
        self.axis.tokens = self.people.tokens = tokens
        for button, name in self._acts:
            shown = "pause" if is_playing and name == "play" else name
            button.set_icon(self._icon(shown, is_staged))
            button.setAccessibleName(button.defaultAction().text().rstrip("…"))
        self.axis.update()
        self.people.update()

    def _icon(self, name: str, is_staged: bool) -> QIcon:
        return self._desk.icons.icon(name, "text", _ICON, STAGE if is_staged else None)

    def _say_time(self) -> None:
        here, all_of = words.length(self.axis.moment), words.running_time(self.axis.seconds)
        self.time.setText(f"{here} / {all_of}")
        self.time.adjustSize()
        width = self._keys.sizeHint().width()
        self._keys.setGeometry(0, 0, width, HEIGHT - 14)
        self.time.move(min(width + 6, scaled(LEFT) - 16 - self.time.width()), 6)
