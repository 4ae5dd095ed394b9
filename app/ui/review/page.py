"""The Review page: one question at a time, answered by key or by click."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.indexing.suggestions import Reply, Suggestion
from app.library.rows import Counts, PersonRow, PhotoItem
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.places import Kind, Place
from app.ui.review.acts import Acts, Works
from app.ui.review.framed import Peek
from app.ui.review.rest import RestView
from app.ui.review.sheet import Sheets
from app.ui.review.tally import Tally
from app.ui.review.view import QuestionView
from app.ui.texts import Texts
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.viewport import scrolling

tr = Texts("review")

_AHEAD = 3
"""Questions whose rows and pictures are read: the one in sight and those after it."""


class ReviewPage(Page):
    """One question at a time, the next one ready."""

    guide = "review"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = tr("Review")
        self.menu_title = tr("Question")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown: Suggestion | None = None
        self._has_people = True
        self.questions = desk.questions
        self.sheets = Sheets(desk.album, desk.background, self)
        self.acts = Acts(self, self._works(), desk.icons)
        self.view = QuestionView(desk, self.acts)
        self.rest = RestView(desk, self.acts.ask_skipped)
        self.tally = Tally()
        self._arrange()
        self.peek = Peek(desk, self)
        self.peek.closed.connect(self._leave_peek)
        self._before_peek: QWidget | None = None
        self.view.looked.connect(self._open_peek)
        self.view.answers.named.connect(self._name)
        self.view.answers.left.connect(self._focus_back)
        FocusRing(self, desk.theme)
        self.rest.went.connect(self.went)
        self.sheets.arrived.connect(self._fill_in)
        desk.questions.changed.connect(self._follow)
        self._follow()

    # -- as every page ---------------------------------------------------------------------

    def reload(self) -> None:
        self._follow()
        self.read(self.desk.album.counts, self._show_counts)

    def concerns(self, changes: Changes) -> bool:
        if changes.people or changes.regrouped or changes.faces:
            self.sheets.grow_old()
            self._read_ahead()
            return True
        return False

    def repaint_pictures(self) -> None:
        if self.isVisible():
            self.view.repaint_pictures()
            self.peek.update()
            self._warm()

    def dress(self) -> None:
        self.rest.dress()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.questions.watch(True)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        self.peek.close_()
        self.view.hide_extras()
        self.questions.watch(False)
        super().hideEvent(event)

    # -- keys ------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # Ctrl+Z takes back a skip, too, which the window's own Undo knows nothing of.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and self.questions.last_answer is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.questions.take_back()
        elif key == Qt.Key.Key_Escape:
            self._step_out()
        elif key == Qt.Key.Key_Space and self.acts.look.isEnabled():
            self._look()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.acts.someone_else.isEnabled():
            self._type_a_name()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.peek.setGeometry(self.rect())

    # -- showing ---------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolling(self.view))  # in a low window, or with large text
        self._stack.addWidget(self.rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 4, 28, 12)
        column.setSpacing(10)
        column.addWidget(self.tally)
        column.addWidget(self._stack, 1)
        column.addWidget(self.tally.echo)

    def _follow(self) -> None:
        """Show what is asked first now."""
        asked = self.questions.open[0] if self.questions.open else None
        was, self._shown = self._shown, asked
        if asked is None:
            self.rest.show_state(self.questions, self._has_people)
            self._show_only(self.rest)
            if was is not None:
                self.peek.close_()
            self._read_out(self.rest.title.text(), self.rest.text.text())
        else:
            is_new = was is None or was.id != asked.id
            if is_new:
                self.peek.close_()
            self._show_only(self.view)
            self.view.show_question(asked, self.sheets.get(asked), is_new)
            self._read_out(self.view.heading.text(), self.view.note.text())
        self.tally.follow(self.questions)
        self.acts.follow(
            asked, self._runner_up(), self.questions.last_answer, len(self.questions.skipped)
        )
        self._read_ahead()
        self._warm()

    def _show_only(self, view: QWidget) -> None:
        other = self.rest if view is self.view else self.view
        if self._stack.currentIndex() == (1 if other is self.rest else 0):
            focused = self.focusWidget()
            self._stack.setCurrentIndex(0 if view is self.view else 1)
            if focused is not None and other.isAncestorOf(focused):
                self.setFocus()

    def _fill_in(self, number: str) -> None:
        if self._shown is not None and self._shown.id == number:
            self.view.show_question(self._shown, self.sheets.get(self._shown), is_new=False)
            runner_up, skipped = self._runner_up(), len(self.questions.skipped)
            self.acts.follow(self._shown, runner_up, self.questions.last_answer, skipped)
        self._warm()

    def _read_ahead(self) -> None:
        # What is being taken back would be read as it is still.
        if self.isVisible():
            first = self.questions.open[:_AHEAD]
            self.sheets.have([one for one in first if not self.questions.is_returning(one)])

    def _warm(self) -> None:
        for asked in self.questions.open[1:_AHEAD] if self.isVisible() else ():
            sheet = self.sheets.get(asked)
            if sheet is not None:
                self.view.warm(sheet)

    def _read_out(self, name: str, description: str) -> None:
        if self.accessibleName() != name or self.accessibleDescription() != description:
            self.setAccessibleName(name)
            self.setAccessibleDescription(description)
            if self.isVisible() and QAccessible.isActive():
                spoken = QAccessibleAnnouncementEvent(self, f"{name} {description}")
                QAccessible.updateAccessibility(spoken)

    def _show_counts(self, counts: Counts) -> None:
        self._has_people = counts.people > 0
        if self._shown is None:
            self.rest.show_state(self.questions, self._has_people)

    def _runner_up(self) -> PersonRow | None:
        if self._shown is None:
            return None
        sheet = self.sheets.get(self._shown)
        return self._shown.reasons.runner_up if sheet is None else sheet.runner_up

    # -- acts ------------------------------------------------------------------------------

    def _works(self) -> Works:
        return Works(
            yes=partial(self._answer, Reply.YES),
            no=partial(self._answer, Reply.NO),
            skip=self._skip,
            not_a_face=partial(self._answer, Reply.NOT_A_FACE),
            runner_up=self._choose_runner_up,
            someone_else=self._type_a_name,
            take_back=self.questions.take_back,
            look=self._look,
            show_photo=self._show_photo,
            show_all=self._show_all,
            why=self._explain,
            ask_skipped=self.questions.ask_skipped,
        )

    def _answer(self, reply: Reply) -> None:
        if self._shown is not None:
            self.questions.answer(self._shown, reply, quiet=True)

    def _name(self, name: str) -> None:
        if self._shown is not None:
            self.questions.name(self._shown, name, quiet=True)

    def _choose_runner_up(self) -> None:
        runner_up = self._runner_up()
        if self._shown is not None and runner_up is not None:
            self.questions.name(self._shown, runner_up.id, quiet=True)

    def _skip(self) -> None:
        if self._shown is not None:
            self.questions.skip(self._shown)

    def _type_a_name(self) -> None:
        self.peek.close_()
        self.view.answers.begin_typing()

    def _look(self) -> None:
        if self.peek.isVisible():
            self.peek.close_()
        else:
            self._open_peek(0)

    def _open_peek(self, place: int) -> None:
        self.view.hide_extras()
        faces = self.view.faces()
        if faces:
            self._before_peek = self.focusWidget()
            self.peek.open(faces, place)
            self.peek.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_peek(self) -> None:
        before, self._before_peek = self._before_peek, None
        if before is not None and before is not self.peek and self.isAncestorOf(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus_back()

    def _explain(self) -> None:
        self.peek.close_()
        self.view.explain()

    def _show_photo(self) -> None:
        shown = self.view.faces()
        if shown:
            at = self.peek.shown or shown[0]
            photos = list({photo.id: photo for _, photo in shown}.values())
            items = [
                PhotoItem(p.id, p.fingerprint, p.width, p.height, p.taken, 0, duration=p.duration)
                for p in photos
            ]
            place = [photo.id for photo in photos].index(at[1].id)
            self.face_opened.emit(items, place, at[0].id)

    def _show_all(self) -> None:
        if self._shown is not None:
            self.went.emit(Place(Kind.PERSON, (self._shown.other.id,)))

    def _step_out(self) -> None:
        """Leave what is on top: the reasons, the field."""
        if not self.view.hide_extras():
            self.view.answers.clear()
            self._focus_back()

    def _focus_back(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
