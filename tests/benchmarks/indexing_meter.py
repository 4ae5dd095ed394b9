"""Indexing meter: what a process and all its children take, seen from outside."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError

EVERY = 0.1
"""Seconds between two looks at the processes."""
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Reading:
    """A process tree from its start to its end."""

    began: float
    """A moment of time.monotonic()."""
    cpu: list[tuple[float, float]]
    """Moments, and the seconds of processor taken until then by all of the tree."""
    peak_megabytes: float
    """Of the tree; what processes share is counted once (PSS)."""

    def cpu_between(self, start: float, end: float) -> float:
        """Seconds of processor taken between two moments."""
        return self._cpu_at(end) - self._cpu_at(start)

    def _cpu_at(self, moment: float) -> float:
        at = bisect_left(self.cpu, (moment, 0.0))
        if at == 0 or at == len(self.cpu):
            return self.cpu[min(at, len(self.cpu) - 1)][1]
        (then, before), (now, after) = self.cpu[at - 1 : at + 1]
        return before + (after - before) * (moment - then) / max(1e-9, now - then)


def watch(words: Sequence[str]) -> Reading:
    """Run a command to its end. Only Linux tells of memory and processors; elsewhere they are 0.

    Raises KnownError with what it said last when it fails.
    """
    began, peak = time.monotonic(), 0.0
    cpu, before = [(began, 0.0)], _of_children()
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        while True:
            tree = _tree(child.pid)
            cpu.append((time.monotonic(), sum(_cpu(pid) for pid in tree)))
            peak = max(peak, sum(_megabytes(pid) for pid in tree))
            try:
                told, _ = child.communicate(timeout=EVERY)
                break
            except subprocess.TimeoutExpired:
                continue
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    if child.returncode:
        raise KnownError(f"{' '.join(words[:5])} failed: {told.strip()[-2000:]}")
    # What was taken after the last look, or all of it when there was hardly time to look.
    cpu.append((time.monotonic(), max(cpu[-1][1], _of_children() - before)))
    return Reading(began, cpu, peak)


def _of_children() -> float:
    """Seconds of all children that ended, and of theirs."""
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime


def _tree(root: int) -> list[int]:
    """A process and all below it."""
    found, at = [root], 0
    while at < len(found):
        for task in _PROC.glob(f"{found[at]}/task/*/children"):
            try:
                found += [int(word) for word in task.read_text().split()]
            except OSError:
                continue
        at += 1
    return found


def _cpu(pid: int) -> float:
    """Seconds, those of children that ended included."""
    try:
        told = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in told[11:15]) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) * 1024 / 1e6
