"""The settings of one collection: what of the library's it has otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.changes import Changes
from app.settings import OF_COLLECTION, Settings, Value
from app.ui.desk import Desk
from app.ui.settings.dialog import scrolling
from app.ui.settings.own_fields import OwnField, make_own_field
from app.ui.settings.wording import own_groups, tr
from app.ui.widgets.fitting import FittingDialog

_SIZE = QSize(640, 700)


class OwnSettingsDialog(FittingDialog):
    """Shows every option that a collection may have of its own; what is changed holds at once."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        here = desk.collections.row(desk.album.collection_id)
        title = tr("Settings of “{0}”").format("" if here is None else here.name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._known: tuple[Settings, Mapping[str, Any]] | None = None
        self.fields: dict[str, OwnField] = {}
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        heading = QLabel(title)
        heading.setObjectName("Heading")
        heading.setWordWrap(True)
        close = QPushButton(tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(scrolling(self._groups()), 1)
        below = QHBoxLayout()
        column.addLayout(below)
        below.addWidget(self.status, 1)
        below.addWidget(close, 0, Qt.AlignmentFlag.AlignBottom)
        room = parent.window().height()
        self.resize(_SIZE.boundedTo(QSize(2000, max(420, room - 60))))
        self._read()

    def _groups(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(14)
        for place, (title, options) in enumerate(own_groups(OF_COLLECTION)):
            label = QLabel(title)
            label.setObjectName("SectionLabel")
            label.setContentsMargins(0, 10 if place else 4, 0, 0)
            column.addWidget(label)
            for option in options:
                field = make_own_field(option)
                self.fields[option.name] = field
                field.setEnabled(False)  # until it is known what it is
                field.changed.connect(self._set)
                column.addWidget(field)
        column.addStretch(1)
        return made

    def _read(self) -> None:
        desk = self._desk
        number = desk.album.collection_id

        def work() -> tuple[Settings, Mapping[str, Any]]:
            return desk.choices().settings, desk.collections.own_of(number)

        desk.background.read(self, work, self._show, self._refuse)

    def _show(self, known: tuple[Settings, Mapping[str, Any]]) -> None:
        is_first, self._known = self._known is None, known
        settings, own = known
        for name, field in self.fields.items():
            field.show_value(getattr(settings, name), own.get(name))
            field.setEnabled(True)
        if is_first:
            next(iter(self.fields.values())).setFocus()

    def _set(self, name: str, value: Value | None) -> None:
        self._say("")
        self._desk.collections.set_own(self._desk, name, value, self._follow, self._refuse)

    def _follow(self, _: Changes) -> None:
        self._say(tr("Saved."))
        self._read()

    def _say(self, text: str, name: str = "Secondary") -> None:
        self.status.setText(text)
        self.status.setObjectName(name)
        self.status.style().polish(self.status)

    def _refuse(self, reason: str) -> None:
        """It could not be: say why, and show what is."""
        self._say(reason, "Warning")
        if self._known is not None:
            self._show(self._known)
