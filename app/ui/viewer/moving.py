"""Moving: a photo that moves, played in its own place when the user wants it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QToolButton

from app.library.rows import PhotoRow
from app.ui.background import Background
from app.ui.icons import Icons
from app.ui.texts import Texts
from app.ui.tokens import DARK
from app.ui.viewer.canvas import Canvas
from app.ui.viewer.player import Player, Reel

tr = Texts("viewer")

_EDGE = 12
_ICON = 16
_LOOK = """
QToolButton {
  background: rgba(20, 20, 22, 170); color: #FFFFFF; border: 1px solid rgba(255, 255, 255, 40);
  border-radius: 14px; padding: 4px 12px 4px 8px; font-size: 12px; font-weight: 600;
}
QToolButton:hover { background: rgba(20, 20, 22, 220); }
QToolButton:focus { border: 2px solid #FFFFFF; padding: 3px 11px 3px 7px; }
"""
"""As name tags are, since it lies on the photo, too."""


class Moving(QObject):
    """A small button on photos that have a moving part; it plays over the still, and ends there."""

    changed = Signal()
    """Whether there is something to play, or it plays, is otherwise than before."""
    failed = Signal(str)

    def __init__(
        self, background: Background, icons: Icons, canvas: Canvas, side: Callable[[], int]
    ) -> None:
        """`side` tells how many pixels fill the screen."""
        super().__init__(canvas)
        self._canvas = canvas
        self._side = side
        self._icons = icons
        self._photo: PhotoRow | None = None
        self.player = Player(background, self)
        self.player.shown.connect(self._show)
        self.player.ended.connect(self.stop)
        self.player.failed.connect(self._fail)
        self.button = QToolButton(canvas)
        self.button.setStyleSheet(_LOOK)
        self.button.setIconSize(QSize(_ICON, _ICON))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.toggle)
        canvas.moved.connect(self._place)
        self.button.hide()

    @property
    def can_play(self) -> bool:
        """Whether the photo in sight has a moving part that is at hand."""
        return self._photo is not None

    def begin(self) -> None:
        """Another photo is in sight, of which nothing is known yet."""
        self._photo = None
        self.stop()

    def show(self, photo: PhotoRow, is_absent: bool) -> None:
        """What is known of the photo in sight."""
        has_motion = photo.motion is not None and not is_absent and not photo.is_video
        before, self._photo = self._photo, photo if has_motion else None
        if self._photo is None and before is not None:
            self.player.stop()
            self._canvas.show_moving(None)
        self._dress()

    def toggle(self) -> None:
        """Play the moving part, or stop it."""
        if self.player.is_playing:
            self.stop()
        elif self._photo is not None and self._photo.motion is not None:
            is_within = self._photo.motion == self._photo.path
            begin = self._photo.motion_at or 0 if is_within else 0
            side = min(self._canvas.dots(), self._side())
            self.player.play(Reel(self._photo.motion, begin=begin), side)
            self._dress()
            self.changed.emit()

    def stop(self) -> None:
        """Back to the still."""
        self.player.stop()
        self._canvas.show_moving(None)
        self._dress()
        self.changed.emit()

    def _show(self, frame: QImage, moment: float) -> None:  # noqa: ARG002
        self._canvas.show_moving(frame)

    def _fail(self, reason: str) -> None:
        self.stop()
        self.failed.emit(reason)

    def _dress(self) -> None:
        is_playing = self.player.is_playing
        self.button.setVisible(self._photo is not None)
        self.button.setText(" " + (tr("Stop") if is_playing else tr("Moving")))
        name = tr("Stop the moving part") if is_playing else tr("Play the moving part")
        self.button.setAccessibleName(name)
        self.button.setToolTip(f"{name} (M)")
        self.button.setIcon(self._icon("pause" if is_playing else "image-play"))
        self.button.adjustSize()
        self._place()

    def _place(self) -> None:
        """In the corner of the photo, or of what is seen of it."""
        corner = self._canvas.picture().topLeft().toPoint()
        self.button.move(max(0, corner.x()) + _EDGE, max(0, corner.y()) + _EDGE)

    def _icon(self, name: str) -> QIcon:
        return self._icons.icon(name, "text", _ICON, DARK)
