"""Regions: the parts of the window, and how the keyboard goes through them in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

_REASON = Qt.FocusReason


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the window, and where in it the keyboard begins."""

    widget: QWidget
    begin: Callable[[], QWidget | None]
    """The widget that takes the keyboard; None for the first that can."""


class Regions:
    """The parts that are in sight, in reading order."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self._regions = list(regions)

    def add_after(self, widget: QWidget, region: Region) -> None:
        """Have one more part, after that of a widget."""
        place = [one.widget for one in self._regions].index(widget)
        self._regions.insert(place + 1, region)

    def cycle(self, steps: int) -> None:
        """Take the keyboard to the next or the previous part."""
        shown = [one for one in self._regions if next(tab_stops(one.widget), None) is not None]
        if not shown:
            return
        here = [place for place, one in enumerate(shown) if _has_focus(one.widget)]
        place = (here[0] + steps if here else 0) % len(shown)
        enter(shown[place].widget, shown[place].begin())

    def step(self, forward: bool) -> bool:
        """Take the keyboard to the next or the previous widget; whether there was one."""
        stops = [stop for one in self._regions for stop in tab_stops(one.widget)]
        focus = QApplication.focusWidget()
        if not stops:
            return False
        if focus in stops:
            place = (stops.index(focus) + (1 if forward else -1)) % len(stops)
        else:
            place = 0 if forward else len(stops) - 1
        stops[place].setFocus(_REASON.TabFocusReason if forward else _REASON.BacktabFocusReason)
        reveal(stops[place])
        return True


def enter(widget: QWidget, first: QWidget | None = None) -> None:
    """Give the keyboard to a part of the window: to `first`, or to the first that can have it."""
    if first is not None:
        first.setFocus(_REASON.ShortcutFocusReason)
    if not _has_focus(widget):
        stop = next(tab_stops(widget), None)
        if stop is not None:
            stop.setFocus(_REASON.ShortcutFocusReason)


def reveal(widget: QWidget) -> None:
    """Scroll to what has the keyboard now."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 8, 8)
        above = above.parentWidget()


def tab_stops(widget: QWidget) -> Iterator[QWidget]:
    """Everything within that Tab stops at, in the order in which it is laid out.

    Qt's own order is that in which widgets were made, and much here is made when it is needed.
    """
    if not widget.isVisible() or not widget.isEnabled():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    for child in _in_order(widget):
        yield from tab_stops(child)


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """The children in the order of the layout, then those that no layout holds."""
    if isinstance(widget, QStackedWidget):
        current = widget.currentWidget()
        if current is not None:
            yield current
        return
    if isinstance(widget, QAbstractScrollArea):
        # What lies over it, such as the years beside a grid, is a child of its own.
        inner = widget.widget() if isinstance(widget, QScrollArea) else None
        laid = [widget.viewport()]
        yield inner or widget.viewport()
    else:
        laid = list(_laid_out(widget.layout()))
        yield from laid
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow() and child not in laid:
            yield child


def _laid_out(layout: QLayout | None) -> Iterator[QWidget]:
    """What a layout holds, in its order.

    [Note: Items of layouts] Never by QLayout.itemAt or takeAt: Python's object for such an item
    outlives it, and PySide then takes whatever is made next at the same address, an action of a
    menu, for the item. addLayout makes such objects for what the layout holds already, too; so a
    layout is filled after it was added.
    """
    owner = layout.parentWidget() if layout is not None else None
    if layout is None or owner is None:
        return
    places: dict[int, QWidget | QLayout] = {}
    for child in owner.children():
        if isinstance(child, QWidget):
            places[layout.indexOf(child)] = child
    for child in layout.children():
        if isinstance(child, QLayout):
            places[layout.indexOf(child)] = child
    places.pop(-1, None)  # what another layout holds
    for _, one in sorted(places.items()):
        if isinstance(one, QWidget):
            yield one
        else:
            yield from _laid_out(one)


def _has_focus(widget: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))
