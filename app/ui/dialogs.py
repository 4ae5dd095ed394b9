"""Dialogs: what the window opens over itself; each is loaded when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.settings.dialog import SettingsDialog
    from app.ui.tour.walk import Walk


class Dialogs:
    """Opens the dialogs of a window, each about the collection in sight."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._settings: SettingsDialog | None = None
        self.walk: Walk | None = None
        """The tour, as long as it goes on."""

    def show_details(self, task_id: str = "") -> None:
        """Open the list of skipped files: of all, or of those that a task skipped."""
        from app.ui.details import DetailsDialog

        dialog = DetailsDialog(self._window.desk, self._window, task_id)
        self._window.overview.told.connect(dialog.take_note)
        dialog.open()

    def show_backups(self) -> None:
        """Open the list of backups."""
        from app.ui.backups.dialog import BackupsDialog

        dialog = BackupsDialog(self._window.desk, self._window)
        dialog.restore_wanted.connect(self._window.restore_wanted)
        self._open(dialog, "backups")

    def ask_to_write_names(self) -> None:
        """Say what writing names into sidecars would do, and have it done if that is wanted."""
        from app.ui.sidecars.dialog import SidecarsDialog

        window = self._window
        here = window.trail.here
        dialog = SidecarsDialog(window.desk, here, window.pages[here.kind].subject, window)
        self._open(dialog, "names-elsewhere")

    def show_foreign_names(self) -> None:
        """Show which names of other programs would come in, and take them in."""
        from app.ui.importing.dialog import ImportDialog

        self._open(ImportDialog(self._window.desk, self._window), "names-elsewhere")

    def show_settings(self) -> None:
        """Open the settings."""
        from app.ui.settings.dialog import SettingsDialog  # with what looks at photos behind it

        self._settings = SettingsDialog(self._window.desk, self._window)
        self._open(self._settings, "settings")

    def settings_again(self) -> Callable[[], None] | None:
        """What opens the settings once more, with what could be taken back there; None if they are
        not open."""
        found = self._settings
        if found is None or not shiboken6.isValid(found) or not found.isVisible():
            return None
        way_back = found.way_back

        def open_() -> None:
            self.show_settings()
            if way_back and self._settings is not None:
                self._settings.offer_way_back(way_back)

        return open_

    def show_models(self) -> None:
        """Open the list of model packs."""
        from app.ui.models.dialog import ModelsDialog

        ModelsDialog(self._window.desk, self._window).open()

    def ask_to_erase(self) -> None:
        """Say what erasing all face data means, and do it if that is wanted."""
        from app.ui.erase_dialog import EraseDialog

        EraseDialog(self._window.desk, self._window).open()

    def show_shortcuts(self) -> None:
        """Open the overview of shortcuts."""
        from app.ui.shortcuts import ShortcutsDialog, groups_of

        window = self._window
        groups = groups_of(window.menus.menus(), window.pages, window.viewer)
        ShortcutsDialog(window.desk.theme, groups, window).open()

    def show_around(self) -> None:
        """Point at the parts of the window, one after the other."""
        from app.ui.tour.walk import Walk

        self._end_tour()
        self.walk = Walk(self._window)
        self.walk.begin()

    def _end_tour(self) -> None:
        if self.walk is not None and shiboken6.isValid(self.walk):
            self.walk.end()

    def show_about(self) -> None:
        """Say what this program is."""
        from app.ui.about import AboutDialog

        AboutDialog(self._window.desk, self._window).open()

    def ask_for_new_collection(self) -> None:
        """Ask what a new collection is called and what it is for, and go to it."""
        from app.ui.collections.asking import NewDialog

        self._open(NewDialog(self._window.desk, self._window), "collections")

    def ask_to_rename(self) -> None:
        """Ask how the collection in sight is to be called."""
        from app.ui.collections.asking import RenameDialog

        RenameDialog(self._window.desk, self._window).open()

    def ask_to_delete(self) -> None:
        """Say what it means to delete the collection in sight, and do it if that is wanted."""
        from app.ui.collections.asking import DeleteDialog

        DeleteDialog(self._window.desk, self._window).open()

    def show_own_settings(self) -> None:
        """Open the settings of the collection in sight."""
        from app.ui.settings.own_dialog import OwnSettingsDialog

        self._open(OwnSettingsDialog(self._window.desk, self._window), "collections")

    def _open(self, dialog: QDialog, page: str) -> None:
        """Open a dialog about something that is not easy: it has a Help button for this page of
        the guide."""
        from app.ui.guide.help_button import offer_help

        offer_help(dialog, self._window.desk, page)
        dialog.open()

    def close_all(self) -> None:
        """Close those that are open: what they are about goes."""
        self._end_tour()
        for dialog in self._window.findChildren(QDialog):
            dialog.done(QDialog.DialogCode.Rejected)
