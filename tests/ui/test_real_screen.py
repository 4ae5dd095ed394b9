"""The real window with the real indexer in a real X server: every page can be photographed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.privacy.tour import NO_NETWORK
from tests.ui.scenes import AT_FIRST, SCENES
from tests.ui.screenshots import NAMES, display

ROOT = Path(__file__).parents[2]
THERE = {
    "people", "person-photos", "person-faces", "photos", "review", "search", "viewer",
    "menu-person", "menu-photo", "message",
}  # fmt: skip
"""What must be on every picture list, whatever else is there."""


@pytest.mark.xvfb
@pytest.mark.slow
@pytest.mark.timeout(420)
def test_every_page_can_be_photographed_without_a_network(xvfb: str, tmp_path: Path) -> None:
    shots = tmp_path / "shots"
    # All there is in the light; what must be there in the dark, too.
    for words in (("light",), ("dark", "--only", *sorted(THERE))):
        done = subprocess.run(
            [
                *NO_NETWORK, sys.executable, "-m", "tests.ui.screenshots", "--into", str(shots),
                "--schemes", *words,
            ],
            env={**os.environ, "DISPLAY": xvfb, "QT_QPA_PLATFORM": "xcb"}, cwd=ROOT,
            capture_output=True, text=True, timeout=400, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
    taken = {file.stem for file in shots.iterdir()}
    assert {scene.name for scene in AT_FIRST} <= taken
    for scheme in ("light", "dark"):
        there = {name.removeprefix(f"{scheme}-") for name in taken if name.startswith(scheme)}
        assert there >= THERE, done.stderr
        assert there <= {scene.name for scene in SCENES}
        for name in ("people", "person-photos", "photos", "viewer"):
            with Image.open(shots / f"{scheme}-{name}.png") as image:
                assert image.size == (1280, 840)
                colours = image.convert("RGB").getcolors(maxcolors=1 << 24)
                corner = image.convert("L").getpixel((4, 830))
            assert colours is not None
            assert len(colours) > 5000, f"no face is to be seen in {name}"
            assert name == "viewer" or (corner > 128) == (scheme == "light")


@pytest.mark.xvfb
def test_it_finds_a_display_by_itself(xvfb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with display():
        assert os.environ["DISPLAY"].startswith(":")
        assert os.environ["DISPLAY"] != xvfb
        assert os.environ["QT_QPA_PLATFORM"] == "xcb"
        subprocess.run(["xdotool", "getmouselocation"], check=True, capture_output=True)
    monkeypatch.setenv("DISPLAY", ":77")
    with display():
        assert os.environ["DISPLAY"] == ":77", "the display that there is, is taken"


def test_there_are_names_for_many() -> None:
    assert len(set(NAMES)) == len(NAMES) > 12
    assert len({scene.name for scene in SCENES}) == len(SCENES)
