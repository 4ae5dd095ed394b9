"""A stranger before the camera, from the file to the page: the real window, indexer and models."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import build
from app.indexing.house import House
from app.library.commands.folders import add_folder, create_collection
from app.library.queries.alerts import alerts, sightings
from app.ui.alerts.page import AlertsPage
from app.ui.application import Furniture
from app.ui.places import Kind, Place
from app.ui.widgets.name_dialog import NameDialog
from tests.conftest import shipped

_SECONDS = 60_000


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[tuple[Furniture, House]]:
    """The window on a collection whose camera writes into the folder `door`."""
    QLocale.setDefault(QLocale(QLocale.Language.English))
    library, folder = tmp_path / "library", tmp_path / "door"
    library.mkdir()
    folder.mkdir()
    (library / "settings.json").write_text(json.dumps({"workers": 1, "theme": "light"}))
    first = build(str(library), "Photos")
    number = create_collection(first.library, "Door", "camera").id
    add_folder(first.library, number, folder)
    first.close()
    house = build(str(library), "Door")
    house.indexer.start()
    furniture = Furniture(qapp, house)
    furniture.window.show()
    yield furniture, house
    furniture.close()
    house.close()
    gc.collect()
    qapp.setStyleSheet("")


def drop(folder: Path, name: str, side: int) -> None:
    """The camera writes a snapshot."""
    with Image.open(shipped("skimage", "data", "astronaut.png")) as image:
        image.convert("RGB").resize((side, side)).save(folder / name, quality=92)


@pytest.mark.timeout(240)
def test_a_stranger_is_on_the_page_and_known_once_named(
    window: tuple[Furniture, House], qtbot: QtBot, tmp_path: Path
) -> None:
    (furniture, house), folder = window, tmp_path / "door"
    main = furniture.window
    main.go(Place(Kind.ALERTS))
    page = main.pages[Kind.ALERTS]
    assert isinstance(page, AlertsPage)
    qtbot.waitUntil(lambda: page.empty.isVisible(), timeout=_SECONDS)
    drop(folder, "1.jpg", 512)
    drop(folder, "2.jpg", 480)
    qtbot.waitUntil(lambda: len(page.cards) == 1, timeout=_SECONDS)
    (card,) = page.cards.values()
    qtbot.waitUntil(card.add.isVisible, timeout=_SECONDS)
    qtbot.mouseClick(card.add, Qt.MouseButton.LeftButton)
    dialog = page._dialog
    assert isinstance(dialog, NameDialog)
    qtbot.keyClicks(dialog.edit, "Eileen")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.title.text().startswith("This is Eileen"), timeout=_SECONDS)
    drop(folder, "3.jpg", 450)
    qtbot.waitUntil(lambda: page.log.model.rowCount() == 2, timeout=_SECONDS)
    library, number = house.library, house.collection.id
    assert [row.person.name for row in sightings(library, number)] == ["Eileen"]
    assert len(alerts(library, number)) == 1
