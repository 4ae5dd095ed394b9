"""The main window: arranges sidebar, pages, strip and viewer; decides nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.library.rows import Counts, FolderRow, PersonRow, PhotoItem, PhotoSearch
from app.ui.actions import Actions
from app.ui.activity_strip import ActivityStrip
from app.ui.bridge import Bridge
from app.ui.desk import Desk
from app.ui.details import DetailsDialog
from app.ui.overview import Overview
from app.ui.page import Page
from app.ui.people.hidden_page import HiddenPage
from app.ui.people.page import PeoplePage
from app.ui.person.page import PersonPage
from app.ui.photos.page import PhotosPage
from app.ui.photos.unnamed_page import UnnamedPage
from app.ui.places import Kind, Place, Trail
from app.ui.review.page import ReviewPage
from app.ui.search.page import SearchPage
from app.ui.sidebar import Sidebar
from app.ui.source import PictureSource
from app.ui.top_bar import TopBar
from app.ui.viewer.viewer import Viewer
from app.ui.widgets.drop_veil import DropVeil
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.message_bar import MessageBar


class MainWindow(QMainWindow):
    """One window for one collection."""

    def __init__(self, desk: Desk, bridge: Bridge, source: PictureSource) -> None:
        super().__init__()
        self.setWindowTitle("Kinfolk")
        self.setMinimumSize(820, 520)
        self.desk = desk
        self.trail = Trail(Place(Kind.PEOPLE))
        self.overview = Overview(desk.album, desk.background, self)
        self.actions_ = Actions(self)
        self.pages: dict[Kind, Page] = {
            Kind.PEOPLE: PeoplePage(desk),
            Kind.PHOTOS: PhotosPage(desk),
            Kind.UNNAMED: UnnamedPage(desk),
            Kind.REVIEW: ReviewPage(desk),
            Kind.HIDDEN: HiddenPage(desk),
            Kind.PERSON: PersonPage(desk),
            Kind.SEARCH: SearchPage(desk),
        }
        self.viewer = Viewer(desk, source)
        self.sidebar = Sidebar(desk)
        acts = self.actions_
        self.top_bar = TopBar(desk, (acts.back, acts.forward, acts.add_folder), acts.menu())
        self.strip = ActivityStrip()
        self.empty = EmptyState(desk.theme, desk.icons)
        self._arrange()
        self.message = MessageBar(desk.theme, self._outer)
        self._veil = DropVeil(self)
        self._veil.dropped.connect(self.add)
        self._connect_pages()
        self._connect_actions()
        self._connect_news(bridge)
        self.show_place(self.trail.here)
        self.overview.refresh()
        desk.named.refresh()
        desk.questions.refresh()

    # -- going places ----------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """Visit a place and remember the way back."""
        self.trail.go(place)
        self.show_place(place)

    def show_place(self, place: Place) -> None:
        """Bring the page of a place into sight."""
        page = self.pages[place.kind]
        if place.kind != Kind.SEARCH:
            self.top_bar.search.clear()
            page.filter("")
        self._stack.setCurrentWidget(page)
        page.enter(place)
        self.top_bar.show_page(page)
        self.setWindowTitle(page.subject or page.title)
        self.sidebar.show_place(place)
        self.actions_.back.setEnabled(self.trail.can_go_back)
        self.actions_.forward.setEnabled(self.trail.can_go_forward)
        self._outer.setCurrentIndex(0)
        page.setFocus()

    def add(self, paths: list[Path]) -> None:
        """Take folders and files into the album."""
        if paths:
            self.desk.deeds.add(paths)

    def ask_for_folder(self) -> None:
        """Let the user choose a folder to add."""
        dialog = QFileDialog(self, self.tr("Add a folder with photos"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        places = QStandardPaths.StandardLocation
        for place in (places.PicturesLocation, places.HomeLocation):
            folder = QStandardPaths.writableLocation(place)
            if QDir(folder).exists():
                dialog.setDirectory(folder)
                break
        dialog.fileSelected.connect(self._add_one)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- putting together ------------------------------------------------------------------

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        for page in self.pages.values():
            self._stack.addWidget(page)
        self._stack.addWidget(self.empty)
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.top_bar, self._stack, self.strip):
            right.addWidget(widget, 1 if widget is self._stack else 0)
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self._outer = QStackedWidget()
        self._outer.addWidget(room)
        self._outer.addWidget(self.viewer)
        self.setCentralWidget(self._outer)

    def _connect_pages(self) -> None:
        for page in self.pages.values():
            page.went.connect(self.go)
            page.photo_opened.connect(self._open_viewer)
            page.title_changed.connect(self._retitle)
            page.subject_changed.connect(self._rename)
            self.desk.deeds.changed.connect(page.take_note)
            if isinstance(page, PeoplePage):
                page.searched.connect(self.top_bar.search.begin_with)
        self.sidebar.went.connect(self.go)
        self.sidebar.add_folder_wanted.connect(self.ask_for_folder)
        self.empty.add_folder_wanted.connect(self.ask_for_folder)
        self.top_bar.sized.connect(self._resize_pictures)
        self.top_bar.sorted.connect(self._sort)
        self.top_bar.search.typed.connect(self._filter)
        self.top_bar.search.people_changed.connect(self._search)
        self.viewer.closed.connect(self._close_viewer)
        self.viewer.person_wanted.connect(self._show_person)
        self.overview.told.connect(self._show_overview)
        self.strip.details_wanted.connect(self.show_details)
        self.strip.came.connect(self._lift_message)
        self.strip.pause_wanted.connect(self.desk.deeds.set_paused)
        self.strip.cancel_wanted.connect(self.desk.deeds.cancel)

    def _connect_actions(self) -> None:
        acts, deeds = self.actions_, self.desk.deeds
        acts.connect_each(
            {
                acts.back: lambda: self.show_place(self.trail.back()),
                acts.forward: lambda: self.show_place(self.trail.forward()),
                acts.people: partial(self.go, Place(Kind.PEOPLE)),
                acts.photos: partial(self.go, Place(Kind.PHOTOS)),
                acts.unnamed: partial(self.go, Place(Kind.UNNAMED)),
                acts.review: partial(self.go, Place(Kind.REVIEW)),
                acts.hidden: partial(self.go, Place(Kind.HIDDEN)),
                acts.add_folder: self.ask_for_folder,
                acts.undo: deeds.undo,
                acts.redo: deeds.redo,
                acts.find: self.top_bar.search.edit.setFocus,
                acts.larger: partial(self.top_bar.step_size, 1),
                acts.smaller: partial(self.top_bar.step_size, -1),
                acts.skipped: self.show_details,
                acts.full_screen: self.toggle_full_screen,
                acts.quit: self.close,
            }
        )

    def _connect_news(self, bridge: Bridge) -> None:
        deeds = self.desk.deeds
        bridge.progressed.connect(self.strip.show_progress)
        bridge.ended.connect(self.strip.show_ended)
        bridge.changed.connect(self._take_note)
        for page in self.pages.values():
            bridge.changed.connect(page.take_note)
        deeds.changed.connect(self._take_note)
        deeds.said.connect(self.message.say)
        deeds.refused.connect(self.message.say)
        self.desk.background.failed.connect(self.message.say)
        self.message.undo_wanted.connect(deeds.undo)

    # -- answering -------------------------------------------------------------------------

    def _page(self) -> Page:
        return self.pages[self.trail.here.kind]

    def _retitle(self, title: str) -> None:
        if self.sender() is self._page():
            self.top_bar.set_title(title)

    def _rename(self, subject: str) -> None:
        if self.sender() is self._page():
            self.setWindowTitle(subject)

    def _take_note(self, changes: Changes) -> None:
        self.overview.take_note(changes)
        self.viewer.take_note(changes)
        self.desk.questions.take_note(changes)
        self.desk.named.take_note(changes)

    def _show_overview(self, counts: Counts, folders: list[FolderRow]) -> None:
        self.sidebar.show_overview(counts, folders)
        nothing = not (counts.photos or counts.pending or counts.skipped or folders)
        if nothing:
            self._stack.setCurrentWidget(self.empty)
        elif self._stack.currentWidget() is self.empty:
            self.show_place(self.trail.here)
        self.top_bar.setVisible(not nothing)

    def _resize_pictures(self, pixels: int) -> None:
        self._page().set_size(pixels)

    def _sort(self, key: str) -> None:
        self._page().set_sort(key)

    def _filter(self, text: str) -> None:
        self._page().filter(text)

    def _search(self, people: list[int]) -> None:
        rows: list[PersonRow] = [row for row in self.desk.named.rows if row.id in people]
        search = PhotoSearch(all_of=tuple(people))
        self.go(Place(Kind.SEARCH, search=search) if people else Place(Kind.PEOPLE))
        self.top_bar.search.set_people(sorted(rows, key=lambda row: people.index(row.id)))
        self.top_bar.search.edit.setFocus()

    def _show_person(self, person_id: int) -> None:
        self.go(Place(Kind.PERSON, (person_id,)))

    def _open_viewer(self, photos: list[PhotoItem], start: int) -> None:
        self._outer.setCurrentWidget(self.viewer)
        self.viewer.open(photos, start)

    def _close_viewer(self) -> None:
        self._outer.setCurrentIndex(0)
        self._page().setFocus()

    def _add_one(self, folder: str) -> None:
        self.add([Path(folder)])

    def _lift_message(self, strip_is_there: bool) -> None:
        self.message.set_lift(self.strip.height() if strip_is_there else 0)

    def show_details(self) -> None:
        """Open the list of skipped files."""
        DetailsDialog(self.desk, self).open()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.message.hide()
        super().closeEvent(event)
