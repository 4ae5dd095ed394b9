"""Spares: what a pack that is not in use saw of a photo, kept beside the faces that are shown.

[Note: Spares] Before the library switches to another pack, its looks gather here while the album
goes on with the old faces; when it switches, old and new trade places, so that it can switch back.
A spare is of one content: when the file changes it is of no use. Spares hold embeddings as faces
do; whoever erases faces erases them here, too. Everything here is to be called within a
transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

import peewee as pw

from app.library.anchors import Box, best_match, read
from app.library.expired import note_expired
from app.library.look_rows import SEEN, seen_values
from app.library.models import Photo, Spare, SpareFace
from app.library.queries.shapes import chunks
from app.library.rows import Look, Placed

_MARKS = ", ".join("?" * len(SEEN.split(", ")))
_ADD = (
    f"INSERT INTO spareface (spare_id, {SEEN}, placed, is_face, grouped)"
    f" VALUES (?, {_MARKS}, '{Placed.MACHINE.value}', 1, 0)"
)
_STRANGERS = """
SELECT spareface.id, spare.photo_id, spare.fingerprint, spareface.x, spareface.y, spareface.w,
    spareface.h
FROM photo JOIN spare ON spare.photo_id = photo.id JOIN spareface ON spareface.spare_id = spare.id
WHERE photo.collection_id = ? AND COALESCE(photo.found, photo.added) < ? AND NOT spareface.drawn
ORDER BY spareface.id
"""
_KEPT = "SELECT photo_id, x, y, w, h FROM face WHERE photo_id IN ({})"


def keep(photo_id: int, look: Look) -> None:
    """Keep what another pack saw of a photo, in place of what it saw before."""
    spare = _new(photo_id, look.fingerprint, look.pack, look.pack_version, "")
    for face in look.faces:
        read(_ADD, (spare, *seen_values(face)))


def keep_error(photo_id: int, fingerprint: str, maker: tuple[str, str], error: str) -> None:
    """Keep why another pack could not look at a photo: what is shown of it stays."""
    _new(photo_id, fingerprint, *maker, error)


def _new(photo_id: int, fingerprint: str, pack: str, version: str, error: str) -> int:
    Spare.delete().where(
        Spare.photo == photo_id, Spare.pack == pack, Spare.pack_version == version
    ).execute()
    spare = Spare.create(
        photo=photo_id, fingerprint=fingerprint, pack=pack, pack_version=version, error=error
    )
    return int(spare.id)


def can_look_at(pack: str, version: str) -> pw.SQL:
    """A condition on photos: not one that this pack could not look at. What is shown of such a
    photo is of another pack, and stays until the user wants it otherwise or the file changes."""
    return pw.SQL(
        "photo.id NOT IN (SELECT spare.photo_id FROM spare WHERE spare.pack = ?"
        " AND spare.pack_version = ? AND spare.error <> ''"
        " AND spare.fingerprint = photo.fingerprint)",
        (pack, version),
    )


def drop_outdated(photo_id: int, fingerprint: str) -> None:
    """Keep nothing of what a photo was before its file changed."""
    Spare.delete().where(Spare.photo == photo_id, Spare.fingerprint != fingerprint).execute()


def drop_prints(collection_id: int, prints: Collection[str]) -> None:
    """Keep nothing of the photos in which somebody is who is forgotten: another pack frames faces
    otherwise, and nobody has said which of its faces are whose."""
    for chunk in chunks(sorted(prints)):
        mine = Photo.select(Photo.id).where(
            Photo.collection == collection_id, Photo.fingerprint.in_(chunk)
        )
        Spare.delete().where(Spare.photo.in_(mine) | Spare.fingerprint.in_(chunk)).execute()


def drop_other_makers(makers: Collection[tuple[str, str]]) -> int:
    """Keep nothing but what these packs saw; gives how many photos that were."""
    found = Spare.select(Spare.pack, Spare.pack_version).distinct().tuples()
    return sum(
        int(Spare.delete().where(Spare.pack == pack, Spare.pack_version == version).execute())
        for pack, version in list(found)
        if (pack, version) not in makers
    )


def strangers_aside(collection_id: int, limit: datetime) -> list[tuple[int, int, str, Box]]:
    """The spare faces in photos that were found before a moment (UTC) which are no face that is
    shown: row, photo, fingerprint and box. Asked when the strangers who are shown are erased, what
    is left belongs to nobody known."""
    rows = read(_STRANGERS, (collection_id, Photo.found.db_value(limit)))
    shown: defaultdict[int, list[Box]] = defaultdict(list)
    for chunk in chunks(sorted({row[1] for row in rows})):
        for photo, *box in read(_KEPT.format(",".join("?" * len(chunk))), tuple(chunk)):
            shown[photo].append((box[0], box[1], box[2], box[3]))
    return [
        (number, photo, print_, (x, y, w, h))
        for number, photo, print_, x, y, w, h in rows
        if best_match((x, y, w, h), shown[photo]) is None
    ]


def erase_strangers_aside(collection_id: int, limit: datetime) -> int:
    """Erase them, and see to it that they are not found there again; gives how many they were."""
    found = strangers_aside(collection_id, limit)
    for chunk in chunks([number for number, *_ in found]):
        SpareFace.delete().where(SpareFace.id.in_(chunk)).execute()
    note_expired([(photo, print_, box) for _, photo, print_, box in found])
    return len(found)
