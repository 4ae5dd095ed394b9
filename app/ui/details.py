"""Details of the work: which files were skipped and why, and the means to try them again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, QSortFilterProxyModel, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import Counts, SkippedFile
from app.ui import words
from app.ui.aside import Aside, AsideSwitch, Kind, read_aside, wording
from app.ui.desk import Desk
from app.ui.people.nobody import Nobody
from app.ui.photos.files import copy_path, show_in_file_manager
from app.ui.sayings import translated
from app.ui.skipped_files import (
    FILE,
    FIND_ROLE,
    NameDelegate,
    SkippedModel,
    as_text,
    frequent_reasons,
)
from app.ui.texts import Texts
from app.ui.widgets.act import Keys, add_act, add_gap
from app.ui.widgets.act_button import act_button
from app.ui.widgets.fitting import FittingDialog

tr = Texts("details")

_FILE_WIDTH = 280


class DetailsDialog(FittingDialog):
    """Lists the skipped files with their reasons; some or all of them can be tried again. Beside
    them it lists those that are shown, but not in full, and those that are in the cloud."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, task_id: str = "") -> None:
        """Where a task is named, of the files that it skipped."""
        super().__init__(parent)
        self._task_id = task_id
        self.setWindowTitle(tr("Skipped files"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 560)
        self._desk = desk
        self._heading = QLabel()
        self._heading.setObjectName("Heading")
        self._advice = _line()
        self._counts = _line()
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find a file or a reason"))
        self.field.setAccessibleName(tr("Find a skipped file"))
        self.field.setClearButtonEnabled(True)
        self.switch = AsideSwitch()
        self._aside: Aside = {kind: [] for kind in Kind}
        self._waiting = 0
        self.model = SkippedModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self.list = QTreeView()
        self._path, self._reason = _line("Strong"), _line()
        self._nothing = Nobody(desk)
        self._acts()
        self._lay_out()
        self._connect()
        self.list.setFocus()
        self.reload()

    # -- putting together ------------------------------------------------------------------

    def _acts(self) -> None:
        self.again = self._act(tr("Try again"), "refresh-cw", self._try_chosen, "F5")
        self.all_again = self._act(tr("Try all again"), "", self._try_all, "Shift+F5")
        add_gap(self)
        self._show = self._act(
            tr("Show in file manager"), "folder-open", self._reveal, "Ctrl+Shift+R"
        )
        self._copy = self._act(tr("Copy as text"), "copy", self._copy_text, "Ctrl+C")
        self._copy_path = self._act(tr("Copy path"), "clipboard", self._copy_one_path, "Ctrl+Alt+C")

    def _act(self, text: str, icon: str, work: Callable[[], object], key: Keys) -> QAction:
        act = add_act(self, text, work, key)
        if icon:
            self._desk.icons.put_on(act, icon)
        return act

    def _lay_out(self) -> None:
        listed = QWidget()
        inner = QVBoxLayout(listed)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        for widget in (self._counts, self.field):
            inner.addWidget(widget)
        inner.addWidget(self.list, 1)
        for widget in (self._path, self._reason):
            widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inner.addWidget(widget)
        # Three lines stay free: the list must not jump with each file.
        self._reason.setMinimumHeight(2 * self._reason.fontMetrics().lineSpacing())
        self._reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(self._nothing)
        buttons = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(8)
        column.addWidget(self.switch)
        for widget in (self._heading, self._advice):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addSpacing(4)
        column.addLayout(buttons)
        buttons.addWidget(act_button(self._copy))
        buttons.addStretch(1)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self._tries = (act_button(self.again), act_button(self.all_again, "Primary"))
        for button in (*self._tries, self.close_button):
            buttons.addWidget(button)

    def _connect(self) -> None:
        self._sorted.setSourceModel(self.model)
        self._sorted.setFilterRole(FIND_ROLE)
        self._sorted.setFilterKeyColumn(FILE)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._sorted.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._sorted.setSortLocaleAware(True)
        view = self.list
        view.setModel(self._sorted)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setSortingEnabled(True)
        view.sortByColumn(FILE, Qt.SortOrder.AscendingOrder)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.header().setSectionResizeMode(FILE, QHeaderView.ResizeMode.Interactive)
        view.header().setStretchLastSection(True)
        view.setColumnWidth(FILE, _FILE_WIDTH)
        view.setItemDelegateForColumn(FILE, NameDelegate(view))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        view.setAccessibleName(tr("Skipped files"))
        view.selectionModel().selectionChanged.connect(self._follow)
        view.selectionModel().currentChanged.connect(self._follow)
        self.field.textChanged.connect(self._sorted.setFilterFixedString)
        self.field.textChanged.connect(self._follow)
        self.switch.chosen.connect(self._show_kind)

    # -- showing ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list anew."""
        album = self._desk.album
        files = partial(read_aside, album, self._task_id)
        self._desk.background.read(
            self, lambda: (files(), album.counts().pending), self._show_files
        )

    def take_note(self, counts: Counts) -> None:
        """The album holds this much now: some files may have been read, or skipped."""
        self._say_waiting(counts.pending)
        known = len(self._aside[Kind.SKIPPED]), len(self._aside[Kind.CLOUD])
        if (counts.skipped, counts.cloud) != known or counts.pending:
            self.reload()

    def chosen(self) -> list[SkippedFile]:
        """The files that are selected, from top to bottom."""
        rows = self.list.selectionModel().selectedRows()
        places = [self._sorted.mapToSource(one).row() for one in sorted(rows, key=_row)]
        return [self.model.files[place] for place in places]

    def menu(self) -> QMenu:
        """What can be done with the selected files."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.switch.kind is Kind.SKIPPED:
            menu.addAction(self.again)
            menu.addSeparator()
        menu.addActions([self._show, self._copy, self._copy_path])
        return menu

    def _show_files(self, answer: tuple[Aside, int]) -> None:
        self._aside, self._waiting = answer
        self.switch.show_counts(self._aside)
        self._show_kind(self.switch.kind)

    def _show_kind(self, kind: Kind) -> None:
        """Show one of the lists."""
        files = self._aside[kind]
        said = wording(kind, len(files))
        self.model.column = said.column
        if files != self.model.files:
            self._replace(files)
        is_empty = not files
        self._heading.setText("" if is_empty else said.heading)
        self._heading.setVisible(not is_empty)
        reasons = [] if kind is Kind.CLOUD else frequent_reasons(files)
        self._counts.setText("\n".join(reasons))
        self._counts.setVisible(bool(self._counts.text()))
        self._stack.setCurrentIndex(1 if is_empty else 0)
        for button in self._tries:
            button.setVisible(kind is Kind.SKIPPED)
        self._say_waiting(self._waiting)
        self._follow()

    def _say_waiting(self, waiting: int) -> None:
        usual = wording(self.switch.kind, len(self.model.files)).advice
        looking = tr("Kinfolk is looking at {0} now.").format(words.files(waiting))
        is_busy = waiting > 0 and self.switch.kind is Kind.SKIPPED
        self._advice.setText(looking if is_busy else usual)
        self._advice.setVisible(bool(self.model.files))
        if waiting:
            title, text, icon = tr("One moment"), looking, "hourglass"
        else:
            title, text = tr("No file is skipped"), tr("Every file could be looked at.")
            icon = "circle-check-big"
        self._nothing.say(icon, title, text)

    def _replace(self, files: list[SkippedFile]) -> None:
        """Show other files; those that are selected stay so."""
        kept = {file.path for file in self.chosen()}
        self.model.replace(files)
        flags = QItemSelectionModel.SelectionFlag
        selection = self.list.selectionModel()
        places = [place for place, file in enumerate(files) if file.path in kept]
        indexes = [self._sorted.mapFromSource(self.model.index(place, FILE)) for place in places]
        for index in indexes:
            selection.select(index, flags.Select | flags.Rows)
        here = indexes[0] if indexes else self._sorted.index(0, FILE)
        if here.isValid():
            both = flags.Select | flags.Rows
            selection.setCurrentIndex(here, flags.NoUpdate if indexes else both)

    def _follow(self) -> None:
        """Let be done what can be done with the selection, and tell all of the file in reach."""
        chosen = self.chosen()
        for act in (self._show, self._copy_path):
            act.setEnabled(len(chosen) == 1)
        can_try = self.switch.kind is Kind.SKIPPED
        self.again.setEnabled(can_try and bool(chosen))
        self.all_again.setEnabled(can_try and bool(self.model.files))
        self._copy.setEnabled(bool(self.model.files))
        if len(chosen) == 1:
            self._path.setText(words.shown(str(chosen[0].path)).replace("/", "/\u200b"))
            self._reason.setText(translated(chosen[0].error))
        else:
            several = tr.counted("1 file selected", "{0} files selected", len(chosen))
            self._path.setText(several if chosen else "")
            self._reason.setText("")

    # -- doing -----------------------------------------------------------------------------

    def _try_chosen(self) -> None:
        self._retry([file.path for file in self.chosen()])

    def _try_all(self) -> None:
        self._retry([file.path for file in self.model.files] if self._task_id else None)

    def _retry(self, paths: Sequence[Path] | None) -> None:
        self.again.setEnabled(False)
        self.all_again.setEnabled(False)
        self._desk.deeds.retry_skipped(paths, self.reload)

    def _reveal(self) -> None:
        show_in_file_manager(self.chosen()[0].path)

    def _copy_text(self) -> None:
        """Copy the selected files, or all."""
        QGuiApplication.clipboard().setText(as_text(self.chosen() or self.model.files))

    def _copy_one_path(self) -> None:
        copy_path(self.chosen()[0].path)

    def _open_menu(self, point: QPoint) -> None:
        if self.list.indexAt(point).isValid():
            self.menu().popup(self.list.viewport().mapToGlobal(point))


def _row(index: object) -> int:
    return index.row()  # type: ignore[attr-defined, no-any-return]


def _line(name: str = "Secondary") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
