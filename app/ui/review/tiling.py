"""Tiling: where the crops of a board go."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize

GAP = 10


def tiles(room: QSize, count: int, most: int = 400) -> list[QRect]:
    """Squares as large as fit for `count` crops, in rows of nearly equal length, in the middle;
    none is larger than `most`."""
    if count < 1 or room.width() < 1 or room.height() < 1:
        return []
    columns, side = max(
        ((n, _side(room, n, -(-count // n))) for n in range(1, count + 1)),
        key=lambda choice: (choice[1], -choice[0]),
    )
    side = max(1, min(side, most))
    rows = -(-count // columns)
    lengths = [count // rows + (row < count % rows) for row in range(rows)]
    height = rows * side + (rows - 1) * GAP
    found = []
    for row, length in enumerate(lengths):
        width = length * side + (length - 1) * GAP
        left = (room.width() - width) // 2
        top = (room.height() - height) // 2 + row * (side + GAP)
        found += [QRect(left + n * (side + GAP), top, side, side) for n in range(length)]
    return found


def _side(room: QSize, columns: int, rows: int) -> int:
    across = (room.width() - (columns - 1) * GAP) // columns
    return min(across, (room.height() - (rows - 1) * GAP) // rows)
