"""Program: the real one, started as a child with a session of its own, and killed in it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

POLL = 0.0004
"""Seconds between two looks at whether the moment has come."""
LONGEST = 90.0
"""Seconds after which a program is said to hang."""
ORPHAN_SECONDS = 8.0
"""Seconds that a worker may outlive its parent: one photo, and a look round."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended."""

    status: int
    out: str
    err: str
    seconds: float


class Program:
    """One run of Kinfolk over one library."""

    def __init__(self, library: Path, words: Sequence[str], home: Path) -> None:
        home.mkdir(exist_ok=True)
        self._files = [home / "out", home / "err"]
        self.begun = time.monotonic()
        with self._files[0].open("wb") as out, self._files[1].open("wb") as err:
            self._popen = subprocess.Popen(
                [sys.executable, "-m", "app", *words, "--library", str(library)],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True,
                env=environment(home), cwd=Path(__file__).parents[2],
            )  # fmt: skip
        self.number = self._popen.pid

    def is_over(self) -> bool:
        """Whether it ended."""
        return self._popen.poll() is not None

    def seconds(self) -> float:
        """Since it was started."""
        return time.monotonic() - self.begun

    def family(self) -> list[int]:
        """The processes of its session that are alive, itself included."""
        return [pid for pid, session in _alive() if session == self.number]

    def workers(self) -> list[int]:
        """Its children that look at photos."""
        return [pid for pid in self.family() if pid != self.number and _is_worker(pid)]

    def send(self, number: int, *pids: int) -> None:
        """Send a signal to these processes, if they are still there."""
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def end(self) -> Done:
        """Wait until it has ended; what hangs is killed, and its status is -9."""
        try:
            self._popen.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self.send(signal.SIGKILL, *self.family())
            self._popen.wait()
        seconds = self.seconds()
        out, err = (path.read_text(errors="replace") for path in self._files)
        return Done(self._popen.returncode, out, err, seconds)

    def orphans(self) -> list[int]:
        """The processes that have outlived it for too long; they are killed."""
        end = time.monotonic() + ORPHAN_SECONDS
        while (left := self.family()) and time.monotonic() < end:
            time.sleep(0.02)
        self.send(signal.SIGKILL, *left)
        return left


def environment(home: Path) -> dict[str, str]:
    """A home of its own, and a screen that nobody sees."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "KINFOLK_"))}
    return kept | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}


def run(library: Path, words: Sequence[str], home: Path) -> Done:
    """One undisturbed run."""
    return Program(library, words, home).end()


def _alive() -> list[tuple[int, int]]:
    """Every process that is no corpse, and its session."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                text = Path(entry.path, "stat").read_text()
                state, _, _, session = text.rpartition(")")[2].split()[:4]
                if state != "Z":
                    found.append((int(entry.name), int(session)))
    return found


def _is_worker(pid: int) -> bool:
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        return b"spawn_main" in words
    return False
