"""The Alerts page: strangers whom a camera saw."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.page import Page


class AlertsPage(Page):
    """Strangers whom a camera saw."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = self.tr("Alerts")

    def reload(self) -> None:
        self.shown.emit()
