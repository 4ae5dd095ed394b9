"""Web album: a folder that any browser shows, from a disk, a stick or a web server."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from app.errors import PhotoError
from app.indexing.export.film import strip_film
from app.indexing.export.gathering import Gathered
from app.indexing.export.names import folder_name
from app.indexing.export.order import Web
from app.indexing.export.pictures import Darkroom
from app.indexing.export.placing import CHANGED, Placer
from app.indexing.export.plan import Item
from app.indexing.export.web_page import Shot, write_page
from app.library.queries.exports import PhotoFiles
from app.paths import resources

LARGE, SMALL, COVER = 2048, 640, 320
"""Pixels of the long side: fills a screen, is sharp in a row, stands beside the name."""
_QUALITY = 85
_SHOWN_BY_BROWSERS = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")
NO_PICTURE = "It cannot be shown in a web album: there is no picture of it at hand."
STRIPPED = (
    "The photos in this album were made smaller, videos written anew: they hold neither place nor "
    "camera nor any other metadata."
)
WITH_METADATA = "The photos in this album are the files themselves, with the metadata in them."
_MADE_WITH = "Made with Kinfolk."
_Passed = tuple[Path, str]


class WebAlbum:
    """One album, made anew as far as it is not there yet."""

    def __init__(
        self, kind: Web, gathered: Gathered, darkroom: Darkroom, placer: Placer,
        step: Callable[[], None],
    ) -> None:  # fmt: skip
        self._kind = kind
        self._gathered = gathered
        self._darkroom = darkroom
        self._placer = placer
        self._step = step
        self._photos = gathered.oldest_first()
        self._folder = placer.own_folder(folder_name(f"Web album of {gathered.title}"))
        self._passed: list[_Passed] = []
        self._kept: set[str] = set()
        """The paths of what is in the album now."""

    def make(self) -> Sequence[_Passed]:
        """Write it; gives the photos that are not in it, and why."""
        shots = list(self._shots())
        cover = self._cover()
        for name in ("album.css", "album.js"):
            self._write(name, (resources() / "web" / name).read_bytes())
        self._write("index.html", write_page(self._gathered, shots, cover, self._notes()))
        self._placer.sweep(self._folder, self._kept)
        self._placer.tally.made.append(self._placer.place_of(f"{self._folder}/index.html"))
        return self._passed

    def _notes(self) -> list[str]:
        notes = [STRIPPED if self._kind is Web.SCALED else WITH_METADATA]
        self._placer.tally.notes.update(notes)
        return [*notes, _MADE_WITH]

    def _shots(self) -> Iterator[Shot]:
        for photo in self._photos:
            try:
                yield self._shot(photo)
            except PhotoError as error:
                self._passed.append((photo.path, str(error)))
            self._step()

    def _shot(self, photo: PhotoFiles) -> Shot:
        name = photo.fingerprint[:16]
        small = f"small/{name}.jpg"
        size = self._small(photo, small)
        keeps = photo.is_video or photo.content_type in _SHOWN_BY_BROWSERS
        if self._kind is Web.ORIGINALS and keeps:
            large = f"originals/{name}{photo.path.suffix.lower()}"
            sources = (photo.path, *photo.copies)
            path, key = f"{self._folder}/{large}", f"web {photo.fingerprint}"
            self._kept.add(path)
            self._placer.copy(Item(path, key, sources, photo.size, photo.fingerprint))
        elif photo.is_video:
            large = f"photos/{name}.mp4"
            self._film(photo, large)
        else:
            large = f"photos/{name}.jpg"
            self._picture(photo, large, LARGE, self._darkroom.original)
        return Shot(photo, large, small, size)

    def _film(self, photo: PhotoFiles, name: str) -> None:
        path, key = f"{self._folder}/{name}", f"web film {photo.fingerprint}"
        self._kept.add(path)
        if self._placer.has_made(path, key):
            return
        reason = PhotoError(NO_PICTURE)
        for source in (photo.path, *photo.copies):
            part = self._placer.part("film.mp4")
            try:
                strip_film(source, part, self._placer.check)
                break
            except PhotoError as error:
                reason = error
        else:
            raise reason
        if not self._placer.settle_made(part, path, key):
            raise PhotoError(CHANGED)

    def _small(self, photo: PhotoFiles, name: str) -> tuple[int, int]:
        """Make the small picture; gives its width and height."""
        self._picture(photo, name, SMALL, self._darkroom.picture)
        with Image.open(self._placer.place_of(f"{self._folder}/{name}")) as made:
            return made.size

    def _picture(
        self, photo: PhotoFiles, name: str, side: int,
        develop: Callable[[PhotoFiles, int], Image.Image | None],
    ) -> None:  # fmt: skip
        path, key = f"{self._folder}/{name}", f"web {side} {photo.fingerprint}"
        self._kept.add(path)
        if self._placer.has_made(path, key):
            return
        picture = develop(photo, side)
        if picture is None:
            raise PhotoError(NO_PICTURE)
        if not self._placer.make(path, key, _jpeg(picture)):
            raise PhotoError(CHANGED)

    def _cover(self) -> str:
        """The face of the one it is about."""
        subjects = self._gathered.subjects
        if len(subjects) != 1 or subjects[0].cover is None:
            return ""
        face = subjects[0].cover
        photo = next((one for one in self._photos if one.id == face.photo_id), None)
        picture = self._darkroom.face(photo, face, COVER)
        if picture is None:
            return ""
        picture.thumbnail((COVER, COVER), Image.Resampling.LANCZOS)
        self._write("cover.jpg", _jpeg(picture))
        return "cover.jpg"

    def _write(self, name: str, data: bytes) -> None:
        path = f"{self._folder}/{name}"
        self._kept.add(path)
        if not self._placer.make(path, f"web {name}", data):
            self._passed.append((self._placer.place_of(path), CHANGED))


def make_album(
    kind: Web, gathered: Gathered, darkroom: Darkroom, placer: Placer, step: Callable[[], None]
) -> tuple[int, Callable[[], Sequence[_Passed]]]:
    """How many steps it takes, and what makes the album."""
    album = WebAlbum(kind, gathered, darkroom, placer, step)
    return len(gathered.photos), album.make


def _jpeg(picture: Image.Image) -> bytes:
    """As a file with nothing in it but the picture."""
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=_QUALITY, progressive=True)
    return out.getvalue()
