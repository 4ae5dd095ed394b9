"""Photos: faces where none can be, embeddings that are none, photos in the wrong folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.library.anchors import read
from app.library.checks.check import Check, told
from app.library.drawn import look_again
from app.library.models import Face, Folder, Photo
from app.library.motion import part
from app.library.queries.shapes import chunks
from app.library.rows import FolderState, PhotoState

_AT_ONCE = 4096
"""Embeddings that are held against each other at once."""
_ROUGHLY = 0.02
"""How far from 1 the length of an embedding may be, kept as it is in half precision."""


def photo_checks() -> list[Check]:
    """What can be wrong with photos, their faces and their folders."""
    return [
        Check(
            "photos",
            _of_no_look,
            told(
                "1 face is in a photo that was never looked at, or that only is a copy.",
                "{} faces are in photos that were never looked at, or that only are copies.",
            ),
            _remove,
        ),
        Check(
            "photos",
            _unfit,
            told(
                "1 face has a damaged embedding: its photo has to be looked at again.",
                "{} faces have damaged embeddings: their photos have to be looked at again.",
            ),
            _empty,
        ),
        Check(
            "photos",
            _copies_of_nothing,
            told(
                "1 photo is a copy of one that is not there: it has to be looked at.",
                "{} photos are copies of ones that are not there: they have to be looked at.",
            ),
            _let_be_photos,
        ),
        Check(
            "photos",
            _parts_of_nothing,
            told(
                "1 film is the moving part of a photo that is not there: it has to be looked at.",
                "{} films are the moving parts of photos that are not there: they have to be "
                "looked at.",
            ),
            part,
        ),
        Check(
            "photos",
            _strayed,
            told(
                "1 photo is said to be in a folder in which it is not.",
                "{} photos are said to be in folders in which they are not.",
            ),
            _put_home,
        ),
        Check(
            "folders",
            _scanning,
            told(
                "1 folder is said to be scanned although nothing scans it.",
                "{} folders are said to be scanned although nothing scans them.",
            ),
            _watch,
            needs_peace=True,
        ),
    ]


def _of_no_look() -> list[int]:
    """A photo that was looked at has a fingerprint, whatever became of it since."""
    rows = read(
        "SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id"
        " WHERE photo.fingerprint = '' OR photo.state = ?",
        (PhotoState.COPY.value,),
    )
    return [face_id for (face_id,) in rows]


def _remove(face_ids: list[int]) -> None:
    for chunk in chunks(face_ids):
        Face.delete().where(Face.id.in_(chunk)).execute()


def _unfit() -> list[int]:
    """Faces that cannot be held against others: their embedding has not the length of their
    maker's others, or is not of length 1; or there is none and no look is due."""
    makers: dict[tuple[str, str], Counter[int]] = {}
    for pack, version, size, count in read(
        "SELECT pack, pack_version, LENGTH(embedding), COUNT(*) FROM face WHERE pack <> ''"
        " GROUP BY pack, pack_version, LENGTH(embedding)"
    ):
        makers.setdefault((pack, version), Counter())[size] = count
    found: list[int] = []
    for (pack, version), sizes in makers.items():
        found += _unfit_of(pack, version, max(sizes, key=lambda size: (size > 0, sizes[size])))
    rows = read(
        "SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id"
        " WHERE LENGTH(embedding) = 0 AND face.pack = '' AND NOT is_stale AND state IN (?, ?)",
        (PhotoState.LOOKED.value, PhotoState.GONE.value),
    )
    return found + [face_id for (face_id,) in rows]


def _unfit_of(pack: str, version: str, size: int) -> Iterator[int]:
    statement = "SELECT id, CAST(embedding AS BLOB) FROM face WHERE pack = ? AND pack_version = ?"
    cursor = Face._meta.database.execute_sql(statement, (pack, version))
    while rows := cursor.fetchmany(_AT_ONCE):
        whole = [(face_id, blob) for face_id, blob in rows if len(blob) == size and size % 2 == 0]
        fit = _are_unit(b"".join(blob for _, blob in whole), size) if size else np.array([])
        good = {face_id for (face_id, _), is_fit in zip(whole, fit, strict=False) if is_fit}
        yield from (face_id for face_id, _ in rows if face_id not in good)


def _are_unit(blob: bytes, size: int) -> NDArray[np.bool_]:
    vectors = np.frombuffer(blob, "<f2").reshape(-1, size // 2).astype(np.float32)
    with np.errstate(all="ignore"):
        lengths = np.linalg.norm(vectors, axis=1)
    return np.abs(lengths - 1) < _ROUGHLY  # False of what is not finite


def _empty(face_ids: list[int]) -> None:
    """The faces keep their people, and are told from those of every maker until the next look."""
    for chunk in chunks(face_ids):
        Face.update(embedding=b"", pack="", pack_version="").where(Face.id.in_(chunk)).execute()
        photos = Face.select(Face.photo).where(Face.id.in_(chunk)).distinct().tuples()
        look_again([photo_id for (photo_id,) in photos])


def _copies_of_nothing() -> list[int]:
    """Copies that no photo stands for: nobody would ever see them."""
    rows = read(
        "SELECT copy.id FROM photo AS copy LEFT JOIN photo ON photo.id = copy.copy_of_id"
        " AND photo.collection_id = copy.collection_id AND photo.state = ?"
        " WHERE copy.state = ? AND photo.id IS NULL",
        (PhotoState.LOOKED.value, PhotoState.COPY.value),
    )
    return [photo_id for (photo_id,) in rows]


def _parts_of_nothing() -> list[int]:
    """Moving parts of photos that are not there: nobody would ever see them."""
    rows = read(
        "SELECT film.id FROM photo AS film LEFT JOIN photo AS still ON still.id = film.still_id"
        " AND still.collection_id = film.collection_id AND still.state NOT IN (?, ?)"
        " WHERE film.state = ? AND still.id IS NULL",
        (PhotoState.GONE.value, PhotoState.MOTION.value, PhotoState.MOTION.value),
    )
    return [photo_id for (photo_id,) in rows]


def _let_be_photos(photo_ids: list[int]) -> None:
    for chunk in chunks(photo_ids):
        Photo.update(state=PhotoState.PENDING.value, copy_of=None).where(
            Photo.id.in_(chunk)
        ).execute()


def _strayed() -> list[tuple[int, int | None]]:
    """Photos that are not in their folder, or in none although they lie in one; and where to."""
    homes: dict[int, list[tuple[bytes, int]]] = {}
    for number, collection, path in read("SELECT id, collection_id, path FROM folder"):
        inside = os.path.join(bytes(path), b"")  # noqa: PTH118 - paths are bytes in the library
        homes.setdefault(collection, []).append((inside, number))
    found: list[tuple[int, int | None]] = []
    rows = Photo._meta.database.execute_sql("SELECT id, collection_id, folder_id, path FROM photo")
    for photo, collection, folder, path in rows:
        within = [n for inside, n in homes.get(collection, ()) if bytes(path).startswith(inside)]
        if folder not in within and (within or folder is not None):
            found.append((photo, within[0] if within else None))
    return found


def _put_home(found: list[tuple[int, int | None]]) -> None:
    for photo_id, folder_id in found:
        Photo.update(folder=folder_id).where(Photo.id == photo_id).execute()


def _scanning() -> list[Any]:
    rows = Folder.select(Folder.id).where(Folder.state == FolderState.SCANNING.value).tuples()
    return [folder_id for (folder_id,) in rows]


def _watch(folder_ids: list[int]) -> None:
    for chunk in chunks(folder_ids):
        Folder.update(state=FolderState.WATCHING.value).where(Folder.id.in_(chunk)).execute()
