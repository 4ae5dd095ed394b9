"""A video that was really looked at: walked through by its lanes, named in, and played."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from app.indexing.house import House
from app.library.queries.faces import faces_in_photo
from app.ui.photos.page import PhotosPage
from app.ui.places import Kind
from tests.conftest import shipped
from tests.media.films import Pixels, film
from tests.ui.byhand.conftest import Room

RATE, COUNT = 10, 24


def pan() -> list[Pixels]:
    """A camera that goes over six people, from left to right."""
    with Image.open(shipped("insightface", "data", "images", "t1.jpg")) as image:
        group = image.convert("RGB")
    width, height = 960, group.height // 2 * 2
    steps = np.linspace(0, group.width - width, COUNT).round()
    return [np.asarray(group.crop((int(x), 0, int(x) + width, height))) for x in steps]


@pytest.fixture
def filmed(
    named: None,  # noqa: ARG001
    prepare: Callable[[Callable[[House], object]], None],
    tmp_path: Path,
) -> None:
    """A video beside the photos, looked at and grouped."""
    folder = tmp_path / "Films"
    folder.mkdir()
    film(folder / "party.mp4", pan(), RATE)

    def look(house: House) -> None:
        house.indexer.start(watch=False)
        assert house.indexer.wait(house.indexer.index(house.collection.id, [folder]), 80)
        assert house.indexer.wait(house.indexer.cluster(house.collection.id), 60)

    prepare(look)


@pytest.mark.usefixtures("filmed")
def test_a_video_is_walked_through_named_and_played(
    open_room: Callable[[], Room], qtbot: QtBot
) -> None:
    room = open_room()
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, PhotosPage)
    room.hand.key("ctrl+2")
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 11)
    place = next(n for n, row in enumerate(page.grid.photos.rows) if row.duration is not None)
    page.grid.scrollTo(page.grid.photos.index(place))
    room.hand.double_click(
        page.grid.viewport(), page.grid.visualRect(page.grid.photos.index(place))
    )
    viewer = room.window.viewer
    qtbot.waitUntil(lambda: viewer.film.drawing_moment is not None)
    people, axis = viewer.screening.strip.people, viewer.screening.strip.axis
    # Whom the photos taught are known in the video, too.
    assert {"Anna", "Ben", "Carl"} <= {lane.name for lane in people.lanes}
    anna = next(n for n, lane in enumerate(people.lanes) if lane.name == "Anna")
    face = people.lanes[anna].faces[0]
    room.hand.click(people, people.dot(anna, face).toPoint())
    qtbot.waitUntil(lambda: viewer.canvas.layer.focused == face.id)
    assert viewer.film.drawing_moment == pytest.approx(face.moment)

    nobody = next(n for n, lane in enumerate(people.lanes) if not lane.name)
    viewer.screening.strip.reveal(nobody)
    face = people.lanes[nobody].cover
    room.hand.click(people, QPoint(30, round(people.dot(nobody, face).y())))
    qtbot.waitUntil(lambda: viewer.canvas.layer.focused == face.id)
    viewer.canvas.setFocus()
    room.hand.key("Return")
    qtbot.waitUntil(lambda: viewer.naming.editor is not None)
    room.hand.type("Dora")
    room.hand.key("Return")
    qtbot.waitUntil(lambda: "Dora" in {lane.name for lane in people.lanes})
    named = faces_in_photo(room.house.library, page.grid.photos.rows[place].id)
    assert next(one for one in named if one.id == face.id).person_name == "Dora"

    start, end = (QPoint(round(axis.place_of(at)), 13) for at in (0.4, 1.6))
    room.hand.drag(axis, start, end)
    qtbot.waitUntil(lambda: viewer.film.drawing_moment == pytest.approx(1.6, abs=0.05))
    viewer.canvas.setFocus()
    room.hand.key("space")
    qtbot.waitUntil(lambda: not viewer.film.player.is_playing and viewer.film.moment > 2.2)
    room.hand.key("Escape")
    qtbot.waitUntil(lambda: not viewer.isVisible())
