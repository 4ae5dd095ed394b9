"""Questions: what Kinfolk would like to know, as the whole window sees it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.indexing.suggestions import Reply, Suggestion
from app.ui.album import Album
from app.ui.background import Background, Job
from app.ui.deeds import Deeds


class Questions(QObject):
    """The open questions, first what settles most; read again when the grouping has changed."""

    changed = Signal()
    """The questions, or how many there are."""

    def __init__(self, album: Album, deeds: Deeds, background: Background) -> None:
        super().__init__()
        self._album = album
        self._deeds = deeds
        self._background = background
        self._job: Job | None = None
        self._open: list[Suggestion] = []

    @property
    def open(self) -> Sequence[Suggestion]:
        """The questions nobody has answered or skipped, in the order they are asked."""
        return self._open

    @property
    def settles(self) -> int:
        """How many faces the answers to all of them settle."""
        return len({face for asked in self._open for face in asked.face_ids})

    def about(self, person_id: int) -> list[Suggestion]:
        """The questions whether something is this person, first what settles most."""
        return [asked for asked in self._open if asked.other.id == person_id]

    def refresh(self) -> None:
        """Ask anew."""
        if self._job is not None:
            self._job.drop()
        self._job = self._background.read(self, self._album.questions, self._show)

    def take_note(self, changes: Changes) -> None:
        """Something changed."""
        if changes.regrouped:
            self.refresh()

    def answer(self, asked: Suggestion, reply: Reply) -> None:
        """Say yes, no, or that it is no face."""
        self._close(asked)
        self._deeds.answer(asked, reply)

    def name(self, asked: Suggestion, name: str) -> None:
        """Say who it is instead."""
        self._close(asked)
        self._deeds.move(asked.face_ids, name)

    def skip(self, asked: Suggestion) -> None:
        """Pass over it, for good."""
        self._close(asked)
        self._deeds.skip_question(asked.id)

    def _close(self, asked: Suggestion) -> None:
        self._open = [one for one in self._open if one.id != asked.id]
        self.changed.emit()

    def _show(self, found: list[Suggestion]) -> None:
        self._open = found
        self.changed.emit()
