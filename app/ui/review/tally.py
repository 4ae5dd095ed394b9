"""The tally: how many questions are left, and what was said last."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from app.ui.review import wording
from app.ui.review.questions import Questions
from app.ui.texts import Texts

tr = Texts("review")


class Tally(QWidget):
    """A slim line of progress with the count beside it; `echo` stands at the foot of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left = QLabel()
        self.left.setObjectName("Secondary")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("How many of the questions are answered"))
        self.echo = QLabel()
        self.echo.setObjectName("Small")
        self.echo.setTextFormat(Qt.TextFormat.PlainText)
        self.echo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.progress, 1)
        row.addWidget(self.left)

    def follow(self, questions: Questions) -> None:
        """Count what there is now."""
        count, answered = len(questions.open), questions.answered
        self.left.setText(wording.left(count, questions.settles) if count else "")
        self.progress.setVisible(count > 0)
        self.progress.setMaximum(max(1, count + answered))
        self.progress.setValue(answered)
        self.echo.setText(self._said(questions))

    def _said(self, questions: Questions) -> str:
        last = questions.last_answer
        if last is not None:
            return tr("{0}  ·  Backspace takes it back").format(wording.done(last))
        if questions.open:
            return tr("C or Space shows the whole photo  ·  W tells why it is asked")
        return ""
