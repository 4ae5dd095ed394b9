"""What is made later is made once, by whoever first asks for anything of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.errors import ModelError
from app.indexing.later import is_made, later


class Clock:
    """Something that takes long to make."""

    made = 0

    def __init__(self) -> None:
        Clock.made += 1
        self.hour = 12

    def strike(self, times: int) -> int:
        """So many strokes."""
        return times


def test_it_is_made_once_whoever_asks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clock, "made", 0)
    clock = later(Clock)
    assert Clock.made == 0 and not is_made(clock)
    together = Barrier(8)

    def ask(number: int) -> int:
        together.wait(10)
        return clock.strike(number)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == list(range(8))
    assert Clock.made == 1 and is_made(clock) and clock.hour == 12


def test_what_is_there_is_made() -> None:
    assert is_made(Clock())


def test_what_cannot_be_made_is_said_to_whoever_asks_and_tried_again() -> None:
    tries = []

    def make() -> Clock:
        tries.append(1)
        if len(tries) < 2:
            raise ModelError("There are no models.")
        return Clock()

    clock = later(make)
    with pytest.raises(ModelError):
        clock.strike(1)
    assert not is_made(clock)
    assert clock.strike(2) == 2
