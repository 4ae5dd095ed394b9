"""What every test stands on: its own home folder, a quiet log, sample photos, an X server."""

from __future__ import annotations

import importlib.util
import logging
import os
import pkgutil
import select
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PIL import Image, ImageEnhance

import app

# A busy machine must not fail a property that holds.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A gate asks the same questions each time; at a desk hypothesis goes on looking for new ones. It
# takes some of them from the modules that are loaded, so here that is all of them.
settings.register_profile("gate", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("gate")
    for module in pkgutil.walk_packages(app.__path__, "app."):
        importlib.import_module(module.name)

_XDG = ("DATA", "CACHE", "CONFIG", "STATE")
_SCREEN = "1600x1000x24"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files with slow tests come first, so that no process has one left when the other is
    done."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own: nothing of this user's is read or written."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    for kind in _XDG:
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    monkeypatch.setenv("KINFOLK_LIBRARY", str(folder / "library"))
    return folder


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A logged warning or error fails the test; the marker `logs_trouble` expects one instead."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    trouble = [f"{r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    if request.node.get_closest_marker("logs_trouble"):
        assert trouble, "this test says that it logs trouble, and it did not"
    elif trouble:
        pytest.fail("logged: " + "; ".join(trouble))


def shipped(package: str, *parts: str) -> Path:
    """A file that ships with an installed package, found without importing the package."""
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]).joinpath(*parts)


@pytest.fixture
def group_photo(tmp_path: Path) -> Path:
    """A JPEG of 1280 x 886 pixels that shows six people."""
    source = shipped("insightface", "data", "images", "t1.jpg")
    return Path(shutil.copy(source, tmp_path / "group.jpg"))


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A folder of real photos: a group of six, two portraits, and one that shows nobody."""
    folder = tmp_path / "album"
    (folder / "people").mkdir(parents=True)
    shutil.copy(shipped("insightface", "data", "images", "t1.jpg"), folder / "group.jpg")
    portraits = {
        "actor.png": shipped("insightface", "data", "images", "Tom_Hanks_54745.png"),
        "astronaut.png": shipped("skimage", "data", "astronaut.png"),
    }
    for name, source in portraits.items():
        shutil.copy(source, folder / "people" / name)
    shutil.copy(shipped("skimage", "data", "coffee.png"), folder / "coffee.png")
    return folder


@pytest.fixture
def six_people(tmp_path: Path, group_photo: Path) -> Path:
    """A folder with four different photos of the same six people."""
    folder = tmp_path / "photos"
    folder.mkdir()
    with Image.open(group_photo) as image:
        width, height = image.size
        pictures = {
            "whole": image.copy(),
            "mirrored": image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
            "dark": ImageEnhance.Brightness(image).enhance(0.6),
            "cropped": image.crop((10, 20, width - 10, height - 5)),
        }
    for name, picture in pictures.items():
        picture.save(folder / f"{name}.jpg", quality=90)
    return folder


@pytest.fixture(scope="session")
def xvfb() -> Iterator[str]:
    """The display, such as ":5", of a real X server of the tests' own.

    For programs started as children, with DISPLAY set to it and QT_QPA_PLATFORM to xcb.
    """
    program = shutil.which("Xvfb")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Xvfb is missing; `make test` installs it or says how")
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        # Without -noreset it turns away whoever comes while it forgets its last visitor.
        [
            program,
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            _SCREEN,
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=(writing,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], 30)
        number = os.read(reading, 16).decode().strip() if ready else ""
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        os.close(reading)
        server.terminate()
        server.wait(timeout=10)
