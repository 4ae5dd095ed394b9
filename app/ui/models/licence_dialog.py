"""The licence of a pack, to be read and agreed to before anything of it comes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from app.indexing.model_catalogue import Offer
from app.ui import words
from app.ui.desk import Desk
from app.ui.models.wording import tr
from app.ui.widgets.question import Question

_WIDTH = 480
_LINES = 10


class LicenceDialog(Question):
    """Shows the licence; the button is in force once the user says that it was read."""

    def __init__(self, desk: Desk, offer: Offer, then: str, parent: QWidget) -> None:
        """`then` is what the button says."""
        self._desk = desk
        self.text = QPlainTextEdit(offer.licence.text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Licence"))
        self.text.setMinimumHeight(_LINES * self.text.fontMetrics().lineSpacing())
        self.agreed = QToolButton()
        self.agreed.setObjectName("Tick")
        self.agreed.setCheckable(True)
        self.agreed.setText(
            tr("I have read this, and use the models\nfor non-commercial research only")
        )
        self.agreed.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.agreed.setIconSize(QSize(20, 20))
        body = QWidget()
        body.setFixedWidth(_WIDTH)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(_line(offer.licence.name, "Strong"))
        column.addWidget(self.text, 1)
        for told in _facts(offer):
            column.addWidget(_line(told, "Small"))
        column.addWidget(self.agreed, 0, Qt.AlignmentFlag.AlignLeading)
        super().__init__(tr("The licence of {0}").format(offer.name), body, then, parent)
        self.prefer(self.yes)
        self.yes.setEnabled(False)
        self.agreed.toggled.connect(self._follow)
        desk.theme.changed.connect(self._follow)
        self._follow()
        self.setAccessibleDescription(offer.licence.name)
        self.text.setFocus()

    def _follow(self) -> None:
        name = "square-check" if self.agreed.isChecked() else "square"
        self.agreed.setIcon(self._desk.icons.icon(name, "text", 20))
        self.yes.setEnabled(self.agreed.isChecked())


def _facts(offer: Offer) -> list[str]:
    told = [tr("Published at {0}").format(offer.licence.source)]
    if offer.size:
        told.append(tr("Comes from {0}, {1}").format(offer.address, words.size(offer.size)))
    if offer.sum:
        told.append(tr("It has to have the SHA-256 {0}.").format(offer.sum))
    else:
        told.append(
            tr("Nobody has published its sum: the first download is trusted, and held to later.")
        )
    return told


def _line(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
