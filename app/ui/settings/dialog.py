"""The dialog of settings: what is changed holds at once, and is written down."""

from __future__ import annotations

import threading

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.indexing.choices import Speed
from app.progress import Cancelled
from app.settings import Settings, option_named
from app.ui.desk import Desk
from app.ui.settings import wording
from app.ui.settings.fields import Field, make_field
from app.ui.settings.provider_field import ProviderField
from app.ui.settings.wording import tr

GROUPS = (
    ("SPEED", ("pace", "provider", "workers")),
    ("GROUPING", ("group_when", "group_minutes")),
    ("VIDEOS", ("videos",)),
    ("CLOUD DRIVES", ("cloud_files",)),
    ("NOTICES", ("notifications", "notify_command")),
)
"""The options that the dialog shows, by name, in groups; each has a field of its kind."""
_SIZE = QSize(560, 690)
_AGAIN = 5000
"""Milliseconds after which it is looked again how hard Kinfolk works: the mains may be back."""


class SettingsDialog(QDialog):
    """Shows the options and changes them; reading, writing and measuring run in the background."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._settings: Settings | None = None
        self._is_leaving = threading.Event()
        self.fields: dict[str, Field] = {}
        self.now = QLabel()
        self.now.setObjectName("Secondary")
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self._close = QPushButton(tr("Close"))
        self._lay_out()
        room = 2000 if parent is None else parent.window().height()
        self.resize(_SIZE.boundedTo(QSize(2000, max(420, room - 60))))
        self._timer = QTimer(self)
        self._timer.setInterval(_AGAIN)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._close.clicked.connect(self.reject)
        self.provider.measure.clicked.connect(self._measure)
        self.finished.connect(self._leave)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._leave)
        desk.background.read(self, lambda: desk.choices().settings, self._show, self._refuse)
        self._look()

    @property
    def provider(self) -> ProviderField:
        """What looks for faces."""
        found = self.fields["provider"]
        assert isinstance(found, ProviderField)
        return found

    # -- putting together ------------------------------------------------------------------

    def _lay_out(self) -> None:
        heading = QLabel(tr("Settings"))
        heading.setObjectName("Heading")
        self._close.setAutoDefault(False)
        below = QHBoxLayout()
        below.addWidget(self.status, 1)
        below.addWidget(self._close, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(scrolling(self._groups()), 1)
        column.addLayout(below)

    def _groups(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(18)
        for title, names in GROUPS:
            label = QLabel(tr(title))
            label.setObjectName("SectionLabel")
            column.addWidget(label)
            for name in names:
                field = self._field(name)
                column.addWidget(field)
                field.setEnabled(False)  # until it is known what it is
                field.changed.connect(self._set)
        column.addStretch(1)
        self.fields["pace"].column.addSpacing(4)
        self.fields["pace"].column.addWidget(self.now)
        return made

    def _field(self, name: str) -> Field:
        option = option_named(name)
        field = ProviderField(option) if name == "provider" else make_field(option)
        self.fields[name] = field
        return field

    # -- showing ---------------------------------------------------------------------------

    def _show(self, settings: Settings) -> None:
        is_first, self._settings = self._settings is None, settings
        for name, field in self.fields.items():
            field.show_value(getattr(settings, name))
            field.setEnabled(True)
        self.fields["group_minutes"].setEnabled(settings.group_when == "interval")
        if is_first:
            self.fields["pace"].setFocus()

    def _look(self) -> None:
        """See again how hard Kinfolk works, and what was measured."""
        self._desk.background.read(
            self, lambda: self._desk.choices().speed(), self._show_speed, self._refuse
        )

    def _show_speed(self, speed: Speed) -> None:
        self.now.setText(wording.now(speed))
        self.provider.show_speed(speed)

    def _say(self, text: str, name: str = "Secondary") -> None:
        self.status.setText(text)
        self.status.setObjectName(name)
        self.status.style().polish(self.status)

    def _refuse(self, reason: str) -> None:
        """It could not be: say why, and show what is."""
        self._say(reason, "Warning")
        if self._settings is not None:
            self._show(self._settings)

    # -- changing --------------------------------------------------------------------------

    def _set(self, name: str, value: object) -> None:
        self._say("")
        desk = self._desk

        def work() -> Settings:
            return desk.choices().change(name, value)

        desk.background.command(self, work, self._follow, self._refuse)

    def _follow(self, settings: Settings) -> None:
        self._say(tr("Saved."))
        self._show(settings)
        self._look()

    def _measure(self) -> None:
        self._say("")
        self._timer.stop()
        self.provider.set_busy(True)
        desk, check = self._desk, self._check
        desk.background.read(
            self, lambda: desk.choices().measure(check), self._end_measuring, self._give_up
        )

    def _check(self) -> None:
        if self._is_leaving.is_set():
            raise Cancelled

    def _end_measuring(self, speed: Speed) -> None:
        self.provider.set_busy(False)
        self._timer.start()
        self._show_speed(speed)

    def _give_up(self, reason: str) -> None:
        self.provider.set_busy(False)
        self._timer.start()
        self._refuse(reason)
        self._look()

    def _leave(self) -> None:
        """Whatever is being measured is of no use any more."""
        self._is_leaving.set()


def scrolling(widget: QWidget) -> QScrollArea:
    """The widget with bars where the window is too small for it."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
