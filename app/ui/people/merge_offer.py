"""MergeOffer: a name was typed that somebody has; are the two one person?"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.people.merge_card import MergeFaces
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets import paint
from app.ui.widgets.menus import menu_text

tr = Texts("people")


class MergeOffer(QFrame):
    """A small card in the place of the editor. Enter merges, Escape goes back to the editor; a
    click elsewhere leaves everything as it was."""

    merge_wanted = Signal()
    declined = Signal()
    """By Escape or Cancel."""
    closed = Signal()
    """In whatever way; after the other two."""

    def __init__(
        self, desk: Desk, person: PersonRow, other: PersonRow, anchor: QRect, parent: QWidget
    ) -> None:
        """`other` has the name that was typed for `person`; `anchor` is where, within `parent`."""
        super().__init__(parent)
        self._over = parent
        self.setObjectName("Card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        faces = MergeFaces(desk)
        faces.show_people(other, [person])
        self.text = QLabel(self._text(other))
        self.text.setObjectName("Strong")
        self.text.setMaximumWidth(scaled(320))
        self.merge = QPushButton(menu_text(tr("Merge with {0}").format(other.name)))
        self.merge.setObjectName("Primary")
        self.cancel = QPushButton(tr("Cancel"))
        self.merge.clicked.connect(self._merge)
        self.cancel.clicked.connect(self._decline)
        buttons = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(faces)
        column.addWidget(self.text)
        column.addLayout(buttons)
        buttons.setSpacing(8)
        buttons.addWidget(self.merge)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        self.setAccessibleName(self.text.text())
        self._is_over = False
        paint.lift(self)
        self.adjustSize()
        self._place(anchor)
        QApplication.instance().focusChanged.connect(self._watch_focus)  # type: ignore[union-attr]

    def open(self) -> None:
        """Come into sight, ready for Enter."""
        self.show()
        self.raise_()
        self.merge.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._decline()
        event.accept()  # nothing that is pressed here is the grid's

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.merge.setFocus()

    def _text(self, other: PersonRow) -> str:
        count = words.photos_and_videos(other.photo_count, other.video_count)
        if other.hidden:
            return tr("{0} is here already, but hidden: {1}.").format(other.name, count)
        return tr("{0} is here already: {1}.").format(other.name, count)

    def _place(self, anchor: QRect) -> None:
        room = self._over.rect().adjusted(8, 8, -8, -8)
        x = anchor.center().x() - self.width() // 2
        y = anchor.top() - 6
        if y + self.height() > room.bottom():
            y = anchor.bottom() + 6 - self.height()
        self.move(max(room.left(), min(x, room.right() - self.width())), max(room.top(), y))

    def _watch_focus(self, old: QWidget | None, new: QWidget | None) -> None:  # noqa: ARG002
        # Losing the window altogether is not an answer.
        if new is not None and not self.isAncestorOf(new) and new is not self:
            self._end()

    def _merge(self) -> None:
        if not self._is_over:
            self.merge_wanted.emit()
            self._end()

    def _decline(self) -> None:
        if not self._is_over:
            self._is_over = True
            self.declined.emit()
            self._is_over = False
            self._end()

    def _end(self) -> None:
        if not self._is_over:
            self._is_over = True
            QApplication.instance().focusChanged.disconnect(self._watch_focus)  # type: ignore[union-attr]
            self.close()
            self.closed.emit()
