"""Erased: the photos whose faces the user had erased stay in the album, and are not looked at.

[Note: Erased] Such a photo is looked at, not stale and of no maker. So no other pack wants to look
at it again, and what a look that was under way has found is not stored. A photo that changes, in
which a face is drawn, or that the user wants looked at again is stale, and all is as always.
"""

from __future__ import annotations

from app.library.models import Photo
from app.library.rows import PhotoState

LOOKED_AT = (PhotoState.LOOKED.value, PhotoState.GONE.value)


def is_erased(photo: Photo) -> bool:
    """Whether the faces of a photo were erased and nobody wants it looked at again."""
    return photo.state in LOOKED_AT and not photo.is_stale and not photo.pack
