"""At 100, 150 and 200 % pictures are sharp, and windows fit the screen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from app.paths import resources
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.erased_state import ErasedState
from app.ui.widgets.fitting import FittingDialog
from PySide6.QtGui import QAction

factor = float(sys.argv[1])
application = QApplication(["kinfolk"])
theme = Theme(application, resources(), "light")
icons = Icons(resources() / "icons", theme)
window = QWidget()
assert window.devicePixelRatioF() == factor
state = ErasedState(theme, icons, QAction("Look again"))
shown = state._picture.pixmap()
assert shown.devicePixelRatio() == factor, shown.devicePixelRatio()
assert shown.deviceIndependentSize().toSize() == QSize(44, 44)
icon = icons.icon("search", "text", 20).pixmap(QSize(20, 20), factor)
assert icon.width() >= 20 * factor, icon.width()
screen = application.primaryScreen().availableSize()
tall = FittingDialog(window)
column = QVBoxLayout(tall)
for number in range(60):
    column.addWidget(QLabel(f"Line {number}"))
tall.show()
assert tall.width() <= screen.width() and tall.height() <= screen.height()
assert tall.is_scrolling
last = tall.findChildren(QLabel)[-1]
assert last.height() >= last.sizeHint().height()
print(screen.width())
"""


@pytest.mark.parametrize(("factor", "width"), [("1", 800), ("1.5", 533), ("2", 400)])
def test_the_window_is_sharp_and_fits(factor: str, width: int) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": factor}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, factor],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == width
