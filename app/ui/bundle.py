"""Bundle: several words given in one go are taken back, and said again, in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.changes import Changes
from app.ui import words


class Bundle:
    """Remembers of which words the last deed was made.

    Called in the thread of the commands only. After a restart each word is undone by itself.
    """

    def __init__(self) -> None:
        self._said: list[str] = []
        """What each word of the bundle said, in order; empty when there is no bundle."""
        self._told = ""
        self._is_undone = False
        self._beyond = 0
        """How many words before the bundle are undone as well."""

    def forget(self) -> None:
        """Something else was said."""
        self._said = []

    def say(self, works: Sequence[Callable[[], Changes]], told: str) -> Changes:
        """Say several things; `told` is the sentence about all of them, with their number."""
        done = [changes for changes in [work() for work in works] if changes]
        self._said = [one.said for one in done] if len(done) > 1 else []
        self._told = told.format(words.number(len(done)))
        self._is_undone = False
        return self._together(done)

    def take_back(self, undo: Callable[[], Changes]) -> Changes:
        """Undo the last word, and with the last of the bundle all of it."""
        first = undo()
        if not self._said or self._is_undone:
            self._beyond += 1
            return first
        if not first.said.endswith(self._said[-1]):  # somebody else said something meanwhile
            self.forget()
            return first
        self._is_undone, self._beyond = True, 0
        return self._together([first, *(undo() for _ in self._said[1:])], self._said[-1])

    def say_again(self, redo: Callable[[], Changes]) -> Changes:
        """Redo what undo took back last, the whole bundle if it was that."""
        first = redo()
        if not self._said or not self._is_undone:
            return first
        if self._beyond:
            self._beyond -= 1
            return first
        if not first.said.endswith(self._said[0]):
            self.forget()
            return first
        self._is_undone = False
        return self._together([first, *(redo() for _ in self._said[1:])], self._said[0])

    def _together(self, done: Sequence[Changes], first: str = "") -> Changes:
        changes = Changes()
        for one in done:
            changes |= one
        if len(done) < 2:
            return changes
        # “Undone: ” and the like stay before what is told of all.
        before = done[0].said.removesuffix(first) if first else ""
        return replace(changes, said=f"{before}{self._told}")
