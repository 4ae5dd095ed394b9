"""The real window with the real indexer in a real X server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

TOOL = Path(__file__).with_name("screenshots.py")


@pytest.mark.xvfb
@pytest.mark.slow
def test_the_window_shows_people_of_a_folder(xvfb: str, tmp_path: Path) -> None:
    shots = tmp_path / "shots"
    done = subprocess.run(
        [sys.executable, str(TOOL), str(shots)],
        env={**os.environ, "DISPLAY": xvfb, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    for name, size in (("people-light-1100", (1100, 700)), ("people-dark-1440", (1440, 900))):
        with Image.open(shots / f"{name}.png") as image:
            assert image.size == size
            colours = image.convert("RGB").getcolors(maxcolors=1 << 24)
    assert colours is not None
    assert len(colours) > 5000, "no face is to be seen"
