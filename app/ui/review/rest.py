"""What the Review page shows when there is nothing to ask."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui import words
from app.ui.desk import Desk
from app.ui.places import Kind, Place
from app.ui.review.questions import Questions
from app.ui.texts import Texts

tr = Texts("review")


class RestView(QWidget):
    """Says why nothing is asked, what was achieved, and where to go from here."""

    went = Signal(Place)

    def __init__(self, desk: Desk, ask_skipped: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask_skipped = ask_skipped
        self._icon = "message-circle-question-mark"
        self._picture, self.title, self.text = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("PageTitle")
        self.text.setObjectName("Secondary")
        self.people = self._button(tr("Show people"), Kind.PEOPLE)
        self.people.setObjectName("Primary")
        self.unnamed = self._button(tr("Unnamed faces"), Kind.UNNAMED)
        self.again = QPushButton()
        self.again.clicked.connect(ask_skipped.trigger)
        row = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for label in (self._picture, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(14)
        column.addLayout(row)
        row.setSpacing(10)
        row.addStretch(1)
        for button in (self.people, self.unnamed, self.again):
            row.addWidget(button)
        row.addStretch(1)
        column.addStretch(3)

    def show_state(self, questions: Questions, has_people: bool) -> None:
        """Say how things stand."""
        settled, skipped = questions.settled, len(questions.skipped)
        is_looking = not questions.is_known or (questions.is_asking and not questions.answered)
        if is_looking:
            self._say("hourglass", tr("Looking for what to ask…"), tr("One moment."))
        elif not has_people:
            text = tr("Kinfolk asks you as soon as it has found people in your photos.")
            self._say("message-circle-question-mark", tr("No questions yet"), text)
        elif settled:
            text = tr("You settled {0}. Kinfolk asks again when there is something new.")
            title = tr("That is all for now")
            self._say("circle-check-big", title, text.format(words.faces(settled)))
        else:
            text = tr("Kinfolk asks when it is not sure who somebody is.")
            self._say("circle-check-big", tr("Nothing to ask"), text)
        for button in (self.people, self.unnamed):
            button.setVisible(has_people and not is_looking)
        self.again.setVisible(skipped > 0 and not is_looking)
        self.again.setText(self._ask_skipped.text())

    def dress(self) -> None:
        """The colours have changed."""
        scale = self.devicePixelRatioF()
        pixmap = self._desk.icons.pixmap(self._icon, "accent", 44, scale)
        self._picture.setPixmap(pixmap)

    def _say(self, icon: str, title: str, text: str) -> None:
        self._icon = icon
        self.title.setText(title)
        self.text.setText(text)
        self.dress()

    def _button(self, text: str, kind: Kind) -> QPushButton:
        def go() -> None:
            self.went.emit(Place(kind))

        button = QPushButton(text)
        button.clicked.connect(go)
        return button
