"""Workers: child processes that look at one photo each; one may die, the house stands."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pebble import ProcessPool

from app.errors import PhotoError
from app.library.rows import Look, NewFace
from app.logs import log_nothing
from app.media.read import Photo, open_photo
from app.media.thumbnails import ThumbnailCache, dominant_colour, face_crop, photo_thumbnail
from app.private import be_private

if TYPE_CHECKING:
    from app.faces.analyser import FaceAnalyser
    from app.faces.packs import ModelPack
    from app.faces.types import Face

PHOTOS_PER_WORKER = 2000
"""A worker is replaced after this many photos, so that what a decoder leaks is given back."""

Box = tuple[float, float, float, float]
"""x, y, width and height, 0..1 of the upright photo."""


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


class Workers:
    """A pool of child processes. Raises ModelError from `start` when the pack cannot be used."""

    def __init__(self, order: WorkOrder, count: int, seconds: int) -> None:
        self._seconds = seconds
        self._pool = ProcessPool(
            max_workers=count,
            max_tasks=PHOTOS_PER_WORKER,
            initializer=_begin,
            initargs=(order,),
            # A fork of a process with threads and a window would inherit their locks.
            context=multiprocessing.get_context("spawn"),
        )

    def look(self, path: Path, drawn: Sequence[Box] = ()) -> Future[Look]:
        """Look at one photo, in a worker; `drawn` are the boxes where the user drew faces.

        The result raises PhotoError when the file is no usable photo, TimeoutError when it takes
        too long, pebble.ProcessExpired when the worker died over it, ModelError when the pack
        fails to load.
        """
        return cast(
            "Future[Look]", self._pool.schedule(_look, (path, drawn), timeout=self._seconds)
        )

    def stop(self) -> None:
        """End the workers, whatever they are doing."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


_order: WorkOrder
_analyser: FaceAnalyser | None = None
_pack: ModelPack


def _begin(order: WorkOrder) -> None:
    """Make this process a worker: quiet, polite and bounded."""
    global _order
    _order = order
    be_private()
    log_nothing()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)
    _limit_memory(order.max_megabytes)


def _limit_memory(megabytes: int) -> None:
    """Let an allocation beyond the limit fail here instead of starving the whole machine."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = megabytes * 1_000_000
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _look(path: Path, drawn: Sequence[Box]) -> Look:
    """Look at one photo: its facts, its faces; its small pictures go to the cache."""
    from app.faces import types

    analyser = _ready()
    frames = [types.Box(*box) for box in drawn]
    try:
        with open_photo(path, _order.max_megapixels) as photo:
            faces = analyser.analyse(photo, frames)
            look = _describe(photo, faces)
            _keep_pictures(photo, look)
            return look
    except MemoryError as error:
        raise PhotoError("Looking at it needs more memory than Kinfolk allows.") from error


def _ready() -> FaceAnalyser:
    global _analyser, _pack
    if _analyser is None:
        from app.faces.analyser import FaceAnalyser
        from app.faces.packs import open_pack

        _pack = open_pack(_order.pack, _order.models, _order.resources)
        _analyser = FaceAnalyser(_pack)
    return _analyser


def _describe(photo: Photo, faces: list[Face]) -> Look:
    return Look(
        fingerprint=photo.fingerprint, width=photo.width, height=photo.height,
        orientation=photo.orientation, content_type=photo.content_type,
        taken=photo.exif.taken, taken_from=photo.exif.taken_from, camera=photo.exif.camera,
        colour=dominant_colour(photo.at(64)), pack=_pack.name,
        pack_version=_pack.version, faces=tuple(_new_face(face) for face in faces),
    )  # fmt: skip


def _new_face(face: Face) -> NewFace:
    pose = face.pose
    return NewFace(
        x=face.box.x, y=face.box.y, w=face.box.w, h=face.box.h, landmarks=face.landmarks,
        score=face.score, embedding=face.embedding, quality=face.quality,
        sharpness=face.sharpness, pixels=face.pixels, pack=face.maker.pack,
        pack_version=face.maker.version, pitch=pose.pitch if pose else None,
        yaw=pose.yaw if pose else None, roll=pose.roll if pose else None, age=face.age,
        gender=face.gender, gender_confidence=face.gender_confidence, drawn=face.drawn,
    )  # fmt: skip


def _keep_pictures(photo: Photo, look: Look) -> None:
    cache = ThumbnailCache(_order.cache, _order.cache_bytes)
    cache.put_photo(look.fingerprint, photo_thumbnail(photo, _order.thumbnail_pixels))
    for face in look.faces:
        box = (face.x, face.y, face.w, face.h)
        cache.put_face(look.fingerprint, box, face_crop(photo, box, _order.crop_pixels))
