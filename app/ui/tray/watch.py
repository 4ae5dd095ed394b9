"""Watch: whether any collection tells of strangers, and how many alerts nobody has read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.changes import Changes
from app.library import queries

if TYPE_CHECKING:
    from app.indexing.house import House
    from app.ui.background import Background, Job

_PAUSE = 500
"""ms between two countings: photos come by the thousand."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched now."""

    unread: tuple[tuple[int, int], ...] = ()
    """Each collection that tells of strangers, and how many of its alerts nobody has read."""
    stays: bool = True
    """Whether the user wants the watch to go on when the window is closed."""

    @property
    def is_any(self) -> bool:
        """Whether anything is watched at all."""
        return bool(self.unread)

    @property
    def alerts(self) -> int:
        """Of all collections together."""
        return sum(count for _, count in self.unread)

    @property
    def where(self) -> int:
        """The collection with the most of them."""
        return max(self.unread, key=lambda one: one[1])[0] if self.unread else 0


class Watch(QObject):
    """Reads it in the background when something changed."""

    told = Signal(object)
    """Watched."""

    def __init__(self, house: House, background: Background) -> None:
        super().__init__()
        self._house = house
        self._background = background
        self._job: Job | None = None
        self.now = Watched()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE)
        self._rest.timeout.connect(self.refresh)

    def refresh(self) -> None:
        """Read anew."""
        if self._job is not None:
            self._job.drop()
        self._job = self._background.read(self, self._read, self._tell)

    def take_note(self, changes: Changes) -> None:
        """Something changed."""
        touches = changes.alerts or changes.collections or changes.people or changes.faces
        if touches or changes.regrouped:
            self.soon()

    def soon(self) -> None:
        """Read anew in a moment; not before there was a first time, for the indexer is asked."""
        if self._job is not None and not self._rest.isActive():
            self._rest.start()

    def _read(self) -> Watched:
        library, choices = self._house.library, self._house.indexer.choices
        rows = queries.collections.collections(library)
        watched = [row.id for row in rows if choices.of(row.id).alerts == "on"]
        unread = tuple((one, queries.alerts.unseen_alerts(library, one)) for one in watched)
        return Watched(unread, choices.settings.keep_watching == "on")

    def _tell(self, watched: Watched) -> None:
        self.now = watched
        self.told.emit(watched)
