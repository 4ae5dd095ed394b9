"""Trial: one run of one method in a fresh process, with its time and its memory."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.dataset import Dataset
from tests.benchmarks.methods import METHODS, Method, Setting

SHORT = 2.0
"""s: a run that is over sooner is run again, and the fastest of three counts."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a run gave and took."""

    labels: NDArray[np.int64]
    seconds: float
    """Of the grouping alone, by the clock."""
    peak_megabytes: float
    """Of the whole process with the data in it, 1e6 bytes."""


def try_alone(name: str, data: Dataset, setting: Setting) -> Trial:
    """Run a method of this name in a process of its own, which then ends."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(try_here, name, data, setting).result()


def try_here(name: str, data: Dataset, setting: Setting) -> Trial:
    """Run a method of this name in this process, whose memory counts in full."""
    method = next(method for method in METHODS if method.name == name)
    labels, seconds = _timed(method, data, setting)
    peak = peak_bytes() / 1e6
    if seconds < SHORT:
        seconds = min(seconds, *(_timed(method, data, setting)[1] for _ in range(2)))
    return Trial(labels, seconds, peak)


def _timed(method: Method, data: Dataset, setting: Setting) -> tuple[NDArray[np.int64], float]:
    start = time.perf_counter()
    labels = method.run(data, **setting)
    return labels, time.perf_counter() - start


def peak_bytes() -> int:
    """The most memory this process ever held.

    Linux hands getrusage's figure on from the process that started this one, so that a small child
    of a large parent looks large; the kernel's own figure of the memory is this process's alone.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
