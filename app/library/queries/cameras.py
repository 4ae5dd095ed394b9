"""Questions of a camera: what a photo shows, and whom it may know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from app.library import collecting
from app.library.anchors import Box, read
from app.library.database import Library
from app.library.models import Collection, Face
from app.library.queries.collections import own_settings
from app.library.queries.shapes import SHOWN, chunks
from app.library.rows import Placed
from app.settings import ALBUM, EVERY_ALBUM, option_named

MOST = 64
"""Faces by which a person is known: the clearest."""


@dataclass(frozen=True, slots=True)
class CameraFace:
    """A face in a photo of a camera."""

    id: int
    photo_id: int
    at: datetime
    """UTC, when the file of the photo was written."""
    fingerprint: str
    box: Box
    quality: float


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom a camera may know."""

    person_id: int
    """0 for a lone face that is to be ignored."""
    name: str
    """Empty for somebody who is to be ignored."""
    vectors: NDArray[np.float16]
    """(k, d): the embeddings of the clearest faces."""


def recognised(library: Library, collection_id: int) -> list[int]:
    """The collections whose people a camera knows, its own first."""
    option = option_named("recognises")
    said = str(own_settings(library, collection_id).get("recognises", option.default))
    living = Collection.select(Collection.id, Collection.kind).where(collecting.living())
    kinds = dict(living.order_by(Collection.id).tuples())
    if said == EVERY_ALBUM:
        others = [number for number, kind in kinds.items() if kind == ALBUM]
    else:
        wanted = {int(word) for word in said.split(",") if word.strip().isdigit()}
        others = [number for number in kinds if number in wanted]
    return [collection_id, *(number for number in others if number != collection_id)]


def signature(library: Library, collections: Sequence[int]) -> tuple[object, ...]:
    """Is another once somebody is known otherwise: named, renamed, seen again, ignored, erased."""
    marks = ",".join("?" * len(collections))
    people = read(
        "SELECT id, name, hidden, merged_into_id, face_count, updated FROM person"
        f" WHERE collection_id IN ({marks}) AND (name <> '' OR hidden) ORDER BY id",
        tuple(collections),
    )
    words = read("SELECT MAX(id), COUNT(*), SUM(kind = 'erased') FROM decision")
    return (*collections, *people, *words)


_NAMED = """
SELECT person_id, name, id FROM (
    SELECT person.id AS person_id, person.name AS name, face.id AS id, face.quality AS quality,
        ROW_NUMBER() OVER (
            PARTITION BY person.id ORDER BY face.quality DESC, face.id
        ) AS place
    FROM person JOIN face ON face.person_id = person.id
    WHERE person.collection_id IN ({}) AND person.name <> '' AND face.is_face AND NOT face.drawn
) WHERE place <= ? ORDER BY person_id, place
"""
_HIDDEN = """
SELECT person_id, '', id FROM (
    SELECT person.id AS person_id, face.id AS id,
        ROW_NUMBER() OVER (
            PARTITION BY person.id ORDER BY face.quality DESC, face.id
        ) AS place
    FROM person JOIN face ON face.person_id = person.id
    WHERE person.collection_id = ? AND person.name = '' AND person.hidden AND face.is_face
        AND NOT face.drawn
) WHERE place <= ? ORDER BY person_id, place
"""
_STRANGERS = f"""
SELECT 0, '', face.id FROM face JOIN photo ON photo.id = face.photo_id
WHERE face.person_id IS NULL AND face.placed = '{Placed.USER.value}' AND face.is_face
    AND photo.collection_id = ? ORDER BY face.id DESC LIMIT ?
"""
MOST_STRANGERS = 2000
"""Lone faces that are to be ignored; the newest."""


def known_people(
    library: Library, collections: Sequence[int], pack: str, version: str
) -> list[Known]:
    """Everybody who has a name in one of these collections, and whom the first of them, the
    camera's own, is to ignore; with those faces that this maker has embedded.

    Whoever has one name is one person, also in several collections; the person of the first stands
    for them.
    """
    own = collections[0]
    rows = [
        *read(_NAMED.format(",".join("?" * len(collections))), (*collections, MOST)),
        *read(_HIDDEN, (own, MOST)), *read(_STRANGERS, (own, MOST_STRANGERS)),
    ]  # fmt: skip
    vectors = _vectors([face_id for *_, face_id in rows], pack, version)
    homes = _homes([person_id for person_id, *_ in rows])
    people: dict[object, list[tuple[int, str, int]]] = {}
    for person_id, name, face_id in rows:
        if face_id in vectors:
            who = name.casefold() or (person_id or -face_id)
            people.setdefault(who, []).append((person_id, name, face_id))
    found = []
    for faces in people.values():
        person_id, name, _ = min(
            faces, key=lambda face: (collections.index(homes.get(face[0], own)), face[0])
        )
        alike = [vectors[face_id] for *_, face_id in faces]
        found.append(Known(person_id, name, np.stack(alike)))
    return found


def _homes(person_ids: Iterable[int]) -> dict[int, int]:
    """Person -> collection."""
    return {
        number: home
        for chunk in chunks(sorted({number for number in person_ids if number}))
        for number, home in read(
            f"SELECT id, collection_id FROM person WHERE id IN ({','.join('?' * len(chunk))})",
            tuple(chunk),
        )
    }


def _vectors(face_ids: Sequence[int], pack: str, version: str) -> dict[int, NDArray[np.float16]]:
    """The embeddings of these faces, those of the most usual length."""
    found = {
        face_id: vector
        for chunk in chunks(list(face_ids))
        for face_id, vector in Face.select(Face.id, Face.embedding)
        .where(Face.id.in_(chunk), Face.pack == pack, Face.pack_version == version)
        .tuples()
    }
    size = max((len(vector) for vector in found.values()), default=0)
    return {face_id: vector for face_id, vector in found.items() if len(vector) == size}


_FACES = f"""
SELECT face.id, photo.id, photo.mtime_ns, photo.fingerprint, face.x, face.y, face.w, face.h,
    face.quality, face.embedding
FROM photo JOIN face ON face.photo_id = photo.id
WHERE photo.id IN ({{}}) AND photo.state = '{SHOWN[0]}' AND face.is_face AND NOT face.drawn
    AND face.pack = ? AND face.pack_version = ?
ORDER BY photo.mtime_ns, face.id
"""


def faces_seen(
    library: Library, photo_ids: Sequence[int], pack: str, version: str
) -> tuple[list[CameraFace], NDArray[np.float32]]:
    """The faces in these photos that this maker has embedded, in order of time, and what they look
    like: (n, d), of length 1."""
    rows = [
        row
        for chunk in chunks(sorted(photo_ids))
        for row in read(_FACES.format(",".join("?" * len(chunk))), (*chunk, pack, version))
    ]
    size = max((len(row[-1]) for row in rows), default=0)
    rows = [row for row in rows if len(row[-1]) == size]
    faces = [
        CameraFace(
            row[0], row[1], written(row[2]), row[3], (row[4], row[5], row[6], row[7]), row[8]
        )
        for row in rows
    ]
    whole = np.frombuffer(b"".join(row[-1] for row in rows), "<f2")
    vectors = whole.astype(np.float32).reshape(len(rows), size // 2)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return faces, vectors / np.maximum(length, 1e-6)


def moments(library: Library, photo_ids: Sequence[int]) -> dict[int, datetime]:
    """When the files of these photos were written, UTC."""
    return {
        number: written(nanoseconds)
        for chunk in chunks(sorted(photo_ids))
        for number, nanoseconds in read(
            f"SELECT id, mtime_ns FROM photo WHERE id IN ({','.join('?' * len(chunk))})",
            tuple(chunk),
        )
    }


def written_since(library: Library, collection_id: int, since: datetime) -> list[int]:
    """The photos of a collection that were looked at and whose files were written after `since`
    (UTC)."""
    after = int(since.replace(tzinfo=UTC).timestamp() * 1e9)
    return [
        number
        for (number,) in read(
            f"SELECT id FROM photo WHERE collection_id = ? AND state = '{SHOWN[0]}'"
            " AND mtime_ns >= ?",
            (collection_id, after),
        )
    ]


def new_photos(library: Library, photo_ids: Sequence[int], since: datetime) -> set[int]:
    """Those of these photos that were never looked at, or were written after `since` (UTC)."""
    after = int(since.replace(tzinfo=UTC).timestamp() * 1e9)
    return {
        number
        for chunk in chunks(sorted(photo_ids))
        for (number,) in read(
            f"SELECT id FROM photo WHERE id IN ({','.join('?' * len(chunk))})"
            " AND (pack = '' OR mtime_ns >= ?)",
            (*chunk, after),
        )
    }


def written(nanoseconds: int) -> datetime:
    """A file time as a moment, UTC without zone; a senseless one is 1970."""
    try:
        return datetime.fromtimestamp(nanoseconds / 1e9, UTC).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return datetime(1970, 1, 1)
