"""Blows: when a program is killed, how, and what of it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.torture.program import POLL, Program

MOMENTS = ("anywhere", "open", "open", "write", "write")
Signature = frozenset[tuple[str, int, int]]


@dataclass(slots=True)
class Pace:
    """How long an operation takes when nobody disturbs it."""

    whole: float = 2.0
    """Seconds from its start to its end."""
    opened: float = 1.0
    """Seconds until it has the library open."""
    writes: int = 3
    """How often the files of the library change."""


@dataclass(frozen=True, slots=True)
class Blow:
    """When and how to kill: `share` 0..1 of the operation, of the part in which the library is
    open, or of its writes."""

    moment: str
    share: float
    whom: str = "program"
    """program, worker, workers, both."""
    stopped: bool = False
    """Whether everything is made to stand still first."""
    power: bool = False
    """Whether the library folder as it was at that moment takes the place of what was left."""

    def __str__(self) -> str:
        extra = " stopped" * self.stopped + " power" * self.power
        return f"{self.whom} at {self.share:.3f} of {self.moment}{extra}"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a blow met."""

    landed: bool
    """Whether the program was still there."""
    opened: bool
    """Whether it had the library open."""
    seconds: float


def draw_blow(pick: random.Random, has_workers: bool) -> Blow:
    """A blow by chance; workers are aimed at only where there are some."""
    whom = "program"
    if has_workers:
        whom = pick.choice(("program", "program", "both", "worker", "workers"))
    ends = whom in ("program", "both")
    return Blow(
        pick.choice(MOMENTS), 0.97 * pick.random(), whom, stopped=ends and pick.random() < 0.25,
        power=ends and pick.random() < 0.2,
    )  # fmt: skip


class Watch:
    """Follows what a program does to the files of a library."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._before = self._now = _signature(library)
        self.writes = 0
        self.opened = 0.0
        self._begun = time.monotonic()

    def look(self) -> None:
        """See whether something changed."""
        now = _signature(self._library)
        if now != self._now:
            self._now = now
            self.writes += 1
            if not self.opened and any(name.endswith(("-wal", "-shm")) for name, *_ in now):
                self.opened = time.monotonic() - self._begun


def _signature(library: Path) -> Signature:
    found = set()
    for folder in (library, library / "backups"):
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_file(follow_symlinks=False):
                        status = entry.stat(follow_symlinks=False)
                        found.add((entry.name, status.st_size, status.st_mtime_ns))
        except OSError:
            continue
    return frozenset(found)


def strike(
    program: Program, blow: Blow, pace: Pace | None, library: Path, limit: float,
    look: Callable[[Watch], None],
) -> tuple[Hit, Pace]:  # fmt: skip
    """Wait for the moment, and kill; what has ended by then is left so, and its pace is told.
    `limit` is in seconds; `look` is called often."""
    watch = Watch(library)
    while not program.is_over() and program.seconds() < limit:
        watch.look()
        look(watch)
        if _has_come(blow, pace, program.seconds(), watch):
            return _hit(program, blow, library, limit, watch), pace
        time.sleep(POLL)
    whole = program.seconds()
    seen = Pace(whole, watch.opened or whole / 2, max(1, watch.writes))
    return Hit(False, True, whole), seen


def _hit(program: Program, blow: Blow, library: Path, limit: float, watch: Watch) -> Hit:
    victims = _victims(program, blow, limit)
    seconds = program.seconds()
    if not victims:
        return Hit(False, True, seconds)
    if blow.stopped or blow.power:
        program.send(signal.SIGSTOP, *program.family())
        time.sleep(0.01)
    if blow.power:
        shutil.copytree(library, _beside(library), dirs_exist_ok=False)
    program.send(signal.SIGKILL, *victims)
    if blow.stopped or blow.power:
        program.send(signal.SIGCONT, *program.family())
    return Hit(True, bool(watch.opened), seconds)


def after_power_cut(library: Path) -> None:
    """Let the folder be as it was at the moment of the blow."""
    shutil.rmtree(library)
    _beside(library).rename(library)


def _beside(library: Path) -> Path:
    return library.with_name(library.name + "-at-the-moment")


def _has_come(blow: Blow, pace: Pace, seconds: float, watch: Watch) -> bool:
    if blow.moment == "anywhere":
        return seconds >= blow.share * pace.whole
    if blow.moment == "open":
        rest = max(0.05, pace.whole - pace.opened)
        return watch.opened > 0 and seconds >= watch.opened + blow.share * rest
    return watch.writes > int(blow.share * pace.writes)


def _victims(program: Program, blow: Blow, limit: float) -> list[int]:
    if blow.whom == "program":
        return [] if program.is_over() else [program.number]
    if blow.whom == "both":
        return program.family()
    while not (workers := program.workers()):
        if program.is_over() or program.seconds() > limit:
            return []
        time.sleep(0.01)
    return workers[:1] if blow.whom == "worker" else workers
