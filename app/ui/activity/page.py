"""The Activity page: what Kinfolk did and does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.page import Page


class ActivityPage(Page):
    """What Kinfolk did and does."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = self.tr("Activity")

    def reload(self) -> None:
        self.shown.emit()
