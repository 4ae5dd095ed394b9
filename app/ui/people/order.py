"""The order of the people on their page, and the sections they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCollator

from app.library.rows import PersonKind, PersonRow
from app.ui.texts import Texts
from app.ui.widgets.grid_model import Section

tr = Texts("people")

HIDDEN = "hidden"
_NEVER = datetime.min


def in_order(people: Iterable[PersonRow], sort: str) -> list[PersonRow]:
    """People by number of photos, name, when they were last seen, or when they were changed."""
    people = list(people)
    names = sorted({row.name for row in people})
    # As the user's language has it. Its keys know no equality, so that a tuple cannot hold them.
    alphabet = {name: n for n, name in enumerate(sorted(names, key=QCollator().sortKey))}

    def by_photos(row: PersonRow) -> tuple[Any, ...]:
        return (-row.photo_count, alphabet[row.name], row.id)

    def by_name(row: PersonRow) -> tuple[Any, ...]:
        return (not row.name, alphabet[row.name], -row.photo_count, row.id)

    keys: dict[str, Callable[[PersonRow], tuple[Any, ...]]] = {
        "photos": by_photos,
        "name": by_name,
    }
    if sort in keys:
        return sorted(people, key=keys[sort])
    when = _last_seen if sort == "seen" else _last_changed
    # Sorted twice: the newest first, and those of one moment by their photos.
    return sorted(sorted(people, key=by_photos), key=when, reverse=True)


def _last_seen(row: PersonRow) -> datetime:
    return row.last_seen or _NEVER


def _last_changed(row: PersonRow) -> datetime:
    return row.updated


def in_sections(
    people: Iterable[PersonRow], sort: str = "photos"
) -> tuple[list[PersonRow], list[Section]]:
    """The people by how well they are known, with a title for each kind that is there; those who
    are hidden come last."""
    titles = _titles()
    kinds: dict[str, list[PersonRow]] = {kind: [] for kind in titles}
    for person in in_order(people, sort):
        kinds[HIDDEN if person.hidden else person.kind].append(person)
    rows = [person for kind in titles for person in kinds[kind]]
    return rows, sections_of({kind: len(people) for kind, people in kinds.items()})


def sections_of(counts: Mapping[str, int]) -> list[Section]:
    """The sections in which so many people stand."""
    return [
        Section(title, counts[kind], key=str(kind), total=counts[kind])
        for kind, title in _titles().items()
        if counts.get(kind)
    ]


def _titles() -> dict[str, str]:
    return {
        PersonKind.NAMED: tr("Named"),
        PersonKind.GROUP: tr("Groups"),
        PersonKind.SMALL: tr("Small groups"),
        HIDDEN: tr("Hidden"),
    }


def keeper(people: Sequence[PersonRow]) -> PersonRow:
    """Who stays when several are merged: the one with a name and the most photos."""
    return max(people, key=lambda row: (bool(row.name), row.photo_count, -row.id))
