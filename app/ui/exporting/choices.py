"""The fields of the dialog: one of a few with half a sentence about it, and something to tick."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.scale import scaled

Word = TypeVar("Word", bound=StrEnum)


class Choice(QWidget, Generic[Word]):
    """One of a few words; what the chosen one means stands below."""

    changed = Signal()

    def __init__(self, title: str, words: Mapping[Word, tuple[str, str]]) -> None:
        """`words` have what each is called, and a sentence about it."""
        super().__init__()
        self._words = dict(words)
        self.heading = QLabel(title)
        self.heading.setObjectName("Strong")
        self.box = _Box()
        self.box.setMinimumHeight(34)
        self.box.setAccessibleName(title)
        self._sentence = QLabel()
        self._sentence.setObjectName("Secondary")
        self._sentence.setWordWrap(True)
        self.heading.setBuddy(self.box)
        self.setFocusProxy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.heading, self.box, self._sentence):
            column.addWidget(widget)
        for word, (name, sentence) in self._words.items():
            self.box.addItem(name, word.value)
            self.box.setItemData(
                self.box.count() - 1, f"{name}. {sentence}", Qt.ItemDataRole.AccessibleTextRole
            )
        self.box.currentIndexChanged.connect(self._follow)
        self._say()

    @property
    def word(self) -> Word:
        """What is chosen."""
        return list(self._words)[self.box.currentIndex()]

    def choose(self, word: Word) -> None:
        """Choose one."""
        self.box.setCurrentIndex(list(self._words).index(word))

    def _follow(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        sentence = self._words[self.word][1]
        self._sentence.setText(sentence)
        self.box.setAccessibleDescription(sentence)


class Tick(QToolButton):
    """Something that is wanted or not; half a sentence for those who point at it or hear it."""

    def __init__(self, desk: Desk, text: str, sentence: str) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("Tick")
        self.setCheckable(True)
        self.setText(text)
        self.setToolTip(sentence)
        self.setAccessibleName(text)
        self.setAccessibleDescription(sentence)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(scaled(20), scaled(20)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._follow)
        desk.theme.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        name = "square-check" if self.isChecked() else "square"
        self.setIcon(self._desk.icons.icon(name, "text", 20))


class _Box(QComboBox):
    """Its arrow is painted here: the stylesheet knows only pictures of arrows, in one colour."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(QPen(self.palette().color(group, QPalette.ColorRole.Text), 1.5))
        x, y = self.width() - 18, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
