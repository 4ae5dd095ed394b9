"""Photos that were deleted from the disk leave the library after a while."""

from __future__ import annotations

from datetime import timedelta

from app.changes import Changes
from app.library.census import take_census
from app.library.commands.photos import people_in
from app.library.copies import delete_photos
from app.library.database import Library
from app.library.models import Photo, now
from app.library.rows import PhotoState

KEPT_DAYS = 30
"""Days for which a photo that is gone is kept with its faces, should it come back."""


def drop_gone(library: Library) -> Changes:
    """Remove the photos that have been gone for KEPT_DAYS; what was said of them stays in the log.

    Where the clock was set back, a photo seems to have gone in the future: it counts from now on.
    """

    def work() -> Changes:
        moment = now()
        is_gone = Photo.state == PhotoState.GONE.value
        is_odd = Photo.gone.is_null() | (Photo.gone > moment)
        Photo.update(gone=moment).where(is_gone, is_odd).execute()
        old = Photo.select(Photo.id).where(is_gone, Photo.gone < moment - timedelta(KEPT_DAYS))
        photo_ids = [photo_id for (photo_id,) in old.tuples()]
        people = people_in(photo_ids)
        delete_photos(photo_ids)
        take_census(library, people)
        return Changes(people=frozenset(people), photos=frozenset(photo_ids))

    return library.write(work)
