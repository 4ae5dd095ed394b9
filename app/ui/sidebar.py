"""The sidebar: pages with their numbers, folders with their state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
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
from app.ui.desk import Desk
from app.ui.photos.files import show_in_file_manager
from app.ui.places import Kind, Place
from app.ui.widgets.menus import add_entry
from app.ui.widgets.side_entry import SideEntry

_WIDTH = 232


class Sidebar(QWidget):
    """Where to go, and what the album is made of."""

    went = Signal(Place)
    add_folder_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Sidebar")
        self.setFixedWidth(_WIDTH)
        self._desk = desk
        self._folders: Sequence[FolderRow] = ()
        self._entries: dict[Kind, SideEntry] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 20, 12, 12)
        column.setSpacing(2)
        brand = QLabel("Kinfolk")
        brand.setObjectName("Brand")
        brand.setContentsMargins(12, 0, 0, 14)
        column.addWidget(brand)
        column.addSpacing(12)
        column.addWidget(self._label(self.tr("LIBRARY")))
        for kind, text, icon in (
            (Kind.PEOPLE, self.tr("People"), "users-round"),
            (Kind.PHOTOS, self.tr("Photos"), "images"),
            (Kind.UNNAMED, self.tr("Unnamed"), "user-round-search"),
            (Kind.REVIEW, self.tr("Review"), "circle-help"),
            (Kind.HIDDEN, self.tr("Hidden"), "eye-off"),
        ):
            column.addWidget(self._page_entry(kind, text, icon))
        column.addSpacing(18)
        column.addWidget(self._label(self.tr("FOLDERS")))
        self._folder_column = QVBoxLayout()
        self._folder_column.setSpacing(2)
        self._folder_column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._folder_area(), 1)
        desk.questions.changed.connect(self._count_questions)

    def show_place(self, place: Place) -> None:
        """Mark the entry of the place where the user is."""
        kind = Kind.PEOPLE if place.kind == Kind.PERSON else place.kind
        for own, entry in self._entries.items():
            entry.setChecked(own == kind)

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
        if list(folders) != list(self._folders):
            self._folders = folders
            self._fill_folders()

    def _count_questions(self) -> None:
        count = len(self._desk.questions.open)
        self._entries[Kind.REVIEW].set_number(words.number(count) if count else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        # A plain QWidget paints its stylesheet background only when asked to.
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName("SectionLabel")
        label.setContentsMargins(12, 0, 0, 6)
        return label

    def _page_entry(self, kind: Kind, text: str, icon: str) -> SideEntry:
        entry = SideEntry(self._desk.theme, self._desk.icons, text, icon)
        entry.setCheckable(True)
        entry.setAutoExclusive(True)
        entry.clicked.connect(lambda: self.went.emit(Place(kind)))
        self._entries[kind] = entry
        return entry

    def _folder_area(self) -> QScrollArea:
        inner = QWidget()
        inner.setLayout(self._folder_column)
        inner.setAutoFillBackground(False)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.setAutoFillBackground(False)
        self._fill_folders()
        return area

    def _fill_folders(self) -> None:
        while (item := self._folder_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for folder in self._folders:
            self._folder_column.addWidget(self._folder_entry(folder))
        add = SideEntry(self._desk.theme, self._desk.icons, self.tr("Add folder…"), "plus")
        add.clicked.connect(self.add_folder_wanted)
        self._folder_column.addWidget(add)
        self._folder_column.addStretch(1)

    def _folder_entry(self, folder: FolderRow) -> SideEntry:
        name = _shown(folder.path.name or str(folder.path))
        entry = SideEntry(self._desk.theme, self._desk.icons, name)
        entry.setToolTip(_shown(str(folder.path)))
        dots = {
            FolderState.WATCHING: "watching",
            FolderState.SCANNING: "accent",
            FolderState.OFFLINE: "offline",
        }
        entry.set_dot(dots[folder.state])
        if folder.state == FolderState.OFFLINE:
            entry.set_note(self.tr("on a disconnected drive"))
        else:
            entry.set_number(words.number(folder.photo_count) if folder.photo_count else "")
        entry.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

        def open_menu(point: QPoint) -> None:
            self.menu_for(folder).popup(entry.mapToGlobal(point))

        def open_below() -> None:
            open_menu(QPoint(24, entry.height()))

        entry.customContextMenuRequested.connect(open_menu)
        entry.clicked.connect(open_below)
        return entry

    def menu_for(self, folder: FolderRow) -> QMenu:
        """What can be done with a folder."""
        deeds, icons = self._desk.deeds, self._desk.icons
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_entry(
            menu,
            self.tr("Look for new photos"),
            lambda: deeds.rescan(folder.id),
            icons.icon("refresh-cw", "secondary", 18),
        )
        add_entry(
            menu,
            self.tr("Show in file manager"),
            lambda: show_in_file_manager(folder.path),
            icons.icon("folder-open", "secondary", 18),
        )
        menu.addSeparator()
        add_entry(
            menu,
            self.tr("Remove from Kinfolk (files stay)"),
            lambda: deeds.remove_folder(folder.id),
            icons.icon("trash-2", "danger", 18),
        )
        return menu


def _shown(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
