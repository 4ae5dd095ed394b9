"""Session: the real window over a library at hand, with an eye on what is painted and when."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QLocale, QPoint, QPointF, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import build
from app.indexing.house import House
from app.ui.application import Furniture
from app.ui.page import Page
from app.ui.pictures import Pictures
from app.ui.places import Kind
from app.ui.sweeper import Sweeper
from app.ui.widgets.grid import SectionedGrid

SIZE = QSize(1280, 840)
PATIENCE = 60.0
"""s: nothing takes longer."""
REST = 1500
"""ms between two deeds: as fast as somebody who is quick."""


class Eye:
    """Sees every painting of a grid: after it, what is waited for may have come true."""

    def __init__(self) -> None:
        self.lacking = 0
        """Pictures that the painting under way had to do without."""
        self._wanted: Callable[[SectionedGrid, QRect], bool] | None = None
        self._seen = 0.0

    def watch(self, wanted: Callable[[SectionedGrid, QRect], bool]) -> None:
        """Look out for a painting (grid and painted part) after which this is true."""
        self._wanted, self._seen = wanted, 0.0

    def wait(self) -> float:
        """Let the window live until then; the moment."""
        live_until(lambda: self._seen)
        return self._seen

    def painted(self, grid: SectionedGrid, part: QRect) -> None:
        """A grid has been painted."""
        if self._wanted is not None and self._wanted(grid, part):
            self._seen, self._wanted = time.perf_counter(), None


@contextmanager
def watching() -> Iterator[Eye]:
    """Every grid of windows opened within tells an Eye when it has painted."""
    eye = Eye()
    paint, tile, disc = SectionedGrid.paintEvent, Pictures.tile, Pictures.round

    def paint_event(grid: SectionedGrid, event: QPaintEvent) -> None:
        eye.lacking = 0
        paint(grid, event)
        eye.painted(grid, event.rect())

    def counted(get: Callable[..., Any]) -> Callable[..., Any]:
        def look_up(*words: Any) -> Any:
            found = get(*words)
            eye.lacking += found is None
            return found

        return look_up

    SectionedGrid.paintEvent = paint_event  # type: ignore[method-assign]
    Pictures.tile, Pictures.round = counted(tile), counted(disc)  # type: ignore[method-assign]
    try:
        yield eye
    finally:
        SectionedGrid.paintEvent = paint  # type: ignore[method-assign]
        Pictures.tile, Pictures.round = tile, disc  # type: ignore[method-assign]


class Session:
    """The open window and short ways to its parts."""

    def __init__(self, house: House, furniture: Furniture, eye: Eye) -> None:
        self.house = house
        self.window = furniture.window
        self.pictures = furniture.pictures
        self.eye = eye

    def page(self, kind: Kind) -> Any:
        """A page, whatever its class offers."""
        return self.window.pages[kind]

    def grid_in_sight(self, page: Page) -> SectionedGrid:
        """The grid of a page that is to be seen."""
        grids = page.findChildren(SectionedGrid)
        return next((grid for grid in grids if grid.isVisible()), grids[0])

    def forget_pictures(self) -> None:
        """As if none had been shown yet."""
        self.pictures.forget()


@contextmanager
def opened(folder: Path) -> Iterator[Session]:
    """The window over the library in a folder, as application.run opens it; no indexer works."""
    QLocale.setDefault(QLocale(QLocale.Language.English))
    application = QApplication.instance() or QApplication(["kinfolk"])
    assert isinstance(application, QApplication)
    house = build(str(folder), "Photos")
    try:
        with watching() as eye:
            furniture = Furniture(application, house)
            furniture.window.resize(SIZE)
            furniture.window.show()
            furniture.window.activateWindow()
            sweeper = Sweeper(furniture.window.windowHandle())
            try:
                yield Session(house, furniture, eye)
            finally:
                sweeper.close()
                furniture.close()
    finally:
        house.close()


def live(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def rest() -> None:
    """Let the window live as long as people pause between two deeds."""
    live(REST)


def live_until(what: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Let the window live until something is true.

    Raises TimeoutError when it does not come true.
    """
    loop, end = QEventLoop(), time.perf_counter() + seconds
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if what() or time.perf_counter() > end else None)
    timer.start(5)
    if not what():
        loop.exec()
    timer.stop()
    if not what():
        raise TimeoutError(f"not true after {seconds:.0f} s")


def wheel(widget: QWidget, notches: float) -> None:
    """Post a turn of the mouse's wheel over the middle of a widget; positive is down."""
    window = widget.window()
    where = widget.mapTo(window, widget.rect().center())
    QApplication.postEvent(
        window.windowHandle(),
        QWheelEvent(
            QPointF(where), QPointF(window.mapToGlobal(where)), QPoint(),
            QPoint(0, round(-120 * notches)), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def click(
    widget: QWidget,
    point: QPoint,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Click at a point of a widget, as the window system would tell it."""
    window = widget.window()
    where = widget.mapTo(window, point)
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, keys, where)
