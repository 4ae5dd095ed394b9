"""What the crews of the tests are asked to do: in a module of its own, for a child imports it."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from app.errors import ModelError, PhotoError
from app.indexing import workers
from app.indexing.pace import yield_to_others
from app.library.rows import Look

_PR_SET_PDEATHSIG = 1
HANGS = 600


def begin(greeting: str = "") -> None:
    """What a child of these tests begins with."""
    os.environ["GREETING"] = greeting


def begin_badly() -> None:
    """A child that ends before it is ready."""
    os._exit(3)


def begin_once(tries: Path) -> None:
    """Only the first child can begin; `tries` grows by a letter with each."""
    with tries.open("a") as file:
        file.write("x")
    if tries.stat().st_size > 1:
        raise ModelError("The models are gone.")
    os.environ["GREETING"] = ""


def begin_without_models() -> None:
    """A child that has a reason not to begin."""
    raise ModelError("There are no models.")


def greet() -> tuple[str, int]:
    """What it was told at its beginning, and who it is."""
    return os.environ["GREETING"], os.getpid()


def greet_after(seconds: float) -> tuple[str, int]:
    """As `greet`, not at once."""
    time.sleep(seconds)
    return greet()


def refuse(reason: str) -> None:
    """A known error."""
    raise PhotoError(reason)


def stumble() -> None:
    """An error of a class that the parent must not load."""
    kind = type("Oddity", (Exception,), {"__module__": "some_engine"})
    raise kind("went wrong")


def end_by(number: int) -> None:
    """Die of a signal."""
    os.kill(os.getpid(), number)
    time.sleep(HANGS)


def leave(code: int) -> None:
    """End with an exit code."""
    os._exit(code)


def hang(note: Path | None = None) -> None:
    """Wait, as a decoder that lets other threads run; the note says who waits."""
    if note is not None:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, 0)  # so that the kernel does not help
        note.write_text(str(os.getpid()))
    time.sleep(HANGS)


def hang_stiffly(note: Path) -> None:
    """Wait, as a decoder that lets no other thread of Python's run."""
    note.write_text(str(os.getpid()))
    ctypes.PyDLL(None).sleep(HANGS)


def look(path: Path, drawn: Sequence[workers.Box], *known: Any) -> Look:
    """Look at a photo; one misbehaves as its name says. Begin and end are noted beside it."""
    notes = path.parent / "notes"
    with notes.open("a") as file:
        file.write(f"begin {path.stem}\n")
    earlier = notes.read_text().splitlines().count(f"begin {path.stem}")
    if path.stem.startswith("killed"):
        if earlier <= int(path.stem.removeprefix("killed")):
            os.kill(os.getpid(), signal.SIGKILL)
    elif path.stem == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif path.stem == "crash-once" and earlier == 1:
        leave(0)
    elif path.stem == "hang":
        time.sleep(HANGS)
    result = workers._look(path, drawn, *known)
    with notes.open("a") as file:
        file.write(f"end {path.stem}\n")
    return result


def begin_without_order(order: workers.WorkOrder) -> None:  # noqa: ARG001
    """A worker that ends before it is ready."""
    begin_badly()


def weigh(path: Path) -> int:
    """Bytes in memory after a look at a photo."""
    workers._look(path, ())
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def begin_while_somebody_presses_ctrl_c() -> None:
    """The terminal tells every process of it."""
    os.kill(os.getpid(), signal.SIGINT)


def niceness() -> tuple[int, str]:
    """How far this process stands behind the others, and the class of its reading."""
    return os.nice(0), psutil.Process().ionice().ioclass.name


def begin_politely(is_gentle: bool) -> None:
    """A child that goes behind the others, as a worker does."""
    yield_to_others(is_gentle)


def look_and_tell(path: Path, drawn: Sequence[workers.Box], *known: Any) -> Look:
    """Look at a photo, and note beside it who does, and how nicely."""
    time.sleep(0.15)
    result = workers._look(path, drawn, *known)
    with (path.parent / "notes").open("a") as file:
        file.write(f"{os.getpid()} {os.nice(0)}\n")
    return result


def begin_at_once(order: workers.WorkOrder) -> None:
    """A worker that loads nothing."""


def look_slowly(path: Path, drawn: Sequence[workers.Box], *known: Any) -> str:  # noqa: ARG001
    """Take a second and a half for a photo."""
    time.sleep(1.5)
    return path.name
