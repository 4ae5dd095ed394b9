"""The pictures of the user guide: the real window over photos of a drawn family, light and dark.

    make guide-pictures

Kinfolk looks at the drawn photos as at any others; whom it takes for one and the same is told
apart by the words that a user would say. Nobody real is on any picture.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QLocale, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QImage,
    QPainter,
    QPixmap,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import build
from app.changes import Changes
from app.indexing.house import House
from app.library.commands.faces import move_faces
from app.library.commands.people import say_different
from app.library.queries.faces import faces_in_photo
from app.library.queries.people import list_people
from app.library.queries.photos import counts, photos_by_id
from app.library.rows import PhotoSearch
from app.paths import guide_folder, resources
from app.ui.application import Furniture, make_application
from app.ui.people.dragging import mime_of
from app.ui.people.page import PeoplePage
from app.ui.places import Kind, Place
from app.ui.review.page import ReviewPage
from app.ui.visitors.page import VisitorsPage
from app.ui.visitors.span import Length, Span
from tests.media.films import film
from tests.ui.drawn_family import FAMILY, OCCASIONS, Drawn, draw_album
from tests.ui.scenes import SCENES, NotThereError, Scene, Stage, wait, wait_until

_SIZE = QSize(1000, 680)
_HOME = "family"
_QUALITY = 78
_NAMED = 8
"""So many of the family have names; the others ask who they are."""
_UNSAID = (1,)
"""Of these, every other face is left to Kinfolk, so that it has something to ask."""


TRUTH: dict[int, str] = {}
"""Who is on a face, by its id, as it was drawn."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of the guide: a scene, and what of it is kept."""

    name: str
    scene: Scene
    part: Callable[[Stage], QRect] | None = None
    """In coordinates of the window; all of it where there is none."""


def _of(name: str, scene: str = "", part: Callable[[Stage], QRect] | None = None) -> Shot:
    found = next(one for one in SCENES if one.name == (scene or name))
    return Shot(name, found, part)


def _page(kind: str) -> Callable[[Stage], object]:
    def play(stage: Stage) -> None:
        stage.go(kind)
        stage.grid()

    return play


def _drawing(stage: Stage) -> None:
    """A frame that is drawn round somebody."""
    _of("viewer").scene.play(stage)
    viewer = stage.window.viewer
    viewer.acts.draw.trigger()
    wait(500)
    stage.afterwards(lambda: QTest.keyClick(viewer, Qt.Key.Key_Escape))


def _settings(stage: Stage) -> None:
    stage.grid()
    stage.window.dialogs.show_settings()
    wait(1500)


def _upper(stage: Stage) -> QRect:
    return QRect(0, 0, stage.window.width(), 470)


def _strip(stage: Stage) -> QRect:
    strip = stage.window.strip
    return QRect(strip.mapTo(stage.window, QPoint()), strip.size())


def _top(_: Stage) -> QRect:
    """Of a dialog: without the path below, which is of this computer."""
    return QRect(0, 0, 2000, 230)


def _working(stage: Stage) -> None:
    def looked_at() -> int:
        found = counts(stage.house.library, stage.house.collection.id)
        return found.photos - found.pending

    before = looked_at()
    wait_until(lambda: stage.window.strip.isVisible() and looked_at() > before + 8, 120)


def _search(stage: Stage) -> None:
    known = {row.name: row.id for row in stage.people()}
    pair = (known["Anna"], known["Leo"])
    stage.window.go(Place(Kind.SEARCH, search=PhotoSearch(all_of=pair)))
    stage.grid()


def _merging(stage: Stage) -> None:
    """A card without a name is dragged onto the one of the same person."""
    grid = stage.grid()
    page = stage.window.pages[Kind.PEOPLE]
    assert isinstance(page, PeoplePage)
    rows = page.model.rows
    one = [row.id for row in rows if not row.name][-1]  # it is of the video, in which is Anna
    onto = next(place for place, row in enumerate(rows) if row.name == "Anna")
    grid.scrollToTop()
    mime = mime_of([one])
    where = grid.visualRect(grid.model().index(onto, 0)).center()
    words = (Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton)
    for event in (QDragEnterEvent, QDragMoveEvent, QDragMoveEvent):
        QApplication.sendEvent(
            grid.viewport(), event(where, *words, Qt.KeyboardModifier.NoModifier)
        )
    stage.afterwards(lambda: QApplication.sendEvent(grid.viewport(), QDragLeaveEvent()))


def _review(stage: Stage) -> None:
    """A question that is to be answered with yes: others are skipped."""
    page = stage.go("review")
    assert isinstance(page, ReviewPage)
    wait_until(lambda: page._shown is not None)
    stage.afterwards(page.acts.ask_skipped.trigger)
    for _ in range(len(stage.desk.questions.open)):
        asked = page._shown
        if asked is None:
            break
        name = asked.other.name
        if name and {TRUTH.get(face, name) for face in asked.face_ids} == {name}:
            break
        page.acts.skip.trigger()
        wait(700)


def _visitors(stage: Stage) -> None:
    """As if the garden were a shop."""
    _of("visitors").scene.play(stage)
    page = stage.window.pages[Kind.VISITORS]
    assert isinstance(page, VisitorsPage)
    page.lengths["day"].trigger()
    page._is_up_to_now = False
    page.span = Span(Length.DAY, OCCASIONS[-1].began.date())
    page._dress_span()
    page.reload()
    wait_until(lambda: page.report is not None and page.report.span == page.span)


def _pages(stage: Stage) -> QRect:
    """Without the sidebar."""
    left = stage.window.sidebar.width()
    return QRect(left, 28, stage.window.width() - left, stage.window.height() - 28)


AT_FIRST = (
    Shot("welcome", Scene("welcome", lambda _: wait(600))),
    Shot("working", Scene("working", _working), _strip),
)
SHOTS = (
    _of("people"),
    _of("naming"),
    Shot("merging", Scene("merging", _merging)),
    _of("person", "person-photos"),
    _of("faces", "person-faces", _pages),
    _of("history", part=_pages),
    Shot("review", Scene("review", _review, 2500)),
    Shot("search", Scene("search", _search), _pages),
    Shot("unnamed", Scene("unnamed", _page("unnamed")), _pages),
    _of("viewer"),
    Shot("drawing", Scene("drawing", _drawing)),
    _of("film"),
    _of("stack", part=_pages),
    _of("export"),
    _of("foreign-names"),
    _of("sidecars"),
    _of("switcher", part=_upper),
    _of("new-collection"),
    _of("own-settings"),
    Shot("visitors", Scene("visitors", _visitors, 1500), _pages),
    _of("backups"),
    _of("erasing"),
    Shot("settings", Scene("settings", _settings)),
    _of("skipped", part=_top),
)


def name_family(house: House, drawn: Sequence[Drawn]) -> Changes:
    """Say who is who, as a user would, for most of the faces of most of the family."""
    library = house.library
    by_path = {one.path: one for one in drawn}
    ids = [photo_id for (photo_id,) in library.sql("SELECT id FROM photo ORDER BY id")]
    said: dict[int, list[int]] = {}
    for count, photo in enumerate(photos_by_id(library, ids)):
        one = by_path.get(photo.path)
        if one is None:
            continue
        for face in faces_in_photo(library, photo.id):
            middle = face.x + face.w / 2
            who, _ = min(one.faces, key=lambda it: abs(it[1][0] + it[1][2] / 2 - middle))
            TRUTH[face.id] = FAMILY[who].name
            if who not in _UNSAID or count % 2:
                said.setdefault(who, []).append(face.id)
    changes = Changes()
    known = {FAMILY[who].name: faces for who, faces in sorted(said.items()) if who < _NAMED}
    for name, faces in known.items():
        changes |= move_faces(library, faces[:1], name)
    named = [row.id for row in list_people(library, house.collection.id) if row.name]
    for one, other in combinations(named, 2):
        changes |= say_different(library, one, other)
    for name, faces in known.items():
        changes |= move_faces(library, faces[1:], name)
    house.indexer.spoken(house.collection.id)
    return changes


def make_film(path: Path, drawn: Sequence[Drawn]) -> None:
    """A video that goes over three photos."""
    frames = []
    for one in (drawn[10], drawn[14], drawn[7]):
        with Image.open(one.path) as image:
            large = image.convert("RGB").resize((1440, 1080))
        for number in range(24):
            left = round(number * 160 / 24)
            frames.append(np.asarray(large.crop((left, 120, left + 1280, 840))))
    film(path, np.stack(frames), 8)


def picture_of(stage: Stage, shot: Shot) -> QPixmap:
    """What is to be seen: the dialog that is open, or the window with the menus over it."""
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        shown = dialog.grab()
        return shown if shot.part is None else shown.copy(shot.part(stage) & shown.rect())
    window = stage.window
    whole = window.grab()
    painter = QPainter(whole)
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            painter.drawPixmap(_place(window, widget), widget.grab())
    painter.end()
    return whole if shot.part is None else whole.copy(shot.part(stage))


def _place(window: QWidget, widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint())


def save(picture: QPixmap, path: Path) -> None:
    """As small as it can be read well."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    width, height, step = image.width(), image.height(), image.bytesPerLine()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, step)[:, : width * 3]
    made = Image.fromarray(np.ascontiguousarray(pixels).reshape(height, width, 3))
    made.save(path, "WEBP", quality=_QUALITY, method=6)


def take(stage: Stage, shots: Sequence[Shot], into: Path, ending: str) -> list[str]:
    """Take these pictures; gives what could not be shown."""
    lacking = []
    for shot in shots:
        try:
            shot.scene.play(stage)
            wait(shot.scene.rest)
            save(picture_of(stage, shot), into / f"{shot.name}{ending}.webp")
        except (NotThereError, TimeoutError, AttributeError, LookupError, StopIteration) as error:
            lacking.append(f"{shot.name}: {error or type(error).__name__}")
        finally:
            stage._tidy()
    return lacking


def main(words: Sequence[str] | None = None) -> int:
    """Take all pictures of the guide, or those that are named."""
    options = _parser().parse_args(words)
    options.into.mkdir(parents=True, exist_ok=True)
    with ExitStack() as leaving:
        home = Path(tempfile.gettempdir()) / _HOME
        home.mkdir()  # it is seen in dialogs; whoever has one already has to move it first
        leaving.callback(shutil.rmtree, home)
        place = str(home)
        os.environ |= {"HOME": place, "XDG_CONFIG_HOME": place, "QT_QPA_PLATFORM": "offscreen"}
        (home / "Pictures").mkdir()
        QLocale.setDefault(QLocale(QLocale.Language.English))
        application = make_application()
        drawn = draw_album(home / "Pictures")
        make_film(home / "Pictures" / "Rose is seventy" / "VID_20210306_161200.mp4", drawn)
        (home / "Pictures" / "Garden" / "IMG_2231.jpg").write_bytes(b"")
        (home / "library").mkdir()
        (home / "library" / "settings.json").write_text('{"cluster_delay_seconds": 1}')
        house = build(str(home / "library"), "Photos")
        leaving.callback(house.close)
        house.indexer.start()
        lacking = _take_all(options, application, house, home, drawn, leaving)
    for line in dict.fromkeys(lacking):
        print(f"not there: {line}", file=sys.stderr)
    total = sum(file.stat().st_size for file in options.into.glob("*.webp"))
    print(f"{total // 1000} kB in {options.into}", file=sys.stderr)
    return 1 if lacking else 0


def _take_all(
    options: argparse.Namespace,
    application: QApplication,
    house: House,
    home: Path,
    drawn: Sequence[Drawn],
    leaving: ExitStack,
) -> list[str]:
    furniture = Furniture(application, replace(house, settings=house.settings.but(theme="light")))
    leaving.callback(furniture.close)
    furniture.window.resize(_SIZE)
    furniture.window.show()
    stage = Stage(house, furniture, options.into)
    wanted = set(options.only or [shot.name for shot in (*AT_FIRST, *SHOTS)])
    first, later = ([shot for shot in shots if shot.name in wanted] for shots in (AT_FIRST, SHOTS))
    lacking: list[str] = []
    for scheme, ending in (("dark", "-dark"), ("light", "")):
        furniture.theme.choose(scheme)
        lacking += take(
            stage, [one for one in first if one.name == "welcome"], options.into, ending
        )
    house.indexer.pause()
    furniture.window.add([home / "Pictures"])
    wait(600)
    house.indexer.resume()
    for scheme, ending in (("light", ""), ("dark", "-dark")):
        furniture.theme.choose(scheme)
        lacking += take(
            stage, [one for one in first if one.name != "welcome"], options.into, ending
        )
    stage.wait_for_people()
    stage.desk.deeds.changed.emit(name_family(house, drawn))
    wait(4000)
    stage.window.go(stage.window.trail.here)
    wait_until(lambda: len([row for row in stage.people() if row.name]) >= _NAMED)
    stage.window.message.hide()
    for scheme, ending in (("light", ""), ("dark", "-dark")):
        furniture.theme.choose(scheme)
        lacking += take(stage, later, options.into, ending)
    return lacking


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.ui.guide_pictures", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--into", type=Path, default=guide_folder(resources()) / "pictures", metavar="DIR"
    )
    parser.add_argument("--only", nargs="+", metavar="NAME")
    return parser


if __name__ == "__main__":
    sys.exit(main())
