"""NameDialog: asks for one name, with the names in use to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.name_edit import NameEdit
from app.ui.widgets.name_offers import NameOffers

tr = Texts("widgets")

_LINES = 6


class NameDialog(FittingDialog):
    """A small window with a question, a field, the names that fit, and one button."""

    chosen = Signal(str)

    def __init__(
        self,
        question: str,
        button: str,
        names: QStringListModel,
        parent: QWidget | None = None,
        *,
        takes_new: bool = True,
        left_out: Iterable[str] = (),
    ) -> None:
        """`takes_new`: whether the answer may be a name that nobody has; `left_out`: names that
        are no answer."""
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setMinimumWidth(scaled(400))
        label = QLabel(question)
        label.setObjectName("Heading")
        label.setWordWrap(True)
        offers = NameOffers(names)
        offers.takes_new, offers.left_out = takes_new, frozenset(left_out)
        self.edit = NameEdit(names, offers=offers)
        offers.show_offers("")
        # As high as it can become, so that the buttons stay where they are while one types.
        offers.setFixedHeight(offers.wanted_height(_LINES))
        offers.setVisible(bool(names.rowCount()))
        buttons = QDialogButtonBox()
        accept = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setObjectName("Primary")
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept_text)
        buttons.rejected.connect(self.reject)
        self.edit.chosen.connect(self._accept_name)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        for widget in (label, self.edit, offers, buttons):
            column.addWidget(widget)
        self.edit.setFocus()

    def _accept_text(self) -> None:
        self.edit.take()
        if self.isVisible():
            self.edit.setFocus()

    def _accept_name(self, name: str) -> None:
        self.accept()
        self.chosen.emit(name)
