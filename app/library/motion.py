"""Motion: the rows of files that are the moving part of a photo.

[Note: Moving parts] The moving part of a Live Photo is a file beside its still. Its row is in state
MOTION and names the row of the still; it has no faces and is never looked at. Where the still goes,
or turns out to be none, it is a video like others, and waits to be looked at.

Everything here is to be called within a transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.library.copies import hand_over, heir
from app.library.erased import is_erased
from app.library.models import Face, Photo
from app.library.queries.shapes import chunks
from app.library.rows import PhotoState

STILLS = (PhotoState.PENDING.value, PhotoState.LOOKED.value, PhotoState.COPY.value)
"""The states of a photo with which a moving part can stand."""
_NEVER = (PhotoState.GONE.value, PhotoState.CLOUD.value)


def pair(film_id: int, still_id: int) -> tuple[set[int], set[int]]:
    """Let a file be the moving part of a photo. Gives the photos and the people touched.

    Faces that were found in it go: what the user said of them stays in the log, and holds again
    should it be looked at again. What was erased stays as it is.
    """
    film, still = Photo.get_or_none(Photo.id == film_id), Photo.get_or_none(Photo.id == still_id)
    if film is None or still is None or film.state in _NEVER or is_erased(film):
        return set(), set()
    if still.state not in STILLS or film.id == still.id:
        return set(), set()
    copy = None if film.state == PhotoState.COPY.value else heir(film.id)
    if copy is not None:  # the video goes on there, and this file has the row of its copy
        hand_over(film, copy)
        film = copy
    people = {face.person_id for face in Face.select(Face.person).where(Face.photo == film)} - {
        None
    }
    Face.delete().where(Face.photo == film).execute()
    Photo.update(
        state=PhotoState.MOTION.value, still=still_id, is_stale=False, error="", copy_of=None,
        fingerprint="", pack="", pack_version="", duration=None,
    ).where(Photo.id == film.id).execute()  # fmt: skip
    return {film_id, film.id, still_id}, people


def part(film_ids: Sequence[int]) -> set[int]:
    """Let files that were moving parts be videos like others; gives the photos touched."""
    return _part(Photo.id, film_ids)


def part_from(still_ids: Sequence[int]) -> set[int]:
    """The same of the moving parts of these photos."""
    return _part(Photo.still, still_ids)


def _part(column: object, ids: Sequence[int]) -> set[int]:
    touched: set[int] = set()
    for chunk in chunks(list(ids)):
        found = Photo.select(Photo.id, Photo.still).where(
            column.in_(chunk),  # type: ignore[attr-defined]
            Photo.state == PhotoState.MOTION.value,
        )
        rows = list(found.tuples())
        films = [film_id for film_id, _ in rows]
        touched |= {*films, *(still_id for _, still_id in rows if still_id is not None)}
        Photo.update(state=PhotoState.PENDING.value, still=None).where(
            Photo.id.in_(films)
        ).execute()
    return touched
