"""Where the cells of a sectioned grid lie: arithmetic per section, never per item."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle in content pixels."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of a grid, in logical pixels."""

    cell_width: int
    cell_height: int
    gap_x: int
    gap_y: int
    header_height: int
    section_gap: int
    margin: int
    header_indent: int = 0
    """How far a section's title begins inside of the margin."""
    top: int = 0
    bottom: int = 32
    stretch: bool = False
    """Whether square cells grow to fill the width; else columns spread from edge to edge."""


class GridLayout:
    """The places of `sum(counts)` cells in sections one below the other."""

    def __init__(
        self,
        shape: Shape,
        counts: Sequence[int],
        headed: Sequence[bool],
        width: int,
        turned: int = 0,
    ) -> None:
        """`turned`: within how many pixels it runs from right to left; 0 for from left to right."""
        self.shape = shape
        self._turned = turned
        inner = max(1, width - 2 * shape.margin)
        self.columns = max(1, (inner + shape.gap_x) // (shape.cell_width + shape.gap_x))
        self.cell_width, self.cell_height = shape.cell_width, shape.cell_height
        if shape.stretch:
            self.cell_width = max(1, (inner - (self.columns - 1) * shape.gap_x) // self.columns)
            self.cell_height = self.cell_width + shape.cell_height - shape.cell_width
        self._pitch = self._column_pitch(inner)
        self._row = self.cell_height + shape.gap_y
        self._counts = [*counts]
        self._firsts = [0, *accumulate(counts)]
        self._headers = [shape.header_height if title else 0 for title in headed]
        self._tops: list[int] = []
        y = shape.top
        for count, header in zip(self._counts, self._headers, strict=True):
            self._tops.append(y)
            rows = -(-count // self.columns)
            y += header + max(0, rows * self._row - shape.gap_y) + shape.section_gap
        self.height = (y - shape.section_gap if self._counts else shape.top) + shape.bottom

    @property
    def count(self) -> int:
        """How many cells there are."""
        return self._firsts[-1]

    def rect(self, item: int) -> Rect:
        """The cell of an item."""
        section = self.section_of(item)
        row, column = divmod(item - self._firsts[section], self.columns)
        y = self._tops[section] + self._headers[section] + row * self._row
        x = self._x(column)
        if self._turned:
            x = self._turned - x - self.cell_width
        return Rect(x, y, self.cell_width, self.cell_height)

    def item_at(self, x: int, y: int) -> int:
        """The item whose cell holds the point; -1 between cells."""
        section = bisect_right(self._tops, y) - 1
        if section < 0:
            return -1
        down = y - self._tops[section] - self._headers[section]
        if down < 0 or down % self._row >= self.cell_height:
            return -1
        if self._turned:
            x = self._turned - 1 - x
        across = x - self.shape.margin
        column = int(across / self._pitch) if across >= 0 else -1
        if not 0 <= column < self.columns:
            return -1
        # The pitch may be a fraction: the cell that holds x begins at or before it.
        if column + 1 < self.columns and self._x(column + 1) <= x:
            column += 1
        if x >= self._x(column) + self.cell_width or x < self._x(column):
            return -1
        place = (down // self._row) * self.columns + column
        return self._firsts[section] + place if place < self._counts[section] else -1

    def section_of(self, item: int) -> int:
        """The section that holds an item."""
        return bisect_right(self._firsts, item) - 1

    def first_of(self, section: int) -> int:
        """The first item of a section; of an empty one, the first that follows it."""
        return self._firsts[section]

    def header(self, section: int, width: int) -> Rect:
        """The band of a section's title."""
        margin = self.shape.margin + self.shape.header_indent
        w = width - 2 * margin
        x = self._turned - margin - w if self._turned else margin
        return Rect(x, self._tops[section], w, self._headers[section])

    def header_at(self, y: int) -> int:
        """The section in whose title band y lies; -1 elsewhere."""
        section = bisect_right(self._tops, y) - 1
        return section if section >= 0 and y - self._tops[section] < self._headers[section] else -1

    def sections_between(self, top: int, bottom: int) -> range:
        """The sections that touch the band of content from `top` to `bottom`."""
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, max(first, bisect_right(self._tops, bottom)))

    def items_between(self, top: int, bottom: int) -> Iterator[int]:
        """The items whose cells touch the band, in order."""
        for section in self.sections_between(top, bottom):
            start = self._tops[section] + self._headers[section]
            rows = -(-self._counts[section] // self.columns)
            low = max(0, (top - start) // self._row)
            high = min(rows - 1, (bottom - start) // self._row)
            first = self._firsts[section]
            yield from range(
                first + low * self.columns,
                first + min(self._counts[section], (high + 1) * self.columns),
            )

    def above(self, item: int, rows: int = 1) -> int:
        """The item in the same column some rows higher; the first row stops."""
        return self._vertical(item, -rows)

    def below(self, item: int, rows: int = 1) -> int:
        """The item in the same column some rows lower; the last row stops."""
        return self._vertical(item, rows)

    def _vertical(self, item: int, rows: int) -> int:
        section = self.section_of(item)
        row, column = divmod(item - self._firsts[section], self.columns)
        step = 1 if rows > 0 else -1
        for _ in range(abs(rows)):
            row += step
            if 0 <= row * self.columns < self._counts[section]:
                continue
            following = self._neighbour(section, step)
            if following is None:
                row -= step
                break
            section = following
            row = 0 if step > 0 else -(-self._counts[section] // self.columns) - 1
        place = min(row * self.columns + column, self._counts[section] - 1)
        return self._firsts[section] + place

    def _neighbour(self, section: int, step: int) -> int | None:
        section += step
        while 0 <= section < len(self._counts):
            if self._counts[section]:
                return section
            section += step
        return None

    def _column_pitch(self, inner: int) -> float:
        if self.shape.stretch:
            return (inner + self.shape.gap_x) / self.columns
        if self.columns == 1:
            return float(self.cell_width + self.shape.gap_x)
        return (inner - self.cell_width) / (self.columns - 1)

    def _x(self, column: int) -> int:
        return self.shape.margin + int(column * self._pitch)
