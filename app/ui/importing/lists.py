"""Lists: the people whose names were found, and the faces of which two words differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.indexing.name_plan import Conflict, Found
from app.library.rows import FaceRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.importing import wording
from app.ui.importing.wording import tr
from app.ui.pictures import PictureKey
from app.ui.scale import scaled

_FACE = 36
_GAP = 6
_MARK = 20
_TICK = 30
"""From the edge of a line to its face."""
KEY = Qt.ItemDataRole.UserRole
"""The role of the picture of a line's face."""
WHAT = Qt.ItemDataRole.UserRole + 1
"""The role of what a line is about: a key of a person, or a face and a name."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CHECKED, _OPEN = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class FaceDelegate(QStyledItemDelegate):
    """Shows tick and face of a line before its words; the face comes when it is in sight."""

    def __init__(self, desk: Desk, view: QTreeWidget) -> None:
        super().__init__(view)
        self._desk = desk

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.column():
            return
        features = QStyleOptionViewItem.ViewItemFeature
        # The style's own tick is that of the system, in colours of its own.
        option.features = (option.features & ~features.HasCheckIndicator) | features.HasDecoration
        option.decorationSize = QSize(scaled(_TICK) + _FACE, _FACE)
        option.icon = self._icon(index, option.widget.devicePixelRatioF())

    def _icon(self, index: QModelIndex | QPersistentModelIndex, scale: float) -> QIcon:
        key = index.data(KEY)
        both = QPixmap(QSize(scaled(_TICK) + _FACE, _FACE) * scale)
        both.setDevicePixelRatio(scale)
        both.fill(Qt.GlobalColor.transparent)
        painter = QPainter(both)
        name = "square-check" if is_ticked(index) else "square"
        mark = self._desk.icons.pixmap(name, "text", _MARK, scale)
        painter.drawPixmap(0, (_FACE - _MARK) // 2, mark)
        face = None if key is None else self._desk.pictures.round(key, _FACE, scale)
        if face is not None:
            painter.drawPixmap(scaled(_TICK), 0, face)
        painter.end()
        icon = QIcon(both)
        icon.addPixmap(both, QIcon.Mode.Selected)  # a face is not tinted
        return icon

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(super().sizeHint(option, index).width(), _FACE + _GAP)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if index.column() or not _is_to_tick(event, option):
            return False
        state = _OPEN if is_ticked(index) else _CHECKED
        return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)


def is_ticked(index: QModelIndex | QPersistentModelIndex) -> bool:
    """Whether a line is ticked."""
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == _CHECKED


def _is_to_tick(event: QEvent, option: QStyleOptionViewItem) -> bool:
    """A click on the tick, or Space."""
    if isinstance(event, QMouseEvent):
        is_left = event.button() == Qt.MouseButton.LeftButton
        within = event.position().x() < option.rect.x() + scaled(_TICK)
        return event.type() == QEvent.Type.MouseButtonRelease and is_left and within
    if isinstance(event, QKeyEvent):
        return event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space
    return False


class TickList(QTreeWidget):
    """Lines with a tick and the picture of a face; Space ticks the line that is selected."""

    ticked = Signal()
    """Something was ticked, or not any more."""

    _WIDTHS: ClassVar[Mapping[int, int]] = {}
    """Pixels of the columns but the first, at least."""

    def __init__(self, desk: Desk, name: str, headers: Sequence[str]) -> None:
        super().__init__()
        self._desk = desk
        self.setHeaderLabels(list(headers))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(name)
        self.setItemDelegate(FaceDelegate(desk, self))
        self.setIconSize(QSize(_FACE, _FACE))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self.ticked)
        desk.pictures.arrived.connect(self.viewport().update)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def items(self) -> list[QTreeWidgetItem]:
        """Every line, from the top."""
        found = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [item for item in found if item is not None]

    def fill(self, items: Sequence[QTreeWidgetItem]) -> None:
        """Show these lines."""
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItems(list(items))
        self.blockSignals(False)
        for column, width in self._WIDTHS.items():  # no title is cut, in whatever language
            self.setColumnWidth(column, max(width, self.header().sectionSizeHint(column)))
        if items:
            self.setCurrentItem(items[0])

    def _line(
        self, texts: Sequence[str], what: object, face: FaceRow | None, is_ticked: bool
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem(list(texts))
        item.setCheckState(0, _CHECKED if is_ticked else _OPEN)
        item.setData(0, WHAT, what)
        if face is not None:
            item.setData(0, KEY, PictureKey.of_face(face))
        return item


class PeopleList(TickList):
    """Who was found; whoever is not ticked stays out."""

    _WIDTHS: ClassVar[Mapping[int, int]] = {1: 110, 2: 84, 3: 240}

    def __init__(self, desk: Desk) -> None:
        headers = [tr("Name"), tr("Named there"), tr("In all"), ""]
        super().__init__(desk, tr("People found"), headers)
        for column in (1, 2):
            self.headerItem().setTextAlignment(column, _RIGHT)

    def show_people(self, people: Sequence[Found], faces: Mapping[int, FaceRow]) -> None:
        """List these, all ticked."""
        self.fill([self._item(one, faces) for one in people])

    def left_out(self) -> set[str]:
        """The keys of those who are not ticked."""
        return {item.data(0, WHAT) for item in self.items() if item.checkState(0) == _OPEN}

    def _item(self, one: Found, faces: Mapping[int, FaceRow]) -> QTreeWidgetItem:
        own = (*one.faces, *one.by_keyword)
        face = next((faces[number] for number in own if number in faces), None)
        counts = (len(one.faces), len(one.faces) + one.along)
        numbers = [words.number(count) if count else "" for count in counts]
        item = self._line((one.name, *numbers, wording.joins(one)), one.key, face, True)
        for column in (1, 2):
            item.setTextAlignment(column, _RIGHT)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, wording.spoken(one))
        return item


class ConflictList(TickList):
    """Faces that have another name elsewhere, those with the same two words in one line; what is
    ticked is taken from there. Where several names are said of a face, one of them is taken."""

    _WIDTHS: ClassVar[Mapping[int, int]] = {1: 84, 2: 310}

    def __init__(self, desk: Desk) -> None:
        headers = [tr("Name there"), tr("Faces"), tr("Here")]
        super().__init__(desk, tr("Named otherwise"), headers)
        self.headerItem().setTextAlignment(1, _RIGHT)
        self.itemChanged.connect(self._keep_to_one)

    def show_conflicts(self, conflicts: Sequence[Conflict], faces: Mapping[int, FaceRow]) -> None:
        """List these, none ticked, the most frequent first."""
        alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for one in conflicts:
            for name in one.theirs:
                alike[name, wording.ours(one)].append(one.face_id)
        lines = sorted(alike.items(), key=lambda line: (-len(line[1]), line[0]))
        self.fill([self._item(name, ours, own, faces) for (name, ours), own in lines])

    def theirs(self) -> dict[int, str]:
        """Face -> the name that is to be taken from there."""
        taken: dict[int, str] = {}
        for item in self.items():
            if item.checkState(0) == _CHECKED:
                own, name = item.data(0, WHAT)
                taken |= dict.fromkeys(own, name)
        return taken

    def _item(
        self, name: str, ours: str, own: Sequence[int], faces: Mapping[int, FaceRow]
    ) -> QTreeWidgetItem:
        face = next((faces[number] for number in own if number in faces), None)
        texts = (name, words.number(len(own)), ours)
        item = self._line(texts, (tuple(own), name), face, False)
        item.setTextAlignment(1, _RIGHT)
        told = f"{name}, {words.faces(len(own))}, {ours}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)
        return item

    def _keep_to_one(self, item: QTreeWidgetItem) -> None:
        if item.checkState(0) != _CHECKED:
            return
        own = set(item.data(0, WHAT)[0])
        for other in self.items():
            if other is not item and own.intersection(other.data(0, WHAT)[0]):
                other.setCheckState(0, _OPEN)
