"""Start: a process that shows a window and says when, to be held beside an empty one.

    python -m tests.benchmarks.window_start [LIBRARY]

Prints the moment, in seconds of time.monotonic(), when an empty window of PySide6 has been
painted, or with a library the cards of its People page; then its peak memory in MB.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget


class _Empty(QWidget):
    def paintEvent(self, event: object) -> None:  # noqa: N802, ARG002
        _tell()
        QTimer.singleShot(0, QApplication.quit)


def _tell() -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.monotonic(), peak, flush=True)


def _empty() -> None:
    application = QApplication(["empty"])
    window = _Empty()
    window.resize(1280, 840)
    window.show()
    application.exec()


def _kinfolk(folder: Path) -> None:
    from app.ui.places import Kind
    from tests.benchmarks.window_session import opened

    with opened(folder) as session:
        session.eye.watch(lambda grid, _: len(grid.model().rows) > 0)  # type: ignore[attr-defined]
        session.eye.wait()
        assert session.page(Kind.PEOPLE).isVisible()
        _tell()


def seconds_to_start(folder: Path | None) -> tuple[float, float]:
    """How long a process takes until its window is of use, and its peak memory in MB then."""
    words = [
        sys.executable,
        "-m",
        "tests.benchmarks.window_start",
        *([str(folder)] if folder else []),
    ]
    began = time.monotonic()
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    return float(told[0]) - began, float(told[1])


if __name__ == "__main__":
    _kinfolk(Path(sys.argv[1])) if len(sys.argv) > 1 else _empty()
