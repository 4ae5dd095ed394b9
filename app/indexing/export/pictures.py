"""Darkroom: photos at the size that a sheet or an album needs, upright and without metadata."""

from __future__ import annotations

from PIL import Image

from app.errors import PhotoError
from app.library.queries.exports import PhotoFiles
from app.library.rows import FaceRow
from app.media.read import open_photo
from app.media.thumbnails import ThumbnailCache, crop_box


class Darkroom:
    """Reads photos. What the small pictures suffice for is taken from these; anything else, and
    what they lack, from the originals, and where these cannot be read, again from them."""

    def __init__(self, thumbnails: ThumbnailCache, max_megapixels: int) -> None:
        self._thumbnails = thumbnails
        self._max = max_megapixels

    def picture(self, photo: PhotoFiles, long_side: int) -> Image.Image | None:
        """A photo, (RGB) upright, its long side at most so many pixels; None where there is
        neither the photo nor a small picture of it."""
        small = self._small(photo)
        longest = max(photo.width, photo.height)
        if small is not None and max(small.size) >= min(long_side, longest):
            small.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
            return small
        return self.original(photo, long_side) or small

    def original(self, photo: PhotoFiles, long_side: int) -> Image.Image | None:
        """As `picture`, from the file itself alone."""
        if photo.is_video:
            return None
        for path in (photo.path, *photo.copies):
            try:
                with open_photo(path, self._max) as opened:
                    return Image.fromarray(opened.at(long_side))
            except PhotoError:
                continue
        return None

    def face(self, photo: PhotoFiles | None, face: FaceRow, side: int) -> Image.Image | None:
        """The square picture of a face, at most so many pixels wide; None where there is none."""
        path = self._thumbnails.sound_path(face.fingerprint, face.box)
        if path is not None:
            with Image.open(path) as kept:
                return kept.convert("RGB")
        if photo is None or photo.is_video:
            return None
        try:
            with open_photo(photo.path, self._max) as opened:
                place = crop_box(face.box, opened.width, opened.height)
                return Image.fromarray(opened.region(place, side))
        except PhotoError:
            return None

    def _small(self, photo: PhotoFiles) -> Image.Image | None:
        path = self._thumbnails.sound_path(photo.fingerprint)
        if path is None:
            return None
        try:
            with Image.open(path) as kept:
                return kept.convert("RGB")
        except OSError:  # cut short, or gone this moment
            return None
