"""The main window: arranges sidebar, pages, strip and viewer; decides nothing."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from app.changes import Changes
from app.library.rows import Counts, FolderRow, PersonRow, PhotoItem, PhotoSearch
from app.ui.actions import Actions
from app.ui.activity_strip import ActivityStrip
from app.ui.bridge import Bridge
from app.ui.desk import Desk
from app.ui.dialogs import Dialogs
from app.ui.first_sight import FirstSight
from app.ui.folder_dialog import ask_for_folder
from app.ui.frame import Frame
from app.ui.history.last_words import LastWords
from app.ui.invitations import Invitations
from app.ui.keyboard import Keyboard
from app.ui.menu_bar import MenuBar
from app.ui.overview import Overview
from app.ui.own_pages import OwnPages
from app.ui.page import Page
from app.ui.pages import Pages
from app.ui.places import Kind, Place, Trail
from app.ui.session.closing import Closing
from app.ui.sidebar import Sidebar
from app.ui.texts import Texts
from app.ui.top_bar import TopBar
from app.ui.widgets.drop_veil import DropVeil
from app.ui.wiring import (
    connect_actions,
    connect_for_good,
    connect_news,
    connect_own,
    connect_page_news,
)

if TYPE_CHECKING:
    from app.ui.viewer.viewer import Viewer

tr = Texts("main_window")

_FIRST = Place(Kind.PEOPLE)
_PATIENCE = 400
"""ms that another collection may take until it can be seen, before what there is of it is shown."""


class MainWindow(QMainWindow):
    """One window for one collection. What is not to be seen at first is made when it is needed."""

    restore_wanted = Signal(Path)
    """The user wants the library as it is in this backup."""
    seen = Signal()
    """The page that the window opened with has been painted; once."""

    def __init__(self, desk: Desk, bridge: Bridge, begin: Place = _FIRST) -> None:
        super().__init__()
        self.setWindowTitle("Kinfolk")
        self.setMinimumSize(820, 440)  # at 200 % even a large screen is 540 high
        self._bridge = bridge
        self._was_seen = False
        self.closing = Closing(self)
        self.dialogs = Dialogs(self)
        self.strip = ActivityStrip()
        self.veil = DropVeil(self)
        self._furnish(desk, begin)
        connect_for_good(self, bridge)

    def _furnish(self, desk: Desk, begin: Place) -> None:
        """Make all that is about one collection."""
        self.desk = desk
        self.trail = Trail(begin)
        self.overview = Overview(desk.album, desk.background, self)
        self.last_words = LastWords(desk.album, desk.background, self)
        self.own_pages = OwnPages(desk, self)
        self.actions_ = acts = Actions(self, desk.icons)
        self.menus = MenuBar(self.menuBar(), acts)
        self.pages = Pages(desk)
        self._viewer: Viewer | None = None
        self.sidebar = Sidebar(desk)
        self.top_bar = TopBar(desk, (acts.back, acts.forward, acts.add_folder))
        self.frame = Frame(self.sidebar, self.top_bar, self.strip)
        self.message = self.frame.message
        self.setCentralWidget(self.frame)
        self._keyboard = Keyboard(self, self.frame, (acts.undo, acts.redo))
        self.invitations = Invitations(self)
        self._first_sight = FirstSight(self)
        self._connect()
        connect_actions(self)
        connect_news(self, self._bridge)
        self.pages.receive(partial(self._take_in, self._bridge))
        self._viewed_from = self._page()
        if self.isVisible():  # what is shown later cannot take the keyboard now
            self.frame.show()
        self.show_place(self.trail.here)

    def move_to(self, desk: Desk, begin: Place) -> None:
        """Have another collection in sight: all that is about one is made anew, and what was there
        is gone. Until the new page can be seen the window stays as it looks."""
        self.setUpdatesEnabled(False)
        self._awaited = 2
        QTimer.singleShot(_PATIENCE, self, self._stop_waiting)
        self.dialogs.close_all()
        is_working = not self.strip.isHidden()
        self.strip.setParent(self)
        self.__dict__.pop("viewer", None)
        self.menus.clear()
        for thing in (
            self._keyboard, self._first_sight, self.frame, self.menus, self.actions_,
            self.overview, self.last_words, self.own_pages,
        ):  # fmt: skip
            shiboken6.delete(thing)
        self._furnish(desk, begin)
        self.strip.setVisible(is_working)
        self.actions_.full_screen.setChecked(self.isFullScreen())
        self._page().shown.connect(self._await_less)
        self.overview.told.connect(self._await_less)
        self.overview.refresh()
        self._first_sight.look()

    def _await_less(self) -> None:
        """The page, or what stands around it, has what it shows."""
        self._awaited -= 1
        if self._awaited == 0:
            self._stop_waiting()

    def _stop_waiting(self) -> None:
        self._awaited = 0
        self.setUpdatesEnabled(True)

    @functools.cached_property
    def viewer(self) -> Viewer:
        """Shows one photo."""
        from app.ui.viewer.viewer import Viewer

        self.desk.icons.dress_next()  # most of them are on buttons of the viewer
        self._viewer = viewer = Viewer(self.desk)
        self.frame.take_viewer(viewer)
        viewer.closed.connect(self._close_viewer)
        viewer.person_wanted.connect(self._show_person)
        return viewer

    def make_viewer(self) -> None:
        """Have the viewer ready before a photo is opened."""
        self.viewer  # noqa: B018 - it is made now

    def begin_rest(self) -> None:
        """Read what stands around the page, and make what was not to be seen yet."""
        if not self._was_seen:
            self._was_seen = True
            self.seen.emit()
        self.overview.refresh()
        self.desk.collections.refresh()
        self.last_words.refresh()
        self.desk.named.refresh()
        self.own_pages.refresh()
        self.sidebar.follow_questions()
        self.desk.questions.refresh()
        self.look_for_resumption()

    def look_for_resumption(self) -> None:
        """See whether work goes on that the program was ended in."""
        desk = self.desk
        desk.background.read(self, desk.album.was_interrupted, self._tell_interrupted)

    # -- going places ----------------------------------------------------------------------

    def begin_at(self, place: Place) -> None:
        """Be at a place as if the window had opened there."""
        self.trail = Trail(place)
        self.show_place(place)

    def go(self, place: Place, take_keyboard: bool = True) -> None:
        """Visit a place and remember the way back."""
        if place != self.trail.here:
            self.message.leave()
        self.trail.go(place)
        self.show_place(place, take_keyboard)

    def go_back(self) -> None:
        """From a photo to its page, from a page to the one before."""
        if self.frame.is_viewing:
            self.viewer.close_viewer()
        else:
            self.message.leave()
            self.show_place(self.trail.back())

    def go_forward(self) -> None:
        """To the page that the user came back from."""
        self.message.leave()
        self.show_place(self.trail.forward())

    def show_place(self, place: Place, take_keyboard: bool = True) -> None:
        """Bring the page of a place into sight; it takes the keyboard unless told not to."""
        if self.frame.is_viewing:
            self.viewer.close_viewer()
        page = self.pages[place.kind]
        if place.kind == Kind.SEARCH:
            self.top_bar.search.show_search(place.search)
        else:
            self.top_bar.search.clear()
            page.filter("")
        self._show_page_or_invite()
        page.enter(place)
        self.top_bar.show_page(page)
        self.entitle()
        self.sidebar.show_place(place)
        self._show_sight(take_keyboard)

    def add(self, paths: list[Path]) -> None:
        """Take folders and files into the album."""
        if paths:
            self.desk.deeds.add(paths)

    def ask_for_folder(self) -> None:
        """Let the user choose a folder to add."""
        ask_for_folder(self, self.add)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- putting together ------------------------------------------------------------------

    def _take_in(self, bridge: Bridge, kind: Kind, page: Page) -> None:
        """Have a page that was just made among the others."""
        self.frame.take_page(page)
        page.went.connect(self.go)
        page.photo_opened.connect(self.open_photos)
        page.face_opened.connect(self.open_photos)
        page.title_changed.connect(self._retitle)
        page.subject_changed.connect(self._rename)
        page.shown.connect(self._first_sight.hear)
        connect_page_news(page, self, bridge)
        connect_own(page, kind, self, bridge)

    def _connect(self) -> None:
        self.sidebar.went.connect(self.go)
        self.sidebar.add_folder_wanted.connect(self.ask_for_folder)
        self.top_bar.sized.connect(self._resize_pictures)
        self.top_bar.sorted.connect(lambda key: self._page().set_sort(key))
        self.top_bar.search.typed.connect(self._filter)
        self.top_bar.search.search_changed.connect(self.search)
        self.top_bar.search.abandoned.connect(self._leave_search)
        self.top_bar.search.finished.connect(lambda: self._page().setFocus())
        self.top_bar.search.person_wanted.connect(self._show_person)
        self.overview.told.connect(self._show_overview)

    # -- answering -------------------------------------------------------------------------

    def _page(self) -> Page:
        return self.pages[self.trail.here.kind]

    def _retitle(self, title: str) -> None:
        if self.sender() is self._page():
            self.top_bar.set_title(title)

    def _rename(self, _: str) -> None:
        if self.sender() is self._page():
            self.entitle()

    def entitle(self) -> None:
        """Be called after what is in sight, and where there are several collections, this one."""
        page, here = self._page(), self.desk.collections.row(self.desk.album.collection_id)
        title = page.subject or page.title
        is_told = here is not None and self.desk.collections.is_several
        self.setWindowTitle(f"{title} · {here.name}" if is_told and here is not None else title)

    def take_note(self, changes: Changes) -> None:
        """Something changed."""
        if changes.folders:  # a drive may be back
            self.desk.pictures.try_again()
        self.overview.take_note(changes)
        self.own_pages.take_note(changes)
        if self._viewer is not None:
            self._viewer.take_note(changes)
        self.desk.questions.take_note(changes)
        self.desk.extent.take_note(changes)
        self.desk.named.take_note(changes)

    def _tell_interrupted(self, was_interrupted: bool) -> None:
        if was_interrupted:
            self.strip.expect_resumption()

    def _show_overview(self, counts: Counts, folders: list[FolderRow]) -> None:
        self.sidebar.show_overview(counts, folders)
        self.actions_.skipped.setEnabled(counts.is_aside)
        has_faces = bool(counts.people or counts.hidden_people or counts.unnamed_faces)
        self.actions_.look_again.setEnabled(counts.erased > 0)
        self.actions_.erase.setEnabled(has_faces)
        if self.invitations.take_note(counts, folders, has_faces):
            self.show_place(self.trail.here)

    def _show_page_or_invite(self) -> None:
        shown, invites = self.invitations.instead_of(self._page(), self.trail.here.kind)
        self.frame.show_page(shown)
        self.top_bar.setVisible(not invites)

    def _show_sight(self, take_keyboard: bool = True) -> None:
        """Offer what can be done with what is in sight, and give it the keyboard unless told not
        to."""
        acts, page, viewing = self.actions_, self._page(), self.frame.is_viewing
        acts.back.setEnabled(viewing or self.trail.can_go_back)
        acts.forward.setEnabled(not viewing and self.trail.can_go_forward)
        acts.find.setEnabled(not viewing)
        for act in (acts.larger, acts.smaller):
            act.setEnabled(not viewing and page.sizes() is not None)
        self.menus.order.setEnabled(not viewing and bool(page.sorts))
        if viewing:
            title = self.viewer.menu_title
            self.menus.show_for(self.viewer, title)
        else:
            self.menus.show_for(page, page.menu_title)
        if take_keyboard:
            self.frame.focus_sight()

    def _resize_pictures(self, pixels: int) -> None:
        self._page().set_size(pixels)

    def _filter(self, text: str) -> None:
        self._page().filter(text)

    def search(self, search: PhotoSearch) -> None:
        """Show what a search finds; whoever has the keyboard keeps it."""
        is_over = search == PhotoSearch()
        place = Place(Kind.SEARCH, search=search)
        self.go(self.trail.last_but(Kind.SEARCH) if is_over else place, take_keyboard=False)
        keyboard = self.focusWidget()
        if keyboard is None or not keyboard.isVisible():
            self._page().setFocus()

    def _leave_search(self) -> None:
        self.go(self.trail.last_but(Kind.SEARCH))

    def show_searched(
        self, asked: PhotoSearch, settled: PhotoSearch, people: dict[int, PersonRow]
    ) -> None:
        """The chips follow merges and new names."""
        field = self.top_bar.search
        if self.trail.here.kind == Kind.SEARCH and field.search in (asked, settled):
            field.show_search(settled, people)

    def _show_person(self, person_id: int) -> None:
        self.go(Place(Kind.PERSON, (person_id,)))

    def open_photos(self, photos: Sequence[PhotoItem], start: int = 0, face_id: int = 0) -> None:
        """Have photos in the viewer, that at the place `start` in sight."""
        self._viewed_from, viewer = self._page(), self.viewer
        self.frame.show_viewer()
        viewer.open(photos, start, face_id, self.trail.here.whom)
        self._show_sight()

    def _close_viewer(self, photo_id: int) -> None:
        self._show_page_or_invite()
        self._viewed_from.show_photo(photo_id)
        self._show_sight()

    # -- keyboard and window ---------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._first_sight.look()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        return self.frame.regions.step(next)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowUnblocked:  # a dialog over the window was closed
            self._keyboard.come_back_soon()
        elif event.type() == QEvent.Type.ThemeChange:  # text may be of another size from now on
            self.desk.theme.follow_text()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            is_full = self.isFullScreen()
            if is_full and not self.menuBar().isHidden():
                self.message.say(tr("F11 leads back out of the full screen."))
            self.menuBar().setVisible(not is_full)
            self.actions_.full_screen.setChecked(is_full)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing.refuses():
            event.ignore()
            return
        self.message.hide()
        super().closeEvent(event)
