"""Glide: a zoom that eases from where it is to where it should be."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation, Signal

from app.ui.theme import Theme

_MILLISECONDS = 160


class Glide(QObject):
    """Tells every step on the way; at once the last one where nothing is to move."""

    stepped = Signal(float, QPointF)
    """A zoom, and the point that stays where it is."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._from = self.goal = 1.0
        self._around = QPointF()
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._step)

    @property
    def is_running(self) -> bool:
        """Whether it is on its way to `goal`."""
        return self._animation.state() == QVariantAnimation.State.Running

    def start(self, start: float, goal: float, around: QPointF, is_seen: bool) -> None:
        """Go from one zoom to another."""
        self._animation.stop()
        self._from, self.goal, self._around = start, goal, around
        duration = self._theme.duration(_MILLISECONDS)
        if duration and is_seen and start != goal:
            self._animation.setDuration(duration)
            self._animation.start()
        else:
            self._step(1.0)

    def stop(self) -> None:
        """Stay where it is."""
        self._animation.stop()

    def _step(self, share: float) -> None:
        zoom = self.goal if share >= 1 else self._from * (self.goal / self._from) ** share
        self.stepped.emit(zoom, self._around)
