"""Own pages: which of the pages that only some collections have, this one has."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.settings import Settings
from app.ui.alerts.count import AlertCount
from app.ui.desk import Desk
from app.ui.pages import OF_SOME
from app.ui.places import Kind


class OwnPages(QObject):
    """Tells which pages the settings of the collection call for."""

    told = Signal(list)
    """The kinds of those pages."""
    stacks_told = Signal(bool)
    """Whether photos that show the same are shown as one."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.alerts = AlertCount(desk, self)
        self.kinds: list[Kind] = []
        """As told last."""

    def refresh(self) -> None:
        """Read the settings anew."""
        self.alerts.refresh()
        self._desk.background.read(self, self._read, self._tell)

    def take_note(self, changes: Changes) -> None:
        """Something changed."""
        if changes.collections:
            self.refresh()
        else:
            self.alerts.take_note(changes)

    def _read(self) -> Settings:
        return self._desk.choices().of(self._desk.album.collection_id)

    def _tell(self, settings: Settings) -> None:
        self.kinds = [kind for kind in OF_SOME if has_page(settings, kind)]
        self.told.emit(self.kinds)
        self.stacks_told.emit(settings.stacks == "on")


def has_page(settings: Settings, kind: Kind) -> bool:
    """Whether a collection with these settings has this page."""
    return kind not in OF_SOME or getattr(settings, OF_SOME[kind]) == "on"
