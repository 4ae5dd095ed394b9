"""Scale field: an option that is a step between two ends, on a slider with words."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider

from app.settings import Option, Value
from app.ui.settings import wording
from app.ui.settings.fields import Field
from app.ui.settings.frame import label
from app.ui.settings.wording import tr
from app.ui.widgets.slider import Slider

_PAUSE = 300
"""Milliseconds after the last step, after which it is taken as meant."""


class _Slider(Slider):
    """Scrolling over it scrolls the dialog, and changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ScaleField(Field):
    """A slider; what a step means is said below it."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self.slider = slider = _Slider()
        slider.setRange(int(option.least), int(option.most))
        slider.setPageStep(1)
        slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        slider.setTickInterval(1)
        slider.setMinimumWidth(180)
        slider.setMaximumWidth(360)
        slider.setAccessibleName(self.heading.text())
        self.heading.setBuddy(slider)
        self.setFocusProxy(slider)
        row = QHBoxLayout()
        row.setSpacing(10)
        less, more = wording.ends(option)
        for one in (label(less, "Small"), slider, label(more, "Small")):
            row.addWidget(one, one is slider)
            if isinstance(one, QLabel):
                one.setWordWrap(False)
        row.addStretch(1)
        self.meaning = label("", "Strong")
        self.meaning.setWordWrap(True)
        self.detail = label("", "Small")
        self.detail.hide()
        self.column.addLayout(row)
        self.column.addWidget(self.meaning)
        self.column.addWidget(self.detail)
        self._value: Value = option.default
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._take)
        slider.valueChanged.connect(self._wait)
        self._say(int(option.default))

    def show_value(self, value: Value) -> None:
        """Show the step, unless the user is moving to another."""
        self._value = value
        if not self._timer.isActive():
            with QSignalBlocker(self.slider):
                self.slider.setValue(int(value))
            self._say(int(value))

    def explain(self, detail: str) -> None:
        """Say more of the step that is shown."""
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))

    def _default(self) -> str:
        told = wording.step(self.option, int(self.option.default))
        return tr("Default: {0}").format(told)

    def _wait(self, steps: int) -> None:
        self._say(steps)
        self._timer.start()

    def _say(self, steps: int) -> None:
        told = wording.step(self.option, steps)
        self.meaning.setText(told)
        self.slider.setAccessibleDescription(told)

    def _take(self) -> None:
        value = self.slider.value()
        if value != self._value:
            self._value = value
            self.changed.emit(self.option.name, value)
