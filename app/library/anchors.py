"""Anchors: faces named by content, so that a decision outlives row ids.

[Note: Anchors] A decision points to a face by the fingerprint of its photo and its box in the
upright image. A rescan, another model pack, a moved folder or a rebuilt database give the face a
new row; the anchor still finds it, as the face of that photo whose box overlaps it most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.library.models import Face
from app.library.queries.shapes import chunks

SAME_BOX = 0.4
"""Intersection over union, 0..1, from which two boxes in one photo frame the same face: two
detectors drawing one face overlap by 0.5 and more, two neighbours hardly by 0.2."""

MOST_PRINTS = 20_000
"""Up to so many photos are asked for by fingerprint; for more, all that have anchors are read."""

Box = tuple[float, float, float, float]

_FACES = """
SELECT photo.fingerprint, face.photo_id, face.id, face.x, face.y, face.w, face.h
FROM photo JOIN face ON face.photo_id = photo.id
WHERE photo.fingerprint IN ({}) AND +photo.collection_id = ? ORDER BY face.id
"""
# The + keeps SQLite from looking the photos up by collection, which is all of them.


def overlap(a: Box, b: Box) -> float:
    """Intersection over union of two boxes (x, y, w, h), 0..1."""
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if across <= 0 or down <= 0:
        return 0.0
    shared = across * down
    union = a[2] * a[3] + b[2] * b[3] - shared
    return shared / union if union > 0 else 0.0


def best_match(box: Box, others: Sequence[Box]) -> int | None:
    """The index of the box that frames the same face, or None."""
    if not others:
        return None
    if box in others:  # most often the very same
        return others.index(box)
    best = max(range(len(others)), key=lambda index: overlap(box, others[index]))
    return best if overlap(box, others[best]) >= SAME_BOX else None


def pair(new: Sequence[Box], old: Sequence[Box]) -> dict[int, int]:
    """Which of the new boxes frames the same face as which old one, each once, by indices."""
    likeness = sorted(
        ((overlap(a, b), i, j) for i, a in enumerate(new) for j, b in enumerate(old)),
        key=lambda entry: (-entry[0], entry[1:]),
    )
    found: dict[int, int] = {}
    for shared, i, j in likeness:
        if shared >= SAME_BOX and i not in found and j not in found.values():
            found[i] = j
    return found


class Finder:
    """Finds the faces that the anchors of one collection name, whatever the photos' state."""

    def __init__(self, collection_id: int, prints: Collection[str] | None = None) -> None:
        """`prints` are the fingerprints that will be asked for; None: any that has an anchor."""
        self.prints = None if prints is None or len(prints) > MOST_PRINTS else sorted(prints)
        self._photos: dict[str, dict[int, list[tuple[int, Box]]]] = {}
        self._known: dict[tuple[str, Box], tuple[int, ...]] = {}
        for marks, values in self.conditions():
            rows = read(_FACES.format(marks), (*values, collection_id))
            for fingerprint, photo, face, *box in rows:
                faces = self._photos.setdefault(fingerprint, {}).setdefault(photo, [])
                faces.append((face, tuple(box)))

    def conditions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What stands between the brackets of `fingerprint IN ()`, and its values, for each of the
        statements that it takes."""
        if self.prints is None:
            yield "SELECT fingerprint FROM decisionface", ()
        else:
            for chunk in chunks(self.prints):
                yield ",".join("?" * len(chunk)), tuple(chunk)

    def find(self, fingerprint: str, box: Box) -> tuple[int, ...]:
        """The ids of the faces an anchor names: one in every copy of its photo, none if gone."""
        known = self._known.get((fingerprint, box))
        if known is None:
            known = self._known[fingerprint, box] = tuple(
                faces[index][0]
                for faces in self._photos.get(fingerprint, {}).values()
                if (index := best_match(box, [other for _, other in faces])) is not None
            )
        return known


@dataclass(frozen=True, slots=True)
class FaceState:
    """How a face stands; without what it looks like."""

    id: int
    photo_id: int
    person_id: int | None
    placed: str
    is_face: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """A face that a decision is about, by content; `before` is the document of where it was."""

    fingerprint: str
    box: Box
    before: str


class HasId(Protocol):
    """A face, whatever else is known of it."""

    @property
    def id(self) -> int:
        """Its row."""


def anchors_of(decision_id: int) -> list[Anchor]:
    """The faces that a decision is about."""
    statement = (
        "SELECT fingerprint, x, y, w, h, before FROM decisionface WHERE decision_id = ? ORDER BY id"
    )
    rows = read(statement, (decision_id,))
    return [Anchor(print_, (x, y, w, h), before) for print_, x, y, w, h, before in rows]


def found_by(collection_id: int, anchors: Sequence[Anchor]) -> list[tuple[int, ...]]:
    """The ids of the faces in this collection that each anchor names."""
    finder = Finder(collection_id, {anchor.fingerprint for anchor in anchors})
    return [finder.find(anchor.fingerprint, anchor.box) for anchor in anchors]


def resolve(collection_id: int, anchors: Sequence[Anchor]) -> list[tuple[Anchor, list[FaceState]]]:
    """Each anchor with the faces it names in this collection."""
    found = found_by(collection_id, anchors)
    faces = {face.id: face for face in states({face_id for ids in found for face_id in ids})}
    pairs = zip(anchors, found, strict=True)
    return [(anchor, [faces[face_id] for face_id in ids]) for anchor, ids in pairs]


def states(face_ids: Iterable[int]) -> list[FaceState]:
    """How these faces stand."""
    return _states("id", sorted(set(face_ids)))


def faces_with(person_ids: Sequence[int]) -> list[FaceState]:
    """The faces of these people, as they stand."""
    return _states("person_id", list(person_ids))


def _states(column: str, values: list[int]) -> list[FaceState]:
    statement = (
        f"SELECT id, photo_id, person_id, placed, is_face FROM face WHERE {column} IN ({{}})"
        " ORDER BY id"
    )
    return [
        FaceState(number, photo, person, placed, bool(is_face))
        for chunk in chunks(values)
        for number, photo, person, placed, is_face in read(
            statement.format(",".join("?" * len(chunk))), tuple(chunk)
        )
    ]


def add_anchors(rows: Iterable[tuple[Any, ...]]) -> None:
    """Write down faces that decisions are about: number of the decision, fingerprint, x, y, w, h
    and the document of where the face was."""
    statement = "INSERT INTO decisionface (decision_id, fingerprint, x, y, w, h, before) VALUES "
    for chunk in chunks(list(rows), 100):
        values = tuple(value for row in chunk for value in row)
        read(statement + ", ".join(["(?, ?, ?, ?, ?, ?, ?)"] * len(chunk)), values)


def read(statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement, without the cost of making models of them."""
    return list(Face._meta.database.execute_sql(statement, values).fetchall())


def box_of(row: Any) -> Box:
    """x, y, w, h of a face or an anchor."""
    return (row.x, row.y, row.w, row.h)
