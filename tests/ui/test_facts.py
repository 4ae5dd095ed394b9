"""What the information panel tells of when, where and with what a photo was taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.library.rows import Shot
from app.ui.viewer import facts
from app.ui.viewer.panel import InfoPanel
from app.ui.viewer.place_facts import PlaceFacts
from tests.ui.test_viewer_parts import PHOTO

SHOT = Shot(
    taken_offset=120, latitude=52.52, longitude=-13.405, altitude=34.4, lens="EF 50 mm",
    exposure_time=0.004, f_number=2.8, iso=400, focal_length=35.0,
)  # fmt: skip
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("exif", "By the camera"),
        ("video", "By the camera"),
        ("xmp", "By what a program wrote in the file or beside it"),
        ("name", "By the file’s name"),
        ("file", "By the file’s own time"),
        ("", ""),
    ],
)
def test_it_says_who_tells_the_date(source: str, said: str) -> None:
    assert facts.dated_by(replace(PHOTO, taken_from=source)) == said
    assert facts.dated_by(replace(PHOTO, taken=None, taken_from=source)) == ""


@pytest.mark.parametrize(
    ("offset", "said"),
    [(120, "UTC+02:00"), (-210, "UTC−03:30"), (0, "UTC"), (825, "UTC+13:45"), (-30, "UTC−00:30")],
)
def test_the_zone_is_told_where_it_is_known(offset: int, said: str) -> None:
    photo = replace(PHOTO, shot=Shot(taken_offset=offset))
    assert facts.when(photo).startswith("Taken Friday, May 3, 2019, 2:02")
    assert facts.when(photo).endswith(f" ({said})")
    assert said not in facts.when(PHOTO)
    assert said not in facts.when(replace(photo, taken_from="file"))


@pytest.mark.parametrize("source", ["xmp", "video", "name"])
def test_a_photo_dated_by_others_is_dated(source: str) -> None:
    assert facts.when(replace(PHOTO, taken_from=source)).startswith("Taken Friday")


def test_a_day_is_not_told_to_the_minute() -> None:
    day = datetime(2019, 8, 4, 12, 0, 0, 12)
    photo = replace(PHOTO, path=Path("/a/IMG-20190804-WA0012.jpg"), taken=day, taken_from="name")
    assert facts.when(photo) == "Taken Sunday, August 4, 2019"
    assert facts.moment(photo) == "Sunday, August 4, 2019"
    assert "12:00" in facts.moment(replace(photo, taken_from="exif"))
    renamed = replace(photo, path=Path("/a/IMG-20200101-WA0001.jpg"))
    assert "12:00" in facts.moment(renamed)


@pytest.mark.parametrize(
    ("shot", "said"),
    [
        (SHOT, "1/250 s · f/2.8 · ISO 400 · 35 mm"),
        (Shot(exposure_time=0.3333333), "1/3 s"),
        (Shot(exposure_time=0.5), "0.5 s"),
        (Shot(exposure_time=30.0, f_number=8.0), "30 s · f/8"),
        (Shot(focal_length=4.25), "4.2 mm"),
        (Shot(iso=102_400), "ISO 102400"),
        (Shot(), ""),
    ],
)
def test_the_exposure_as_cameras_write_it(shot: Shot, said: str) -> None:
    assert facts.exposure(shot).replace("\u00a0", " ") == said


def test_a_place_in_words() -> None:
    assert facts.coordinates(SHOT) == "52.52000° N, 13.40500° W · 34\u00a0m"
    south = replace(SHOT, latitude=-33.8568, longitude=151.2153, altitude=-4.6)
    assert facts.coordinates(south).replace("-", "−") == "33.85680° S, 151.21530° E · −5\u00a0m"
    assert facts.coordinates(replace(SHOT, altitude=None)) == "52.52000° N, 13.40500° W"
    assert facts.coordinates(replace(SHOT, longitude=None)) == ""


class Browser(QObject):
    """Stands in for the user's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")
    yield browser
    QDesktopServices.unsetUrlHandler("https")


def test_a_map_is_opened_by_a_press_alone_and_the_panel_says_what_that_means(
    qtbot: QtBot, browser: Browser
) -> None:
    desk: Any = None
    panel = InfoPanel(desk)
    qtbot.addWidget(panel)
    panel.show_facts(replace(PHOTO, shot=SHOT), [], [])
    panel.show()
    told = [text.replace("\u200b", "") for text in panel.texts()]
    for line in (
        "By the camera", "EF 50 mm", facts.exposure(SHOT), facts.coordinates(SHOT), "Place",
    ):  # fmt: skip
        assert line in told
    assert any("leaves your computer" in line for line in told)
    place = panel.findChild(PlaceFacts)
    assert isinstance(place, PlaceFacts)
    assert browser.opened == []
    QTest.mouseClick(place.copy, LEFT)
    assert QGuiApplication.clipboard().text() == "52.520000, -13.405000"
    assert browser.opened == []
    place.show_map.setFocus()
    QTest.keyClick(place.show_map, Qt.Key.Key_Space)
    assert browser.opened == [
        "https://www.openstreetmap.org/?mlat=52.520000&mlon=-13.405000#map=15/52.520000/-13.405000"
    ]
    assert "leaves your computer" in place.show_map.accessibleDescription()


def test_a_photo_that_tells_nothing_has_no_empty_lines(qtbot: QtBot) -> None:
    desk: Any = None
    panel = InfoPanel(desk)
    qtbot.addWidget(panel)
    panel.show_facts(replace(PHOTO, taken=None, taken_from="", camera=""), [], [])
    assert panel.findChild(PlaceFacts) is None
    assert all(panel.texts())
