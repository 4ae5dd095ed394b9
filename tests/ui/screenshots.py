"""Pictures of every page of the real window, light and dark, over photos from a folder.

    make screenshots ARGS="--photos FOLDER --into DIR"

Makes a library of the photos (or of some that ship with insightface and scikit-image), gives the
largest people names, walks through the scenes of tests/ui/scenes.py and saves each as a PNG file.
Where there is no display it starts Xvfb. A scene that this window cannot show is named and left
out.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance
from PySide6.QtCore import QLocale, QSize
from PySide6.QtWidgets import QApplication

from app.bootstrap import build
from app.settings import LANGUAGES
from app.ui.application import Furniture
from app.ui.sweeper import Sweeper
from tests.media.films import Pixels, film
from tests.media.moving import container_photo
from tests.ui.scenes import AT_FIRST, SCENES, Scene, Stage

NAMES = (
    "Grandma Rose", "Ben", "Anna", "Charlotte", "Daniel", "Emma", "Felix", "Grace", "Henry",
    "Isabel", "Jonas", "Kate", "Leo", "Maria Antonia", "Noah", "Olivia", "Peter", "Ruth",
)  # fmt: skip


_PAN_RATE = 10
_PAN_SIZE = (1280, 720)


def sample(package: str, *parts: str) -> Image.Image:
    """A photo that ships with an installed package."""
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.submodule_search_locations
    with Image.open(Path(spec.submodule_search_locations[0]).joinpath(*parts)) as image:
        return image.convert("RGB")


def make_album(folder: Path) -> None:
    """Some photos of eight people, each in four versions, taken in different years."""
    folder.mkdir()
    photos = {
        "dinner": sample("insightface", "data", "images", "t1.jpg"),
        "portrait": sample("insightface", "data", "images", "Tom_Hanks_54745.png"),
        "space": sample("skimage", "data", "astronaut.png"),
        "coffee": sample("skimage", "data", "coffee.png"),
    }
    for place, (name, image) in enumerate(photos.items()):
        width, height = image.size
        versions = (
            image,
            image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
            ImageEnhance.Brightness(image).enhance(0.75),
            image.resize((width * 4 // 5, height * 4 // 5)),
        )
        for number, version in enumerate(versions):
            exif = Image.Exif()
            exif[0x0132] = f"{2012 + 3 * number}:{1 + place * 3:02d}:{11 + place} 14:30:00"
            version.save(folder / f"{name}-{number + 1}.jpg", quality=92, exif=exif)
    (folder / "broken.jpg").write_bytes(b"")
    make_films(folder, photos["dinner"], photos["space"], photos["portrait"])


def make_films(folder: Path, *photos: Image.Image) -> None:
    """A video that goes over some photos, and a photo that moves."""
    parts = [np.stack(list(_pan(photo, reach))) for photo in photos for reach in (1.0, -0.6)]
    film(folder / "party.mp4", np.concatenate(parts), _PAN_RATE)
    moving = film(folder / "moving.mp4", _pan(photos[1], 0.4), _PAN_RATE)
    exif = Image.Exif()
    exif[0x0132] = "2021:06:11 14:30:00"
    picture = io.BytesIO()
    Image.fromarray(next(_pan(photos[1], 0.4))).save(picture, "JPEG", quality=92, exif=exif)
    container_photo(folder / "moving.jpg", moving.read_bytes(), picture.getvalue())
    moving.unlink()


def _pan(photo: Image.Image, reach: float) -> Iterator[Pixels]:
    """Four seconds of a camera that goes over a photo, to the right or back."""
    width, height = _PAN_SIZE
    scale = max(width * 1.25 / photo.width, height * 1.25 / photo.height)
    large = photo.resize((round(photo.width * scale), round(photo.height * scale)))
    for number in range(4 * _PAN_RATE):
        share = 0.5 + reach * (number / (4 * _PAN_RATE) - 0.5)
        left = round((large.width - width) * share)
        top = round((large.height - height) * 0.2)
        yield np.asarray(large.crop((left, top, left + width, top + height)))


@contextmanager
def display() -> Iterator[None]:
    """A screen to open windows on: the one there is, or a server started for this."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        yield
        return
    program = shutil.which("Xvfb")
    if program is None:
        raise SystemExit("There is no display and no Xvfb; install the package xvfb.")
    reading, writing = os.pipe()
    words = [
        program,
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1920x1200x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, pass_fds=(writing,), stdout=quiet, stderr=quiet) as server:
        os.close(writing)
        try:
            ready, _, _ = select.select([reading], [], [], 30)
            number = os.read(reading, 16).decode().strip() if ready else ""
            if not number:
                raise SystemExit("Xvfb did not start.")
            os.environ |= {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
            yield
        finally:
            os.close(reading)
            server.terminate()


def photograph(stage: Stage, scenes: Sequence[Scene], prefix: str = "") -> list[str]:
    """Take these scenes; gives what could not be shown."""
    lacking = []
    for scene in scenes:
        reason = stage.take(scene, f"{prefix}{scene.name}")
        if reason:
            lacking.append(f"{scene.name}: {reason}")
    return lacking


def take_all(options: argparse.Namespace, place: Path, application: QApplication) -> list[str]:
    """Index the album before the camera, then visit every scene in every look."""
    album = options.photos
    if album is None:
        album = place / "Holiday"
        make_album(album)
    library = place / "library"
    library.mkdir()
    settings = {"cluster_delay_seconds": 1, "language": options.language}
    (library / "settings.json").write_text(json.dumps(settings))
    wanted = [scene for scene in SCENES if not options.only or scene.name in options.only]
    house = build(str(library), "Photos")
    with ExitStack() as leaving:
        leaving.callback(house.close)
        house.indexer.start()
        looks = house.settings.but(theme="light")
        furniture = Furniture(application, replace(house, settings=looks))
        leaving.callback(furniture.close)
        furniture.window.resize(options.size)
        furniture.window.move(0, 0)
        furniture.window.show()
        sweeper = Sweeper(furniture.window.windowHandle())
        leaving.callback(sweeper.close)
        stage = Stage(house, furniture, options.into)
        photograph(stage, [scene for scene in AT_FIRST if scene.name == "empty"])
        furniture.window.add([album])
        photograph(stage, [scene for scene in AT_FIRST if scene.name != "empty"])
        stage.wait_for_people()
        stage.give_names(options.names)
        lacking: list[str] = []
        for scheme in options.schemes:
            furniture.theme.choose(scheme)
            lacking += photograph(stage, wanted, f"{scheme}-")
        return list(dict.fromkeys(lacking))


def main(words: Sequence[str] | None = None) -> int:
    """Take all pictures."""
    options = _parser().parse_args(words)
    options.into.mkdir(parents=True, exist_ok=True)
    if options.names is None:
        options.names = NAMES
    else:
        lines = options.names.read_text(encoding="utf-8").splitlines()
        options.names = [line.strip() for line in lines if line.strip()]
    with display(), tempfile.TemporaryDirectory() as place:
        QLocale.setDefault(QLocale(QLocale.Language.English))
        application = QApplication.instance() or QApplication(["kinfolk"])
        assert isinstance(application, QApplication)
        for line in take_all(options, Path(place), application):
            print(f"not there: {line}", file=sys.stderr)
    print(f"{len(list(options.into.glob('*.png')))} pictures in {options.into}", file=sys.stderr)
    return 0


def _size(text: str) -> QSize:
    width, height = text.split("x")
    return QSize(int(width), int(height))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.ui.screenshots", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--photos", type=Path, metavar="FOLDER", help="make the library of these")
    parser.add_argument("--into", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--names", type=Path, metavar="FILE", help="a name a line, for the largest people first"
    )
    parser.add_argument("--size", type=_size, default=QSize(1280, 840), metavar="WxH")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--schemes", nargs="+", default=("light", "dark"), metavar="SCHEME")
    parser.add_argument(
        "--only", nargs="+", choices=[scene.name for scene in SCENES], metavar="SCENE"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
