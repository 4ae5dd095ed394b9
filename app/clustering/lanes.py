"""Lanes: arithmetic on several cores, by threads of our own.

[Note: Lanes] numpy lets go of the interpreter while it computes, so threads run side by side. The
linear algebra library has threads, too, but only within one product, and they wait for their next
by spinning, which takes the cores from everybody else; so each lane has it compute alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TypeVar

from threadpoolctl import ThreadpoolController

from app.clustering.products import Check

MOST = 8
"""Lanes: more are waiting for memory."""
WORTH = 8
"""Steps: for fewer no threads are started."""

_most = ContextVar("most", default=MOST)

Item = TypeVar("Item")
Result = TypeVar("Result")


def lanes() -> int:
    """As many as there are cores, up to a bound."""
    return max(1, min(MOST, os.cpu_count() or 1))


def each(
    work: Callable[[Item], Result], items: Sequence[Item], threads: int, check: Check
) -> list[Result]:
    """What `work` makes of each item, in their order, on so many threads. `check` may raise to
    stop; what was begun is finished then, and nothing else."""
    found = []
    threads = min(threads, _most.get())
    if threads < 2 or len(items) < WORTH:
        for item in items:
            check()
            found.append(work(item))
        return found
    with ThreadPoolExecutor(threads, thread_name_prefix="lane") as pool:
        waiting = [pool.submit(work, item) for item in items]
        try:
            for future in waiting:
                check()
                found.append(future.result())
        finally:
            for future in waiting:
                future.cancel()
    return found


@contextmanager
def narrow() -> Iterator[None]:
    """Within this, and on this thread, there is one lane."""
    before = _most.set(1)
    try:
        yield
    finally:
        _most.reset(before)


@contextmanager
def alone() -> Iterator[None]:
    """The linear algebra library keeps to the thread that calls it."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
