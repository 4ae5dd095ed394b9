"""What is looked at on a surface of the window; each check gives what it finds wrong, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QMenu,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QTreeView,
    QWidget,
)

from app.ui.search.chips import Chips
from app.ui.widgets.cut_label import CutLabel
from app.ui.widgets.yielding_label import YieldingLabel
from tests.ui.access.pseudo import outside

_TRIES, _APART = 8, 60
"""So often, and so many ms apart, it is looked at what lacks room before it is told."""
_TOUCHING = 2
"""Pixels by which two may overlap."""
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def shown(root: QWidget) -> Iterator[QWidget]:
    """All that is to be seen within a window, but for other windows."""
    if not root.isVisible():
        return
    yield root
    for child in root.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from shown(child)


def called(widget: QWidget) -> str:
    """Which widget it is, for whoever reads what was found."""
    text = ""
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        text = widget.text()
    owner = widget.parentWidget()
    return f"{type(widget).__name__} {text[:60]!r} in {type(owner).__name__}"


# -- cut -----------------------------------------------------------------------------------


def cramped(root: QWidget, screen: QSize) -> list[str]:
    """What lacks room, of a window or in it."""
    found: list[str] = []
    for _ in range(_TRIES):  # what was said a moment ago may not be laid out yet
        QApplication.processEvents()
        found = cut(root) + outside_of_window(root) + overlapping(root)
        if not found:
            break
        QTest.qWait(_APART)
    if root.width() > screen.width() or root.height() > screen.height():
        found.append(f"{called(root)} is larger than the screen: {root.size()}")
    return found


def cut(root: QWidget) -> list[str]:
    """Texts that have less room than they need."""
    return [f"{called(one)}: {why}" for one in shown(root) if (why := _cut(one))]


def _cut(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, QHeaderView):
        return _cut_titles(widget)
    if isinstance(widget, QAbstractButton | QComboBox):
        if isinstance(widget, QAbstractButton) and not _has_words(widget):
            return ""
        need = widget.sizeHint()
        if widget.height() < need.height() - 1:
            return f"{widget.height()} of {need.height()} pixels high"
        text = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
        tells_all = text in widget.toolTip()
        if widget.width() < need.width() - 1 and not tells_all:
            return f"{widget.width()} of {need.width()} pixels wide"
    return ""


def _cut_titles(head: QHeaderView) -> str:
    if head.orientation() != Qt.Orientation.Horizontal:
        return ""
    sections = [place for place in range(head.count()) if not head.isSectionHidden(place)]
    return ", ".join(
        f"title {place}: {head.sectionSize(place)} of {head.sectionSizeHint(place)} pixels wide"
        for place in sections
        if head.sectionSize(place) < head.sectionSizeHint(place) - 1
    )


def _has_words(button: QAbstractButton) -> bool:
    """Whether it shows more than an icon."""
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    is_icon = isinstance(button, QToolButton) and button.toolButtonStyle() == icon_only
    return bool(button.text()) and not (is_icon and not button.icon().isNull())


def _cut_label(label: QLabel) -> str:
    if not label.text() or isinstance(label, CutLabel | YieldingLabel):
        return ""
    if label.wordWrap():
        need = label.heightForWidth(label.width())
        return f"{label.height()} of {need} pixels high" if label.height() < need - 1 else ""
    need = label.sizeHint()
    if label.text() in label.toolTip():
        return ""
    if label.height() < need.height() - 1:
        return f"{label.height()} of {need.height()} pixels high"
    if label.width() < need.width() - 1:
        return f"{label.width()} of {need.width()} pixels wide"
    return ""


def outside_of_window(root: QWidget) -> list[str]:
    """What lies beyond the edge of its parent, where nothing scrolls."""
    found = []
    for one in shown(root):
        owner = one.parentWidget()
        if isinstance(one, QScrollArea) and (why := _hidden_for_good(one)):
            found.append(f"{called(one)}: {why}")
        if one is root or owner is None or _scrolls(owner):
            continue
        if isinstance(one, QLabel | QAbstractButton | QLineEdit | QComboBox):
            room = QRect(owner.rect())
            if not room.contains(one.geometry()):
                found.append(f"{called(one)}: {one.geometry()} in {room}")
    return found


def overlapping(root: QWidget) -> list[str]:
    """What is laid out beside something else, and lies over it."""
    found = []
    for owner in shown(root):
        layout = owner.layout()
        if layout is None:
            continue
        beside = [one for one in _in_layout(layout, owner) if one.isVisible()]
        for place, one in enumerate(beside):
            for other in beside[place + 1 :]:
                common = one.geometry() & other.geometry()
                if common.width() > _TOUCHING and common.height() > _TOUCHING:
                    found.append(f"{called(one)} lies over {called(other)}: {common}")
    return found


def _in_layout(layout: QLayout, owner: QWidget) -> Iterator[QWidget]:
    """What a layout holds, and those within it; not by its items, see `regions`."""
    if isinstance(layout, QStackedLayout):
        return
    for child in owner.children():
        if isinstance(child, QWidget) and layout.indexOf(child) >= 0:
            yield child
    for within in layout.children():
        if isinstance(within, QLayout):
            yield from _in_layout(within, owner)


def _hidden_for_good(area: QScrollArea) -> str:
    """What is wider than an area that cannot be scrolled sideways."""
    inner, room = area.widget(), area.viewport().width()
    never = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if inner is None or not never or inner.width() <= room or isinstance(area, Chips):
        return ""
    return f"{room} of {inner.width()} pixels wide"


def _scrolls(owner: QWidget) -> bool:
    above = owner.parentWidget()
    return isinstance(above, QScrollArea | QAbstractItemView)


# -- texts ---------------------------------------------------------------------------------


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """All texts that are seen or heard, each with where it stands."""
    for one in shown(root):
        where = called(one)
        for text in (
            one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle(),
            one.statusTip(), one.whatsThis(),
        ):  # fmt: skip
            yield where, text
        if isinstance(one, QLabel | QAbstractButton):
            yield where, one.text()
        if isinstance(one, QLineEdit):
            yield where, one.placeholderText()
        if isinstance(one, QComboBox):
            for place in range(one.count()):
                yield where, one.itemText(place)
        elif isinstance(one, QAbstractItemView):
            yield from ((where, text) for text in _of_rows(one))
        for action in one.actions():
            yield from _of_action(action)


def texts_of_menu(menu: QMenu) -> Iterator[tuple[str, str]]:
    """The entries of a menu, each with the menu it is in."""
    yield "menu", menu.title()
    for action in menu.actions():
        yield from _of_action(action)


def _of_action(action: QAction) -> Iterator[tuple[str, str]]:
    for text in (action.text(), action.toolTip()):
        yield "action", text


def _of_rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    roles = (
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
    )  # fmt: skip
    columns = view.header().count() if isinstance(view, QTreeView) else 1
    for row in range(min(30, model.rowCount())):
        for column in range(columns):
            for role in roles:
                text = model.index(row, column).data(role)
                if isinstance(text, str):
                    yield text
    for column in range(columns):
        text = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(text, str):
            yield text


def untranslated(where: str, text: str, allowed: re.Pattern[str]) -> str:
    """What of a text is no word of the pseudo-language, nor a name; "" where all is."""
    rest = allowed.sub(" ", outside(re.sub(r"<[^>]*>", " ", text)))
    return f"{where}: {text!r}" if _LETTERS.search(rest) else ""
