"""Small pictures come cut to shape, the newest wish first, and stay within bounds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from app.ui import pictures
from app.ui.pictures import BoundedCache, PictureKey, Pictures, cut

SIDE = QSize(100, 100)


def key(number: int) -> PictureKey:
    return PictureKey(number, f"print{number}")


def striped(width: int = 200, height: int = 100) -> QImage:
    """Red, in the middle half blue."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    for x in range(width // 4, width * 3 // 4):
        for y in range(height):
            image.setPixelColor(x, y, QColor("blue"))
    return image


class Loads:
    """Counts what is loaded, in which threads; can be held up."""

    def __init__(self) -> None:
        self.keys: list[PictureKey] = []
        self.threads: set[int] = set()
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Semaphore(0)
        self.image = striped()

    def load(self, wanted: PictureKey) -> QImage:
        self.keys.append(wanted)
        self.threads.add(threading.get_ident())
        self.begun.release()
        self.gate.wait(10)
        return self.image


@pytest.fixture
def loads() -> Loads:
    return Loads()


@pytest.fixture
def made(loads: Loads, qtbot: QtBot) -> Iterator[Pictures]:  # noqa: ARG001
    found = Pictures(loads.load)
    yield found
    loads.gate.set()
    found.close()


def fetched(qtbot: QtBot, get: Callable[[], QPixmap | None]) -> QPixmap:
    """What is there in the end."""
    qtbot.waitUntil(lambda: get() is not None)
    found = get()
    assert found is not None
    return found


def test_a_tile_is_the_middle_of_the_picture_with_round_corners(
    made: Pictures, loads: Loads, qtbot: QtBot
) -> None:
    assert made.tile(key(1), SIDE, 6, 1.0) is None
    image = fetched(qtbot, lambda: made.tile(key(1), SIDE, 6, 1.0)).toImage()
    assert image.size() == SIDE
    assert image.pixelColor(0, 0).alpha() == 0
    for x, y in ((2, 50), (97, 50), (50, 1), (50, 98)):
        assert image.pixelColor(x, y).blue() > 200, "the red sides are cut off"
    assert threading.get_ident() not in loads.threads


def test_a_disc_is_round_and_sharp_on_fine_screens(made: Pictures, qtbot: QtBot) -> None:
    pixmap = fetched(qtbot, lambda: made.round(key(1), 80, 2.0))
    assert pixmap.size() == QSize(160, 160)
    assert pixmap.deviceIndependentSize().toSize() == QSize(80, 80)
    image = pixmap.toImage()
    assert image.pixelColor(10, 10).alpha() == 0
    assert image.pixelColor(80, 80).alpha() == 255


def test_another_size_stands_in_while_the_slider_moves(
    made: Pictures, loads: Loads, qtbot: QtBot
) -> None:
    fetched(qtbot, lambda: made.tile(key(1), SIDE, 6, 1.0))
    loads.gate.clear()
    for side in (101, 140, 90):
        size = QSize(side, side)
        stands_in = made.tile(key(1), size, 6, 1.0)
        assert stands_in is not None and stands_in.size() == size
    assert made.round(key(1), 100, 1.0) is None, "a square is no stand-in for a disc"
    qtbot.waitUntil(lambda: made._ready.get((key(1), 90, 90, 6, 1.0)) is not None)
    assert loads.keys == [key(1)], "every size is cut from what was loaded once"


def test_a_face_for_a_menu_is_there_at_once(made: Pictures, qtbot: QtBot) -> None:
    fetched(qtbot, lambda: made.round(key(1), 148, 1.0))
    pixmap = made.round(key(1), 24, 1.0)
    assert pixmap is not None and pixmap.size() == QSize(24, 24)


def test_what_cannot_be_had_is_asked_for_once(made: Pictures, loads: Loads, qtbot: QtBot) -> None:
    loads.image = QImage()
    assert made.tile(key(1), SIDE, 6, 1.0) is None
    qtbot.waitUntil(lambda: made.is_missing(key(1)))
    assert made.tile(key(1), SIDE, 6, 1.0) is None
    assert loads.keys == [key(1)]
    loads.image = striped()
    made.try_again()
    fetched(qtbot, lambda: made.tile(key(1), SIDE, 6, 1.0))


def test_the_newest_wish_is_first_and_what_was_scrolled_past_is_forgotten(
    made: Pictures, loads: Loads, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_FRESH_SECONDS", 0.2)
    fetched(qtbot, lambda: made.tile(key(999), SIDE, 6, 1.0))  # before, it is one at a time
    loads.begun.acquire()
    loads.keys.clear()
    loads.gate.clear()
    for number in range(pictures._THREADS):
        made.tile(key(number), SIDE, 6, 1.0)
        loads.begun.acquire()
    for number in range(100, 160):
        made.tile(key(number), SIDE, 6, 1.0)
    qtbot.wait(300)
    for number in (200, 201):
        made.tile(key(number), SIDE, 6, 1.0)
    loads.gate.set()
    fetched(qtbot, lambda: made._ready.get((key(200), 100, 100, 6, 1.0)))
    qtbot.waitUntil(lambda: not made._waiting)
    later = loads.keys[pictures._THREADS :]
    assert later[:2] in ([key(201), key(200)], [key(200), key(201)])
    assert not set(later) & {key(number) for number in range(100, 150)}
    fetched(qtbot, lambda: made.tile(key(100), SIDE, 6, 1.0))


def test_one_picture_is_made_before_there_is_a_second(
    made: Pictures, loads: Loads, qtbot: QtBot
) -> None:
    loads.gate.clear()
    for number in range(4):
        made.tile(key(number), SIDE, 6, 1.0)
    loads.begun.acquire()
    qtbot.wait(100)
    assert len(loads.keys) == 1
    loads.gate.set()
    qtbot.waitUntil(lambda: len(loads.keys) == 4)


def test_more_is_not_waited_for_than_a_screen_holds(made: Pictures, loads: Loads) -> None:
    loads.gate.clear()
    for number in range(2000):
        made.tile(key(number), SIDE, 6, 1.0)
    assert len(made._waiting) <= pictures._WAITING_LIMIT


def test_a_cache_lets_go_of_what_was_not_used() -> None:
    cache: BoundedCache[str] = BoundedCache(100)
    for name in "abc":
        cache.put(name, name, 40)
    assert [cache.get(name) for name in "abc"] == [None, "b", "c"]
    cache.get("b")
    cache.put("d", "d", 40)
    assert [cache.get(name) for name in "bcd"] == ["b", None, "d"]
    cache.put("large", "large", 500)
    assert cache.get("large") == "large" and cache.get("b") is None


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_a_cut_fills_the_size_at_any_scale(scale: float) -> None:
    image = cut(striped(301, 97), QSize(120, 120), 0, scale)
    assert image.size() == QSize(round(120 * scale), round(120 * scale))
    assert image.devicePixelRatio() == scale


@given(
    st.integers(1, 700), st.integers(1, 700), st.integers(1, 300), st.integers(1, 300),
    st.sampled_from([1.0, 1.25, 1.5, 2.0]),
)  # fmt: skip
@settings(max_examples=200)
def test_whatever_the_sizes_a_picture_fills_its_shape(
    width: int, height: int, wide: int, high: int, scale: float
) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(10, 200, 30))
    made = cut(image, QSize(wide, high), 0, scale)
    assert (made.width(), made.height()) == (round(wide * scale), round(high * scale))
    for x in (0, made.width() - 1):
        for y in (0, made.height() - 1):
            assert made.pixelColor(x, y).getRgb()[:3] == (10, 200, 30)
