"""Reading: what the viewer has to know of a photo before it can show who is in it."""

from __future__ import annotations

from app.library.rows import FaceRow, PersonRow, PhotoRow
from app.ui.absence import why_absent
from app.ui.album import Album

Facts = tuple[PhotoRow, list[FaceRow], list[PersonRow]]
Read = tuple[Facts, str]
"""What is known of a photo, and why its file is not at hand."""


def read_facts(album: Album, photo_id: int) -> Read:
    """Of one photo. May be slow: call it in the background."""
    photo = album.photo(photo_id)
    known = photo, album.faces_in_photo(photo_id), album.people_in_photo(photo_id)
    return known, why_absent(album, photo)
