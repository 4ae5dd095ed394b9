"""The Visitors page: how many different people came."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.page import Page


class VisitorsPage(Page):
    """How many different people came."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = self.tr("Visitors")

    def reload(self) -> None:
        self.shown.emit()
