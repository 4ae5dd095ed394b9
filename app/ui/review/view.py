"""A question as it is shown: the sentence, both sides, and the answers."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, Qt, QVariantAnimation, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.indexing.suggestions import Suggestion
from app.library.rows import FaceRow, PersonRow, PhotoRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.review import wording
from app.ui.review.acts import Acts
from app.ui.review.answer_bar import AnswerBar
from app.ui.review.framed import PhotoCard
from app.ui.review.sheet import MINE, Sheet
from app.ui.review.side import Side
from app.ui.texts import Texts

tr = Texts("review")

_MILLISECONDS = 140


class QuestionView(QWidget):
    """Shows one question; what of it is still being read fills in when it comes."""

    looked = Signal(int)
    """The photo of a face (its place in `faces`) is wanted large."""

    def __init__(self, desk: Desk, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet: Sheet | None = None
        self.heading = QLabel()
        self.heading.setObjectName("PageTitle")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading.setWordWrap(True)
        self.note = QLabel()
        self.note.setObjectName("Secondary")
        self.why_button = QPushButton(acts.why.text())
        self.why_button.setObjectName("Link")
        self.why_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.why_button.setToolTip(acts.why.toolTip())
        self.why_button.clicked.connect(acts.why.trigger)
        self.mine = Side(desk, tr("Faces in question"))
        self.theirs = Side(desk, tr("Faces they are held against"))
        answers = (acts.yes, acts.no, acts.skip, acts.not_a_face)
        self.answers = AnswerBar(desk, answers, acts.runner_up, acts.someone_else)
        self._arrange()
        self._why = _WhyCard(self)
        self._card = PhotoCard(desk, self)
        self._slide = QVariantAnimation(self)
        self._slide.setStartValue(0.0)
        self._slide.setEndValue(1.0)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._move_in)
        for side in (self.mine, self.theirs):
            side.board.pointed.connect(self._point)
        self.mine.board.looked.connect(self.looked)
        self.theirs.board.looked.connect(self._look_at_theirs)

    @property
    def sheet(self) -> Sheet | None:
        """What is shown, when it is all there."""
        return self._sheet

    def faces(self) -> list[tuple[FaceRow, PhotoRow]]:
        """The faces in sight with their photos, those in question first."""
        sheet = self._sheet
        if sheet is None:
            return []
        shown = (*self.mine.board.faces, *self.theirs.board.faces)
        return [(f, sheet.photos[f.photo_id]) for f in shown if f.photo_id in sheet.photos]

    def show_question(self, asked: Suggestion, sheet: Sheet | None, is_new: bool) -> None:
        """Show this; `is_new` when it takes the place of another."""
        self._sheet = sheet
        person = asked.person if sheet is None else sheet.person
        other = asked.other if sheet is None else sheet.other
        self.heading.setText(wording.question(asked, person, other))
        self.note.setText(wording.sure(asked))
        self._show_mine(asked, person, sheet)
        self._show_theirs(asked, other, sheet)
        runner_up = asked.reasons.runner_up if sheet is None else sheet.runner_up
        can_name = wording.can_be_named(asked)
        self.answers.show_choices(runner_up if can_name else None, can_name)
        if is_new:
            self._why.hide()
            self._card.hide()
            self.answers.clear()
            self._come_in()

    def warm(self, sheet: Sheet) -> None:
        """Have the pictures of the next question ready."""
        count, more = _shown_of(sheet)
        self.mine.board.warm(sheet.mine[:count], more)
        self.theirs.board.warm(sheet.theirs, 0)

    def explain(self) -> None:
        """Show why it is asked, or take that away."""
        if self._why.isVisible() or self._sheet is None:
            self._why.hide()
            return
        below = self.note.mapTo(self, QPoint(0, self.note.height() + 6))
        self._why.tell(wording.reasons(self._sheet), below.y())

    def hide_extras(self) -> bool:
        """Take away what floats; whether there was something."""
        was = self._why.isVisible()
        self._why.hide()
        self._card.hide()
        return was

    def repaint_pictures(self) -> None:
        """Some pictures have arrived."""
        self.mine.repaint_pictures()
        self.theirs.repaint_pictures()
        self.answers.repaint_pictures()
        self._card.update()

    def _arrange(self) -> None:
        said = QHBoxLayout()
        sides = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addLayout(said)
        said.setSpacing(6)
        said.addStretch(1)
        said.addWidget(self.note)
        said.addWidget(self.why_button)
        said.addStretch(1)
        column.addSpacing(8)
        column.addLayout(sides, 1)
        sides.setSpacing(20)
        sides.addWidget(self.mine, 1)
        sides.addWidget(self.theirs, 1)
        column.addSpacing(14)
        column.addWidget(self.answers)

    def _show_mine(self, asked: Suggestion, person: PersonRow | None, sheet: Sheet | None) -> None:
        count = words.faces(asked.settles)
        photos = [] if sheet is None else [sheet.photos.get(f.photo_id) for f in sheet.mine]
        known = [photo for photo in photos if photo is not None]
        when = wording.day(known[0]) if len(known) == 1 else wording.span(known)
        is_whole = person is not None and not asked.doubts
        if person is not None and person.name and is_whole:
            self.mine.show_head(
                person.name, words.photos_and_videos(person.photo_count, person.video_count), person
            )
        elif asked.settles == 1:
            self.mine.show_head(when or count, tr("1 face in question") if when else "", None)
        else:
            self.mine.show_head(tr("{0} in question").format(count), when, None)
        if sheet is None:
            self.mine.show_faces((), 0, {})
        else:
            shown, more = _shown_of(sheet)
            self.mine.show_faces(sheet.mine[:shown], more, sheet.photos)

    def _show_theirs(self, asked: Suggestion, other: PersonRow, sheet: Sheet | None) -> None:
        title = other.name or tr("Unnamed person")
        note = words.photos_and_videos(other.photo_count, other.video_count)
        if asked.doubts:
            note = tr("The other faces, {0} in all").format(note)
        self.theirs.show_head(title, note, other)
        faces = () if sheet is None else sheet.theirs
        self.theirs.show_faces(faces, 0, {} if sheet is None else sheet.photos)

    def _come_in(self) -> None:
        duration = self._desk.theme.duration(_MILLISECONDS)
        self._slide.stop()
        if duration:
            self._slide.setDuration(duration)
            self._slide.start()
        else:
            self._move_in(1.0)

    def _move_in(self, share: float) -> None:
        self.mine.board.set_arrival(share)
        self.theirs.board.set_arrival(share)

    def _look_at_theirs(self, place: int) -> None:
        self.looked.emit(len(self.mine.board.faces) + place)

    def _point(self, place: int) -> None:
        board = self.sender()
        sides = [side for side in (self.mine, self.theirs) if side.board is board]
        if place < 0 or not sides or self._sheet is None:
            self._card.hide()
            return
        shown = sides[0].board
        face = shown.faces[place]
        photo = self._sheet.photos.get(face.photo_id)
        if photo is not None:
            tile = shown.tile(place)
            tile.moveTo(shown.mapTo(self, tile.topLeft()))
            self._card.show_beside(tile, photo, face)


class _WhyCard(QFrame):
    """The reasons, floating under the question."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("PhotoCard")
        self._text = QLabel()
        self._text.setObjectName("Secondary")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._text)
        self.hide()

    def tell(self, text: str, top: int) -> None:
        """Show a text in the middle, below `top`."""
        self._text.setText(text)
        self.setAccessibleName(text)
        width = min(460, self._over.width() - 40)
        self._text.setFixedWidth(width - 32)
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, top)
        self.raise_()
        self.show()


def _shown_of(sheet: Sheet) -> tuple[int, int]:
    """How many faces in question are shown, and how many more there are: when not all are shown,
    the last square tells it."""
    count = sheet.asked.settles
    if count <= MINE:
        return len(sheet.mine), 0
    return MINE - 1, count - MINE + 1
