"""The doctor of the library file: finds what is damaged in it, and mends it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import peewee as pw

from app.errors import DamagedLibraryError, LibraryError
from app.library.checks.check import Check, Finding
from app.library.checks.dangling import dangling_checks
from app.library.checks.file import file_damage
from app.library.checks.people import count_check, people_checks
from app.library.checks.photos import photo_checks
from app.library.checks.words import aim_check, hold_check, word_checks
from app.library.checks.work import work_checks
from app.library.commands.groups import drop_empty, empty_people
from app.library.database import Library
from app.library.models import Collection, Photo
from app.library.troubles import damaged, told


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found in the library file."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    is_readable: bool = True
    """Whether everything else that asks the library can be looked at."""


def examine(library: Library, is_alone: bool) -> Diagnosis:
    """Find what is damaged, and change nothing.

    Unless `is_alone`, somebody is indexing the library: what would misread that is left out.
    Raises DamagedLibraryError when what is stored cannot be read any more.
    """
    with _readable(library):
        harmless = _harmless(library)
        if harmless:
            return Diagnosis((_of_indexes(harmless),), (_AFTER_THE_FILE,), is_readable=False)
        checks = [
            check for check in (*_links(), *_contents(library)) if is_alone or not check.needs_peace
        ]
        notes = [] if is_alone else [_AT_WORK]
        with Photo._meta.database.atomic("DEFERRED"):  # as of one moment, whoever writes meanwhile
            found = [_find(check, notes) for check in checks]
            notes += _empty_note()
        return Diagnosis(tuple(one for one in found if one is not None), tuple(notes))


def repair(
    library: Library,
    back_up: Callable[[], object],
    sound: Callable[[], object] = lambda: None,
) -> Diagnosis:
    """Mend what is damaged. To be called by the process that holds the indexing lock.

    `sound` is called once the file itself is sound, so that something can be written. `back_up` is
    called before the first change to what is known. What is mended before that is what would fail a
    backup: it is no knowledge, but an index or a row that points to nothing.
    Raises DamagedLibraryError when what is stored cannot be read any more.
    """
    with _readable(library):
        harmless = _harmless(library)
        damage = [_of_indexes(harmless)] if harmless else []
        if harmless:
            library.write(lambda: library.sql("REINDEX"))
            damage = [replace(damage[0], mended=not _harmless(library))]
        damage += _mended(library, _links())
        sound()
        contents = _contents(library)
        if any(check.find() for check in contents):
            back_up()
        damage += _mended(library, contents)
        library.write(_drop_empty)
        return Diagnosis(tuple(damage))


_AFTER_THE_FILE = "Everything else is looked at once the library's file is sound."
_AT_WORK = (
    "Kinfolk is looking at photos: tasks, counts, and whether faces are where the log says are "
    "checked when it is closed."
)
_REFUSED = "Some checks are left out, since the library cannot be written."


def _links() -> list[Check]:
    """Whether every row that points to another points to one that is there."""
    return [*dangling_checks(), aim_check()]


def _contents(library: Library) -> list[Check]:
    """In an order in which what is mended first helps to mend what comes later."""
    return [
        *photo_checks(),
        *word_checks(library),
        *people_checks(),
        hold_check(library),
        *work_checks(library),
        count_check(library),
    ]


def _find(check: Check, notes: list[str]) -> Finding | None:
    try:
        found = check.find()
    except DamagedLibraryError:
        raise
    except LibraryError:
        if _REFUSED not in notes:
            notes.append(_REFUSED)
        return None
    return Finding(check.where, check.tell(len(found))) if found else None


def _mended(library: Library, checks: list[Check]) -> list[Finding]:
    return [finding for check in checks if (finding := _mend(library, check)) is not None]


def _mend(library: Library, check: Check) -> Finding | None:
    found = check.find()
    if not found:
        return None
    library.write(lambda: check.mend(found))
    return Finding(check.where, check.tell(len(found)), mended=not check.find())


def _of_indexes(places: list[str]) -> Finding:
    count = "1 place" if len(places) == 1 else f"{len(places)} places"
    return Finding("database", f"An index is damaged in {count} ({places[0]}).")


def _harmless(library: Library) -> list[str]:
    """Where indexes are damaged. Raises DamagedLibraryError when more than that is."""
    harmless, grave = file_damage(library)
    if grave:
        raise damaged(library.path, grave[0])
    return harmless


@contextlib.contextmanager
def _readable(library: Library) -> Iterator[None]:
    try:
        yield
    except (pw.DatabaseError, sqlite3.DatabaseError) as error:
        raise told(error, library.path) from error


def _collections() -> list[int]:
    return [number for (number,) in Collection.select(Collection.id).tuples()]


def _empty_note() -> list[str]:
    count = sum(len(empty_people(collection)) for collection in _collections())
    if not count:
        return []
    who = "1 unnamed person has" if count == 1 else f"{count} unnamed people have"
    return [f"{who} no faces any more; the next grouping drops them."]


def _drop_empty() -> None:
    for collection in _collections():
        drop_empty(collection)
