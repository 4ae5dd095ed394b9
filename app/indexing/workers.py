"""Workers: child processes that look at one photo each; one may die, the house stands."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.errors import PhotoError, ProviderError
from app.indexing.bounds import give_back_memory, keep_memory, memory_cap
from app.indexing.crew import Crew
from app.indexing.pace import yield_to_others
from app.library.queries.decisions import FilmPlaces
from app.library.rows import Facts, Look, NewFace, Shot
from app.logs import log_nothing
from app.media.exif import Exif
from app.media.facts import describe_file
from app.media.files import is_video_file
from app.media.formats import is_video_name
from app.media.likeness import appearance_of
from app.media.read import Photo, Pixels, open_photo, told_pixels
from app.media.thumbnails import (
    ThumbnailCache,
    dominant_colour,
    encode_thumbnail,
    face_crop,
    small_pixels,
)
from app.private import be_private

if TYPE_CHECKING:
    from app.faces.analyser import FaceAnalyser
    from app.faces.packs import ModelPack
    from app.faces.types import Face

_WANT_OF_MEMORY = (
    "bad_alloc",
    "bad allocation",
    "out of memory",
    "allocate memory",
    "memory alloc",
)

_BYTES_A_PIXEL = 8
"""What a decoder and the picture that comes of it take at least."""

_FORESEEN = 1280
"""Pixels of the long side: most faces and their crops need no more of a photo."""
GENTLE_PATIENCE = 10
"""So many times longer may a look take where everything else goes first: to wait for one's turn
is no fault of the photo."""

Box = tuple[float, float, float, float]
"""x, y, width and height, 0..1 of the upright photo."""
NO_PLACES = FilmPlaces()


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """All that a worker has to know, said once when it starts."""

    pack: str
    models: Path
    resources: Path
    cache: Path
    cache_bytes: int
    max_megapixels: int
    max_megabytes: int
    thumbnail_pixels: int
    crop_pixels: int
    video_frames: int = 300
    provider: str = "cpu"
    """What runs the models."""
    is_gentle: bool = False
    """Whether everything else on this computer goes first."""


class Workers:
    """The child processes that look at photos."""

    def __init__(
        self, order: WorkOrder, count: int, seconds: int, video_seconds: int = 900
    ) -> None:
        self.seconds = seconds
        """How long a look may take."""
        self.video_seconds = video_seconds
        """And one at a video."""
        self.order = order
        self._crew = Crew(count, seconds, _begin, order)
        self.change(order, count)

    def change(self, order: WorkOrder, count: int) -> None:
        """From the next photo on look in this way, with so many workers."""
        self.order = order
        self._crew.seconds = self.seconds * self._patience
        self._crew.change(count, order)

    @property
    def _patience(self) -> int:
        return GENTLE_PATIENCE if self.order.is_gentle else 1

    def look(
        self,
        path: Path,
        drawn: Sequence[Box] = (),
        places: FilmPlaces = NO_PLACES,
        from_cloud: bool = False,
    ) -> Future[Look]:
        """Look at one photo, in a worker; `drawn` are the boxes where the user drew faces, and
        `places` is what is known of faces in a video. With `from_cloud`, one that is not on this
        disk may be downloaded.

        The result raises PhotoError when the file is no usable photo, TimeoutError when it takes
        too long, DeadWorkerError when the worker died over it, ModelError when the pack fails to
        load and CrewError when no worker can be started.
        """
        patience = self.video_seconds * self._patience if is_video_name(path) else None
        return self._crew.do(_look, path, drawn, places, from_cloud, seconds=patience)

    def describe(self, path: Path) -> Future[Facts]:
        """Read when, where and with what a photo was taken, in a worker, and nothing else.

        The result raises what that of `look` does.
        """
        return self._crew.do(_describe_file, path)

    def get_ready(self) -> None:
        """Have one worker that has the models loaded, as soon as it can."""
        self._crew.do(_be_ready)

    def stop(self) -> None:
        """End the workers, whatever they are doing."""
        self._crew.stop()


_order: WorkOrder
_analyser: FaceAnalyser
_pack: ModelPack


class _Blank:
    """A picture that shows nothing."""

    width, height = 1600, 1200

    def at(self, long_side: int) -> Pixels:
        """All of it."""
        return np.zeros((max(1, long_side * 3 // 4), long_side, 3), np.uint8)

    def cut(
        self,
        box: object,  # noqa: ARG002
        long_side: int,
        least: int | None = None,  # noqa: ARG002
    ) -> tuple[Pixels, Box]:
        """A part of it, which looks like all of it."""
        return self.at(long_side), (0.0, 0.0, 1.0, 1.0)


def _begin(order: WorkOrder) -> None:
    """Make this process a worker: quiet and polite, with the pack at hand."""
    global _order, _analyser, _pack
    be_private()
    log_nothing()
    keep_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    yield_to_others(order.is_gentle)
    from app.faces.analyser import FaceAnalyser
    from app.faces.packs import open_pack

    _order = order
    _pack = open_pack(order.pack, order.models, order.resources, order.provider)
    _analyser = FaceAnalyser(_pack)
    try:
        _analyser.analyse(_Blank())  # what is loaded at the first look only counts for no photo
    except Exception as error:
        if failed := _provider_failure(error):
            raise failed from error
        raise


def _be_ready() -> None:
    """Whoever can be told to do nothing has the pack at hand."""


def _look(
    path: Path, drawn: Sequence[Box], places: FilmPlaces = NO_PLACES, from_cloud: bool = False
) -> Look:
    """Look at one photo within its bounds."""
    try:
        with memory_cap(_order.max_megabytes):
            if is_video_file(path, from_cloud):
                from app.indexing.film import look_at_video  # who has no videos loads no decoder

                return look_at_video(path, drawn, places, _order, _analyser, new_face, from_cloud)
            return _look_closely(path, drawn, from_cloud)
    except Exception as error:
        if failed := _provider_failure(error):
            raise failed from error
        if not (_is_for_want_of_memory(error) or _is_beyond_memory(path, error)):
            raise
    finally:
        give_back_memory()
    raise PhotoError(
        f"Looking at it needs more than {_order.max_megabytes} MB of memory; "
        "the setting photo_megabytes can allow more."
    )


def _provider_failure(error: Exception) -> ProviderError | None:
    from app.faces.session import failure

    return failure(error, _order.provider)


def _is_for_want_of_memory(error: BaseException | None) -> bool:
    """Whether this, or what it came of, is a refused allocation; engines and decoders have no
    common class for that."""
    if error is None:
        return False
    told = str(error).lower()
    return (
        isinstance(error, MemoryError)
        or any(sign in told for sign in _WANT_OF_MEMORY)
        or _is_for_want_of_memory(error.__cause__)
    )


def _is_beyond_memory(path: Path, error: Exception) -> bool:
    """Whether a picture that some decoder called damaged would not have fitted anyway."""
    if not isinstance(error, PhotoError):
        return False
    pixels = told_pixels(path)
    if pixels > _order.max_megapixels * 1_000_000:
        return False  # another reason, and told as such
    return pixels * _BYTES_A_PIXEL > _order.max_megabytes * 1_000_000


def _look_closely(path: Path, drawn: Sequence[Box], from_cloud: bool) -> Look:
    """The photo's facts and its faces; its small pictures go to the cache."""
    from app.faces import types
    from app.faces.raster import interpolate

    frames = [types.Box(*box) for box in drawn]
    with open_photo(path, _order.max_megapixels, from_cloud) as photo:
        photo.foresee(_FORESEEN)
        faces = _analyser.analyse(photo, frames)
        small = small_pixels(photo, _order.thumbnail_pixels, interpolate)
        look = _describe(photo, faces, small)
        _keep_pictures(photo, look, small)
        return look


def _describe(photo: Photo, faces: list[Face], small: Pixels) -> Look:
    seen = appearance_of(small)
    return Look(
        fingerprint=photo.fingerprint, width=photo.width, height=photo.height,
        orientation=photo.orientation, content_type=photo.content_type,
        taken=photo.exif.taken, taken_from=photo.exif.taken_from, camera=photo.exif.camera,
        colour=dominant_colour(small), pack=_pack.name,
        pack_version=_pack.version, faces=tuple(new_face(face) for face in faces),
        shot=shot_of(photo.exif),
        note=photo.note,
        motion_at=photo.motion_at,
        likeness=seen.likeness, sharpness=seen.sharpness,
    )  # fmt: skip


def _describe_file(path: Path) -> Facts:
    """What is told of a photo beside its picture, within the bounds of a look."""
    with memory_cap(_order.max_megabytes):
        exif = describe_file(path, _order.max_megapixels)
    return Facts(exif.taken, exif.taken_from, exif.camera, shot_of(exif))


def shot_of(exif: Exif) -> Shot:
    """What the camera told, as the library keeps it."""
    return Shot(*(getattr(exif, field.name) for field in fields(Shot)))


def new_face(face: Face) -> NewFace:
    """A face as it is stored."""
    pose = face.pose
    return NewFace(
        x=face.box.x, y=face.box.y, w=face.box.w, h=face.box.h, landmarks=face.landmarks,
        score=face.score, embedding=face.embedding, quality=face.quality,
        sharpness=face.sharpness, pixels=face.pixels, pack=face.maker.pack,
        pack_version=face.maker.version, pitch=pose.pitch if pose else None,
        yaw=pose.yaw if pose else None, roll=pose.roll if pose else None, age=face.age,
        gender=face.gender, gender_confidence=face.gender_confidence, drawn=face.drawn,
        mouth=face.mouth, mouth_confidence=face.mouth_confidence, eyes=face.eyes,
        eyes_confidence=face.eyes_confidence,
    )  # fmt: skip


def _keep_pictures(photo: Photo, look: Look, small: Pixels) -> None:
    from app.faces.raster import interpolate

    cache = ThumbnailCache(_order.cache, _order.cache_bytes)
    cache.put_photo(look.fingerprint, encode_thumbnail(small, _order.thumbnail_pixels))
    for face in look.faces:
        box = (face.x, face.y, face.w, face.h)
        cache.put_face(
            look.fingerprint, box, face_crop(photo, box, _order.crop_pixels, interpolate)
        )
