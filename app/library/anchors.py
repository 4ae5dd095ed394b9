"""Anchors: faces named by content, so that a decision outlives row ids.

[Note: Anchors] A decision points to a face by the fingerprint of its photo and its box in the
upright image. A rescan, another model pack, a moved folder or a rebuilt database give the face a
new row; the anchor still finds it, as the face of that photo whose box overlaps it most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

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
WHERE +photo.collection_id = ? AND photo.fingerprint IN ({}) ORDER BY face.id
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


def resolve(collection_id: int, anchors: Iterable[Any]) -> list[tuple[Any, list[Face]]]:
    """Each anchor with the faces it names in this collection."""
    wanted = list(anchors)
    finder = Finder(collection_id, {anchor.fingerprint for anchor in wanted})
    found = [(anchor, finder.find(anchor.fingerprint, box_of(anchor))) for anchor in wanted]
    ids = sorted({face_id for _, ids in found for face_id in ids})
    faces = {face.id: face for face in states(ids)}
    return [(anchor, [faces[face_id] for face_id in ids]) for anchor, ids in found]


def states(face_ids: Sequence[int]) -> list[Face]:
    """How these faces stand: id, photo, person, placed, is_face; without what they look like."""
    return [
        face
        for chunk in chunks(list(face_ids))
        for face in Face.select(
            Face.id, Face.photo, Face.person, Face.placed, Face.is_face
        ).where(Face.id.in_(chunk))
    ]  # fmt: skip


def write_many(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement once for each row, within the transaction under way."""
    Face._meta.database.connection().executemany(statement, rows)


def read(statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement, without the cost of making models of them."""
    return list(Face._meta.database.execute_sql(statement, values).fetchall())


def box_of(row: Any) -> Box:
    """x, y, w, h of a face or an anchor."""
    return (row.x, row.y, row.w, row.h)
