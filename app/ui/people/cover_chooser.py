"""CoverChooser: a person's best faces in a small pane, to choose the one that stands for them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.library.rows import FaceRow, PersonRow
from app.ui.desk import Desk
from app.ui.photos.face_grid import FaceGrid
from app.ui.texts import Texts
from app.ui.widgets.grid_layout import Shape
from app.ui.widgets.grid_model import Section

tr = Texts("people")

_SIDE = 76
_GAP = 6
_COLUMNS = 6
_PAD = 14


def _shape() -> Shape:
    return Shape(
        cell_width=_SIDE,
        cell_height=_SIDE,
        gap_x=_GAP,
        gap_y=_GAP,
        header_height=0,
        section_gap=0,
        margin=_PAD,
        bottom=_PAD,
    )


class CoverChooser(QFrame):
    """Opens over the page at a card; a click or Enter chooses, Escape or a click elsewhere does
    not."""

    chosen = Signal(int)
    """A face by its id."""

    def __init__(self, desk: Desk, person: PersonRow, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("Card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._over = parent
        self._cover = person.cover
        self._anchor = QRect()
        who = person.name or tr("this person")
        self.title = QLabel(tr("Choose a cover for {0}").format(who))
        self.title.setObjectName("Strong")
        self.title.setContentsMargins(_PAD, 0, _PAD, 0)
        self.grid = FaceGrid(desk, _SIDE)
        self.grid.set_shape(_shape())
        self.grid.setSelectionMode(FaceGrid.SelectionMode.SingleSelection)
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grid.clicked.connect(self._choose)
        self.grid.opened.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, _PAD, 1, 1)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.grid)
        self.setAccessibleName(self.title.text())
        self.setFocusProxy(self.grid)
        self._fit(1)
        desk.background.read(self, partial(desk.album.faces_for_cover, person.id), self._show)

    def open_at(self, anchor: QRect) -> None:
        """Come into sight beside a rectangle of the parent."""
        self._anchor = QRect(self._over.mapToGlobal(anchor.topLeft()), anchor.size())
        self._place()
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        event.accept()

    def _show(self, faces: list[FaceRow]) -> None:
        self._fit(len(faces))
        self._place()
        self.grid.faces.replace(faces, [Section("", len(faces))])
        ids = [face.id for face in faces]
        current = self._cover.id if self._cover is not None else None
        place = ids.index(current) if current in ids else 0
        self.grid.setCurrentIndex(self.grid.faces.index(place))

    def _fit(self, count: int) -> None:
        columns = min(_COLUMNS, max(3, count))
        rows = -(-count // _COLUMNS)
        # A pixel more, since the grid fills its width with as many columns as go in.
        width = columns * (_SIDE + _GAP) - _GAP + 2 * _PAD + 1
        self.grid.setFixedSize(width, rows * (_SIDE + _GAP) - _GAP + _PAD)
        self.adjustSize()

    def _place(self) -> None:
        room = self.screen().availableGeometry()
        x = self._anchor.center().x() - self.width() // 2
        y = self._anchor.bottom() + 6
        if y + self.height() > room.bottom():
            y = max(room.top(), self._anchor.top() - 6 - self.height())
        self.move(max(room.left(), min(x, room.right() - self.width())), y)

    def _choose(self, index: QModelIndex) -> None:
        face = self.grid.faces.row_at(index)
        if face is not None:
            self.chosen.emit(face.id)
            self.close()
