"""Questions about what is asked in Review: whether it still is, and what shows it."""

from __future__ import annotations

from collections.abc import Sequence

from app.library.database import Library
from app.library.models import Decision, Face, Person, Photo
from app.library.queries.shapes import SHOWN, chunks, face_rows, select_faces
from app.library.rows import FaceRow, Placed
from app.library.verbs import VERBS


def standing_words(library: Library, collection_id: int, since: int) -> list[int]:
    """The numbers of the words that stand, from `since` on, in the order they were said."""
    rows = (
        Decision.select(Decision.id)
        .where(
            Decision.collection == collection_id,
            Decision.id >= since,
            Decision.kind.in_(list(VERBS)),
            ~Decision.undone,
        )
        .order_by(Decision.id)
    )
    return [number for (number,) in rows.tuples()]


def whose(library: Library, face_ids: Sequence[int]) -> dict[int, int | None]:
    """Face id -> the person it is with now, for those of these faces that are still shown."""
    return {
        face_id: person_id
        for chunk in chunks(list(face_ids))
        for face_id, person_id in Face.select(Face.id, Face.person)
        .join(Photo, on=(Face.photo == Photo.id))
        .where(Face.id.in_(chunk), Face.is_face, Photo.state.in_(SHOWN))
        .tuples()
    }


def present_people(library: Library, person_ids: Sequence[int]) -> frozenset[int]:
    """Those of these people who were not ended by a merge, have a face, and are not hidden."""
    return frozenset(
        number
        for chunk in chunks(list(person_ids))
        for (number,) in Person.select(Person.id)
        .where(
            Person.id.in_(chunk),
            Person.merged_into.is_null(),
            Person.face_count > 0,
            ~Person.hidden,
        )
        .tuples()
    )


def clear_faces(library: Library, person_id: int, limit: int) -> list[FaceRow]:
    """The faces by which a person is known best: those the user placed first, then the clearest."""
    return face_rows(
        select_faces()
        .where(Face.person == person_id)
        .order_by((Face.placed == Placed.USER.value).desc(), Face.quality.desc(), Face.id)
        .limit(limit)
    )
