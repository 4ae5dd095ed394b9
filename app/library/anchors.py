"""Anchors: faces named by content, so that a decision outlives row ids.

[Note: Anchors] A decision points to a face by the fingerprint of its photo and its box in the
upright image. A rescan, another model pack, a moved folder or a rebuilt database give the face a
new row; the anchor still finds it, as the face of that photo whose box overlaps it most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.library.models import Face, Photo
from app.library.queries.shapes import chunks

SAME_BOX = 0.4
"""Intersection over union, 0..1, from which two boxes in one photo frame the same face: two
detectors drawing one face overlap by 0.5 and more, two neighbours hardly by 0.2."""

Box = tuple[float, float, float, float]


def overlap(a: Box, b: Box) -> float:
    """Intersection over union of two boxes (x, y, w, h), 0..1."""
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    shared = max(0.0, across) * max(0.0, down)
    union = a[2] * a[3] + b[2] * b[3] - shared
    return shared / union if union > 0 else 0.0


def best_match(box: Box, others: Sequence[Box]) -> int | None:
    """The index of the box that frames the same face, or None."""
    if not others:
        return None
    best = max(range(len(others)), key=lambda index: overlap(box, others[index]))
    return best if overlap(box, others[best]) >= SAME_BOX else None


def resolve(anchors: Iterable[Any]) -> list[tuple[Any, list[Face]]]:
    """Each anchor with the faces it names: one in every copy of its photo, none if gone."""
    wanted = list(anchors)
    by_print: dict[str, list[Face]] = {}
    for chunk in chunks(sorted({anchor.fingerprint for anchor in wanted})):
        query = (
            Face.select(Face, Photo.fingerprint.alias("fingerprint"))
            .join(Photo, on=(Face.photo == Photo.id))
            .where(Photo.fingerprint.in_(chunk))
            .objects()
        )
        for face in query:
            by_print.setdefault(face.fingerprint, []).append(face)
    return [(anchor, _matches(anchor, by_print.get(anchor.fingerprint, []))) for anchor in wanted]


def _matches(anchor: Any, faces: list[Face]) -> list[Face]:
    by_photo: dict[int, list[Face]] = {}
    for face in faces:
        by_photo.setdefault(face.photo_id, []).append(face)
    found = []
    for candidates in by_photo.values():
        index = best_match(box_of(anchor), [box_of(face) for face in candidates])
        if index is not None:
            found.append(candidates[index])
    return found


def box_of(row: Any) -> Box:
    """x, y, w, h of a face or an anchor."""
    return (row.x, row.y, row.w, row.h)
