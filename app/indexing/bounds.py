"""Bounds: no child process outlives its parent, and no work eats the whole machine."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from pathlib import Path

_NICENESS = 2
"""Of Linux: 0 is usual, 19 gives way to everybody. Less than that of the workers: such a thread may
hold Python's lock when it has to wait for a core, and the window waits with it."""
_PR_SET_PDEATHSIG = 1
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""Of glibc's mallopt."""
_MOST_KEPT_PIECE = 1 << 25
"""Bytes: glibc allows no more."""
_MOST_KEPT = 96_000_000
"""Bytes kept between two photos; one of 12 megapixels takes half as much."""
_in_use = 0
"""Bytes that this process could not give back when it last did."""
_STATM = Path("/proc/self/statm")


def give_way() -> None:
    """Give this thread less priority than the others; only Linux has priorities of threads."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        if os.getpriority(os.PRIO_PROCESS, thread) < _NICENESS:  # who gives way already goes on so
            os.setpriority(os.PRIO_PROCESS, thread, _NICENESS)


@contextmanager
def born_deaf() -> Iterator[None]:
    """A child process started within this hears no Ctrl+C, which the terminal tells all processes,
    not even before it is ready: its parent decides when it ends."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # started within this, it would undo it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent() -> None:
    """From now on this child process ends by itself when its parent does, whatever it is doing."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        # The kernel sees to it even when a decoder never lets a thread of Python's run. It counts
        # the thread that started us as the parent; a crew's lives as long as its child.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, args=(parent.sentinel,), name="parent", daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@contextmanager
def memory_cap(megabytes: int) -> Iterator[None]:
    """Within this, an allocation beyond so much more than is in use now raises MemoryError
    instead of starving the whole machine.

    Linux holds all private memory against RLIMIT_DATA. macOS hardly enforces it and Windows has
    none; what bounds a photo there is the limit on its pixels, which is held against its header.
    """
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    before, most = resource.getrlimit(resource.RLIMIT_DATA)
    cap = _private_bytes() + megabytes * 1_000_000
    if most != resource.RLIM_INFINITY:
        cap = min(cap, most)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (cap, most))
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (before, most))


def _private_bytes() -> int:
    """What counts against the limit by now; 0 where the system does not tell."""
    try:
        pages = int(_STATM.read_text().split()[5])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def keep_memory() -> None:
    """Have the allocator keep what is freed at hand: a process that takes and frees some
    megabytes with each photo spends a tenth of its time on having them cleared anew otherwise."""
    with contextlib.suppress(OSError, AttributeError):  # glibc alone has it
        allocator = ctypes.CDLL(None)
        allocator.mallopt(_M_MMAP_THRESHOLD, _MOST_KEPT_PIECE)
        allocator.mallopt(_M_TRIM_THRESHOLD, _MOST_KEPT)


def give_back_memory() -> None:
    """Return to the system what the allocator keeps for later, if that is much."""
    global _in_use
    if 0 < _private_bytes() < _in_use + _MOST_KEPT:
        return
    with contextlib.suppress(OSError, AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)
    _in_use = _private_bytes()
