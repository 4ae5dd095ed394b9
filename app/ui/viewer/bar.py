"""ViewerBar: above the photo, its name and the acts that are needed most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionEvent, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.ui.scale import scaled

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
        self._buttons = [BarButton(act) for act in (leading, *acts)]
        row.addWidget(self._buttons[0])
        row.addSpacing(8)
        row.addWidget(self.title, 1)
        for button in self._buttons[1:]:
            row.addWidget(button)

    def set_icons(self, icons: Mapping[QAction, QIcon]) -> None:
        """Show other icons than the acts have; none to show theirs."""
        for button in self._buttons:
            button.set_icon(icons.get(button.defaultAction()))


class BarButton(QToolButton):
    """An act as its icon alone."""

    def __init__(self, act: QAction) -> None:
        super().__init__()
        self._own: QIcon | None = None
        self.setIconSize(QSize(scaled(_ICON), scaled(_ICON)))
        self.setDefaultAction(act)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setAccessibleName(act.text().rstrip("…"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_icon(self, icon: QIcon | None) -> None:
        """Show this icon, or that of the act."""
        self._own = icon
        self.setIcon(self.defaultAction().icon() if icon is None else icon)

    def actionEvent(self, event: QActionEvent) -> None:
        super().actionEvent(event)
        if self._own is not None:  # Qt takes the icon of an act that has changed in any way
            self.setIcon(self._own)
