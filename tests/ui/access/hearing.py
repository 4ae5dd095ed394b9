"""What a surface of the window tells those who hear it, and how its controls are come to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QRadioButton,
    QScrollBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from app.ui.regions import tab_stops
from app.ui.search.chip import Chip
from app.ui.widgets.name_offers import NameOffers
from app.ui.widgets.side_entry import SideEntry
from tests.ui.access.looks import called, shown

_ROLES = QAccessible.Role
CONTROLS = {
    _ROLES.Button, _ROLES.CheckBox, _ROLES.RadioButton, _ROLES.EditableText, _ROLES.ComboBox,
    _ROLES.Slider, _ROLES.SpinBox, _ROLES.List, _ROLES.ListItem, _ROLES.MenuItem, _ROLES.Table,
    _ROLES.ButtonMenu, _ROLES.Tree, _ROLES.TreeItem, _ROLES.PageTab, _ROLES.ProgressBar,
    _ROLES.ButtonDropDown, _ROLES.Cell,
}  # fmt: skip
ROWS = {_ROLES.ListItem, _ROLES.TreeItem, _ROLES.Cell}
"""Photos, faces, lines: two of them may well be alike, and their place in the list is heard."""
NOBODYS = {_ROLES.NoRole, _ROLES.Client}
_CODE = re.compile(r"^[a-z]+(_[a-z]+)+$|^_?[A-Z][a-z]+[A-Z]\w+$|\.(svg|png|py)$|^Q[A-Z]\w+$")
"""Names of things in the code, and of icons: nobody has to hear them."""
_PRESSED = (QAbstractButton, QLineEdit, QComboBox, QAbstractSlider, QAbstractSpinBox)


def tree(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Everything that is there to be heard, from a window down."""
    yield root
    for place in range(min(root.childCount(), 60)):
        child = root.child(place)
        if child is not None and not child.state().invisible:
            yield from tree(child)


def name_of(heard: QAccessibleInterface) -> str:
    """What it is called."""
    return heard.text(QAccessible.Text.Name).replace("&", "").strip()


def badly_named(window: QWidget) -> list[str]:
    """What can be used and has no name, or one that tells nobody anything."""
    found = []
    for heard in tree(QAccessible.queryAccessibleInterface(window)):
        state, role = heard.state(), heard.role()
        thing = heard.object()
        if (role not in CONTROLS and not state.focusable) or isinstance(thing, QTabWidget):
            continue  # of tabs, their bar is heard
        if isinstance(thing, QToolButton) and isinstance(thing.parent(), QLineEdit):
            continue  # the cross that Qt puts into a field: keys empty it as well
        what = called(thing) if isinstance(thing, QWidget) else str(role)
        name = name_of(heard)
        if not name and not state.disabled and not _is_empty_cell(role, state):
            found.append(f"{what} has no name")
        elif _CODE.search(name):
            found.append(f"{what} is called {name!r}")
        if role in NOBODYS and state.focusable and not _is_read_out(thing):
            found.append(f"{what} is a {role}")
    return found


def _is_empty_cell(role: QAccessible.Role, state: QAccessible.State) -> bool:
    """Whether it is the second cell of a line that is a title, of a list that is read by lines."""
    return role == _ROLES.TreeItem and not state.selectable


def _is_read_out(thing: object) -> bool:
    """Whether it is a view of the window's own, which says what changes in it."""
    return isinstance(thing, QWidget) and bool(thing.accessibleName())


def twins(window: QWidget) -> list[str]:
    """Controls beside each other that are heard alike."""
    found = []
    for heard in tree(QAccessible.queryAccessibleInterface(window)):
        beside = [heard.child(place) for place in range(min(heard.childCount(), 60))]
        named = Counter(
            (child.role(), name_of(child))
            for child in beside
            if child is not None and child.role() in CONTROLS - ROWS and not child.state().invisible
        )
        thing = heard.object()
        where = called(thing) if isinstance(thing, QWidget) else str(heard.role())
        found += [f"{name!r} twice in {where}" for (_, name), n in named.items() if n > 1 and name]
    return found


def out_of_reach(window: QWidget) -> list[str]:
    """Controls in sight that no key comes to."""
    stops = set(map(id, tab_stops(window)))
    found = []
    for one in shown(window):
        is_control = isinstance(one, _PRESSED) and not isinstance(one, QScrollBar)
        if not (is_control or isinstance(one, QAbstractItemView)) or not one.isEnabled():
            continue
        if id(one) not in stops and not _has_other_way(one):
            found.append(called(one))
    return found


def _has_other_way(one: QWidget) -> bool:
    """Whether arrow keys or a key of its own lead to it, or it is a part of what has them."""
    owner = one.parentWidget()
    if isinstance(one, SideEntry | Chip | QRadioButton | QHeaderView | NameOffers):
        return True  # arrow keys, from the one beside it, or from the field above it
    if isinstance(owner, QAbstractSpinBox | QComboBox | QLineEdit):
        return True
    action = one.defaultAction() if isinstance(one, QToolButton) else None
    keys = action.shortcuts() if action is not None else []
    if isinstance(one, QAbstractButton):
        keys = keys or ([one.shortcut()] if not one.shortcut().isEmpty() else [])
    return bool(keys) or bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy())
