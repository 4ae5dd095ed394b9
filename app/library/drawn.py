"""Drawn: the faces that the user framed by hand are in their photos as long as the word stands.

[Note: Drawn] A frame round a face that was missed is a word of the log, anchored to fingerprint
and box. Every photo of that content has a face there: at first one without an embedding, in a
photo that is stale. The next look is told the frames, and describes and embeds what is in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from app.library.anchors import Box, best_match, box_of, read
from app.library.models import Face, Photo
from app.library.queries.shapes import chunks
from app.library.rows import PhotoState, Placed

_FRAMES = """
SELECT fingerprint, x, y, w, h, MIN(decisionface.id)
FROM decisionface JOIN decision ON decision.id = decision_id
WHERE fingerprint IN ({}) AND collection_id = ? AND kind = 'draw' AND NOT undone
GROUP BY decision_id, fingerprint ORDER BY decision_id
"""
_TAKEN_IN = """
SELECT fingerprint, x, y, w, h
FROM decisionface JOIN decision ON decision.id = decision_id
WHERE fingerprint IN ({}) AND collection_id = ? AND kind = 'import' AND NOT undone
    AND json_extract(before, '$.drawn') ORDER BY decisionface.id
"""
"""One word frames any number of faces here: of several frames of one face the oldest holds."""
_FORGOTTEN = """
SELECT fingerprint, x, y, w, h FROM decisionface JOIN decision ON decision.id = decision_id
WHERE fingerprint IN ({}) AND collection_id = ? AND kind = 'forget' AND NOT undone
"""


def frames(collection_id: int, prints: Collection[str]) -> dict[str, list[Box]]:
    """Where the user drew faces that stand, by the fingerprints of the photos; nowhere is somebody
    who was forgotten."""
    found = _places(_FRAMES, collection_id, prints)
    for fingerprint, boxes in _places(_TAKEN_IN, collection_id, prints).items():
        known = found.setdefault(fingerprint, [])
        for box in boxes:
            if best_match(box, known) is None:
                known.append(box)
    banned = _places(_FORGOTTEN, collection_id, list(found))
    return {
        fingerprint: left
        for fingerprint, boxes in found.items()
        if (left := [b for b in boxes if best_match(b, banned.get(fingerprint, ())) is None])
    }


def forgotten_boxes(collection_id: int, fingerprint: str) -> list[Box]:
    """Where in a photo the faces are that nobody may learn again."""
    return _places(_FORGOTTEN, collection_id, [fingerprint]).get(fingerprint, [])


def _places(statement: str, collection_id: int, prints: Collection[str]) -> dict[str, list[Box]]:
    found: dict[str, list[Box]] = defaultdict(list)
    for chunk in chunks(sorted(prints)):
        marks = ",".join("?" * len(chunk))
        for fingerprint, x, y, w, h, *_ in read(statement.format(marks), (*chunk, collection_id)):
            found[fingerprint].append((x, y, w, h))
    return dict(found)


def redraw(collection_id: int, prints: Collection[str]) -> None:
    """Let every photo with a frame have a face there; the photos are looked at again.

    To be called within a transaction.
    """
    drawn = frames(collection_id, prints)
    if not drawn:
        return
    photos = [
        photo
        for chunk in chunks(sorted(drawn))
        for photo in Photo.select().where(
            Photo.collection == collection_id,
            Photo.fingerprint.in_(chunk),
            Photo.state != PhotoState.COPY.value,
        )
    ]
    for photo in photos:
        known = [box_of(face) for face in Face.select().where(Face.photo == photo)]
        for box in drawn[photo.fingerprint]:
            if best_match(box, known) is None:
                _insert(photo, box)
                known.append(box)
                look_again([photo.id])


def _insert(photo: Photo, box: Box) -> None:
    x, y, w, h = box
    Face.create(
        photo=photo, x=x, y=y, w=w, h=h, landmarks=np.zeros((5, 2), np.float32), score=0.0,
        quality=0.0, sharpness=0.0, pixels=min(w * photo.width, h * photo.height),
        embedding=np.empty(0, np.float32), pack="", pack_version="", drawn=True,
        placed=Placed.MACHINE.value,
    )  # fmt: skip


def erase(face_ids: Sequence[int]) -> None:
    """Remove those of these faces that are drawn; a photo in which one was looked at is looked at
    again, since the machine may have found there what the frame had covered."""
    for chunk in chunks(list(face_ids)):
        mine = Face.drawn & Face.id.in_(chunk)
        seen = Face.select(Face.photo).where(mine, Face.pack != "").tuples()
        look_again([photo_id for (photo_id,) in seen])
        Face.delete().where(mine).execute()


def look_again(photo_ids: Iterable[int]) -> None:
    """Let the next indexing look at these photos again."""
    for chunk in chunks(list(photo_ids)):
        Photo.update(is_stale=True).where(
            Photo.id.in_(chunk),
            Photo.state.in_([PhotoState.LOOKED.value, PhotoState.GONE.value]),
        ).execute()
