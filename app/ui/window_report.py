"""What a window adds to a bug report: its toolkit, its screen and its desktop."""

from __future__ import annotations

import os
import re

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

_WORD = re.compile(r"[\w:.+-]{1,40}")


def window_lines(window: QWidget) -> list[str]:
    """Lines of constant words and numbers; to be asked in the GUI thread."""
    screens = ", ".join(
        f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )
    style = QApplication.style().name() if hasattr(QApplication.style(), "name") else ""
    scheme = QGuiApplication.styleHints().colorScheme().name
    size, type_size = window.window().size(), QApplication.font().pixelSize()
    shown = f"{size.width()}x{size.height()} at {window.devicePixelRatioF():g}"
    return [
        f"Qt {qVersion()}, PySide {PySide6.__version__}, {QGuiApplication.platformName()}, {style}",
        f"Desktop: {_variable('XDG_CURRENT_DESKTOP')}, {_variable('XDG_SESSION_TYPE')}",
        f"Screens: {screens}; colours {scheme}",
        f"Window: {shown}, type of {type_size} px",
    ]


def _variable(name: str) -> str:
    """A word of the session; whatever is none is not told."""
    value = os.environ.get(name, "")
    return value if _WORD.fullmatch(value) else "-"
