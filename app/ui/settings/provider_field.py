"""What looks for faces: the processor or something faster, with what was measured of each."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton

from app.indexing.choices import Speed
from app.indexing.measuring import PROCESSOR
from app.settings import Option
from app.ui.settings import wording
from app.ui.settings.fields import ChoiceField
from app.ui.settings.wording import tr

AUTO = "auto"


class ProviderField(ChoiceField):
    """Offers what there is on this computer, and to measure it again."""

    def __init__(self, option: Option) -> None:
        super().__init__(option, (AUTO, PROCESSOR))
        self.measure = QPushButton(tr("Measure"))
        self.measure.setAutoDefault(False)
        self.note = QLabel()
        self.note.setObjectName("Secondary")
        self.note.setWordWrap(True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.measure)
        row.addWidget(self.note, 1)
        self.column.addLayout(row)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Measuring"))
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what is below must not jump
        self._bar.setSizePolicy(policy)
        self._bar.hide()
        self.column.addSpacing(6)
        self.column.addWidget(self._bar)

    def show_speed(self, speed: Speed) -> None:
        """Tell what was measured."""
        known = speed.measured
        self.offer(known.here if known else ())
        for value in self.buttons:
            if value != AUTO:
                self.say(value, wording.figure(known.trial(value) if known else None))
        self.say(AUTO, wording.chosen(speed))
        if not self._bar.isVisible():
            self.note.setText(wording.measured(speed))
        was_measured = known is not None and bool(known.when)
        self.measure.setText(tr("Measure again") if was_measured else tr("Measure"))

    def set_busy(self, is_busy: bool) -> None:
        """While it is measured, nothing else can be begun here."""
        self._bar.setVisible(is_busy)
        self.measure.setEnabled(not is_busy)
        for button in self.buttons.values():
            button.setEnabled(not is_busy)
        if is_busy:
            self.note.setText(tr("Measuring. Meanwhile no photos are looked at."))
