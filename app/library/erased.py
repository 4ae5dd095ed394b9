"""Erased: what stays of what the user had erased: husks in the log, and photos without faces.

[Note: Erased] A row of the log that is erased stays as a husk, so that the others keep their
numbers, and so that the journal tells what is to be erased from an older file, too. A photo whose
faces were erased is looked at, not stale and of no maker. So no other pack wants to look at it
again, and what a look that was under way has found is not stored. A photo that changes, in which a
face is drawn, or that the user wants looked at again is stale, and all is as always.
"""

from __future__ import annotations

from app.library.camera_rows import erase_seen
from app.library.models import (
    Decision,
    DecisionFace,
    Face,
    Person,
    Photo,
    SkippedQuestion,
    Spare,
    VisitTotal,
)
from app.library.queries.shapes import chunks
from app.library.rows import PhotoState

ERASED = "erased"
"""The kind of a row of the log that is a husk."""
EVERYTHING = {"everything": True}
"""What the husk tells with which all faces of a collection were erased."""
LOOKED_AT = (PhotoState.LOOKED.value, PhotoState.GONE.value)


NO_MORE = f"(state IN {LOOKED_AT!r} AND NOT is_stale AND pack = '')"
"""As `is_erased`, for SQL that asks the photos."""


def is_erased(photo: Photo) -> bool:
    """Whether the faces of a photo were erased and nobody wants it looked at again."""
    return photo.state in LOOKED_AT and not photo.is_stale and not photo.pack


def make_husks(decision_ids: list[int]) -> None:
    """Let these rows of the log say nothing any more."""
    for chunk in chunks(decision_ids):
        DecisionFace.delete().where(DecisionFace.decision.in_(chunk)).execute()
        Decision.update(kind=ERASED, data={}, said="", target=None).where(
            Decision.id.in_(chunk)
        ).execute()


def erase_everyone(collection_id: int) -> int:
    """Erase the faces and the people of a collection, to be called within a transaction; gives the
    number of the faces."""
    mine = Photo.collection == collection_id
    faces = Face.photo.in_(Photo.select(Photo.id).where(mine))
    count = int(Face.delete().where(faces).execute())
    Spare.delete().where(Spare.photo.in_(Photo.select(Photo.id).where(mine))).execute()
    Person.delete().where(Person.collection == collection_id).execute()
    erase_seen(collection_id)
    SkippedQuestion.delete().where(SkippedQuestion.collection == collection_id).execute()
    VisitTotal.delete().where(VisitTotal.collection == collection_id).execute()
    Photo.update(is_stale=False, pack="", pack_version="").where(
        mine, Photo.state.in_(LOOKED_AT)
    ).execute()
    return count
