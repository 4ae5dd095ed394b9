"""Expired: strangers whom nobody named in time are erased, and not found in their photos again.

[Note: Strangers] Here a stranger is whoever was neither named nor confirmed, nor said to be
ignored: whom the user spoke of so stays. How long a stranger is kept counts from when the photo
was found: from the first look at this content, whoever looked at it again since and whatever the
camera's clock said. Each face for itself: of somebody who keeps coming, the older faces go and the
newer ones stay. What stays of a face is the fingerprint of its photo and its box, as of one that is
forgotten; so another pack, or a frame drawn beside it, does not bring it back. The user does, by
wanting all photos looked at again: then the time begins anew. Words that were said of such faces
stay in the log, for they hold nothing but fingerprints and boxes.

Everything here is to be called within a transaction, but for questions.
"""

from __future__ import annotations

from app.library.anchors import Box, best_match, read
from app.library.erased import NO_MORE
from app.library.models import Expired, Photo, now

KEPT_PEOPLE = (
    "person.name <> ''",
    "person.birth_year IS NOT NULL",
    # Out of sight, or said to be nobody they know, is ignored, and stays so.
    "person.hidden",
    "person.staff",
    # Whom the user confirmed, face by face.
    """EXISTS (SELECT 1 FROM face AS said
        WHERE said.person_id = person.id AND said.placed = 'user' AND said.is_face)""",
)
"""When somebody is no stranger, in SQL that asks of a person: one of these is enough."""
KEPT_FACES = (
    # What the user said of a lone face: that it is somebody to be ignored, or none at all.
    "face.placed = 'user'",
    "face.drawn",
)
"""When a face of nobody known is kept all the same, in SQL that asks of a face."""


def _any(conditions: tuple[str, ...]) -> str:
    return " OR ".join(f"COALESCE(({condition}), 0)" for condition in conditions)


STRANGERS = f"""
WITH kept AS MATERIALIZED (
    SELECT person.id FROM person
    WHERE person.collection_id = ?1 AND ({_any(KEPT_PEOPLE)}))
SELECT face.id, face.photo_id, face.person_id, photo.fingerprint, face.x, face.y, face.w, face.h
FROM photo JOIN face ON face.photo_id = photo.id
WHERE photo.collection_id = ?1 AND COALESCE(photo.found, photo.added) < ?2
    AND (face.person_id IS NULL OR face.person_id NOT IN (SELECT id FROM kept))
    AND NOT ({_any(KEPT_FACES)})
ORDER BY face.id
"""
"""The faces of strangers in a collection (?1) whose photos were found before a moment (?2)."""

_ADD = "INSERT INTO expired (photo_id, fingerprint, x, y, w, h, at, has_crop) VALUES "
_BOXES = "SELECT x, y, w, h FROM expired WHERE photo_id = ? AND fingerprint = ?"
_OUTDATED = """
DELETE FROM expired WHERE NOT has_crop
    AND fingerprint <> (SELECT fingerprint FROM photo WHERE photo.id = photo_id)
"""


def expired_boxes(photo_id: int, fingerprint: str) -> list[Box]:
    """Where in a photo of this content the faces are that were erased with their strangers."""
    return [(x, y, w, h) for x, y, w, h in read(_BOXES, (photo_id, fingerprint))]


def note_expired(places: list[tuple[int, str, Box]]) -> None:
    """Write down where faces were that are erased now: photo, fingerprint, box. Their crops may
    still be there."""
    moment = Expired.at.db_value(now())
    for photo_id, fingerprint, box in places:
        read(f"{_ADD} (?, ?, ?, ?, ?, ?, ?, 1)", (photo_id, fingerprint, *box, moment))
    read(_OUTDATED)


def hand_on(lost: int, photo_id: int) -> None:
    """A photo goes on as another one of the same content."""
    Expired.update(photo=photo_id).where(Expired.photo == lost).execute()
    found = Photo.select(Photo.found).where(Photo.id == lost)
    Photo.update(found=found).where(Photo.id == photo_id).execute()


def let_be_drawn(photo_id: int, frame: Box) -> None:
    """The user frames a face: nothing keeps it from being there."""
    for row in Expired.select().where(Expired.photo == photo_id, ~Expired.has_crop):
        if best_match(frame, [(row.x, row.y, row.w, row.h)]) is not None:
            row.delete_instance()


def let_be_found_again(collection_id: int) -> None:
    """The user wants all photos of a collection looked at again: what was erased there is found
    again, as if it were for the first time."""
    mine = "SELECT id FROM photo WHERE collection_id = ?"
    moment = Photo.found.db_value(now())
    read(
        f"UPDATE photo SET found = ? WHERE collection_id = ?"
        f" AND ({NO_MORE} OR id IN (SELECT photo_id FROM expired))",
        (moment, collection_id),
    )
    # What is kept of another pack's looks lacks them.
    read(
        "DELETE FROM spare WHERE photo_id IN"
        f" (SELECT photo_id FROM expired WHERE photo_id IN ({mine}))",
        (collection_id,),
    )
    read(f"DELETE FROM expired WHERE photo_id IN ({mine})", (collection_id,))
