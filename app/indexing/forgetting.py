"""Forgetting: a person leaves the library and the small pictures alike."""

from __future__ import annotations

from dataclasses import replace

from app.changes import Changes
from app.library.commands import forgetting
from app.library.database import Library
from app.library.queries.decisions import forgotten_faces
from app.library.rows import Look
from app.media.thumbnails import ThumbnailCache

IN_USE = " Traces of it stay in the library's file until Kinfolk is closed."


def forget_person(library: Library, thumbnails: ThumbnailCache, person_id: int) -> Changes:
    """Erase a person with every embedding and crop, and keep them from being learnt again.

    Raises UsageError when there is no such person, LibraryError when the disk refuses.
    """
    forgotten = forgetting.forget_person(library, person_id)
    for fingerprint, box in forgotten.places:
        thumbnails.forget_face(fingerprint, box)
    if library.scrub():
        return forgotten.changes
    return replace(forgotten.changes, said=f"{forgotten.changes.said}.{IN_USE}")


def keep_forgotten(library: Library, thumbnails: ThumbnailCache, photo_id: int, look: Look) -> None:
    """Erase the crops that a look has made of people who are forgotten."""
    for box in forgotten_faces(library, photo_id, look):
        thumbnails.forget_face(look.fingerprint, box)
