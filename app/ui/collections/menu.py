"""The menu of collections: all there are, and what can be done with the one in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from app.library.rows import CollectionRow, CollectionSize
from app.ui.collections import wording
from app.ui.desk import Desk
from app.ui.widgets.menus import add_entry, menu_text

_SIDE = 18
_WIDTH = 44
"""Logical pixels of the check and of the kind beside it."""


def fill(menu: QMenu, desk: Desk, acts: Sequence[QAction]) -> None:
    """Put everything into a menu that is about to open; how much each holds comes a moment
    later."""
    menu.clear()
    group = QActionGroup(menu)
    rows = desk.collections.rows
    entries: dict[int, tuple[CollectionRow, QAction]] = {}
    for row in rows:
        is_here = row.id == desk.album.collection_id
        action = add_entry(menu, menu_text(row.name), partial(_go, desk, row.id))
        action.setCheckable(True)
        action.setChecked(is_here)
        action.setIcon(_mark(desk, row.kind, is_here))
        group.addAction(action)
        entries[row.id] = (row, action)
    menu.addSeparator()
    menu.addActions(list(acts))
    desk.collections.measure(group, partial(_tell_sizes, entries))


def _go(desk: Desk, number: int) -> None:
    if number != desk.album.collection_id:
        desk.collections.go(number)


def _tell_sizes(
    entries: Mapping[int, tuple[CollectionRow, QAction]], sizes: Mapping[int, CollectionSize]
) -> None:
    """At the end of each line, where menus have their keys."""
    for number, (row, action) in entries.items():
        told = wording.size(sizes.get(number))
        action.setText(f"{menu_text(row.name)}\t{told}")
        action.setIconText(row.name)


def _mark(desk: Desk, kind: str, is_here: bool) -> QIcon:
    """A check, or the room for one, and the kind. A menu of Qt's shows either check or icon."""
    scale = max(1.0, QCoreApplication.instance().devicePixelRatio())  # type: ignore[union-attr]
    drawn = QPixmap(QSize(_WIDTH, _SIDE) * scale)
    drawn.setDevicePixelRatio(scale)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    if is_here:
        painter.drawPixmap(QPointF(0, 0), desk.icons.pixmap("check", "accent", _SIDE, scale))
    token = "accent" if is_here else "secondary"
    side = desk.icons.pixmap(wording.icon(kind), token, _SIDE, scale)
    painter.drawPixmap(QPointF(_WIDTH - _SIDE, 0), side)
    painter.end()
    return QIcon(drawn)
