"""The banner over the packs: how far a switch to another is, and the way back from one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from app.ui.models import wording
from app.ui.models.switching import SwitchState
from app.ui.models.wording import tr


class SwitchBanner(QFrame):
    """Hidden while there is nothing to say."""

    cancel_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Questions")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("How far the switch is"))
        self.cancel, self.undo = QPushButton(tr("Cancel")), QPushButton()
        for button, wanted in ((self.cancel, self.cancel_wanted), (self.undo, self.undo_wanted)):
            button.setAutoDefault(False)
            button.clicked.connect(wanted)
        row, told = QHBoxLayout(self), QVBoxLayout()
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addLayout(told, 1)
        told.addWidget(self.said)
        told.addWidget(self.bar)
        row.addWidget(self.cancel)
        row.addWidget(self.undo)
        self.hide()

    def show_state(self, state: SwitchState | None) -> None:
        """Tell how far it is; None where packs cannot be switched."""
        text = "" if state is None else wording.switching(state)
        is_under_way = state is not None and state.phase in ("looking", "ready")
        self.said.setText(text)
        self.setAccessibleName(text)
        self.bar.setVisible(is_under_way)
        self.cancel.setVisible(is_under_way)
        self.undo.setVisible(state is not None and not is_under_way and bool(state.undo_to))
        if state is not None:
            self.bar.setRange(0, state.total)
            self.bar.setValue(state.done)
            self.undo.setText(tr("Go back to {0}").format(state.undo_to))
        self.setVisible(bool(text))
