"""FaceEditor: the field for a name beside a face, and what the name will go to."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets import paint
from app.ui.widgets.name_edit import NameEdit

tr = Texts("viewer")

_WIDTH = 268


class FaceEditor(QWidget):
    """Asks for the name of one face. Whoever opens it puts it in place and takes it away."""

    chosen = Signal(str)
    """The name, once; empty only where the name may stay empty."""
    more_wanted = Signal()
    """Something else than a name is to be said of the face."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        *,
        scope: str = "",
        hint: str = "",
        may_be_empty: bool = False,
    ) -> None:
        """`scope` says what else the name would go to, and offers to name only this face."""
        super().__init__(parent)
        self._desk = desk
        self._scope = scope
        self._is_over = False
        self.edit = NameEdit(desk.named.names, self)
        self.edit.setPlaceholderText(tr("Who is this?"))
        self.edit.chosen.connect(self._choose)
        if may_be_empty:
            self.edit.left_empty.connect(self._choose_nobody)
        self.only = QToolButton()
        self.only.setObjectName("Switch")
        self.only.setText(tr("Only this face"))
        self.only.setCheckable(True)
        self.only.setVisible(bool(scope))
        self.only.toggled.connect(self._show_scope)
        self.more = QToolButton()
        self.more.setObjectName("Switch")
        self.more.setText(tr("More…"))
        self.more.setVisible(not may_be_empty)
        self.more.clicked.connect(self.more_wanted)
        self.said = QLabel(scope or hint)
        self.said.setObjectName("Small")
        self.said.setWordWrap(True)
        self.said.setVisible(bool(scope or hint))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for widget in (self.edit, self.said):
            column.addWidget(widget)
        row = QHBoxLayout()
        column.addLayout(row)
        row.setSpacing(0)
        row.addWidget(self.only)
        row.addStretch(1)
        row.addWidget(self.more)
        self.setFixedWidth(scaled(_WIDTH))
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def _choose(self, name: str) -> None:
        if not self._is_over:
            self._is_over = True
            self.chosen.emit(name)

    def _choose_nobody(self) -> None:
        self._choose("")

    def _show_scope(self, is_only: bool) -> None:
        self.said.setText(tr("The others keep no name.") if is_only else self._scope)
        self.edit.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._desk.theme
        area = QRect(0, 0, self.width(), self.height())
        paint.rounded(painter, area, 12, theme.color("page"))
        paint.ring(painter, area, 12, theme.color("hairline"), 1)
