"""Succession: what was said of a face holds for the row, and the content, that comes after it."""

from __future__ import annotations

from collections.abc import Iterable

from app.library.anchors import SAME_BOX, Box, box_of, overlap
from app.library.models import Decision, DecisionFace, Face, Person, Photo
from app.library.queries.shapes import chunks


def succeed(photo: Photo, old: Face | None, new_id: int, box: Box) -> None:
    """The new row stands for the face that the old one was: as a cover, and for the user's word
    even where the boxes of many makers have drifted away from the one it was said of."""
    if old is None:
        return
    Person.update(cover_id=new_id).where(Person.cover_id == old.id).execute()
    drifted = [
        anchor
        for anchor in _anchors(photo, photo.fingerprint)
        if overlap(box_of(anchor), box_of(old)) >= SAME_BOX > overlap(box_of(anchor), box)
    ]
    _add_anchors((anchor, photo.fingerprint, box) for anchor in drifted)


def re_anchor(photo: Photo, fingerprint: str) -> None:
    """The photo was edited: what was said of its faces is also said of the new content."""
    known = {(anchor.decision_id, box_of(anchor)) for anchor in _anchors(photo, fingerprint)}
    _add_anchors(
        (anchor, fingerprint, box_of(anchor))
        for anchor in _anchors(photo, photo.fingerprint)
        if (anchor.decision_id, box_of(anchor)) not in known
    )


def _anchors(photo: Photo, fingerprint: str) -> list[DecisionFace]:
    """What the log of the photo's collection is about in a photo of this fingerprint."""
    return list(
        DecisionFace.select(DecisionFace)
        .join(Decision)
        .where(DecisionFace.fingerprint == fingerprint, Decision.collection == photo.collection_id)
        .order_by(DecisionFace.id)
    )


def _add_anchors(anchors: Iterable[tuple[DecisionFace, str, Box]]) -> None:
    rows = [
        {
            "decision": anchor.decision_id, "fingerprint": fingerprint, "before": anchor.before,
            **dict(zip("xywh", box, strict=True)),
        }
        for anchor, fingerprint, box in anchors
    ]  # fmt: skip
    for chunk in chunks(rows, 100):
        DecisionFace.insert_many(chunk).execute()
