"""Slider: a click beside the handle takes it there, however thin the groove is drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider


class Slider(QSlider):
    """A horizontal slider. Qt takes a click only where the groove is drawn, which is two pixels
    high, and then goes one page towards it."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not self._handle().contains(at):
            self.setValue(self._value_at(at.x()))
            if not self._handle().contains(at):  # between two steps: there is nothing to drag
                event.accept()
                return
        super().mousePressEvent(event)

    def _value_at(self, x: int) -> int:
        option = self._option()
        wide = self._handle().width()
        return QStyle.sliderValueFromPosition(
            self.minimum(), self.maximum(), x - wide // 2, self.width() - wide, option.upsideDown
        )

    def _handle(self) -> QRect:
        return self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, self._option(),
            QStyle.SubControl.SC_SliderHandle, self,
        )  # fmt: skip

    def _option(self) -> QStyleOptionSlider:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return option
