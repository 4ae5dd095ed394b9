"""Sheets: everything that is shown for a question, read ahead of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.indexing.suggestions import Suggestion
from app.library.rows import FaceRow, PersonRow, PhotoRow
from app.ui.album import Album
from app.ui.background import Background, Job

MINE = 8
"""Faces in question that are shown."""
THEIRS = 6
"""Faces of the person they are held against."""
_LOOKED_THROUGH = 400
"""Faces in question of which the clearest are chosen."""
_KEPT = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question with the rows that show it."""

    asked: Suggestion
    mine: tuple[FaceRow, ...]
    """The clearest of the faces in question."""
    person: PersonRow | None
    """Whom they are with, as they are now."""
    other: PersonRow
    theirs: tuple[FaceRow, ...]
    """The witnesses, then the faces by which the person is known best."""
    runner_up: PersonRow | None
    photos: Mapping[int, PhotoRow]
    """Of all these faces, by id."""


def read_sheet(album: Album, asked: Suggestion) -> Sheet:
    """All that is shown for a question. May be slow."""
    mine = album.faces_by_id(asked.face_ids[:_LOOKED_THROUGH])
    mine = sorted(mine, key=lambda face: (-face.quality, face.id))[:MINE]
    witnesses = album.faces_by_id([number for number, _ in asked.reasons.witnesses])
    in_question = set(asked.face_ids)
    spare = len(in_question) if asked.doubts else 0
    known = album.clear_faces(asked.other.id, THEIRS + len(witnesses) + min(spare, _LOOKED_THROUGH))
    theirs = {f.id: f for f in (*witnesses, *known) if f.id not in in_question}
    shown = [*mine, *list(theirs.values())[:THEIRS]]
    rows = (asked.person, asked.other, asked.reasons.runner_up)
    people = album.people_by_id([row.id for row in rows if row is not None])
    return Sheet(
        asked=asked,
        mine=tuple(mine),
        person=None if asked.person is None else people.get(asked.person.id, asked.person),
        other=people.get(asked.other.id, asked.other),
        theirs=tuple(shown[len(mine) :]),
        runner_up=_still(people, asked.reasons.runner_up),
        photos=album.photos_by_id(list({face.photo_id for face in shown})),
    )


def _still(people: Mapping[int, PersonRow], row: PersonRow | None) -> PersonRow | None:
    found = None if row is None else people.get(row.id)
    return None if found is None or found.hidden or not found.face_count else found


class Sheets(QObject):
    """The sheets of the first questions, in the background."""

    arrived = Signal(str)
    """The sheet of the question of this id is here, or is another than before."""

    def __init__(self, album: Album, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._album = album
        self._background = background
        self._kept: dict[str, Sheet] = {}
        self._old: set[str] = set()
        self._jobs: dict[str, Job] = {}

    def get(self, asked: Suggestion) -> Sheet | None:
        """The sheet of a question, if it was read."""
        return self._kept.get(asked.id)

    def have(self, questions: Sequence[Suggestion]) -> None:
        """Read what is missing of these."""
        for asked in questions:
            is_fresh = asked.id in self._kept and asked.id not in self._old
            if not is_fresh and asked.id not in self._jobs:
                work = partial(read_sheet, self._album, asked)
                self._jobs[asked.id] = self._background.read(
                    self, work, self._keep, partial(self._fail, asked.id)
                )

    def grow_old(self) -> None:
        """Something changed: what is kept still serves, but is to be read again."""
        self._old = set(self._kept)
        for job in self._jobs.values():
            job.drop()
        self._jobs.clear()

    def _keep(self, sheet: Sheet) -> None:
        number = sheet.asked.id
        self._jobs.pop(number, None)
        self._old.discard(number)
        if self._kept.pop(number, None) != sheet:
            self._kept[number] = sheet
            self.arrived.emit(number)
        self._kept[number] = sheet
        while len(self._kept) > _KEPT:
            self._kept.pop(next(iter(self._kept)))

    def _fail(self, number: str, reason: str) -> None:  # noqa: ARG002
        """Its faces went while it was read: whoever asks anew will see."""
        self._jobs.pop(number, None)
