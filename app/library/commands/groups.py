"""What a grouping run proposes is taken in, never against the user's word."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import peewee as pw
from numpy.typing import NDArray

from app.changes import Changes
from app.library.anchors import FaceState, read, states
from app.library.census import take_census
from app.library.database import Library
from app.library.models import Face, Person, now
from app.library.queries.shapes import chunks
from app.library.rows import PersonKind, Placed
from app.library.spoken import said_and_refused, spoken_keys
from app.library.subjects import new_key


@dataclass(frozen=True, slots=True)
class Placements:
    """Where a grouping run puts faces: columns of one length n."""

    face_ids: NDArray[np.int64]
    were: NDArray[np.int64]
    """The row id of each one's person when the run began; -1 for nobody."""
    groups: NDArray[np.int64]
    """A number of `founded` when negative: -1 is the first; else a person's row id; 0: nobody."""
    confidence: NDArray[np.float32]
    """NaN where there is none."""

    def __getitem__(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Placements:
        return Placements(
            self.face_ids[rows], self.were[rows], self.groups[rows], self.confidence[rows]
        )


MANY = 10_000
"""Faces: when so many have moved, people are counted and not added to."""

_NONE = np.empty(0, np.int64)
NO_PLACEMENTS = Placements(_NONE, _NONE, _NONE, np.empty(0, np.float32))


def store_groups(
    library: Library,
    collection_id: int,
    placements: Placements,
    founded: int,
    dismissed: Sequence[int] = (),
    restored: Sequence[int] = (),
    emptied: Collection[int] | None = None,
) -> tuple[Changes, int]:
    """Put faces with people; `founded` new people are made. Gives the changes and how many
    groups exist now.

    A face that the user placed stays where it is; a face goes nowhere against the user's word.
    One whose person changed since the run began, or who is to go to someone who is gone now, is
    left for the next run. `dismissed` are faces just like one that the user said is no face: they
    count as none either; `restored` are such faces that are like none now. Who is left without a
    face is looked for among `emptied` and those touched here; unless told, among all.
    """

    def work() -> tuple[Changes, int]:
        people = _found(library, collection_id, founded)
        spoken = _spoken_prints([*placements.face_ids.tolist(), *dismissed])
        said, refused = said_and_refused(collection_id, spoken) if spoken else ({}, frozenset())
        touched = _dismiss(set(dismissed) - said.keys())
        _restore(restored)
        moved = _place(library, placements, people, said, refused)
        came = {person: faces for person, faces in moved.came().items() if person not in touched}
        touched |= moved.people
        take_census(library, touched, came)
        among = None if emptied is None else {*emptied, *touched, *people.tolist()}
        drop_empty(collection_id, among)
        return Changes(people=frozenset(touched), regrouped=True), _count(collection_id)

    return library.write(work)


_FOUND = """
INSERT INTO person (id, collection_id, key, name, kind, hidden, face_count, photo_count,
                    cover_chosen, created, updated)
VALUES (?, ?, ?, '', ?, 0, 0, 0, 0, ?, ?)
"""


def _found(library: Library, collection_id: int, count: int) -> NDArray[np.int64]:
    """New people; gives their ids."""
    first = 1 + (library.sql("SELECT MAX(id) FROM person")[0][0] or 0) if count else 1
    moment = Person.created.db_value(now())
    ids = np.arange(first, first + count)
    library.sql_many(_FOUND, (
        (number, collection_id, new_key(), PersonKind.SMALL.value, moment, moment)
        for number in ids.tolist()
    ))  # fmt: skip
    return ids


_SPOKEN = """
SELECT DISTINCT photo.fingerprint FROM face JOIN photo ON photo.id = face.photo_id
WHERE face.id IN ({}) AND photo.fingerprint <> ''
AND EXISTS (SELECT 1 FROM decisionface WHERE decisionface.fingerprint = photo.fingerprint)
"""


def _spoken_prints(face_ids: list[int]) -> set[str]:
    """The photos of these faces in which the user ever said something of a face."""
    if not read("SELECT 1 FROM decisionface LIMIT 1"):
        return set()
    return {
        fingerprint
        for chunk in chunks(face_ids)
        for (fingerprint,) in read(_SPOKEN.format(",".join("?" * len(chunk))), tuple(chunk))
    }


_STATES = (
    "SELECT id, COALESCE(person_id, -1), placed = ? AND is_face, grouped FROM face WHERE id IN ({})"
)
_MOVE = "UPDATE face SET person_id = ?, confidence = ?, grouped = 1 WHERE id = ?"
_CONSIDER = "UPDATE face SET grouped = 1 WHERE id = ?"


def _place(
    library: Library,
    wanted: Placements,
    founded: NDArray[np.int64],
    said: Mapping[int, int],
    refused: Collection[tuple[int, int]],
) -> _Moved:
    """Move the faces that may be moved; gives who has moved."""
    wanted = wanted[np.argsort(wanted.face_ids)]
    here, person, is_open, is_grouped = _as_they_are(wanted.face_ids)
    target = _targets(wanted.groups, founded)
    valid = here & (person == wanted.were) & ((target >= 0) | (wanted.groups == 0))
    moves = valid & is_open
    spoken = np.array(sorted({*said, *(face for face, _ in refused)}), np.int64)
    for row in np.flatnonzero(moves & np.isin(wanted.face_ids, spoken)).tolist():
        face, goal = int(wanted.face_ids[row]), int(target[row])
        moves[row] = (face, goal) not in refused and said.get(face, goal) == goal
    rows = np.flatnonzero(moves)
    for part in chunks(rows.tolist(), 100_000):
        library.sql_many(_MOVE, (
            (None if goal < 0 else goal, None if sure != sure else sure, face)
            for goal, sure, face in zip(
                target[part].tolist(), wanted.confidence[part].tolist(),
                wanted.face_ids[part].tolist(), strict=True,
            )
        ))  # fmt: skip
    considered = wanted.face_ids[valid & ~moves & ~is_grouped]
    library.sql_many(_CONSIDER, ((face,) for face in considered.tolist()))
    return _Moved(wanted.face_ids[rows], person[rows], target[rows])


@dataclass(frozen=True, slots=True)
class _Moved:
    """Faces that were placed, in order of id."""

    face_ids: NDArray[np.int64]
    were: NDArray[np.int64]
    """With whom each was; -1 for nobody."""
    now: NDArray[np.int64]

    @property
    def people(self) -> set[int]:
        """Everybody concerned."""
        people = np.unique(np.concatenate([self.were, self.now]))
        return set(people[people >= 0].tolist())

    def came(self) -> dict[int, list[int]]:
        """The faces that came to each of those whom none left and none came back to; when many
        have moved, nobody is told of."""
        found: dict[int, list[int]] = {}
        if len(self.face_ids) > MANY:
            return found
        for face, person in zip(self.face_ids.tolist(), self.now.tolist(), strict=True):
            found.setdefault(person, []).append(face)
        for person in {-1, *self.were.tolist()}:
            found.pop(person, None)
        return found


def _as_they_are(
    face_ids: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each of these faces, in order of id, is there, its person, whether the machine may
    place it, and whether it was considered."""
    here, person = np.zeros(len(face_ids), np.bool_), np.full(len(face_ids), -1)
    is_open, is_grouped = np.zeros(len(face_ids), np.bool_), np.zeros(len(face_ids), np.bool_)
    for chunk in chunks(face_ids.tolist()):
        found = read(_STATES.format(",".join("?" * len(chunk))), (Placed.MACHINE.value, *chunk))
        table = np.array(found, np.int64).reshape(-1, 4)
        rows = np.searchsorted(face_ids, table[:, 0])
        here[rows], person[rows] = True, table[:, 1]
        is_open[rows], is_grouped[rows] = table[:, 2] > 0, table[:, 3] > 0
    return here, person, is_open, is_grouped


def _targets(groups: NDArray[np.int64], founded: NDArray[np.int64]) -> NDArray[np.int64]:
    """The person of each group, wherever merges have taken them; -1 for nobody, or who is gone."""
    target = np.full(len(groups), -1)
    is_founded = groups < 0
    target[is_founded] = founded[-groups[is_founded] - 1]
    old, which = np.unique(groups[groups > 0], return_inverse=True)
    living = np.array([_living(number) for number in old.tolist()], np.int64)
    target[groups > 0] = living[which] if len(old) else -1
    return target


def _living(person_id: int) -> int:
    while True:
        rows = read("SELECT merged_into_id FROM person WHERE id = ?", (person_id,))
        if not rows:
            return -1
        if rows[0][0] is None:
            return person_id
        person_id = rows[0][0]


def _count(collection_id: int) -> int:
    mine = Person.select().where(Person.collection == collection_id, Person.face_count > 0)
    return int(mine.count())


def _is_open(face: FaceState) -> bool:
    """Whether the machine may place it."""
    return face.placed == Placed.MACHINE.value and face.is_face


def _dismiss(face_ids: Collection[int]) -> set[int]:
    people: set[int] = set()
    for chunk in chunks(sorted(face_ids)):
        mine = [face for face in states(chunk) if _is_open(face)]
        people |= {face.person_id for face in mine if face.person_id is not None}
        Face.update(is_face=False, person=None, confidence=None, grouped=True).where(
            Face.id.in_([face.id for face in mine])
        ).execute()
    return people


def _restore(face_ids: Collection[int]) -> None:
    for chunk in chunks(sorted(face_ids)):
        Face.update(is_face=True, grouped=False).where(
            Face.id.in_(chunk), Face.placed == Placed.MACHINE.value, ~Face.is_face
        ).execute()


def drop_empty(collection_id: int, among: Collection[int] | None = None) -> None:
    """Unnamed people without a face, of whom the user never spoke, leave no trace; with `among`,
    only those of these."""
    for chunk in chunks(empty_people(collection_id, among)):
        Person.delete().where(Person.id.in_(chunk)).execute()


def empty_people(collection_id: int, among: Collection[int] | None = None) -> list[int]:
    """Unnamed people without a face, of whom the user never spoke; with `among`, only those of
    these. Whose photos are all gone is waited for."""
    empty = Person.select(Person.id, Person.key).where(
        Person.collection == collection_id,
        Person.face_count == 0,
        Person.name == "",
        Person.merged_into.is_null(),
        ~pw.fn.EXISTS(Face.select(Face.id).where(Face.person == Person.id)),
    )
    if among is None:
        found = list(empty.tuples())
    else:
        found = [
            row
            for chunk in chunks(sorted(among))
            for row in empty.where(Person.id.in_(chunk)).tuples()
        ]
    spoken = spoken_keys(collection_id) if found else set()
    return [person_id for person_id, key in found if key not in spoken]
