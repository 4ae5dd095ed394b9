"""Later: something that is made when it is first asked for anything, by whichever thread asks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class _Later(Generic[T]):
    """Stands for what `make` gives; see `later`."""

    __slots__ = ("_lock", "_make", "_thing")

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.RLock()
        self._thing: T | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._have(), name)

    def _have(self) -> T:
        with self._lock:
            if self._thing is None:
                self._thing = self._make()
            return self._thing


def later(make: Callable[[], T]) -> T:
    """What `make` gives, to be made when somebody first asks for one of its attributes; what
    `make` raises is raised there and then. Attributes can be read and called, not set."""
    return cast(T, _Later(make))


def made(thing: T) -> T:
    """The very thing, made by now or here: for those who need no stand-in."""
    return thing._have() if isinstance(thing, _Later) else thing


def is_made(thing: object) -> bool:
    """Whether a thing is there: also True for what is not made later."""
    return not isinstance(thing, _Later) or thing._thing is not None
