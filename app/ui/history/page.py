"""The History page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.library.rows import DecisionRow
from app.ui.desk import Desk
from app.ui.history.delegate import HistoryDelegate
from app.ui.history.journey import Journey
from app.ui.history.lines import Standing, Word, lines_of
from app.ui.history.model import HistoryModel
from app.ui.page import Page
from app.ui.texts import Texts
from app.ui.widgets.act import add_act
from app.ui.widgets.line_list import LineList

tr = Texts("history")


class HistoryPage(Page):
    """Everything the user said, by day; undo and redo lead to any point of it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = tr("History")
        self.menu_title = tr("History")
        self.model = HistoryModel(self)
        self.list = self._make_list()
        text = tr("Undo what came after")
        self.after = add_act(self, text, self._undo_after, "Ctrl+Return", "Ctrl+Enter")
        text = tr("Undo from here on")
        self.from_here = add_act(self, text, self._undo_from_here, "Del")
        text = tr("Redo up to here")
        self.up_to = add_act(self, text, self._redo_up_to, "Ctrl+Shift+Return", "Ctrl+Shift+Enter")
        for act, icon in (
            (self.after, "undo-2"),
            (self.from_here, "undo-2"),
            (self.up_to, "redo-2"),
        ):
            desk.icons.put_on(act, icon)
        self.journey = Journey()
        self.journey.ended.connect(self._offer)
        self._buttons: dict[QAction, QToolButton] = {}
        self._told = QLabel()
        self._told.setObjectName("Secondary")
        self._bar = self._make_bar()
        self.nothing = QLabel(
            tr(
                "You have not said anything yet.\n"
                "What you name, merge, move or hide is listed here, and can be taken back."
            )
        )
        self.nothing.setObjectName("Secondary")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.nothing.setContentsMargins(32, 48, 32, 48)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self._offer()

    def dress(self) -> None:
        self.list.viewport().update()

    def reload(self) -> None:
        self.read(self.desk.album.history, self._show)

    def take_note(self, changes: Changes) -> None:
        # Every word is to be seen here at once, and reading them is quick; a word may touch
        # nobody, such as that two people are different. Of what other processes said is known
        # only that there may be something.
        if (changes.said or changes.regrouped) and self.isVisible():
            self.reload()

    def chosen(self) -> Word | None:
        """The word that the list is at."""
        return self.model.word_at(self.list.currentIndex())

    # -- going back and forward ------------------------------------------------------------

    def _undo_after(self) -> None:
        word = self.chosen()
        if word is not None:
            self._undo(word.row.id)

    def _undo_from_here(self) -> None:
        word = self.chosen()
        if word is not None:
            self._undo(word.row.id - 1)

    def _undo(self, decision_id: int) -> None:
        words_after = self._standing_after(decision_id)
        if words_after:
            last, total = words_after[0].row.id, len(words_after)
            steps = self.desk.deeds.undo_after(decision_id, last, total)
            self.journey.follow(steps, tr("Taking back"))
            self._offer()

    def _redo_up_to(self) -> None:
        word = self.chosen()
        if word is not None:
            total = len(self._waiting_through(word.row.id))
            steps = self.desk.deeds.redo_through(word.row.id, total)
            self.journey.follow(steps, tr("Saying again"))
            self._offer()

    def _go_to(self) -> None:
        """Enter and a double click lead to the chosen word, back or forward."""
        for act in (self.after, self.up_to):
            if act.isEnabled():
                act.trigger()
                return

    def _standing_after(self, decision_id: int) -> list[Word]:
        return [
            word
            for word in self.model.words()
            if word.standing is Standing.STANDS and word.row.id > decision_id
        ]

    def _waiting_through(self, decision_id: int) -> list[Word]:
        return [
            word
            for word in self.model.words()
            if word.standing is Standing.WAITS and word.row.id <= decision_id
        ]

    # -- showing ---------------------------------------------------------------------------

    def _show(self, answer: tuple[list[DecisionRow], frozenset[int]]) -> None:
        said, waiting = answer
        chosen = self.chosen()
        self.model.show_lines(lines_of(said, waiting))
        for widget in (self._bar, self.list):
            widget.setVisible(bool(said))
        self.nothing.setVisible(not said)
        if said:
            first = next((row.id for row in said if not row.undone), said[0].id)
            here = self.model.index_of(first if chosen is None else chosen.row.id)
            self.list.setCurrentIndex(here)
        self._offer()

    def _offer(self) -> None:
        """Bring into force what can be done at the chosen word, and say what it would do."""
        word, is_free = self.chosen(), not self.journey.is_under_way
        standing = word.standing if word is not None else None
        after = len(self._standing_after(word.row.id)) if word is not None else 0
        self.after.setEnabled(is_free and after > 0)
        self.from_here.setEnabled(is_free and standing is Standing.STANDS)
        self.up_to.setEnabled(is_free and standing is Standing.WAITS)
        self._told.setVisible(is_free)
        for act, button in self._buttons.items():
            button.setVisible((act is self.up_to) == (standing is Standing.WAITS))
        if word is None:
            told = ""
        elif standing is Standing.WAITS:
            count = len(self._waiting_through(word.row.id))
            told = tr("Taken back. Redo up to here brings back {0}.").format(_things(count))
        elif standing is Standing.GONE:
            told = tr("Taken back before something else was said.")
        elif after:
            told = tr("{0} said after this.").format(_things(after))
        else:
            told = tr("The last thing you said.")
        self._told.setText(told)

    def _open_menu(self, point: QPoint) -> None:
        if self.model.word_at(self.list.indexAt(point)) is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self.actions())
            menu.popup(self.list.viewport().mapToGlobal(point))

    def _make_list(self) -> LineList:
        delegate = HistoryDelegate(self.desk, self.model)
        made = LineList()
        made.show_lines(self.model, delegate, tr("Everything you said, newest first"))
        made.customContextMenuRequested.connect(self._open_menu)
        made.selectionModel().currentChanged.connect(self._offer)
        made.activated.connect(self._go_to)
        return made

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(32, 0, 32, 8)
        row.setSpacing(4)
        self._told.setWordWrap(True)
        row.addWidget(self._told, 1)
        row.addWidget(self.journey, 1)
        for act in (self.after, self.from_here, self.up_to):
            button = QToolButton()
            button.setObjectName("Act")
            button.setDefaultAction(act)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons[act] = button
            row.addWidget(button)
        return bar


def _things(count: int) -> str:
    """1 thing, 12 things."""
    return tr.counted("1 thing", "{0} things", count)
