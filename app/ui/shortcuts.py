"""The overview of shortcuts: what the actions themselves say their keys are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.page import Page
from app.ui.pages import page_name
from app.ui.places import Kind
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.theme import Theme
from app.ui.widgets import paint
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.grid_model import AnyIndex

tr = Texts("shortcuts")

_LETTER = re.compile(r"\(&\w\)$")
"""The letter that opens a menu, behind a title in Chinese."""
_ROW = 30
_TITLE = 40
_CAP = 22


@dataclass(frozen=True, slots=True)
class Group:
    """The actions of one part of the window."""

    title: str
    actions: Sequence[QAction]


def groups_of(menus: Iterable[QMenu], pages: Mapping[Kind, Page], viewer: QWidget) -> list[Group]:
    """Everything in the window that has a key, by where it works; each action once."""
    title = tr("One photo")
    parts = [(_LETTER.sub("", menu.title()).replace("&", ""), menu.actions()) for menu in menus]
    parts += [(page_name(kind), page.actions()) for kind, page in pages.items()]
    parts.append((title, viewer.actions()))
    groups, listed = [], set[QAction]()
    for title, actions in parts:
        own = [action for action in actions if action.shortcuts() and action not in listed]
        listed.update(own)
        if own:
            groups.append(Group(title, own))
    return groups


def keys_of(action: QAction) -> list[str]:
    """The keys of an action as they are printed on a keyboard."""
    form = QKeySequence.SequenceFormat.NativeText
    return [one.toString(form) for one in action.shortcuts()]


class ShortcutsDialog(FittingDialog):
    """Lists every shortcut in groups; typing finds one, Escape closes."""

    def __init__(self, theme: Theme, groups: Sequence[Group], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        heading = QLabel(tr("Keyboard shortcuts"))
        heading.setObjectName("Heading")
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find what to do, or a key"))
        self.field.setAccessibleName(tr("Find a shortcut"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list = self._make_list(theme, groups)
        self.resize(self._width_for(theme, groups), min(680, max(360, parent.height() - 60)))
        self._nothing = QLabel(tr("No shortcut fits."))
        self._nothing.setObjectName("Secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        for widget in (heading, self.field, self._nothing):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        again = QShortcut(QKeySequence("Ctrl+?"), self)
        again.activated.connect(self.reject)
        self.field.setFocus()

    def shown(self) -> list[tuple[str, str]]:
        """What is listed now: the words and the keys."""
        return [
            (row.text(0), row.text(1))
            for group in self._groups()
            for row in _children(group)
            if not row.isHidden()
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list scrolls while the field has the keyboard."""
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in keys:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        anything = False
        for group in self._groups():
            fits = False
            for row in _children(group):
                told = f"{group.text(0)} {row.text(0)} {row.text(1)}".casefold()
                is_wanted = all(word in told for word in wanted)
                row.setHidden(not is_wanted)
                fits = fits or is_wanted
            group.setHidden(not fits)
            anything = anything or fits
        self._nothing.setVisible(not anything)
        self.list.setVisible(anything)

    def _width_for(self, theme: Theme, groups: Sequence[Group]) -> int:
        """Pixels for the longest words beside the most keys: both are longer in some languages."""
        measure = QFontMetrics(theme.font(13)).horizontalAdvance
        words = max((measure(one.text()) for group in groups for one in group.actions), default=0)
        told = words + self.list.sizeHintForColumn(1)
        return max(560, told * 100 // scaled(100) + 88)  # as with text of the usual size

    def _groups(self) -> list[QTreeWidgetItem]:
        return _children(self.list.invisibleRootItem())

    def _make_list(self, theme: Theme, groups: Sequence[Group]) -> QTreeWidget:
        made = QTreeWidget()
        made.setColumnCount(2)
        made.setHeaderLabels([tr("What"), tr("Keys")])
        made.setHeaderHidden(True)
        made.setRootIsDecorated(False)
        made.setItemsExpandable(False)
        made.setIndentation(0)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setAccessibleName(tr("Keyboard shortcuts"))
        made.setItemDelegate(_Delegate(theme, made))
        for group in groups:
            head = QTreeWidgetItem([group.title])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            made.addTopLevelItem(head)
            head.setFirstColumnSpanned(True)
            for action in group.actions:
                keys = keys_of(action)
                row = QTreeWidgetItem([action.iconText().replace("&", ""), ", ".join(keys)])
                row.setData(1, Qt.ItemDataRole.UserRole, keys)
                head.addChild(row)
        made.expandAll()
        made.header().setStretchLastSection(False)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        return made


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(place) for place in range(item.childCount()))
    return [child for child in found if child is not None]


class _Delegate(QStyledItemDelegate):
    """Titles in bold; keys as caps."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        keys = index.data(Qt.ItemDataRole.UserRole) or []
        height = scaled(_TITLE) if not index.parent().isValid() and index.row() else scaled(_ROW)
        return QSize(sum(self._width(option, key) + 6 for key in keys) + 12, height)

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        theme = self._theme
        is_title = not index.parent().isValid()
        option.font = theme.font(13, QFont.Weight.DemiBold if is_title else QFont.Weight.Normal)
        if is_title:
            option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        keys = index.data(Qt.ItemDataRole.UserRole)
        if keys is None:
            super().paint(painter, option, index)
            return
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        right = option.rect.right() - 8
        words_from = Qt.LayoutDirection.LeftToRight  # Ctrl+Z is written so everywhere
        for key in reversed(keys):
            width = self._width(option, key)
            top = option.rect.y() + (option.rect.height() - scaled(_CAP)) // 2
            cap = QRect(right - width, top, width, scaled(_CAP))
            cap = paint.turned(painter, option.rect, cap)
            paint.rounded(painter, cap, 5, theme.color("hover"))
            paint.ring(painter, cap, 5, theme.color("hairline"), 1)
            painter.setPen(theme.color("text"))
            direction = painter.layoutDirection()
            painter.setLayoutDirection(words_from)
            painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), key)
            painter.setLayoutDirection(direction)
            right -= width + 6
        painter.restore()

    def _width(self, option: QStyleOptionViewItem, key: str) -> int:
        return max(scaled(_CAP), option.fontMetrics.horizontalAdvance(key) + 14)
