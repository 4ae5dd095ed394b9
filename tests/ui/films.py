"""A small real video in the library of a window, and photos that move."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.library.commands.faces import move_faces
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.database import Library
from app.library.film import film_y
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import folders, pending_photos
from app.library.rows import Look, NewFace
from app.media.read import open_photo
from app.media.video import Video
from tests.media.films import HEIGHT, RATE, WIDTH, film, numbered
from tests.media.moving import container_photo, jpeg
from tests.ui.conftest import new_face

FRAMES = 75
ANNA, BEN = (0.1, 0.2, 0.2, 0.3), (0.6, 0.2, 0.2, 0.3)
FIRST, SECOND, THIRD = 10 / RATE, 40 / RATE, 60 / RATE
"""Moments with faces: Anna, both, and somebody without a name."""


def seen_face(
    box: tuple[float, float, float, float], moment: float, *seen: tuple[float, float]
) -> NewFace:
    """A face in a video."""
    x, y, w, h = box
    return replace(new_face((x, film_y(y, moment), w, h)), seen=seen)


def add_film(
    library: Library, collection_id: int, folder: Path, name: str = "clip.mp4", frames: int = FRAMES
) -> int:
    """A video of numbered frames with Anna and somebody unknown in it; gives its row."""
    path = folder / name
    path.write_bytes(_film(frames))
    photo_id = _take_in(library, collection_id, path)
    with Video(path, 100) as video:
        look = Look(
            fingerprint=video.fingerprint, width=video.width, height=video.height, orientation=1,
            content_type=video.content_type, taken=datetime(2021, 3, 4), taken_from="video",
            camera="", colour=0x507090, pack="test", pack_version="1", duration=video.duration,
            faces=(
                seen_face(ANNA, FIRST, (0.2, 0.8), (1.4, 1.9)),
                seen_face(ANNA, SECOND, (0.2, 0.8), (1.4, 1.9)),
                seen_face(BEN, SECOND, (1.4, 2.6)),
                seen_face(BEN, THIRD, (1.4, 2.6)),
            ),
        )  # fmt: skip
    store_look(library, photo_id, look)
    anna = [face.id for face in faces_in_photo(library, photo_id) if face.x < 0.5]
    move_faces(library, anna, "Anna")
    return photo_id


def add_moving(library: Library, collection_id: int, folder: Path, frames: int = 12) -> int:
    """A photo with a moving part within its file; gives its row."""
    path = folder / "moves.jpg"
    container_photo(path, _film(frames), jpeg(WIDTH, HEIGHT))
    photo_id = _take_in(library, collection_id, path)
    with open_photo(path, 100) as photo:
        look = Look(
            fingerprint=photo.fingerprint, width=photo.width, height=photo.height, orientation=1,
            content_type="image/jpeg", taken=datetime(2021, 3, 5), taken_from="exif", camera="",
            colour=0x507090, pack="test", pack_version="1", faces=(), motion_at=photo.motion_at,
        )  # fmt: skip
    store_look(library, photo_id, look)
    return photo_id


@functools.cache
def _film(frames: int) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        return film(Path(place, "film.mp4"), map(numbered, range(frames))).read_bytes()


def _take_in(library: Library, collection_id: int, path: Path) -> int:
    (row,) = folders(library, collection_id)
    status = path.stat()
    seen = SeenFile(path, status.st_size, status.st_mtime_ns)
    record_scan(library, collection_id, row.id, ScanResult(added=[seen]))
    return next(
        photo_id for photo_id, there in pending_photos(library, collection_id) if there == path
    )
