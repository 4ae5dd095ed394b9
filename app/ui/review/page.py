"""The Review page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.changes import Changes
from app.ui.desk import Desk
from app.ui.page import Page


class ReviewPage(Page):
    """One question at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = self.tr("Review")
        self.menu_title = self.tr("Question")
        self._sentence = QLabel()
        self._sentence.setObjectName("Heading")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self._sentence)
        desk.questions.changed.connect(self.reload)

    def reload(self) -> None:
        asked = self.desk.questions.open
        self._sentence.setText(asked[0].sentence if asked else self.tr("Nothing to ask."))

    def concerns(self, changes: Changes) -> bool:  # noqa: ARG002 - Questions says
        return False
