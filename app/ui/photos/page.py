"""The page of all photos."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLabel, QWidget

from app.changes import Changes
from app.library.queries.items import PhotoItems
from app.library.rows import PhotoSearch
from app.ui import words
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.exporting.subject import Subject, of_search
from app.ui.photos.model import by_month
from app.ui.photos.months_page import MonthsPage, Photos
from app.ui.texts import Texts
from app.ui.widgets.holding import hold_still

tr = Texts("photos")

_MANY = 5000
"""Of more photos that changed at once all are sooner read anew."""


class PhotosPage(MonthsPage):
    """Every photo, by month.

    They are read once: first their order and what is to be seen first, then the rest. Of photos
    that change, only those are read again.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = tr("Photos")
        self.menu_title = tr("Photos")
        self._is_whole_wanted = True
        self._is_whole_read = False
        """Whether all photos are being read, or could not be."""
        self._shown = PhotoItems.of(())
        self._changed: frozenset[int] = frozenset()
        """Photos that have changed since they were read."""
        self._being_read: frozenset[int] = frozenset()
        self._filling: Job | None = None
        self.count = QLabel()
        self.count.setObjectName("Secondary")
        self.count.setContentsMargins(32, 0, 32, 8)
        self.count.hide()
        self.column.insertWidget(0, self.count)

    def reload(self) -> None:
        self._is_whole_wanted, self._is_whole_read = False, True
        self._changed = self._being_read = frozenset()
        self.read(self._read, self._show)

    def refresh(self) -> None:
        if self._is_whole_wanted or self._is_whole_read:
            self.reload()
        elif self._changed or self._being_read:
            # What is being read may be read too early for what has changed meanwhile.
            self._being_read |= self._changed
            self._changed = frozenset()
            self.read(partial(self._patched, self._shown, self._being_read), self._show_patched)

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.photos or changes.folders)

    def take_note(self, changes: Changes) -> None:
        self._is_whole_wanted |= bool(changes.folders) or len(changes.photos) > _MANY
        self._changed |= changes.photos
        super().take_note(changes)

    def shown_photos(self) -> Subject:
        return of_search(self.desk, PhotoSearch())

    def _read(self) -> Photos:
        return by_month(self.desk.album.timeline())

    def _show(self, answer: Photos) -> None:
        self._is_whole_read = False
        self._put(answer)

    def _patched(self, shown: PhotoItems, ids: frozenset[int]) -> Photos:
        ids = self.desk.album.with_mates(ids)
        return by_month(shown.with_now(ids, self.desk.album.timeline_now(ids)))

    def _show_patched(self, answer: Photos) -> None:
        self._being_read = frozenset()
        hold_still(self.grid, partial(self._put, answer))

    def _put(self, answer: Photos) -> None:
        self._shown = answer[0]
        under = self._shown.under
        self.count.setText(words.photos_and_stacks(len(self._shown), under))
        self.count.setVisible(under > 0)  # else it is as many as beside the page's name
        self.grid.photos.replace(*answer)
        self._fill_in()

    def _fill_in(self) -> None:
        """Read details that are lacking, first of what is in sight and follows it."""
        if self._filling is not None:
            self._filling.drop()
        shown = self._shown
        at = shown.lacking(max(0, self.grid.first_in_sight().row()))
        at = shown.lacking() if at < 0 else at
        if at >= 0:
            fill_in = partial(self.desk.album.fill_in, shown, at)
            self._filling = self.desk.background.read(self, fill_in, self._show_filled)

    def _show_filled(self, _: None) -> None:
        self.grid.viewport().update()
        self._fill_in()
