"""ViewerBar: above the photo, its name and the acts that are needed most."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

_ICON = 20


class ViewerBar(QWidget):
    """Buttons for acts; `leading` stand before the name of the photo, the others behind."""

    def __init__(
        self, leading: QAction, acts: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.title = QLabel()
        self.title.setObjectName("Strong")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 20, 8)
        row.setSpacing(4)
        row.addWidget(_button(leading))
        row.addSpacing(8)
        row.addWidget(self.title, 1)
        for act in acts:
            row.addWidget(_button(act))


def _button(act: QAction) -> QToolButton:
    button = QToolButton()
    button.setIconSize(QSize(_ICON, _ICON))
    button.setDefaultAction(act)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(act.text().rstrip("…"))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
