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
from typing import TypeVar, cast

from threadpoolctl import ThreadpoolController

from app.clustering.products import Check

MOST = 8
"""Lanes: more are waiting for memory."""
WORTH = 4
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
    """What `work` makes of each item, in their order, on so many threads, this one among them.
    `check` may raise to stop; what was begun is finished then, and nothing else."""
    found: list[Result | None] = [None] * len(items)
    waiting = iter(range(len(items)))  # whose next is one step of the interpreter, so for one lane

    def run(check: Check) -> None:
        try:
            for number in waiting:
                check()
                found[number] = work(items[number])
        finally:
            for _ in waiting:  # after an error nobody begins any more
                pass

    threads = min(threads, _most.get(), len(items))
    if threads < 2 or len(items) < WORTH:
        run(check)
        return cast("list[Result]", found)
    check()
    with ThreadPoolExecutor(threads - 1, thread_name_prefix="lane") as pool:
        others = [pool.submit(run, _nothing) for _ in range(threads - 1)]
        try:
            run(check)
        finally:
            for _ in waiting:  # nobody begins any more
                pass
        for other in others:
            other.result()
    return cast("list[Result]", found)


def _nothing() -> None:
    """What other lanes ask before each item."""


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
