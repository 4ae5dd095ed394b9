"""The icon in the tray, with the number of alerts that nobody has read, and its menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from app.ui import words
from app.ui.texts import Texts
from app.ui.tray.watch import Watched

tr = Texts("tray")

_SIZES = (16, 22, 24, 32, 48, 64)
_MOST = 9
"""More is not to be read at such a size."""
_SHARE, _LARGE_SHARE = 0.62, 0.78
"""Of the badge in the icon, and in one so small that the number could not be read else."""
_SMALL = 24
_GROUND, _DIGITS = QColor(0xC0, 0x1C, 0x28), QColor(0xFF, 0xFF, 0xFF)
"""6.3:1 of each other; the panel under it may have any colour."""


def badged(icon: QIcon, count: int) -> QIcon:
    """An icon with a number on it; a number, for nobody has to see the colour of a dot."""
    if count <= 0:
        return icon
    made = QIcon()
    text = words.number(count) if count <= _MOST else tr("{0}+").format(words.number(_MOST))
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icon.paint(painter, pixmap.rect())
        side = size * (_LARGE_SHARE if size <= _SMALL else _SHARE)
        badge = QRectF(size - side, size - side, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawEllipse(badge)
        font = QFont(QApplication.font())
        font.setBold(True)
        font.setPixelSize(max(6, round(side * (0.8 if len(text) == 1 else 0.6))))
        painter.setFont(font)
        painter.setPen(_DIGITS)
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.end()
        made.addPixmap(pixmap)
    return made


class TrayIcon(QObject):
    """Stands in the tray while it is shown; says what was clicked."""

    open_wanted = Signal()
    alerts_wanted = Signal()
    pause_wanted = Signal(bool)
    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        self.open, self.alerts, self.pause = (self._menu.addAction("") for _ in range(3))
        self._menu.addSeparator()
        self.quit = self._menu.addAction("")
        self._is_paused = False
        self.open.triggered.connect(self.open_wanted)
        self.alerts.triggered.connect(self.alerts_wanted)
        self.pause.triggered.connect(self._pause)
        self.quit.triggered.connect(self.quit_wanted)
        self.icon = QSystemTrayIcon(QApplication.windowIcon(), self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._activate)

    @property
    def is_shown(self) -> bool:
        """Whether it is in a tray that is there."""
        return self.icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    def show_watched(self, watched: Watched) -> None:
        """Say how many alerts nobody has read."""
        self.open.setText(tr("Open Kinfolk"))
        self.quit.setText(tr("Quit"))
        self.show_paused(self._is_paused)
        count = watched.alerts
        told = tr.counted("1 alert not read", "{0} alerts not read", count)
        self.alerts.setText(told if count else tr("Alerts"))
        self.icon.setIcon(badged(QApplication.windowIcon(), count))
        self.icon.setToolTip(tr("Kinfolk: {0}").format(told) if count else "Kinfolk")
        self.icon.show()

    def show_paused(self, is_paused: bool) -> None:
        """Say whether the work is held still."""
        self._is_paused = is_paused
        self.pause.setText(tr("Resume") if is_paused else tr("Pause"))

    def hide(self) -> None:
        """There is nothing to stand there for."""
        self.icon.hide()

    def close(self) -> None:
        """Be gone."""
        self.icon.hide()
        self._menu.deleteLater()

    def _pause(self) -> None:
        self.pause_wanted.emit(not self._is_paused)

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        reasons = QSystemTrayIcon.ActivationReason
        if reason in (reasons.Trigger, reasons.DoubleClick):
            self.open_wanted.emit()
