"""The faces of a collection as arrays, asked of the library in the plainest way: what the gallery
that is kept in memory is held against."""

# ruff: noqa: ARG001 - the models are bound to the library

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.library.database import Library
from app.library.dated import DATED
from app.library.models import Face, Photo
from app.library.queries.shapes import SHOWN, is_stranger
from app.library.rows import Placed


@dataclass(frozen=True, slots=True)
class FaceColumns:
    """Every comparable face of a collection as columns of one length n."""

    ids: NDArray[np.int64]
    photos: NDArray[np.int64]
    people: NDArray[np.int64]
    """Row id of the face's person; -1 for nobody."""
    vectors: NDArray[np.float16]
    """(n, dimensions), each of length 1."""
    is_fixed: NDArray[np.bool_]
    """Whether the user placed it."""
    is_new: NDArray[np.bool_]
    """Whether no grouping has considered it yet."""
    quality: NDArray[np.float32]
    """0..1."""
    years: NDArray[np.float32]
    """When the photo was taken; NaN where only the file's time is known."""


def face_columns(library: Library, collection_id: int, pack: str, version: str) -> FaceColumns:
    """The faces that this maker found and embedded, in order of id, but for those of strangers.

    Drawn faces are not among them: nobody is recognised by what no maker found.
    """
    rows = (
        Face.select(
            Face.id, Face.photo, Face.person, Face.embedding, Face.placed, Face.grouped,
            Face.quality, Photo.taken, Photo.taken_from,
        )
        .join(Photo, on=(Face.photo == Photo.id))
        .where(
            Photo.collection == collection_id,
            Photo.state.in_(SHOWN),
            Face.is_face,
            ~Face.drawn,
            ~is_stranger(),
            Face.pack == pack,
            Face.pack_version == version,
        )
        .order_by(Face.id)
        .tuples()
    )  # fmt: skip
    columns = list(zip(*rows, strict=True))
    if not columns:
        none, no = np.empty(0, np.int64), np.empty(0, np.bool_)
        nothing = np.empty(0, np.float32)
        empty = np.empty((0, 1), np.float16)
        return FaceColumns(none, none, none, empty, no, no, nothing, nothing)
    ids, photos, people, vectors, placed, grouped, quality, taken, taken_from = columns
    return FaceColumns(
        ids=np.array(ids, dtype=np.int64),
        photos=np.array(photos, dtype=np.int64),
        people=np.array([-1 if person is None else person for person in people], dtype=np.int64),
        vectors=np.stack(vectors).astype(np.float16, copy=False),
        is_fixed=np.array([word == Placed.USER.value for word in placed]),
        is_new=~np.array(grouped, dtype=np.bool_),
        quality=np.array(quality, dtype=np.float32),
        years=np.array(
            [
                when.year if when is not None and source in DATED else np.nan
                for when, source in zip(taken, taken_from, strict=True)
            ],
            dtype=np.float32,
        ),
    )


def people_of_other_makers(
    library: Library, collection_id: int, pack: str, version: str
) -> frozenset[int]:
    """Ids of the people of whom some faces were embedded by another maker."""
    rows = (
        Face.select(Face.person)
        .join(Photo, on=(Face.photo == Photo.id))
        .where(
            Photo.collection == collection_id,
            Photo.state.in_(SHOWN),
            Face.is_face,
            ~Face.drawn,
            Face.person.is_null(False),
            (Face.pack != pack) | (Face.pack_version != version),
        )
        .distinct()
        .tuples()
    )
    return frozenset(person_id for (person_id,) in rows)


@dataclass(frozen=True, slots=True)
class DismissedColumns:
    """The faces of a collection that count as none, as columns of one length n."""

    ids: NDArray[np.int64]
    vectors: NDArray[np.float16]
    """(n, dimensions), each of length 1."""
    is_by_machine: NDArray[np.bool_]
    """Whether a grouping found it just like one that the user denied; else the user said so."""
    is_complete: bool
    """Whether this maker has looked at all that the user denied in the photos shown."""


def dismissed_columns(
    library: Library, collection_id: int, pack: str, version: str
) -> DismissedColumns:
    """The embeddings of what is no face by the user's word or by likeness, in order of id.

    Photos in any state are among them: a statue is none, wherever its picture went.
    """
    rows = (
        Face.select(Face.id, Face.embedding, Face.placed)
        .join(Photo, on=(Face.photo == Photo.id))
        .where(
            Photo.collection == collection_id,
            ~Face.is_face,
            ~Face.drawn,
            Face.pack == pack,
            Face.pack_version == version,
        )
        .order_by(Face.id)
        .tuples()
    )
    elsewhere = (
        Face.select(Face.id)
        .join(Photo, on=(Face.photo == Photo.id))
        .where(
            Photo.collection == collection_id,
            Photo.state.in_(SHOWN),
            ~Face.is_face,
            ~Face.drawn,
            Face.placed == Placed.USER.value,
            (Face.pack != pack) | (Face.pack_version != version),
        )
    )
    is_complete = not elsewhere.exists()
    columns = list(zip(*rows, strict=True))
    if not columns:
        none, nothing = np.empty(0, np.int64), np.empty((0, 1), np.float16)
        return DismissedColumns(none, nothing, np.empty(0, np.bool_), is_complete)
    ids, vectors, placed = columns
    return DismissedColumns(
        ids=np.array(ids, dtype=np.int64),
        vectors=np.stack(vectors).astype(np.float16, copy=False),
        is_by_machine=np.array([word == Placed.MACHINE.value for word in placed]),
        is_complete=is_complete,
    )
