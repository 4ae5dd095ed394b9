"""Measuring: what of this computer runs the models fastest, tried on photos in child processes.

Everything is tried as the workers use it, because it is the workers that try it: they decode a
drawn photo of twelve megapixels, find faces, describe and embed them, and keep small pictures. What
crashes or hangs costs a child process and nothing else.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from app.errors import KnownError, ModelError
from app.faces.session import present
from app.indexing.crew import Crew, CrewError, DeadWorkerError
from app.indexing.workers import Box, Workers, WorkOrder
from app.library.rows import Look

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

PROCESSOR = "cpu"
"""What every computer has."""
SIDES = 2
"""Workers that share another provider than the processor: one reads while the other computes."""
LOOKS_EACH = 6
"""Photos that every worker looks at while the clock runs."""
LIMIT_SECONDS = 90.0
"""A trial that takes longer, loading included, is given up: its driver hangs."""
SLOW_LIMIT_SECONDS = 900.0
"""And for what compiles the models for minutes before it begins."""
SLOW_STARTERS = ("tensorrt",)
"""They are tried only when the user chooses them."""
SAME_VECTOR = 0.999
"""Cosine. Another arithmetic than the processor's must give nearly the same vectors, as both sign
them as the same maker: at 0.999 a likeness of two faces moves by 0.045 at the very worst."""
SAME_PLACE = 0.02
"""By so much of its own size may a face's box move."""
SAME_SCORE = 0.05
TICK = 0.2

FACES: tuple[Box, ...] = ((0.08, 0.2, 0.2, 0.36), (0.42, 0.25, 0.16, 0.28), (0.72, 0.2, 0.18, 0.32))
"""Where the drawn photo shows something like a face. They are framed, as by the user: what a
detector makes of a drawing does not matter for all that comes after it."""
_SIZE = (4000, 3000)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying one provider."""

    provider: str
    workers: int = 0
    photos_per_second: float = 0.0
    """Of all these workers together; 0 where it could not be used."""
    problem: str = ""
    """Why it is not used; empty when it can be."""


def providers_here(check: Callable[[], None]) -> list[str]:
    """What could run the models, as onnxruntime tells it, in a child: the main process loads no
    engine. Only the processor if even asking fails. `check` may raise to stop."""
    crew = Crew(1, LIMIT_SECONDS, present)  # by then it is loaded; the answer comes next
    try:
        asked = crew.do(present)
        await_all([asked], LIMIT_SECONDS, check)
        return asked.result()
    except (KnownError, DeadWorkerError, TimeoutError):
        return [PROCESSOR]
    finally:
        crew.stop()


def measure(
    order: WorkOrder, count: int, providers: Sequence[str], check: Callable[[], None]
) -> list[Trial]:
    """Try the processor, with `count` workers, and then each of these providers.

    `check` may raise to stop. Raises ModelError when the model pack cannot be used at all, and
    KnownError when there is no place for a photo to try it on.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="kinfolk-", ignore_cleanup_errors=True) as place:
            photos = draw_photos(Path(place), LOOKS_EACH * max(count, SIDES) + 1)
            return _measure(order, count, providers, photos, check)
    except OSError as error:
        raise KnownError(
            f"There is no place for a photo to measure with: {error.strerror or error}."
        ) from error


def _measure(
    order: WorkOrder,
    count: int,
    providers: Sequence[str],
    photos: Sequence[Path],
    check: Callable[[], None],
) -> list[Trial]:
    first = _Attempt(order, PROCESSOR, count)
    trials = [first.run(photos, check)]
    if first.look is None:
        raise ModelError(f"The models cannot be measured: {trials[0].problem}")
    for name in providers:
        if name != PROCESSOR:
            attempt = _Attempt(order, name, min(count, SIDES))
            trials.append(attempt.judged(attempt.run(photos, check), first.look))
    return trials


def limit_of(provider: str) -> float:
    """How many seconds the trial of a provider may take."""
    return SLOW_LIMIT_SECONDS if provider in SLOW_STARTERS else LIMIT_SECONDS


class _Attempt:
    """One provider at work."""

    def __init__(self, order: WorkOrder, provider: str, count: int) -> None:
        self._order = order
        self._provider = provider
        self._count = count
        self._seconds = limit_of(provider)
        self.look: Look | None = None
        """What it saw in the first photo."""

    def run(self, photos: Sequence[Path], check: Callable[[], None]) -> Trial:
        """Let it look at photos, the first of which counts for no time."""
        # Small pictures that are there already would not be made again.
        cache = photos[0].parent / f"cache-{self._provider}"
        order = replace(
            self._order, provider=self._provider, cache=cache, max_megapixels=400,
            max_megabytes=max(3000, self._order.max_megabytes), is_gentle=False,
        )  # fmt: skip
        workers = Workers(order, self._count, round(self._seconds))
        try:
            end = time.monotonic() + self._seconds
            # One for each: all have loaded their models before the clock runs.
            ready = [workers.look(photos[0], FACES) for _ in range(self._count)]
            await_all(ready, self._seconds, check)
            self.look = ready[0].result()
            begun = time.monotonic()
            asked = [workers.look(path, FACES) for path in photos[1 : self._most + 1]]
            await_all(asked, end - begun, check)
            seen = [one.result() for one in asked]
            speed = len(seen) / (time.monotonic() - begun)
            return Trial(self._provider, self._count, round(speed, 2))
        except (KnownError, DeadWorkerError, TimeoutError) as error:
            return Trial(self._provider, problem=_problem(error))
        finally:
            workers.stop()

    @property
    def _most(self) -> int:
        return LOOKS_EACH * self._count

    def judged(self, trial: Trial, truth: Look) -> Trial:
        """The trial as it is, or refused because it saw something else than the processor."""
        if self.look is None or is_alike(truth, self.look):
            return trial
        return Trial(self._provider, problem="It sees something else than the processor.")


def is_alike(truth: Look, look: Look) -> bool:
    """Whether two looks at one photo tell the same faces, within what another order of the same
    arithmetic can make of them."""
    if len(truth.faces) != len(look.faces):
        return False
    for one, other in zip(truth.faces, look.faces, strict=True):
        moved = np.abs(
            np.subtract((one.x, one.y, one.w, one.h), (other.x, other.y, other.w, other.h))
        )
        if moved.max() > SAME_PLACE * max(one.w, one.h):
            return False
        if abs(one.score - other.score) > SAME_SCORE:
            return False
        vectors = np.asarray(one.embedding, np.float32), np.asarray(other.embedding, np.float32)
        likeness = float(vectors[0] @ vectors[1])
        if not likeness >= SAME_VECTOR:  # also of what is no number
            return False
    return True


def await_all(futures: Sequence[Future[Any]], seconds: float, check: Callable[[], None]) -> None:
    """Wait for all of them; `check` may raise to stop.

    Raises TimeoutError, or what the first that failed raised.
    """
    end = time.monotonic() + seconds
    left = set(futures)
    while left:
        check()
        done, left = wait(left, timeout=TICK)
        for future in done:
            future.result()
        if left and time.monotonic() > end:
            raise TimeoutError


def _problem(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "It does not answer."
    if isinstance(error, DeadWorkerError | CrewError):  # in the middle, or before it is ready
        return "It crashes."
    return str(error)


def draw_photos(folder: Path, count: int) -> list[Path]:
    """So many photos that show the same, each with other bytes: what was seen once could be told
    again without a look."""
    from PIL import ImageDraw, ImageFilter

    image = Image.new("RGB", (1000, 750), "#6f7a68")
    pen = ImageDraw.Draw(image)
    for x, y, w, h in FACES:
        _draw_face(pen, (x * 1000, y * 750, w * 1000, h * 750))
    image = image.filter(ImageFilter.GaussianBlur(2)).resize((2000, 1500))
    grain = np.random.default_rng(6).integers(-9, 10, (1500, 2000, 3), np.int16)
    grained = np.clip(np.asarray(image, np.int16) + grain, 0, 255).astype(np.uint8)
    image = Image.fromarray(grained).resize(_SIZE, Image.Resampling.BICUBIC)
    first = folder / "photo-0.jpg"
    image.save(first, quality=90)
    content = first.read_bytes()
    paths = [first]
    for number in range(1, count):
        note = f"{number:06}".encode()
        comment = b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note
        paths.append(folder / f"photo-{number}.jpg")
        paths[-1].write_bytes(content[:2] + comment + content[2:])
    return paths


def _draw_face(pen: ImageDraw, box: Box) -> None:
    x, y, w, h = box

    def spot(left: float, top: float, wide: float, high: float, colour: str) -> None:
        area = (x + left * w, y + top * h, x + (left + wide) * w, y + (top + high) * h)
        pen.ellipse(area, fill=colour)

    spot(-0.06, -0.12, 1.12, 0.8, "#3b2a20")  # hair
    spot(0, 0, 1, 1, "#d9a98a")
    for side in (0.18, 0.6):
        spot(side - 0.02, 0.3, 0.26, 0.05, "#4a3428")  # brow
        spot(side, 0.37, 0.22, 0.09, "#f4efe9")
        spot(side + 0.07, 0.375, 0.08, 0.08, "#2b211c")
    spot(0.42, 0.45, 0.16, 0.2, "#c99476")
    spot(0.3, 0.74, 0.4, 0.09, "#a4483f")
