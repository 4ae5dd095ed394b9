"""Help buttons: small question marks that open the page of the guide that helps here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QToolButton, QWidget

from app.ui.desk import Desk
from app.ui.guide.guide import Guide
from app.ui.icons import Icons
from app.ui.texts import Texts
from app.ui.theme import Theme

tr = Texts("guide")

_EDGE = 14


class HelpButton(QToolButton):
    """Opens a page of the guide; where `page` is empty, it is out of sight."""

    def __init__(self, guide: Guide, theme: Theme, icons: Icons, page: str = "") -> None:
        super().__init__()
        self._guide = guide
        self._icons = icons
        self.page = page
        self.setObjectName("HelpButton")
        self.setIconSize(QSize(18, 18))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tr("What is this page for?"))
        self.setAccessibleName(tr("Help"))
        self.clicked.connect(self.open)
        theme.changed.connect(self._dress)
        self._dress()

    def show_for(self, page: str) -> None:
        """Open this page from now on."""
        self.page = page
        self.setVisible(bool(page))

    def open(self) -> None:
        """Open the page."""
        self._guide.open(self.page)

    def _dress(self) -> None:
        self.setIcon(self._icons.icon("circle-help", "secondary", 18))


class HelpCorner(QObject):
    """A Help button in the upper corner of a dialog, where the text ends; F1 does the same."""

    def __init__(
        self, dialog: QDialog, guide: Guide, theme: Theme, icons: Icons, page: str
    ) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self.button = HelpButton(guide, theme, icons, page)
        self.button.setParent(dialog)
        self.button.setToolTip(tr("How does this work?"))
        self.button.setAutoRaise(True)
        key = QShortcut(QKeySequence("F1"), dialog)
        key.activated.connect(self.button.open)
        dialog.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        button, room = self.button, self._dialog.width()
        button.adjustSize()
        # Labels begin where their language does, also where all else is mirrored.
        is_mirrored = QLocale().textDirection() == Qt.LayoutDirection.RightToLeft
        button.move(_EDGE if is_mirrored else room - _EDGE - button.width(), _EDGE)
        button.raise_()


def offer_help(dialog: QDialog, desk: Desk, page: str) -> QWidget:
    """Put a Help button that opens this page into the corner of a dialog."""
    return HelpCorner(dialog, desk.guide, desk.theme, desk.icons, page).button
