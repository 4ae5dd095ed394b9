"""LeavingModel: rows that go out of sight before the library has let go of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject

from app.ui.widgets.grid_model import GridModel, Section

Row = TypeVar("Row")


class LeavingModel(GridModel[Row]):
    """Shows what it is given without the rows that are being taken elsewhere, until it is settled
    whether they went."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._away: frozenset[Hashable] = frozenset()
        self._all: tuple[Sequence[Row], Sequence[Section]] = ((), ())

    def replace(self, rows: Sequence[Row], sections: Sequence[Section]) -> None:
        """Show other rows, without those that are away."""
        self._all = (rows, sections)
        super().replace(*self._left(rows, sections))

    def take_away(self, identities: Iterable[Hashable]) -> None:
        """Let go of rows before the library has; what is shown until `settle` is without them."""
        self._away |= frozenset(identities)
        super().replace(*self._left(*self._all))

    def come_back(self) -> None:
        """The rows that were taken away stay after all."""
        if self._away:
            self._away = frozenset()
            super().replace(*self._all)

    def settle(self) -> None:
        """What is shown next is the truth."""
        self._away = frozenset()

    def _left(
        self, rows: Sequence[Row], sections: Sequence[Section]
    ) -> tuple[Sequence[Row], Sequence[Section]]:
        """The rows and sections without those that are away; a section without rows is none."""
        gone = sorted(self.places_of(rows, self._away).values()) if self._away else []
        if not gone:
            return rows, sections
        kept: list[Section] = []
        start = 0
        for section in sections:
            stop = start + section.count
            count = section.count - bisect_left(gone, stop) + bisect_left(gone, start)
            start = stop
            if count:
                kept.append(replace(section, count=count))
        return self.without(rows, gone), kept

    def without(self, rows: Sequence[Row], places: Sequence[int]) -> Sequence[Row]:
        """The rows but for those at these places, which are in order."""
        gone = frozenset(places)
        return [row for place, row in enumerate(rows) if place not in gone]
