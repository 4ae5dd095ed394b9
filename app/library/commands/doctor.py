"""The doctor of the library file: finds what is damaged in it, and mends it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import peewee as pw

from app.errors import LibraryError
from app.library.checks.check import Check, Finding
from app.library.checks.dangling import dangling_checks
from app.library.checks.file import file_damage, rebuild_indexes
from app.library.checks.people import count_check, people_checks
from app.library.checks.photos import photo_checks
from app.library.checks.words import word_checks
from app.library.checks.work import work_checks
from app.library.commands.groups import drop_empty, empty_people
from app.library.database import Library
from app.library.models import Collection, Photo


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
    """
    try:
        damage = _of_file(*file_damage(library))
        if damage:
            return Diagnosis(tuple(damage), (_AFTER_THE_FILE,), is_readable=False)
        checks = [check for check in _checks(library) if is_alone or not check.needs_peace]
        notes = [] if is_alone else [_AT_WORK]
        with Photo._meta.database.atomic("DEFERRED"):  # as of one moment, whoever writes meanwhile
            findings = [finding for check in checks if (finding := _find(check, notes)) is not None]
            notes += _empty_note()
        return Diagnosis(tuple(findings), tuple(notes))
    except pw.DatabaseError as error:
        return _unreadable(error)


def repair(library: Library, back_up: Callable[[], object]) -> Diagnosis:
    """Mend what is damaged; `back_up` is called before the first change to what is stored.

    To be called by the process that holds the indexing lock.
    """
    try:
        damage = _repair_file(library)
        if not all(finding.mended for finding in damage):
            return Diagnosis(tuple(damage), (_AFTER_THE_FILE,), is_readable=False)
        checks = _checks(library)
        if any(check.find() for check in checks):
            back_up()
        mended = [finding for check in checks if (finding := _mend(library, check)) is not None]
        library.write(_drop_empty)
        return Diagnosis((*damage, *mended))
    except pw.DatabaseError as error:
        return _unreadable(error)


_AFTER_THE_FILE = "Everything else is looked at once the library's file is sound."
_AT_WORK = (
    "Kinfolk is looking at photos: tasks, counts, and whether faces are where the log says are "
    "checked when it is closed."
)
_REFUSED = "Some checks are left out, since the library cannot be written."


def _checks(library: Library) -> list[Check]:
    return [
        *dangling_checks(),
        *people_checks(),
        *photo_checks(),
        *word_checks(library),
        *work_checks(library),
        count_check(library),
    ]


def _find(check: Check, notes: list[str]) -> Finding | None:
    try:
        found = check.find()
    except LibraryError:
        if _REFUSED not in notes:
            notes.append(_REFUSED)
        return None
    return Finding(check.where, check.tell(len(found))) if found else None


def _mend(library: Library, check: Check) -> Finding | None:
    found = check.find()
    if not found:
        return None
    library.write(lambda: check.mend(found))
    return Finding(check.where, check.tell(len(found)), mended=not check.find())


def _of_file(harmless: list[str], grave: list[str]) -> list[Finding]:
    found = []
    if harmless:
        count = len(harmless)
        places = "1 place" if count == 1 else f"{count} places"
        found.append(Finding("database", f"An index is damaged in {places} ({harmless[0]})."))
    if grave:
        problem = f"The library's file is damaged ({grave[0]}); restore a backup."
        found.append(Finding("database", problem, mendable=False))
    return found


def _repair_file(library: Library) -> list[Finding]:
    """Before any backup: a backup is checked, and this is what a damaged index would fail."""
    damage = _of_file(*file_damage(library))
    if not any(finding.mendable for finding in damage):
        return damage
    with contextlib.suppress(pw.DatabaseError):  # what it could not build is found again below
        rebuild_indexes(library)
    left = _of_file(*file_damage(library))
    return left or [replace(finding, mended=True) for finding in damage]


def _unreadable(error: Exception) -> Diagnosis:
    problem = f"The library's file cannot be read any more ({error}); restore a backup."
    finding = Finding("database", problem, mendable=False)
    return Diagnosis((finding,), (_AFTER_THE_FILE,), is_readable=False)


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
