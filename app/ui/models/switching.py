"""Switching, as the dialog of models sees it: who has the photos looked at with another pack."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class SwitchState(Protocol):
    """How far a switch from one pack to another is."""

    @property
    def current(self) -> str:
        """The pack that the album works with."""

    @property
    def to(self) -> str:
        """The pack that photos are looked at with meanwhile; empty when there is no switch."""

    @property
    def done(self) -> int:
        """Photos looked at with it."""

    @property
    def total(self) -> int:
        """Photos there are."""

    @property
    def phase(self) -> str:
        """none, looking, ready or switched."""

    @property
    def undo_to(self) -> str:
        """The pack that can be gone back to without looking again; empty for none."""

    @property
    def undo_until(self) -> datetime | None:
        """Until when, in UTC without a zone; None where nobody knows."""


class PackSwitch(Protocol):
    """Switches a library to another pack, in the background."""

    def state(self) -> SwitchState:
        """How far it is now."""

    def begin(self, choice: str) -> int | str:
        """Begin; gives the task."""

    def cancel(self) -> object:
        """Leave it; the album stays with the pack it works with."""

    def undo(self) -> object:
        """Go back to the pack before."""
