"""The list under the search field: people with their faces, dates and folders."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui import words
from app.ui.desk import Desk
from app.ui.people.menu import face_icon
from app.ui.scale import scaled
from app.ui.search.suggestions import Suggestion
from app.ui.widgets.paint import centred, rounded, turned

_ROW = 38
_FACE = 24
_ICON = 18
_WIDTH = 300
_EDGE = 10
AnyIndex = QModelIndex | QPersistentModelIndex


class SuggestionModel(QAbstractListModel):
    """The suggestions as rows; choosing one puts its whole line into the field."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[Suggestion] = ()

    def replace(self, rows: Sequence[Suggestion]) -> None:
        """Offer other suggestions."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.EditRole:
            return row.line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.label}, {words.photos(row.photo_count)}"
        return row if role == Qt.ItemDataRole.UserRole else None


class SuggestionDelegate(QStyledItemDelegate):
    """Paints face or icon, label, and how many photos there are."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002
        return QSize(_FACE, scaled(_ROW))  # as wide as the list is

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, Suggestion):
            return
        theme = self._desk.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, option.rect.adjusted(4, 2, -4, -2), 6, theme.color("selection"))
        inner = option.rect.adjusted(_EDGE + 4, 0, -_EDGE - 4, 0)
        place = QRect(inner.left(), inner.top(), _FACE, inner.height())
        place = turned(painter, inner, place)
        centred(painter, place, self._picture(row, painter.device().devicePixelRatioF()))
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("secondary"))
        count = words.number(row.photo_count)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(right), count)
        room = painter.fontMetrics().horizontalAdvance(count) + 12
        painter.setFont(theme.font(13, QFont.Weight.Medium))
        painter.setPen(theme.color("text"))
        text = QRect(inner.adjusted(_FACE + 10, 0, -room, 0))
        label = painter.fontMetrics().elidedText(
            row.label, Qt.TextElideMode.ElideMiddle, text.width()
        )
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(turned(painter, inner, text), int(left), label)
        painter.restore()

    def _picture(self, row: Suggestion, scale: float) -> QPixmap:
        if row.person is not None:
            return face_icon(self._desk, row.person, scale).pixmap(QSize(_FACE, _FACE), scale)
        return self._desk.icons.pixmap(row.icon, "secondary", _ICON, scale)


class Completion(QCompleter):
    """Shows what it is given; nothing is filtered here."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        self.suggestions = SuggestionModel(parent)
        super().__init__(self.suggestions, parent)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(9)
        self.list = QListView()
        self.list.setObjectName("Completions")
        self.list.setMinimumWidth(scaled(_WIDTH))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.setPopup(self.list)
        # A completer gives its popup a delegate of its own.
        self.list.setItemDelegate(SuggestionDelegate(desk, self.list))
        desk.pictures.arrived.connect(self.list.viewport().update)
