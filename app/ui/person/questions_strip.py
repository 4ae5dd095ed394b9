"""QuestionsStrip: “Is this Anna?” at the top of a person's page, a crop for each question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.indexing.suggestions import Reply, Suggestion
from app.library.rows import FaceRow, PersonRow
from app.ui import words
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.scale import scaled
from app.ui.texts import Texts

tr = Texts("person")

MOST = 6
_CROP = 72
_ICON = 16
_MARGIN, _PAD, _APART, _GAP = 32, 16, 20, 12
_TEXT = 190
_SHORT = 40
_KEYS = {Qt.Key.Key_Y: Reply.YES, Qt.Key.Key_N: Reply.NO, Qt.Key.Key_X: Reply.NOT_A_FACE}


class QuestionCard(QWidget):
    """One question: the first of the faces it is about, a tick and a cross. Y, N and X answer
    it, too."""

    answered = Signal(Reply)

    def __init__(self, desk: Desk, asked: Suggestion, face: FaceRow, name: str) -> None:
        """`name` is how the person who is asked about is called."""
        super().__init__()
        self._desk = desk
        self.asked = asked
        self.face = face
        self.crop = QLabel()
        self.crop.setFixedSize(_CROP, _CROP)
        self.crop.setToolTip(asked.sentence)
        self.crop.setAccessibleName(asked.sentence)
        self.count = QLabel(words.number(asked.settles), self.crop)
        self.count.setObjectName("Badge")
        self.count.setToolTip(asked.sentence)
        self.count.setVisible(asked.settles > 1)
        self.yes = self._button(tr("Yes, {0} (Y)").format(name), Reply.YES)
        self.no = self._button(tr("No, not {0} (N)").format(name), Reply.NO)
        answers = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.crop)
        column.addLayout(answers)
        answers.setSpacing(2)
        answers.addStretch(1)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        answers.addStretch(1)
        self.setFixedWidth(_CROP)
        self.dress()

    def dress(self) -> None:
        """Take the picture and the colours there are now."""
        key = PictureKey.of_face(self.face)
        pixmap = self._desk.pictures.tile(key, QSize(_CROP, _CROP), 8, self.devicePixelRatioF())
        if pixmap is not None:
            self.crop.setPixmap(pixmap)
        icons = self._desk.icons
        self.yes.setIcon(icons.icon("check", "watching", _ICON))
        self.no.setIcon(icons.icon("x", "danger", _ICON))

    @property
    def has_focus(self) -> bool:
        """Whether one of its buttons would take the next key."""
        return self.yes.hasFocus() or self.no.hasFocus()

    def event(self, event: QEvent) -> bool:
        # What the card answers to by a key is no key of the page while the card has the focus.
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        reply = _KEYS.get(Qt.Key(event.key()))
        if reply is not None and not event.modifiers():
            self.answered.emit(reply)
        else:
            super().keyPressEvent(event)

    def _button(self, text: str, reply: Reply) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(_ICON, _ICON))
        button.setToolTip(text)
        button.setAccessibleName(f"{self.asked.sentence} {text}")
        button.clicked.connect(partial(self.answered.emit, reply))
        return button


class QuestionsStrip(QWidget):
    """The questions about one person; it is not there when there are none."""

    review_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person: PersonRow | None = None
        self._job: Job | None = None
        self.cards: list[QuestionCard] = []
        self.question = QLabel()
        self.question.setObjectName("Strong")
        self.question.setWordWrap(True)
        self.question.setFixedWidth(scaled(_TEXT))
        self.question.setIndent(8)
        self.all = QPushButton()
        self.all.setObjectName("Link")
        self.all.clicked.connect(self.review_wanted)
        text = QVBoxLayout()
        crops = QWidget()
        crops.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(crops)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        frame = QFrame()
        frame.setObjectName("Questions")
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(_PAD, 10, _PAD, 8)
        inside.setSpacing(_APART)
        inside.addLayout(text)
        text.setSpacing(0)
        text.addStretch(1)
        text.addWidget(self.question)
        text.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        text.addStretch(1)
        inside.addWidget(crops, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, 12)
        column.addWidget(frame)
        self.hide()
        desk.questions.changed.connect(self.refresh)
        desk.theme.changed.connect(self.repaint_pictures)

    def set_person(self, person: PersonRow | None) -> None:
        """About whom the questions are."""
        is_same = (person and (person.id, person.name)) == (
            self._person and (self._person.id, self._person.name)
        )
        self._person = person
        if not is_same:
            self._show([], 0, {})
        self.refresh()

    def refresh(self) -> None:
        """See what is asked now."""
        if self._job is not None:
            self._job.drop()
        person = self._person
        asked = [] if person is None else self._desk.questions.about(person.id)
        shown = asked[:MOST]
        kept = {card.asked.id: card.face for card in self.cards}
        # What was answered leaves at once, or the same key would answer it again.
        self._show([one for one in shown if one.id in kept], len(asked), kept)
        if all(one.id in kept for one in shown):
            return
        ids = [one.face_ids[0] for one in shown]
        album = self._desk.album
        self._job = self._desk.background.read(
            self, partial(album.faces_by_id, ids), partial(self._take, shown, len(asked))
        )

    def repaint_pictures(self) -> None:
        """Take the pictures that have arrived."""
        for card in self.cards:
            card.dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Show as many questions as there is room for, but one at least."""
        room = self.width() - 2 * _MARGIN - 2 * _PAD - scaled(_TEXT) - _APART + _GAP
        fit = max(1, room // (_CROP + _GAP))
        for place, card in enumerate(self.cards):
            card.setVisible(place < fit)

    def _take(self, asked: Sequence[Suggestion], count: int, faces: Sequence[FaceRow]) -> None:
        by_id = {face.id: face for face in faces}
        found = {one.id: by_id[one.face_ids[0]] for one in asked if one.face_ids[0] in by_id}
        self._show([one for one in asked if one.id in found], count, found)

    def _show(self, asked: Sequence[Suggestion], count: int, faces: Mapping[str, FaceRow]) -> None:
        focused = [n for n, card in enumerate(self.cards) if card.has_focus]
        wanted = {one.id for one in asked}
        for card in [card for card in self.cards if card.asked.id not in wanted]:
            self.cards.remove(card)
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        known = {card.asked.id for card in self.cards}
        name = self._name()
        for place, one in enumerate(asked):
            if one.id not in known:
                card = QuestionCard(self._desk, one, faces[one.id], name)
                card.answered.connect(partial(self._answer, one))
                self.cards.insert(place, card)
                self._row.insertWidget(place, card)
        self.question.setText(tr("Is this {0}?").format(name))
        more = tr("Show all {0} in Review").format(words.number(count))
        self.all.setText(more if count > len(asked) else tr("Show in Review"))
        self.setVisible(bool(self.cards))
        self._arrange()
        if focused and self.cards:  # the next question is answered by the same key
            self.cards[min(focused[0], len(self.cards) - 1)].yes.setFocus()

    def _name(self) -> str:
        named = "" if self._person is None else self._person.name
        if not named:
            return tr("the same person")
        return named if len(named) <= _SHORT else f"{named[:_SHORT]}…"

    def _answer(self, asked: Suggestion, reply: Reply) -> None:
        self._desk.questions.answer(asked, reply)
