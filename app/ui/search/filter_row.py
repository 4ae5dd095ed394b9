"""The row under the title of a search: who, how many, when, where, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.library.rows import PhotoSearch
from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.search.dates import Days, days_in_words
from app.ui.search.menus import fill_dates, fill_folders
from app.ui.search.phrases import folder_label
from app.ui.texts import Texts
from app.ui.widgets.menus import menu_text

tr = Texts("search")

_LONGEST = 28


class FilterRow(QWidget):
    """Narrows the search and widens it; each of its parts is a menu, a box or a button."""

    wanted = Signal(PhotoSearch)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._search = PhotoSearch()
        self.summary = _Summary()
        self.dates = self._button(tr("Dates of the photos"))
        self.folder = self._button(tr("Folder of the photos"))
        self._dates_menu, self._folder_menu = QMenu(self), QMenu(self)
        self._dates_menu.aboutToShow.connect(self._fill_dates)
        self._folder_menu.aboutToShow.connect(self._fill_folders)
        self.dates.clicked.connect(self.open_dates)
        self.folder.clicked.connect(self.open_folders)
        self.only = QToolButton()
        self.only.setObjectName("Filter")
        self.only.setText(tr("Only these people"))
        self.only.setCheckable(True)
        self.only.setIconSize(QSize(scaled(14), scaled(14)))
        self.only.toggled.connect(self._turn_only)
        self.clear = QPushButton(tr("Clear"))
        self.clear.setObjectName("Link")
        self.clear.setToolTip(tr("Back to where the search began"))
        self.clear.clicked.connect(self.clear_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 24, 8)
        row.setSpacing(8)
        row.addWidget(self.summary, 1)
        for widget in (self.dates, self.folder, self.only, self.clear):
            row.addWidget(widget)
        desk.extent.changed.connect(self._say)
        desk.theme.changed.connect(self._dress)
        self._dress()

    def show_search(self, search: PhotoSearch, summary: str) -> None:
        """Show the conditions in force, saying nothing."""
        self._search = search
        self.summary.setText(summary)
        self.only.blockSignals(True)
        self.only.setChecked(search.only)
        self.only.blockSignals(False)
        self._mark_only()
        self.only.setEnabled(bool(search.all_of or search.any_of or search.only))
        self._say()

    def open_dates(self) -> None:
        """Offer the dates."""
        self._open(self.dates, self._dates_menu)

    def open_folders(self) -> None:
        """Offer the folders."""
        self._open(self.folder, self._folder_menu)

    def clear_all(self) -> None:
        """Drop every condition."""
        self.wanted.emit(PhotoSearch())

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("Filter")
        button.setIconSize(QSize(scaled(14), scaled(14)))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(name)
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return button

    def _open(self, button: QToolButton, menu: QMenu) -> None:
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _fill_dates(self) -> None:
        now = (self._search.since, self._search.until)
        fill_dates(self._dates_menu, self._desk.extent.months, now, self._choose_days)

    def _fill_folders(self) -> None:
        directories = self._desk.extent.directories
        fill_folders(self._folder_menu, directories, self._search.folder, self._choose_folder)

    def _choose_days(self, days: Days) -> None:
        since, until = days
        if since is not None and until is not None and since > until:
            since, until = until.replace(day=1), since
        self.wanted.emit(replace(self._search, since=since, until=until))

    def _choose_folder(self, folder: Path | None) -> None:
        self.wanted.emit(replace(self._search, folder=folder))

    def _turn_only(self, is_on: bool) -> None:
        self.wanted.emit(replace(self._search, only=is_on))

    def _mark_only(self) -> None:
        """A tick tells that it is on, beside the colour."""
        is_on = self.only.isChecked()
        self.only.setIcon(self._desk.icons.icon("check", "accent", 14) if is_on else QIcon())
        style = Qt.ToolButtonStyle
        self.only.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if is_on else style.ToolButtonTextOnly
        )

    def _say(self) -> None:
        search = self._search
        days = days_in_words((search.since, search.until))
        self._label(self.dates, days[:1].upper() + days[1:] or tr("Any date"))
        folder = ""
        if search.folder is not None:
            folder = folder_label(search.folder, self._desk.extent.suggester.known)
        self._label(self.folder, folder or tr("Any folder"))

    def _label(self, button: QToolButton, text: str) -> None:
        shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        button.setText(menu_text(shown))
        button.setAccessibleName(f"{button.toolTip()}: {text}")

    def _dress(self) -> None:
        self._mark_only()
        for button in (self.dates, self.folder):
            button.setIcon(self._desk.icons.icon("chevron-down", "secondary", 14))


class _Summary(QLabel):
    """A line that gives way: cut with an ellipsis where the window is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Secondary")
        self.full = ""

    def setText(self, text: str) -> None:
        self.full = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        super().setText(self.fontMetrics().elidedText(self.full, mode, max(0, self.width() - 2)))
