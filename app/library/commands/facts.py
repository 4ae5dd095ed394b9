"""What is told of photos beside their picture: read again where an earlier version read less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields

from app.changes import Changes
from app.library.anchors import read
from app.library.census import take_census
from app.library.commands.photos import people_in
from app.library.database import Library
from app.library.look_rows import FACTS, row_of
from app.library.models import Photo
from app.library.queries.facts import Undescribed
from app.library.rows import Facts, PhotoState, Shot

_NAMES = ("taken", "taken_from", "camera", *(field.name for field in fields(Shot)))
_SET = f"UPDATE photo SET {', '.join(f'{name} = ?' for name in _NAMES)} WHERE id = ?"
_DONE = f"UPDATE photo SET facts = {FACTS} WHERE id = ?"


def store_facts(library: Library, told: Sequence[tuple[Undescribed, Facts | None]]) -> Changes:
    """Store what these files told; of one that told nothing, what was known stays, and nobody asks
    again. A photo whose file has changed meanwhile is left to the next look."""

    def work() -> Changes:
        changed, redated = set(), set()
        for one, facts in told:
            photo = row_of(one.id)
            if photo is None or not _is_same(photo, one):
                continue
            read(_DONE, (one.id,))
            if facts is None:
                continue
            new = [facts.taken, facts.taken_from, facts.camera, *astuple(facts.shot)]
            if new != [getattr(photo, name) for name in _NAMES]:
                read(_SET, (Photo.taken.db_value(facts.taken), *new[1:], one.id))
                changed.add(one.id)
                if facts.taken != photo.taken:
                    redated.add(one.id)
        people = people_in(redated)
        take_census(library, people)
        return Changes(photos=frozenset(changed), people=frozenset(people))

    return library.write(work)


def _is_same(photo: Photo, one: Undescribed) -> bool:
    is_shown = photo.state == PhotoState.LOOKED.value and not photo.is_stale
    return is_shown and (photo.size, photo.mtime_ns) == (one.size, one.mtime_ns)
