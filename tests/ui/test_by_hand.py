"""Starts the tests of byhand/ in a real X server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("byhand")


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_window_by_hand(xvfb: str) -> None:
    environment = {**os.environ, "DISPLAY": xvfb, "QT_QPA_PLATFORM": "xcb"}
    environment.pop("PYTEST_CURRENT_TEST", None)
    # A thread sees to the time limit: a signal is not heard while a drag has its own event loop.
    options = ["-q", "-p", "no:cacheprovider", "--timeout=90", "--timeout-method=thread"]
    words = [sys.executable, "-m", "pytest", *options, str(FOLDER)]
    root = FOLDER.parents[2]
    done = subprocess.run(
        words, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=580
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]
    assert " passed" in done.stdout
