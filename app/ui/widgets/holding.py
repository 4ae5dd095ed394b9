"""Holding still: the rows of a grid change, and what the user looks at stays where it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPersistentModelIndex

from app.ui.widgets.grid import SectionedGrid


def hold_still(grid: SectionedGrid, change: Callable[[], object]) -> None:
    """Let `change` change the rows while what is in sight stays in its place: above all what is in
    the section of the current item, which itself may be what goes elsewhere."""
    bar, top = grid.verticalScrollBar(), grid.verticalOffset()
    if top == 0:
        change()
        return
    plan, here = grid.plan(), grid.currentIndex().row()
    bottom = top + grid.viewport().height()
    seen = [item for item in plan.items_between(top, bottom) if item != here]
    section = plan.section_of(here) if here >= 0 else -1
    beside = [item for item in seen if plan.section_of(item) == section]
    anchors = [
        (QPersistentModelIndex(grid.model().index(item, 0)), plan.rect(item).y)
        for item in beside or seen
    ]
    change()
    grid.doItemsLayout()  # now, not when the events are worked off
    # One row may go up and the others down: most of them count.
    shifts = [grid.plan().rect(at.row()).y - y for at, y in anchors if at.isValid()]
    if shifts:
        from statistics import mode

        bar.setValue(top + mode(shifts))
