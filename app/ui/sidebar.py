"""The sidebar: pages with their numbers, folders with their state."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QScrollArea,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import Counts, FolderRow, FolderState
from app.ui import words
from app.ui.collections.switcher import Switcher
from app.ui.desk import Desk
from app.ui.folder_dialog import ask_for_folder
from app.ui.pages import OF_SOME, page_name
from app.ui.places import Kind, Place
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets.menus import add_entry
from app.ui.widgets.side_entry import SideEntry
from app.ui.widgets.viewport import scrolling

tr = Texts("sidebar")

_WIDTH = 232
_WIDEST = 360
"""However large text is, the page needs room, too."""
_LINE = 36
_BELOW = (Kind.ACTIVITY, Kind.HISTORY)
"""The pages whose lines stand below the folders."""


class Sidebar(QWidget):
    """Where to go, and what the album is made of. Tab stops here once; the arrows do the rest."""

    went = Signal(Place)
    add_folder_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Sidebar")
        self.setFixedWidth(min(scaled(_WIDTH), _WIDEST))
        self._desk = desk
        self._folders: Sequence[FolderRow] = ()
        self._entries: dict[Kind, SideEntry] = {}
        self._folder_entries: list[SideEntry] = []
        column = self._column()
        self.switcher = Switcher(desk)
        column.addWidget(self.switcher)
        column.addSpacing(18)
        column.addWidget(self._label(tr("LIBRARY")))
        for kind, icon in (
            (Kind.PEOPLE, "users-round"),
            (Kind.PHOTOS, "images"),
            (Kind.UNNAMED, "user-round-search"),
            (Kind.REVIEW, "circle-help"),
            (Kind.HIDDEN, "eye-off"),
            (Kind.ALERTS, "bell"),
            (Kind.VISITORS, "chart-column"),
        ):
            column.addWidget(self._page_entry(kind, icon))
        column.addSpacing(18)
        column.addWidget(self._label(tr("FOLDERS")))
        below = [
            self._page_entry(Kind.ACTIVITY, "activity"), self._page_entry(Kind.HISTORY, "history"),
        ]  # fmt: skip
        self._folder_column = QVBoxLayout()
        self._folder_column.setSpacing(2)
        self._folder_column.setContentsMargins(0, 0, 0, 0)
        self._folder_column.addStretch(1)
        self._area = self._folder_area()
        column.addWidget(self._area, 1)
        column.addSpacing(6)
        for entry in below:
            column.addWidget(entry)
        self.offer_pages(())

    def follow_questions(self) -> None:
        """Show how many questions there are, from now on."""
        self._desk.questions.changed.connect(self._count_questions)

    def entries(self) -> list[SideEntry]:
        """All lines below the switcher, from top to bottom."""
        offered = [kind for kind in self._entries if not self._entries[kind].isHidden()]
        pages = [self._entries[kind] for kind in offered if kind not in _BELOW]
        return [*pages, *self._folder_entries, *(self._entries[kind] for kind in _BELOW)]

    def entry(self, kind: Kind) -> SideEntry:
        """The line of a page."""
        return self._entries[kind]

    def offer_pages(self, pages: Collection[Kind]) -> None:
        """Offer these of the pages that not every collection has."""
        for kind in OF_SOME:
            self._entries[kind].setVisible(kind in pages)
        if self.here() is None:
            self._stop_at(self._entries[Kind.PEOPLE])

    def here(self) -> SideEntry | None:
        """The line that Tab stops at."""
        stops = [entry for entry in self._lines() if _is_stop(entry)]
        return stops[0] if stops else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home and End go from line to line."""
        entries = self._lines()
        last = len(entries) - 1
        focus = [place for place, entry in enumerate(entries) if entry.hasFocus()]
        here = focus[0] if focus else 0
        places = {
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
            return
        entry = entries[min(max(0, place), last)]
        self._stop_at(entry)
        entry.setFocus(Qt.FocusReason.TabFocusReason)
        for area in (self._area, self._lines_area):
            if area.isAncestorOf(entry):
                area.ensureWidgetVisible(entry)

    def show_place(self, place: Place) -> None:
        """Mark the entry of the place where the user is."""
        kind = Kind.PEOPLE if place.kind == Kind.PERSON else place.kind
        for own, entry in self._entries.items():
            entry.setChecked(own == kind)
        stop = self._entries.get(kind)
        is_there = stop is not None and not stop.isHidden()
        self._stop_at(stop if stop is not None and is_there else self._entries[Kind.PEOPLE])

    def _lines(self) -> list[SideEntry]:
        return [self.switcher, *self.entries()]

    def _stop_at(self, stop: SideEntry) -> None:
        """Let Tab stop at this line alone."""
        for entry in self._lines():
            policy = Qt.FocusPolicy.StrongFocus if entry is stop else Qt.FocusPolicy.ClickFocus
            entry.setFocusPolicy(policy)

    def show_overview(self, counts: Counts, folders: Sequence[FolderRow]) -> None:
        """Show the numbers and the folders."""
        numbers = {
            Kind.PEOPLE: counts.people,
            Kind.PHOTOS: counts.photos,
            Kind.UNNAMED: counts.unnamed_faces,
            Kind.HIDDEN: counts.hidden_people,
        }
        for kind, value in numbers.items():
            self._entries[kind].set_number(words.number(value) if value else "")
        known = [(one.id, one.path) for one in self._folders]
        self._folders = folders
        if [(one.id, one.path) for one in folders] != known:
            self._fill_folders()
        else:  # whoever has the keyboard keeps it while the numbers change
            for entry, folder in zip(self._folder_entries, folders, strict=False):
                self._say_state(entry, folder)

    def show_alerts(self, count: int) -> None:
        """Show how many alerts were not read yet."""
        self._entries[Kind.ALERTS].set_number(words.number(count) if count else "")

    def _count_questions(self) -> None:
        count = len(self._desk.questions.open)
        self._entries[Kind.REVIEW].set_number(words.number(count) if count else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        # A plain QWidget paints its stylesheet background only when asked to.
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)

    def _column(self) -> QVBoxLayout:
        """All lines, one below the other; they scroll where the window is lower than they are."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(2)
        self._lines_area = scrolling(inner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._lines_area)
        return column

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName("SectionLabel")
        label.setContentsMargins(12, 0, 0, 6)
        return label

    def _page_entry(self, kind: Kind, icon: str) -> SideEntry:
        entry = SideEntry(self._desk.theme, self._desk.icons, page_name(kind), icon)
        entry.setCheckable(True)
        entry.clicked.connect(lambda: self.went.emit(Place(kind)))
        self._entries[kind] = entry
        return entry

    def _folder_area(self) -> QScrollArea:
        inner = QWidget()
        inner.setLayout(self._folder_column)
        area = scrolling(inner)
        self._fill_folders()
        area.setMinimumHeight(2 * scaled(_LINE))
        return area

    def _fill_folders(self) -> None:
        for entry in self._folder_entries:
            self._folder_column.removeWidget(entry)
            entry.deleteLater()
        add = SideEntry(self._desk.theme, self._desk.icons, tr("Add folder…"), "plus")
        add.clicked.connect(self.add_folder_wanted)
        self._folder_entries = [*(self._folder_entry(folder) for folder in self._folders), add]
        for place, entry in enumerate(self._folder_entries):
            self._folder_column.insertWidget(place, entry)
        self._stop_at(self.here() or self._entries[Kind.PEOPLE])

    def _folder_entry(self, folder: FolderRow) -> SideEntry:
        name = words.path(folder.path)
        entry = SideEntry(self._desk.theme, self._desk.icons, name)
        entry.setToolTip(words.shown(str(folder.path)))
        self._say_state(entry, folder)
        entry.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

        def open_menu(point: QPoint) -> None:
            self.menu_for(self._now(folder)).popup(entry.mapToGlobal(point))

        def open_below() -> None:
            open_menu(QPoint(24, entry.height()))

        entry.customContextMenuRequested.connect(open_menu)
        entry.clicked.connect(open_below)
        return entry

    def _say_state(self, entry: SideEntry, folder: FolderRow) -> None:
        icon, token, said, note = {
            FolderState.WATCHING: ("folder", "watching", tr("watched"), ""),
            FolderState.SCANNING: ("refresh-cw", "accent", tr("being looked through"), ""),
            FolderState.OFFLINE: ("unplug", "offline", "", tr("on a disconnected drive")),
            FolderState.MISSING: ("circle-alert", "warning", "", tr("not found")),
        }[folder.state]
        entry.set_state(icon, token, said)
        entry.set_note(note)
        shows = folder.photo_count and not note
        entry.set_number(words.number(folder.photo_count) if shows else "")

    def _now(self, folder: FolderRow) -> FolderRow:
        """The folder as it stands by now: its line outlives a change of its state."""
        return next((one for one in self._folders if one.id == folder.id), folder)

    def menu_for(self, folder: FolderRow) -> QMenu:
        """What can be done with a folder."""
        deeds, icons = self._desk.deeds, self._desk.icons
        is_away = folder.state.is_away
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_entry(
            menu,
            tr("Look for it again") if is_away else tr("Look for new photos"),
            lambda: deeds.rescan(folder.id),
            icons.icon("refresh-cw", "secondary", 18),
        )
        if folder.state == FolderState.MISSING:
            add_entry(
                menu,
                tr("Find it…"),
                lambda: self._find(folder),
                icons.icon("search", "secondary", 18),
            )
        elif not is_away:
            add_entry(
                menu,
                tr("Show in file manager"),
                lambda: self._show(folder),
                icons.icon("folder-open", "secondary", 18),
            )
        menu.addSeparator()
        add_entry(
            menu,
            tr("Remove from Kinfolk (files stay)"),
            lambda: deeds.remove_folder(folder),
            icons.icon("trash-2", "danger", 18),
        )
        return menu

    def _show(self, folder: FolderRow) -> None:
        """A drive that is dead is asked in the background first: it may never answer."""
        from app.ui.photos.files import show_in_file_manager

        ask = partial(os.path.lexists, folder.path)
        self._desk.background.read(self, ask, lambda _: show_in_file_manager(folder.path))

    def _find(self, folder: FolderRow) -> None:
        """Ask where a folder is now: its photos are recognised there by their content."""
        title = tr("Where is “{0}” now?").format(words.path(folder.path))
        ask_for_folder(self, self._desk.deeds.add, title)


def _is_stop(entry: SideEntry) -> bool:
    return bool(entry.focusPolicy() & Qt.FocusPolicy.TabFocus)
