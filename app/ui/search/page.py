"""The photos that a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.errors import UsageError
from app.library.rows import PersonRow, PhotoSearch
from app.ui import words
from app.ui.desk import Desk
from app.ui.exporting.subject import Subject, of_photos, of_search
from app.ui.photos.model import by_month
from app.ui.photos.months_page import MonthsPage, Photos
from app.ui.places import Place
from app.ui.search.filter_row import FilterRow
from app.ui.search.grammar import everyone
from app.ui.search.nothing import Nothing, WayOut
from app.ui.search.phrases import in_words, looser, sentence, summary
from app.ui.texts import Texts
from app.ui.widgets.act import add_act

tr = Texts("search")


@dataclass(frozen=True, slots=True)
class _Found:
    """All that the page shows."""

    asked: PhotoSearch
    settled: PhotoSearch
    people: dict[int, PersonRow]
    photos: Photos
    ways: list[WayOut]


class SearchPage(MonthsPage):
    """Photos by month under the conditions that they meet."""

    searched = Signal(PhotoSearch)
    """The user wants to search for something else."""
    settled = Signal(PhotoSearch, PhotoSearch, object)
    """The search that was asked for, the same by the people there are now, and who they are: a
    dict of PersonRow by id."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.menu_title = tr("Search")
        self._asked = PhotoSearch()
        self._found: _Found | None = None
        self.filters = FilterRow(desk)
        self.filters.wanted.connect(self.searched)
        self.nothing = Nothing()
        self.nothing.wanted.connect(self.searched)
        self.nothing.hide()
        self.column.insertWidget(0, self.filters)
        self.column.insertWidget(1, self.nothing)
        desk.extent.changed.connect(self._say)
        self.dates = add_act(self, tr("Dates…"), self.filters.open_dates, "Ctrl+Shift+D")
        self.folder = add_act(self, tr("Folder…"), self.filters.open_folders, "Ctrl+Shift+F")
        self.only = add_act(self, tr("Only these people"), self.filters.only.click, "Ctrl+Shift+O")
        self.only.setCheckable(True)
        self.leave = add_act(self, tr("Clear the search"), self.filters.clear_all, "Ctrl+Shift+X")
        for act, icon in ((self.dates, "calendar"), (self.folder, "folder"), (self.leave, "x")):
            desk.icons.put_on(act, icon)

    def shown_photos(self) -> Subject:
        found = self._found
        if found is None:
            return of_photos(())
        people = [*found.settled.all_of, *found.settled.any_of]
        rows = [found.people[one] for one in people if one in found.people]
        return of_search(self.desk, found.settled, rows)

    def enter(self, place: Place) -> None:
        self.desk.extent.want()
        if place.search != self._asked:
            self._asked = place.search
            self.grid.verticalScrollBar().setValue(0)
        super().enter(place)

    def concerns(self, changes: Changes) -> bool:
        return bool(changes)

    def reload(self) -> None:
        self.read(partial(self._read_found, self._asked), self._show_found)

    def _read_found(self, asked: PhotoSearch) -> _Found:
        album = self.desk.album
        settled = album.settled(asked)
        people = {}
        for one in everyone(settled):
            try:
                people[one] = album.person(one)
            except UsageError:  # forgotten meanwhile
                continue
        photos = by_month(album.found(settled))
        ways = []
        if not photos[0]:
            names = {one: row.name for one, row in people.items()}
            for left_out, search in looser(settled, names):
                count = album.found_count(search)
                if count:
                    ways.append(WayOut(left_out, search, count))
        return _Found(asked, settled, people, photos, ways)

    def _show_found(self, found: _Found) -> None:
        self._found = found
        self._say()
        self.grid.photos.replace(*found.photos)
        self.settled.emit(found.asked, found.settled, found.people)

    def _say(self) -> None:
        """Say what was found, by the names and folders that are known now."""
        if self._found is None or not self.isVisible():
            return
        found = self._found
        known = self.desk.extent.suggester.known
        names = {one: row.name for one, row in found.people.items()}
        search, count = found.settled, len(found.photos[0])
        self.set_title(in_words(search, names, known))
        under = found.photos[0].under
        told = words.photos_and_stacks(count, under) if count else tr("No photos")
        parts = [told, summary(search, names)]
        self.filters.show_search(search, "  ·  ".join(part for part in parts if part))
        self.only.setEnabled(self.filters.only.isEnabled())
        self.only.setChecked(search.only)
        self.nothing.setVisible(not count)
        self.nothing.show_ways("" if count else sentence(search, names, known), found.ways)
