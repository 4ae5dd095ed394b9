"""Sight: how far a page is scrolled, what is folded on it and which photo is open over it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from app.library.rows import PhotoItem
from app.ui.page import Page
from app.ui.photos.model import PhotoModel
from app.ui.widgets.grid import SectionedGrid
from app.ui.widgets.grid_model import GridModel

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_PATIENCE = 20_000
"""ms after which nobody wants to be carried to where they were any more."""


def sight_of(window: MainWindow) -> dict[str, Any]:
    """How the page of the window is looked at, as it stands in a file."""
    told: dict[str, Any] = {}
    page = window.pages.made.get(window.trail.here.kind)
    grid = None if page is None else _grid_of(page)
    if grid is not None:
        told |= _scrolled(grid)
    photo = window.viewer.photo if window.frame.is_viewing else None
    if photo is not None:
        told["photo"] = photo.id
    return told


def _grid_of(page: Page) -> SectionedGrid | None:
    """The grid that the page is about: the largest, for a drawer may stand under it."""
    grids = [one for one in page.findChildren(SectionedGrid) if one.isVisibleTo(page)]
    return max(grids, key=lambda one: one.height(), default=None)


def _scrolled(grid: SectionedGrid) -> dict[str, Any]:
    """Which row stands at the upper edge, and how far above it; a pixel alone would tell of
    another one when photos have come in."""
    told: dict[str, Any] = {}
    model, at = grid.model(), grid.verticalScrollBar().value()
    if not isinstance(model, GridModel):
        return told
    if folded := model.folded:
        told["folded"] = sorted(folded)
    index = grid.first_in_sight() if at > 0 else None
    if index is not None and index.isValid():
        told["row"] = model.identity(model.rows[index.row()])
        told["above"] = grid.visualRect(index).top()
    return told


class Returning(QObject):
    """Carries the user to where they were on a page, once there is something to be seen there; not
    if they have gone somewhere themselves by then."""

    def __init__(self, window: MainWindow, told: object) -> None:
        """`told` is what `sight_of` gave, or whatever stands in a file in its place."""
        super().__init__(window)
        told = told if isinstance(told, Mapping) else {}
        self._window = window
        self._place = window.trail.here
        self._page = page = window.pages[self._place.kind]
        self._row, self._above, self._photo = (
            value if type(value) is int else None
            for value in (told.get("row"), told.get("above"), told.get("photo"))
        )
        self._fold(told.get("folded"))
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._leave)
        if self._row is not None or self._photo is not None:
            self._patience.start()
            # Whatever the page shows first may be a part: it is tried again when there is more.
            page.shown.connect(self._soon)
            for model in page.findChildren(GridModel):
                model.modelReset.connect(self._soon)
                model.layoutChanged.connect(self._soon)

    def _fold(self, keys: object) -> None:
        grid = _grid_of(self._page)
        model = None if grid is None else grid.model()
        if isinstance(keys, list) and isinstance(model, GridModel):
            wanted = {key for key in keys if isinstance(key, str)}
            for key in wanted | model.folded:
                model.fold(key, key in wanted)

    def _soon(self) -> None:
        """Not from within what the page does with its rows."""
        if self._patience.isActive():
            QTimer.singleShot(0, self, self._go)

    def _go(self) -> None:
        window = self._window
        if not self._patience.isActive():
            return
        if window.trail.here != self._place or window.frame.is_viewing:
            self._leave()
            return
        self._scroll()
        self._open()
        if self._row is None and self._photo is None:
            self._leave()

    def _scroll(self) -> None:
        grid = _grid_of(self._page)
        model = None if grid is None else grid.model()
        if self._row is None or grid is None or not isinstance(model, GridModel):
            return
        if grid.verticalScrollBar().value() > 0:  # the user was quicker
            self._row = None
            return
        index = model.index_of(self._row)
        if index.isValid():
            self._row = None
            grid.doItemsLayout()
            bar = grid.verticalScrollBar()
            bar.setValue(bar.value() + grid.visualRect(index).top() - (self._above or 0))

    def _open(self) -> None:
        photo = self._photo
        if photo is None:
            return
        grid = _grid_of(self._page)
        model = None if grid is None else grid.model()
        if isinstance(model, PhotoModel):
            index = model.index_of(photo)
            if index.isValid():
                self._photo = None
                self._page.photo_opened.emit(model.rows, index.row())
                return
        if model is None or model.rowCount():
            # It is not among what the page shows: it stands under another, or beside a face.
            self._photo = None
            read = partial(_found, self._window, photo)
            self._window.desk.background.read(self, read, partial(self._open_alone, photo))

    def _open_alone(self, photo: int, found: list[PhotoItem]) -> None:
        place = next((n for n, one in enumerate(found) if one.id == photo), -1)
        if place >= 0 and self._window.trail.here == self._place:
            self._page.photo_opened.emit(found, place)

    def _leave(self) -> None:
        self._patience.stop()
        self._row = self._photo = None


def _found(window: MainWindow, photo_id: int) -> list[PhotoItem]:
    """A photo with those that it stands in a stack with; not in the GUI thread."""
    album = window.desk.album
    return album.stack_of(photo_id) or list(album.timeline_now([photo_id]))
