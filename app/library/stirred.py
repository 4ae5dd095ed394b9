"""Stirred: which rows were touched since somebody last asked, so that what is kept in memory of the
library can follow it.

[Note: Stirred] Whatever command writes, SQLite's own triggers note the rows, on the one connection
that writes; they are temporary, so that the file knows nothing of them. What is rolled back is
noted, too, and only read once too often. Another process that wrote did not say what: then
everything counts as stirred.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from weakref import WeakSet

MOST = 200_000
"""Rows of a kind that are noted one by one; of more it is only known that they are many."""


class Kind(IntEnum):
    """What a trigger tells of."""

    FACE = 1
    PLACED = 2
    PHOTO = 3
    ENDED = 4
    EMPTIED = 5
    WORD = 6
    ERASED = 7


_WORD = (
    "NEW.name IS NOT OLD.name OR NEW.hidden IS NOT OLD.hidden OR NEW.staff IS NOT OLD.staff"
    " OR NEW.key IS NOT OLD.key"
)
_TRIGGERS = (
    ("face", "INSERT", "", Kind.FACE, "NEW.id"),
    ("face", "DELETE", "", Kind.FACE, "OLD.id"),
    (
        "face", "UPDATE OF photo_id, x, y, w, h, quality, embedding, pack, pack_version, drawn",
        "", Kind.FACE, "NEW.id",
    ),
    ("face", "UPDATE OF person_id, placed, is_face, grouped", "", Kind.PLACED, "NEW.id"),
    (
        "photo", "UPDATE OF collection_id, state, fingerprint, taken, taken_from",
        "",
        Kind.PHOTO, "NEW.id",
    ),
    ("person", "DELETE", "", Kind.ENDED, "OLD.id"),
    ("person", "DELETE",
     "OLD.name <> '' OR OLD.hidden OR OLD.staff OR OLD.merged_into_id IS NOT NULL",
     Kind.WORD, "0"),
    ("person", "UPDATE OF face_count", "NEW.face_count = 0", Kind.EMPTIED, "NEW.id"),
    ("person", "INSERT", "NEW.name <> '' OR NEW.hidden OR NEW.staff", Kind.WORD, "0"),
    ("person", "UPDATE OF key, name, hidden, staff, merged_into_id",
     f"{_WORD} OR NEW.merged_into_id IS NOT OLD.merged_into_id", Kind.WORD, "0"),
    ("decision", "INSERT", "", Kind.WORD, "0"),
    ("decision", "UPDATE", "", Kind.WORD, "0"),
    ("decision", "DELETE", "", Kind.WORD, "0"),
    ("decisionface", "INSERT", "", Kind.WORD, "0"),
    ("decisionface", "UPDATE", "", Kind.WORD, "0"),
    ("decisionface", "DELETE", "", Kind.WORD, "0"),
    ("decision", "INSERT", "NEW.kind IN ('forget', 'erased')", Kind.ERASED, "0"),
)  # fmt: skip
"""Table, what is done to it, when that counts, the kind of stir and the row."""


def triggers() -> list[str]:
    """The statements that let a connection note what it touches."""
    return [
        f"CREATE TEMP TRIGGER stirred_{number} AFTER {what} ON main.{table} "
        f"{f'WHEN {when} ' if when else ''}BEGIN SELECT kinfolk_stirred({kind.value}, {row}); END"
        for number, (table, what, when, kind, row) in enumerate(_TRIGGERS)
    ]


@dataclass(slots=True)
class Stir:
    """What was touched."""

    faces: set[int] = field(default_factory=set)
    """Faces that came, went, or look different from before..."""
    placed: set[int] = field(default_factory=set)
    """...and those that were only placed, or considered."""
    photos: set[int] = field(default_factory=set)
    ended: set[int] = field(default_factory=set)
    """People whose row is gone."""
    emptied: set[int] = field(default_factory=set)
    """People who were left without a face."""
    words: bool = False
    """The log, or who has a name, is hidden or staff, or was merged."""
    everything: bool = False
    """Anything may be different."""
    many_placed: bool = False
    """More faces were placed than `placed` can name."""

    def note(self, kind: int, row: int) -> None:
        """Take in one row."""
        if self.everything:
            return
        if kind == Kind.PLACED:
            if len(self.placed) < MOST:
                self.placed.add(row)
            else:
                self.many_placed = True
        elif kind in (Kind.WORD, Kind.ERASED):
            self.words = True
        else:
            rows = {
                Kind.FACE: self.faces, Kind.PHOTO: self.photos, Kind.ENDED: self.ended,
            }.get(Kind(kind), self.emptied)  # fmt: skip
            rows.add(row)
            if len(rows) > MOST:
                self.everything = True
                for every in (self.faces, self.placed, self.photos, self.ended, self.emptied):
                    every.clear()


class Watch:
    """What was touched since this was last asked; see `Library.watch`."""

    def __init__(self, erased: Callable[[], None]) -> None:
        """`erased` is called as soon as the user had somebody erased, on the writing thread."""
        self.erased = erased
        self._stir = Stir(everything=True)
        self._version: int | None = None

    def note(self, kind: int, row: int) -> None:
        """Take in one row."""
        self._stir.note(kind, row)

    def take(self, version: int) -> Stir:
        """What was touched until now; `version` tells whether other processes wrote."""
        stir, self._stir = self._stir, Stir()
        stir.everything = stir.everything or version != self._version
        self._version = version
        return stir


class Stirred:
    """Everybody who watches what one connection writes."""

    def __init__(self) -> None:
        self.watches: WeakSet[Watch] = WeakSet()
        self.are_noted = False
        """Whether the triggers are there."""
        self._is_erased = False

    def note(self, kind: int, row: int) -> int:
        """What the triggers call."""
        if kind == Kind.ERASED:
            self._is_erased = True
        for watch in self.watches:
            watch.note(kind, row)
        return 0

    def tell_of_erasing(self) -> None:
        """After a write: let go of what is kept if somebody was erased."""
        is_erased, self._is_erased = self._is_erased, False
        for watch in self.watches if is_erased else ():
            watch.erased()
