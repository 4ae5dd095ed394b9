"""Invitations: what stands in the place of a page where the album has nothing to show on it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.library.rows import Counts, FolderRow
from app.ui.pages import OF_FACES
from app.ui.places import Kind

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.welcome.page import Welcome
    from app.ui.widgets.erased_state import ErasedState

_ALWAYS = (Kind.HISTORY, Kind.ACTIVITY, Kind.ALERTS)
"""The pages that have something to show also of an album without photos: what was said and done,
and how a camera is set up."""


class Invitations:
    """An album without photos invites on every page, but for what was said and done; one without
    faces on those of people, if they were erased."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._is_empty = self._is_erased = False

    @property
    def is_empty(self) -> bool:
        """Whether the album is known to have no photos."""
        return self._is_empty

    @functools.cached_property
    def empty(self) -> Welcome:
        """What an album without photos shows."""
        from app.ui.welcome.page import Welcome

        window = self._window
        empty = Welcome(window.desk.theme, window.desk.icons, window.desk.background)
        empty.add_folder_wanted.connect(window.ask_for_folder)
        empty.folder_wanted.connect(lambda folder: window.add([folder]))
        empty.tour_wanted.connect(window.dialogs.show_around)
        empty.guide_wanted.connect(lambda: window.desk.guide.open())
        window.frame.take_page(empty)
        return empty

    @functools.cached_property
    def erased(self) -> ErasedState:
        """What pages of people show after all face data was erased."""
        from app.ui.widgets.erased_state import ErasedState

        window = self._window
        erased = ErasedState(window.desk.theme, window.desk.icons, window.actions_.look_again)
        window.frame.take_page(erased)
        return erased

    def take_note(self, counts: Counts, folders: list[FolderRow], has_faces: bool) -> bool:
        """Take in how much there is; whether something else is to be shown now."""
        before = self._is_empty, self._is_erased
        self._is_empty = not (counts.photos or counts.pending or counts.skipped or folders)
        self._is_erased = counts.erased > 0 and not has_faces
        return (self._is_empty, self._is_erased) != before

    def instead_of(self, page: QWidget, kind: Kind) -> tuple[QWidget, bool]:
        """What is to be shown where this page would be, and whether that is all there is to do."""
        invites = self._is_empty and kind not in _ALWAYS
        lacks_faces = self._is_erased and kind in OF_FACES
        return (self.empty if invites else self.erased if lacks_faces else page), invites
