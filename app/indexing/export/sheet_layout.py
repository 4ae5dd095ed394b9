"""Where everything of a contact sheet goes: by year, each month named above its first photo, in
rows as wide as the page. Pure arithmetic, in millimetres from the page's upper left corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from app.indexing.export import telling
from app.library.queries.exports import PhotoFiles

WIDTH, HEIGHT = 210.0, 297.0
"""Of a page: A4, ISO 216."""
MARGIN = 16.0
FOOT = 18.0
"""What the number of the page takes at the lower edge."""
HEAD = 60.0
"""What the title takes on the first page."""
ROW = 37.0
"""How high a photo is, about."""
_GAP = 3.0
_LABEL = 5.2
"""The month, above a photo."""
_CAPTION = 5.4
"""Below a photo."""
_BELOW = 2.2
_YEAR = 13.0
_NARROWEST, _WIDEST = 0.56, 3.2
"""Width over height: what goes beyond is cut, at both ends."""
_STRETCH = 1.25
"""A row is made no higher than so many times ROW to fill the page's width."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One photo on a page."""

    photo: PhotoFiles
    x: float
    y: float
    w: float
    h: float
    label: str
    """The month, above the first photo of it and at the beginning of a page."""
    caption: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A year, and whether it is only gone on with."""

    text: str
    y: float
    goes_on: bool


@dataclass(slots=True)
class SheetPage:
    """What is on a page below the title."""

    tiles: list[Tile] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    photos: tuple[PhotoFiles, ...]
    height: float


def lay_out(photos: Sequence[PhotoFiles], caption: Callable[[PhotoFiles], str]) -> list[SheetPage]:
    """The pages of these photos, which are sorted by time; those without a date come last."""
    pages = [SheetPage()]
    y = MARGIN + HEAD
    for year, of_year in groupby(photos, key=telling.year):
        rows = list(_rows(list(of_year)))
        needed = _YEAR + _height(rows[0])
        if y > MARGIN and y + needed > HEIGHT - FOOT:
            pages.append(SheetPage())
            y = MARGIN
        pages[-1].headings.append(Heading(year, y, goes_on=False))
        y += _YEAR
        month = ""
        for row in rows:
            if y + _height(row) > HEIGHT - FOOT:
                pages.append(SheetPage(headings=[Heading(year, MARGIN, goes_on=True)]))
                y, month = MARGIN + _YEAR, ""
            month = _fill(pages[-1], row, y, month, caption)
            y += _height(row)
        y += _BELOW
    return pages


def shape(photo: PhotoFiles) -> float:
    """Width over height, of as much of a photo as is shown."""
    if not (photo.width > 0 and photo.height > 0):
        return 4 / 3
    return min(_WIDEST, max(_NARROWEST, photo.width / photo.height))


def _rows(photos: Sequence[PhotoFiles]) -> Iterator[_Row]:
    room = WIDTH - 2 * MARGIN
    row: list[PhotoFiles] = []
    for photo in photos:
        row.append(photo)
        height = _fitting(row, room)
        if height <= ROW:
            yield _Row(tuple(row), height)
            row = []
    if row:
        # The last row of a year is not stretched over the page.
        height = _fitting(row, room)
        yield _Row(tuple(row), height if height <= ROW * _STRETCH else ROW)


def _fitting(row: Sequence[PhotoFiles], room: float) -> float:
    """The height at which these photos fill the width."""
    return (room - _GAP * (len(row) - 1)) / sum(map(shape, row))


def _fill(
    page: SheetPage, row: _Row, y: float, month: str, caption: Callable[[PhotoFiles], str]
) -> str:
    x = MARGIN
    for photo in row.photos:
        label = telling.month(photo)
        w = row.height * shape(photo)
        shown = "" if label == month else label
        page.tiles.append(Tile(photo, x, y + _LABEL, w, row.height, shown, caption(photo)))
        month = label
        x += w + _GAP
    return month


def _height(row: _Row) -> float:
    return _LABEL + row.height + _CAPTION
