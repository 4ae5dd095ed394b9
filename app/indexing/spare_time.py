"""Spare time: what the looker does while there is nothing else to do."""

from __future__ import annotations

from collections.abc import Callable


class SpareTime:
    """Nothing, here; `switching` has photos looked at by another pack in it."""

    @property
    def has_work(self) -> bool:
        """Whether there is anything to do now."""
        return False

    def go_on(
        self,
        is_wanted_elsewhere: Callable[[], bool],
        interlude: Callable[[], None],
        check: Callable[[], None],
    ) -> None:
        """Do some of it; ends soon once the time `is_wanted_elsewhere`. `interlude` is called
        again and again meanwhile, and `check` may raise to stop."""

    def rest(self) -> None:
        """The workers are wanted for something else."""

    def close(self) -> None:
        """There is no time any more: what is left is taken up at the next start."""
