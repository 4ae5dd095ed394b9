"""Pictures of the real window over the sample photos: python tests/ui/screenshots.py FOLDER.

Run it where a display is, such as Xvfb with QT_QPA_PLATFORM=xcb. It looks at photos that ship
with insightface and scikit-image, names some of the people, and saves the window in both
colour schemes as PNG files.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageEnhance
from PySide6.QtCore import QEventLoop, QLocale, QSize, QTimer
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.bootstrap import build
from app.indexing.house import House
from app.library.commands.people import name_person
from app.library.queries.people import list_people
from app.ui.application import Furniture
from app.ui.places import Kind, Place

NAMES = ("Grandma Rose", "Ben", "Anna", "Charlotte")
SIZES = (QSize(1100, 700), QSize(1440, 900))


def sample(package: str, *parts: str) -> Image.Image:
    """A photo that ships with an installed package."""
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.submodule_search_locations
    with Image.open(Path(spec.submodule_search_locations[0]).joinpath(*parts)) as image:
        return image.convert("RGB")


def make_album(folder: Path) -> None:
    """Some photos of eight people, each in four versions."""
    folder.mkdir()
    photos = {
        "dinner": sample("insightface", "data", "images", "t1.jpg"),
        "portrait": sample("insightface", "data", "images", "Tom_Hanks_54745.png"),
        "space": sample("skimage", "data", "astronaut.png"),
        "coffee": sample("skimage", "data", "coffee.png"),
    }
    for name, image in photos.items():
        width, height = image.size
        versions = {
            "1": image,
            "2": image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
            "3": ImageEnhance.Brightness(image).enhance(0.75),
            "4": image.resize((width * 4 // 5, height * 4 // 5)),
        }
        for number, version in versions.items():
            version.save(folder / f"{name}-{number}.jpg", quality=92)
    (folder / "broken.jpg").write_bytes(b"")


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(what: Callable[[], object], seconds: float = 120) -> None:
    """Let the window live until something is true."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise TimeoutError("it does not come true")
        wait(50)


def photograph(house: House, album: Path, into: Path, application: QApplication) -> None:
    """Index the album before the camera, then visit every page."""
    furniture = Furniture(
        application,
        house.library,
        house.indexer,
        house.suggestions,
        house.likeness,
        house.thumbnails,
        house.settings.but(theme="light"),
        house.collection.id,
    )
    window = furniture.window

    def take(name: str) -> None:
        wait(700)
        window.grab().save(str(into / f"{name}.png"))

    window.resize(SIZES[0])
    window.show()
    take("empty")
    window.add([album])
    wait_until(lambda: window.strip.isVisible())
    take("indexing")
    wait_until(lambda: len(list_people(house.library, house.collection.id)) >= 6)
    people = list_people(house.library, house.collection.id)
    for person, name in zip(people, NAMES, strict=False):
        name_person(house.library, person.id, name)
    for scheme in ("light", "dark"):
        furniture.theme.choose(scheme)
        for size in SIZES:
            window.resize(size)
            for place in (
                Place(Kind.PEOPLE),
                Place(Kind.PHOTOS),
                Place(Kind.PERSON, (people[0].id,)),
            ):
                window.go(place)
                take(f"{place.kind}-{scheme}-{size.width()}")
    window.go(Place(Kind.PHOTOS))
    photos = furniture.desk.album.photos_of([people[0].id])
    window.pages[Kind.PHOTOS].photo_opened.emit(photos, len(photos) - 1)
    wait_until(lambda: window.viewer.canvas.has_image and window.viewer.canvas.frames())
    take("viewer")
    furniture.close()


def main(into: Path) -> None:
    """Take all pictures."""
    into.mkdir(parents=True, exist_ok=True)
    QLocale.setDefault(QLocale(QLocale.Language.English))
    application = QApplication([])
    with tempfile.TemporaryDirectory() as place:
        album = Path(place) / "Holiday"
        make_album(album)
        library = Path(place) / "library"
        library.mkdir()
        (library / "settings.json").write_text('{"cluster_delay_seconds": 1}')
        house = build(str(library), "Photos")
        try:
            house.indexer.start()
            photograph(house, album, into, application)
        finally:
            house.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
