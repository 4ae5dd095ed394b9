"""Scale: how large text is, and with it whatever has to have room for text.

Measures in the code are those of the usual text of 14 pixels; the system may want it larger.
"""

from __future__ import annotations

import sys

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

TEXT = 14
"""Pixels of the usual text, on which all measures are founded."""
_USUAL = {"win32": 12.0, "darwin": 13.0}
"""Pixels of the system's own text where nobody asked for another size; elsewhere TEXT."""
_MOST = 2.5
"""Beyond that no line has room for a word."""
_POINTS = 72.0


def system_scale(font: QFont | None = None) -> float:
    """How many times as large as usual the system wants text, 1..2.5; never smaller than it was
    drawn for. `font` is the system's, asked for where it is not given.
    """
    if font is None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    pixels = float(font.pixelSize())
    if pixels <= 0:
        # Not by QFontInfo, which would look through all fonts of the computer for it.
        screen = QGuiApplication.primaryScreen()
        inch = 96.0 if screen is None else screen.logicalDotsPerInchY()
        pixels = font.pointSizeF() * inch / _POINTS
    return min(_MOST, max(1.0, pixels / _USUAL.get(sys.platform, TEXT)))


def scaled(pixels: int) -> int:
    """What so many pixels are with the text of the window as large as it is now."""
    now = QApplication.font().pixelSize()
    return pixels if now in (-1, TEXT) else round(pixels * now / TEXT)
