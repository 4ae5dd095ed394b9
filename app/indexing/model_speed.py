"""Model speed: how long a pack takes over a photo on this computer, tried in child processes.

The workers that look at photos try it, over the photo that providers are compared with: once as it
is, and once with faces framed in it, so that what a face costs is what the second takes longer. A
detector sees what it sees in a drawing; it is the same both times.
"""

from __future__ import annotations

import json
import logging
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import KnownError, ModelError
from app.indexing.crew import CrewError, DeadWorkerError
from app.indexing.measuring import FACES, LIMIT_SECONDS, await_all, draw_photos
from app.indexing.workers import Box, Workers, WorkOrder
from app.paths import Paths, resources
from app.private import write_private
from app.settings import Settings

logger = logging.getLogger(__name__)

LOOKS = 3
"""Photos of each kind that one worker looks at while the clock runs; the fastest counts: what
else the computer does meanwhile makes others slower, and none faster."""
LIMIT = 2 * LIMIT_SECONDS
"""Seconds; the largest packs take some to load."""


@dataclass(frozen=True, slots=True)
class PackSpeed:
    """How fast a pack is on the processor of this computer, one photo at a time."""

    version: str
    """Of the pack that was measured."""
    photo_ms: float
    """Milliseconds for a photo of twelve megapixels, decoding included, with no face framed."""
    face_ms: float
    """Milliseconds more for each face."""
    per_second: float
    """Photos with three faces a second, on all workers there are at full speed."""
    when: str = ""
    """ISO 8601, in UTC."""

    @property
    def usual_ms(self) -> float:
        """Milliseconds for a photo with three faces."""
        return self.photo_ms + len(FACES) * self.face_ms


def measure_pack(
    choice: str, version: str, paths: Paths, settings: Settings, check: Callable[[], None]
) -> PackSpeed:
    """Try a pack, with one worker; takes some seconds. `check` may raise to stop.

    Raises ModelError when it cannot be used, KnownError when there is no place for a photo.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="kinfolk-", ignore_cleanup_errors=True) as place:
            photos = draw_photos(Path(place), 2 * LOOKS + 1)
            workers = Workers(_order(choice, paths, settings, Path(place)), 1, round(LIMIT))
            try:
                empty, full = _time(workers, photos, check)
            finally:
                workers.stop()
    except OSError as error:
        raise KnownError(
            f"There is no place for a photo to measure with: {error.strerror or error}."
        ) from error
    except (DeadWorkerError, CrewError, TimeoutError) as error:
        raise ModelError(
            f"The pack {choice} cannot be measured: it crashes or hangs on this computer."
        ) from error
    face = max(0.0, full - empty) / len(FACES)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    per_second = settings.worker_count / full
    return PackSpeed(version, round(1000 * empty, 1), round(1000 * face, 1), per_second, now)


def _time(
    workers: Workers, photos: Sequence[Path], check: Callable[[], None]
) -> tuple[float, float]:
    """Seconds for a photo without and with framed faces: the fastest of some each."""
    await_all([workers.look(photos[0], FACES)], LIMIT, check)  # the models are loaded then
    spans: dict[bool, list[float]] = {False: [], True: []}
    for number, photo in enumerate(photos[1:]):
        is_framed = bool(number % 2)  # in turn: what else the computer does hits both alike
        drawn: Sequence[Box] = FACES if is_framed else ()
        begun = time.perf_counter()
        await_all([workers.look(photo, drawn)], LIMIT, check)
        spans[is_framed].append(time.perf_counter() - begun)
    return min(spans[False]), min(spans[True])


class Speeds:
    """What was measured, in a file of the library."""

    def __init__(self, paths: Paths) -> None:
        self._file = paths.model_speed

    def of(self, choice: str, version: str) -> PackSpeed | None:
        """Of a pack; None if this version of it was not measured."""
        found = self._read().get(choice)
        return found if found is not None and found.version == version else None

    def keep(self, choice: str, speed: PackSpeed) -> None:
        """Note what was measured; where that cannot be written, it is measured again one day."""
        self._write({**self._read(), choice: speed})

    def forget(self, choice: str) -> None:
        """The pack is gone."""
        known = self._read()
        if known.pop(choice, None) is not None:
            self._write(known)

    def _write(self, known: Mapping[str, PackSpeed]) -> None:
        try:
            table = {choice: asdict(speed) for choice, speed in known.items()}
            write_private(self._file, json.dumps(table, indent=2))
        except OSError as error:
            logger.info("The speed of a pack cannot be noted: %s", error.strerror)

    def _read(self) -> dict[str, PackSpeed]:
        try:
            written = json.loads(self._file.read_text(encoding="utf-8"))
            return {choice: PackSpeed(**told) for choice, told in written.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}


def _order(choice: str, paths: Paths, settings: Settings, place: Path) -> WorkOrder:
    return WorkOrder(
        pack=choice,
        models=paths.models,
        resources=resources(),
        cache=place / "cache",
        cache_bytes=settings.cache_megabytes * 1_000_000,
        max_megapixels=400,
        max_megabytes=max(3000, settings.photo_megabytes),
        thumbnail_pixels=settings.thumbnail_pixels,
        crop_pixels=settings.crop_pixels,
    )
