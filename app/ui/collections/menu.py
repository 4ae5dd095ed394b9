"""The menu of collections: all there are, and what can be done with the one in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from app.library.rows import CollectionRow, CollectionSize
from app.ui.collections import wording
from app.ui.desk import Desk
from app.ui.widgets.menus import add_entry, menu_text

_SIDE = 18


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
        # Of a check and an icon Qt's menus show the icon: the check stands at the end of the line.
        token = "accent" if is_here else "secondary"
        action.setIcon(desk.icons.icon(wording.icon(row.kind), token, _SIDE))
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
        check = "  ✓" if action.isChecked() else ""
        action.setText(f"{menu_text(row.name)}\t{wording.size(sizes.get(number))}{check}")
        action.setIconText(row.name)
