"""Providers: what runs the models, chosen once by measuring, and what to do when it fails.

A provider is what onnxruntime hands the arithmetic to: the processor, which is always there, or a
graphics card and its like. The choice is noted in the library's folder and holds until the models,
onnxruntime or the device change, or the user has it measured again.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from app.errors import KnownError, ProviderError
from app.indexing.measuring import (
    PROCESSOR,
    SIDES,
    SLOW_STARTERS,
    TICK,
    Trial,
    measure,
    providers_here,
)
from app.indexing.workers import WorkOrder
from app.private import write_private

logger = logging.getLogger(__name__)

CLEARLY = 1.3
"""So many times faster than all workers on the processor together must another provider be: for
less it is not worth its memory and what its driver may do."""
_PACKAGES = (
    "onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino",
    "onnxruntime-silicon", "onnxruntime-migraphx", "onnxruntime-rocm", "onnxruntime-qnn",
    "onnxruntime-webgpu",
)  # fmt: skip
"""All of them bring the module onnxruntime."""
_CARDS = Path("/sys/class/drm")
_PROCESSORS = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was tried on this computer, and when."""

    key: Mapping[str, str]
    """Of what it is true: pack, version, runtime, device."""
    here: tuple[str, ...]
    """What could run the models, as onnxruntime tells it."""
    trials: tuple[Trial, ...] = ()
    """Empty while there is nothing to choose from and nobody asked."""
    when: str = ""
    """ISO 8601, in UTC; empty while nothing was tried."""

    def trial(self, provider: str) -> Trial | None:
        """What came of trying one; None if it was not tried."""
        return next((one for one in self.trials if one.provider == provider), None)

    def best(self, without: frozenset[str] = frozenset()) -> str:
        """The fastest if it is clearly faster than the processor, which it is else."""
        own = self.trial(PROCESSOR)
        rivals = [
            one for one in self.trials
            if not one.problem and one.provider not in {PROCESSOR, *SLOW_STARTERS, *without}
        ]  # fmt: skip
        fastest = max(rivals, key=lambda one: one.photos_per_second, default=None)
        if own is None or fastest is None:
            return PROCESSOR
        is_clear = fastest.photos_per_second >= CLEARLY * own.photos_per_second
        return fastest.provider if is_clear else PROCESSOR


class Providers:
    """Chooses what runs the models of one pack; may be asked from any thread."""

    def __init__(
        self, note: Path, order: WorkOrder, pack: tuple[str, str], tell: Callable[[str], None]
    ) -> None:
        """`note` is the file with what was measured, `pack` the name and version of the models,
        `tell` is handed what the user has to know."""
        self._note = note
        self._order = order
        self._pack = pack
        self._tell = tell
        self._choosing = threading.Lock()
        self._failed: set[str] = set()
        self._told: set[str] = set()
        self._measured: Measured | None = None

    def choose(self, wanted: str, count: int, check: Callable[[], None]) -> str:
        """What runs the models now. The first time that there is something to choose from, this
        takes a minute, and `check` may raise to stop; `count` is the number of workers on the
        processor at full speed."""
        with self._alone(check):
            if wanted == PROCESSOR:
                return PROCESSOR
            known = self.measured() or self._look_around(check)
            rivals = [name for name in known.here if name not in {PROCESSOR, *SLOW_STARTERS}]
            asked = [wanted] if wanted in known.here else []
            if any(known.trial(name) is None for name in rivals + asked):
                known = self._try_all(count, [*rivals, *asked], known, check)
            found = self.chosen(wanted)
            if wanted not in ("auto", found):
                self._tell_why_not(wanted, known)
            return found

    def chosen(self, wanted: str) -> str:
        """What would run the models now, as far as that is known; empty before it is."""
        known = self.measured()
        if wanted == PROCESSOR:
            return PROCESSOR
        if known is None:
            return ""
        if wanted == "auto":
            return known.best(without=frozenset(self._failed))
        trial = known.trial(wanted)
        can_be = trial is not None and not trial.problem and wanted not in self._failed
        return wanted if can_be else PROCESSOR

    def doubt(self, provider: str, error: BaseException) -> None:
        """It may have failed while a photo was looked at: it is not used again in this run, and
        not before it is measured again if it was surely its fault. Told once."""
        if provider == PROCESSOR or provider in self._failed:
            return
        self._failed.add(provider)
        if isinstance(error, ProviderError) and (known := self.measured()) is not None:
            failed = Trial(provider, problem=str(error))
            kept = [one for one in known.trials if one.provider != provider]
            self._keep(replace(known, trials=(*kept, failed)))
        logger.info("%s is not used any more: %r", provider, error)
        told = f" ({error})" if isinstance(error, ProviderError) else ""
        self._tell(f"Kinfolk goes on without {provider}, which failed{told.rstrip('.')}.")

    def measure(self, count: int, check: Callable[[], None]) -> Measured:
        """Look what there is, and try all of it again. Takes about a minute.

        Raises KnownError when not even the processor can be measured.
        """
        with self._alone(check):
            here = providers_here(check)
            rivals = [name for name in here if name not in {PROCESSOR, *SLOW_STARTERS}]
            found = Measured(self._key, tuple(here))
            self._failed.clear()
            self._told.clear()
            return self._tried(count, rivals, found, check)

    def measured(self) -> Measured | None:
        """What is known of this computer; None before the first look, and when something changed
        since."""
        if self._measured is None:
            noted = _read(self._note)
            self._measured = noted if noted is not None and noted.key == self._key else None
        return self._measured

    def _look_around(self, check: Callable[[], None]) -> Measured:
        """Where there is only the processor, nothing is measured: there is nothing to choose."""
        found = Measured(self._key, tuple(providers_here(check)))
        self._keep(found)
        return found

    def _try_all(
        self, count: int, names: Sequence[str], known: Measured, check: Callable[[], None]
    ) -> Measured:
        """As `_tried`; a computer on which nothing can be measured works on the processor."""
        try:
            return self._tried(count, list(dict.fromkeys(names)), known, check)
        except KnownError as error:
            logger.info("What runs the models could not be measured: %s", error)
            failed = tuple(Trial(name, problem=str(error)) for name in names)
            self._measured = replace(known, trials=failed)
            return self._measured

    def _tried(
        self, count: int, names: Sequence[str], known: Measured, check: Callable[[], None]
    ) -> Measured:
        trials = measure(self._order, count, names, check)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        found = replace(known, trials=tuple(trials), when=now)
        self._keep(found)
        return found

    def _tell_why_not(self, wanted: str, known: Measured) -> None:
        """What the user chose cannot be used; that is told once."""
        if wanted in self._told | self._failed:
            return
        self._told.add(wanted)
        trial = known.trial(wanted)
        reason = "This onnxruntime does not come with it." if trial is None else trial.problem
        self._tell(f"The models run on the processor, not on {wanted}: {reason}")

    def _keep(self, found: Measured) -> None:
        self._measured = found
        try:
            write_private(self._note, json.dumps(asdict(found), indent=2))
        except OSError as error:  # a full disk: it is measured again another time
            logger.info("What was measured could not be noted: %s", error.strerror)

    @contextmanager
    def _alone(self, check: Callable[[], None]) -> Iterator[None]:
        """One at a time: while it is measured, nobody else starts to look at photos."""
        while not self._choosing.acquire(timeout=TICK):
            check()
        try:
            yield
        finally:
            self._choosing.release()

    @cached_property
    def _key(self) -> dict[str, str]:
        name, version = self._pack
        return {"pack": name, "version": version, "runtime": _runtime(), "device": _device()}


def workers_on(provider: str, count: int) -> int:
    """How many workers to have where `count` would be right for the processor."""
    return count if provider == PROCESSOR else min(count, SIDES)


def _read(note: Path) -> Measured | None:
    """What was noted; None when there is nothing that can be understood."""
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        trials = tuple(Trial(**one) for one in told["trials"])
        here = tuple(str(name) for name in told["here"])
        return Measured(dict(told["key"]), here, trials, str(told["when"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _runtime() -> str:
    """The onnxruntime that is installed, without loading it."""
    from importlib import metadata

    found = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


def _device() -> str:
    """The processor and, where the system tells without a driver's help, the graphics cards."""
    parts = [platform.machine(), _processor(), f"{os.cpu_count()} cores", *_cards()]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    try:
        lines = _PROCESSORS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def _cards() -> list[str]:
    """The graphics cards as their makers' numbers; Linux alone tells."""
    found = []
    for card in sorted(_CARDS.glob("card*/device")):
        try:
            numbers = [(card / name).read_text().strip() for name in ("vendor", "device")]
        except OSError:
            continue
        found.append(":".join(numbers))
    return sorted(set(found))
