"""Questions about faces."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.library.database import Library
from app.library.film import film_moment, in_frame
from app.library.models import Face, Person, Photo
from app.library.queries.shapes import (
    FACE,
    SHOWN,
    chunks,
    face_row,
    face_rows,
    is_stranger,
    is_unnamed,
    select_faces,
)
from app.library.rows import FaceRow, Looks

_AGREED = 0.5
"""Three of four votes for one gender, the clearer faces counting for more, say which it is."""


def photos_of_faces(
    library: Library, collection_id: int, face_ids: Sequence[int]
) -> dict[int, Path]:
    """Face id -> path of its photo, for those of these faces that are in the collection."""
    return {
        face_id: path
        for chunk in chunks(list(face_ids))
        for face_id, path in Face.select(Face.id, Photo.path)
        .join(Photo, on=(Face.photo == Photo.id))
        .where(Face.id.in_(chunk), Photo.collection == collection_id)
        .tuples()
    }


def faces_in_photo(library: Library, photo_id: int) -> list[FaceRow]:
    """The faces of one photo, from left to right."""
    return face_rows(select_faces().where(Face.photo == photo_id).order_by(Face.x))


def faces_of(library: Library, person_id: int) -> list[FaceRow]:
    """The faces of one person, newest photo first."""
    return face_rows(
        select_faces().where(Face.person == person_id).order_by(Photo.taken.desc(), Face.id.desc())
    )


def faces_by_id(library: Library, ids: Sequence[int]) -> list[FaceRow]:
    """These faces, in the order asked for, without those that are not shown any more."""
    found = {
        row.id: row
        for chunk in chunks(list(ids))
        for row in face_rows(select_faces().where(Face.id.in_(chunk)))
    }
    return [found[face_id] for face_id in ids if face_id in found]


def looks(library: Library, person_id: int) -> Looks:
    """How old and of which gender the faces of a person look."""
    rows = list(
        Face.select(Face.age, Face.gender, Face.gender_confidence, Face.quality)
        .join(Photo, on=(Face.photo == Photo.id))
        .where(Face.person == person_id, Face.is_face, Photo.state.in_(SHOWN))
        .tuples()
    )
    ages = [age for age, *_ in rows if age is not None]
    votes = [
        (1 if gender == "female" else -1) * sure * quality
        for _, gender, sure, quality in rows
        if gender in ("female", "male") and sure is not None
    ]
    leaning, most = sum(votes), sum(abs(vote) for vote in votes)
    agree = most > 0 and abs(leaning) >= _AGREED * most
    youngest, oldest = (
        (int(age) for age in np.percentile(ages, (10, 90)).round()) if ages else (None, None)
    )
    average, least, most = (
        (round(sum(ages) / len(ages)), round(min(ages)), round(max(ages)))
        if ages
        else (None, None, None)
    )
    return Looks(
        youngest=youngest,
        oldest=oldest,
        gender=("female" if leaning > 0 else "male") if agree else None,
        faces=max(len(ages), len(votes)),
        average=average,
        least=least,
        most=most,
    )


def is_drawn(library: Library, face_id: int) -> bool:
    """Whether the user drew this face by hand."""
    return bool(Face.select().where(Face.id == face_id, Face.drawn).exists())


def face_count(library: Library, collection_id: int) -> int:
    """How many faces there are, of whomever."""
    photos = Photo.select(Photo.id).where(Photo.collection == collection_id)
    return int(Face.select().where(Face.photo.in_(photos), Face.is_face).count())


def unnamed_faces(library: Library, collection_id: int) -> list[FaceRow]:
    """Every face of somebody without a name who is not hidden, and of nobody, the clearest first;
    but for those of whom the user said that they are strangers."""
    return face_rows(
        select_faces()
        .where(Photo.collection == collection_id, is_unnamed())
        .order_by(Face.quality.desc(), Face.id)
    )


def first_unnamed(library: Library, collection_id: int, limit: int) -> list[FaceRow]:
    """About `limit` faces of `unnamed_faces`: those of the largest groups, the clearest of each
    first. Fewer where the groups have no more."""
    groups = (
        Person.select(Person.id, Person.face_count)
        .where(
            Person.collection == collection_id,
            Person.merged_into.is_null(),
            Person.name == "",
            ~Person.hidden,
            Person.face_count > 0,
        )
        .order_by(Person.face_count.desc(), Person.id)
        .limit(limit)
        .tuples()
    )
    found: list[FaceRow] = []
    for person_id, _ in groups:
        if len(found) >= limit:
            break
        of_one = select_faces().where(Face.person == person_id)
        found += face_rows(of_one.order_by(Face.quality.desc(), Face.id).limit(limit - len(found)))
    return found


def vectors_of(
    library: Library, face_ids: Sequence[int], pack: str, version: str
) -> dict[int, NDArray[np.float16]]:
    """Face id -> embedding (dimensions,), for those of these faces that this maker embedded."""
    return {
        face_id: vector
        for chunk in chunks(list(face_ids))
        for face_id, vector in Face.select(Face.id, Face.embedding)
        .where(Face.id.in_(chunk), Face.pack == pack, Face.pack_version == version)
        .tuples()
    }


def stranger_faces(library: Library, collection_id: int) -> list[FaceRow]:
    """The faces that the user said are nobody they know, newest photo first."""
    return face_rows(
        select_faces()
        .where(Photo.collection == collection_id, is_stranger())
        .order_by(Photo.taken.desc(), Face.id.desc())
    )


def faces_of_photos(library: Library, photo_ids: Sequence[int]) -> dict[int, list[FaceRow]]:
    """The faces of each of these photos, from left to right."""
    found: dict[int, list[FaceRow]] = {photo_id: [] for photo_id in photo_ids}
    for chunk in chunks(list(photo_ids)):
        for row in face_rows(select_faces().where(Face.photo.in_(chunk)).order_by(Face.x)):
            found[row.photo_id].append(row)
    return found


def told_faces(
    library: Library,
    collection_id: int,
) -> Iterator[tuple[Path, int, int, FaceRow]]:
    """Every face with its photo's path, width and height, in the order of `face_boxes`."""
    query = (
        select_faces()
        .select(*FACE, Photo.path, Photo.width, Photo.height)
        .where(Photo.collection == collection_id)
        .order_by(Photo.path, Face.id)
    )
    for *values, path, width, height in Face._meta.database.execute(query):
        yield Path(os.fsdecode(path)), width, height, face_row(tuple(values))


def face_boxes(
    library: Library,
    collection_id: int,
) -> Iterator[tuple[Path, float, float, float, float, str]]:
    """Every face: path, x, y, w, h in pixels of the upright image or frame of a video, key of its
    person or ''."""
    query = (
        select_faces()
        .select(Photo.path, Photo.width, Photo.height, Face.x, Face.y, Face.w, Face.h, Person.key)
        .where(Photo.collection == collection_id)
        .order_by(Photo.path, Face.id)
    )
    for path, width, height, x, y, w, h, key in query.tuples().iterator():
        yield path, x * width, in_frame(y) * height, w * width, h * height, key or ""


def poster_moment(library: Library, photo_id: int) -> float | None:
    """The moment of a video that shows somebody best, s; None where nobody is seen."""
    found = library.sql(
        "SELECT y FROM face WHERE photo_id = ? AND is_face ORDER BY quality DESC, id LIMIT 1",
        (photo_id,),
    )
    return film_moment(found[0][0]) if found else None
