"""Presets: values of thresholds that go together, to be tried out with one click."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.indexing.thresholds import PRESETS
from app.ui.settings.frame import label
from app.ui.settings.wording import tr


class Presets(QWidget):
    """A button for each."""

    chosen = Signal(dict)
    """Option -> value."""

    def __init__(self, without: tuple[str, ...] = ()) -> None:
        """`without` are options that cannot be set here."""
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        for key, name, told in (
            ("own", tr("Kinfolk’s own"), tr("As measured on albums of families")),
            ("strict", tr("Strict"), tr("As a cloud service has it: large, straight, clear")),
        ):  # fmt: skip
            values = {one: value for one, value in PRESETS[key].items() if one not in without}
            button = QPushButton(name)
            button.setAutoDefault(False)
            button.setToolTip(told)
            button.setAccessibleDescription(told)
            button.clicked.connect(lambda _=False, values=values: self.chosen.emit(values))
            self.buttons[key] = button
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(tr("Values that go together:"), "Secondary"))
        column.addLayout(row)
