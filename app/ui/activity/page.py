"""The Activity page: what Kinfolk does, and what it did in the last seven days."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from app.changes import Changes
from app.library.rows import TaskRow
from app.progress import Progress
from app.ui.activity import wording
from app.ui.activity.delegate import ActivityDelegate
from app.ui.activity.model import ActivityModel, lines_of
from app.ui.activity.now import Now
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.people.nobody import Nobody
from app.ui.texts import Texts
from app.ui.widgets.act import add_act
from app.ui.widgets.line_list import LineList

tr = Texts("activity")

AT_ONCE = 200
"""Tasks that are read before somebody scrolls down to see more."""


class ActivityPage(Page):
    """The tasks that go on, with their progress; below, by day, those that have ended."""

    skipped_wanted = Signal(str)
    """The user wants to see which files this task skipped."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = tr("Activity")
        self.menu_title = tr("Activity")
        self._limit = AT_ONCE
        self.now = Now(desk, self)
        self.model = ActivityModel(self)
        delegate = ActivityDelegate(desk, self.model)
        name = tr("What was done in the last seven days, newest first")
        self.list = LineList()
        self.list.show_lines(self.model, delegate, name)
        text = tr("Files skipped by this task…")
        self.skipped = add_act(self, text, self._show_skipped, "Ctrl+Return", "Ctrl+Enter")
        desk.icons.put_on(self.skipped, "circle-alert")
        self.told = QLabel()
        self.told.setObjectName("Secondary")
        self.told.setWordWrap(True)
        self._bar = self._make_bar()
        self.nothing = Nobody(desk)
        self.nothing.say(
            "activity",
            tr("Nothing was finished in the last seven days"),
            tr("What Kinfolk does with your photos and its library is listed here."),
        )
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.now)
        column.addWidget(self._bar)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        self.setFocusProxy(self.list)
        self.model.more_wanted.connect(self._read_more)
        self.list.selectionModel().currentChanged.connect(self._offer)
        self.list.activated.connect(self._show_skipped)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self._offer()

    def dress(self) -> None:
        self.list.viewport().update()

    def reload(self) -> None:
        limit = self._limit
        self.read(partial(self.desk.album.activity, limit), partial(self._show, limit))

    def concerns(self, changes: Changes) -> bool:
        # Of what another process did is known only that there may be something.
        return bool(changes.tasks or changes.collections) or changes.regrouped

    def show_progress(self, progress: Progress) -> None:
        """Take in how far one task is."""
        self.now.show_progress(progress)
        self._follow_nothing()

    def show_ended(self, task: TaskRow) -> None:
        """Take in that a task ended."""
        self.now.drop(task.id)
        self.take_note(Changes(tasks=frozenset({task.id})))

    def chosen(self) -> TaskRow | None:
        """The task that the list is at."""
        return self.model.task_at(self.list.currentIndex())

    def _read_more(self) -> None:
        self._limit += AT_ONCE
        self.reload()

    def _show(self, limit: int, rows: list[TaskRow]) -> None:
        chosen, bar = self.chosen(), self.list.verticalScrollBar()
        above = bar.value()
        if self.model.replace(lines_of(rows), has_more=len(rows) == limit):
            index = self.model.index_of("" if chosen is None else chosen.id)
            if not index.isValid() and self.model.tasks():
                index = self.model.index_of(self.model.tasks()[0].id)
            self.list.setCurrentIndex(index)
            bar.setValue(above)  # whoever reads further down stays there
        self._follow_nothing()
        self._offer()

    def _follow_nothing(self) -> None:
        is_empty = not self.model.lines
        held = self.list.hasFocus() or self.nothing.hasFocus()
        self.setFocusProxy(self.nothing if is_empty else self.list)
        self.list.setVisible(not is_empty)
        self._bar.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        if held:
            self.setFocus()

    def _offer(self) -> None:
        """Let be done what can be done with the chosen task, and tell more of it."""
        row = self.chosen()
        self.skipped.setEnabled(row is not None and row.skip_count > 0)
        self._button.setVisible(self.skipped.isEnabled())
        self.told.setText("" if row is None else wording.more(row))

    def _show_skipped(self) -> None:
        row = self.chosen()
        if row is not None and row.skip_count:
            self.skipped_wanted.emit(row.id)

    def _open_menu(self, point: QPoint) -> None:
        if self.model.task_at(self.list.indexAt(point)) is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self.actions())
            menu.popup(self.list.viewport().mapToGlobal(point))

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(32, 0, 32, 8)
        row.setSpacing(4)
        row.addWidget(self.told, 1)
        self._button = QToolButton()
        self._button.setObjectName("Act")
        self._button.setDefaultAction(self.skipped)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self._button)
        return bar
