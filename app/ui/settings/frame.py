"""Frame: what stands around one option: its title, what it is about, its default, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.settings import Option
from app.ui.settings import wording
from app.ui.settings.finding import marked
from app.ui.settings.option_words import effect
from app.ui.settings.wording import tr


class Frame(QWidget):
    """One option; `changed` tells what the user wants it to be."""

    changed = Signal(str, object)
    """The name of the option, and the value."""
    reset_wanted = Signal(str)
    """The option is to be as by default."""

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option = option
        self.heading = label(wording.title(option), "Strong")
        self.badge = label("", "ChangedBadge")
        self.badge.setWordWrap(False)
        self.badge.hide()
        self.sentence = label(wording.sentence(option), "Secondary")
        self.column = QVBoxLayout()
        """What it is set with."""
        self.column.setContentsMargins(0, 2, 0, 0)
        self.column.setSpacing(2)
        self.trouble = label("", "Warning")
        self.trouble.hide()
        self.default = label(self._default(), "Small")
        self.default.setWordWrap(False)
        self.reset = QPushButton(self._reset_words())
        self.reset.setObjectName("Link")
        self.reset.setAutoDefault(False)
        self.reset.setAccessibleName(tr("{0}: {1}").format(self.heading.text(), self.reset.text()))
        self.reset.clicked.connect(lambda: self.reset_wanted.emit(self.option.name))
        self.reset.hide()
        self._lay_out()

    def show_state(self, told: str, is_changed: bool) -> None:
        """Tell whether it is otherwise than by default, and offer the way back."""
        self.badge.setText(told)
        self.badge.setVisible(bool(told))
        self.reset.setVisible(is_changed)

    def complain(self, reason: str) -> None:
        """Say what is wrong with what was set; nothing when nothing is."""
        self.trouble.setText(reason)
        self.trouble.setVisible(bool(reason))

    def highlight(self, words: Sequence[str], style: str) -> None:
        """Mark these words where they stand."""
        texts = (wording.title(self.option), wording.sentence(self.option))
        for one, text in zip((self.heading, self.sentence), texts, strict=True):
            is_found = bool(words)
            one.setTextFormat(Qt.TextFormat.RichText if is_found else Qt.TextFormat.PlainText)
            one.setText(marked(text, words, style) if is_found else text)

    def _default(self) -> str:
        told = tr("Default: {0}").format(wording.amount(self.option, self.option.default))
        domain = wording.domain(self.option)
        return tr("{0} · {1}").format(told, domain) if domain else told

    def _reset_words(self) -> str:
        return tr("Reset to default")

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self.heading)
        title.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignVCenter)
        title.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.default)
        below.addWidget(self.reset)
        below.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        whole.addLayout(title)
        whole.addWidget(self.sentence)
        whole.addLayout(self.column)
        whole.addWidget(self.trouble)
        if told := effect(self.option):
            whole.addWidget(label(told, "Small"))
        whole.addLayout(below)


def label(text: str, name: str) -> QLabel:
    """A text that wraps, dressed by this name."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setWordWrap(name not in ("Strong",))
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made
