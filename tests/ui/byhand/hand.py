"""A hand on the mouse and the keys of an X server."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot


class Hand:
    """A hand on the mouse and the keys of the X server: events come from outside of the program."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._clicked_at = QPoint(-1, -1)
        self._since_click = QElapsedTimer()

    def click(
        self,
        widget: QWidget,
        place: QPoint | QRect | None = None,
        button: int = 1,
        times: int = 1,
        holding: str = "",
    ) -> None:
        """Move there and click, perhaps holding a key such as "ctrl". A rectangle is clicked in
        its middle, and so is the widget if no place is given."""
        place = widget.rect() if place is None else place
        at = self._at_rest(widget, place)
        if at == self._clicked_at:
            # Two clicks that are meant as two are not to be taken for a double click.
            pause = QApplication.doubleClickInterval() + 20 - self._since_click.elapsed()
            self._qtbot.wait(max(0, pause))
        self._clicked_at = at
        # At one go, so that nothing comes between: a strip below may push a button up.
        move = ("mousemove", str(at.x()), str(at.y()))
        clicks = ("click", "--repeat", str(times), "--delay", "60", str(button))
        if holding:
            self._do(*move, "keydown", holding, *clicks, "keyup", holding)
        else:
            self._do(*move, *clicks)
        self._since_click.start()

    def double_click(self, widget: QWidget, place: QPoint | QRect) -> None:
        """Move there and click twice."""
        self.click(widget, place, times=2)

    def move(self, widget: QWidget, place: QPoint | QRect) -> None:
        """Move the pointer to a place of a widget."""
        at = self._on_screen(widget, place)
        self._do("mousemove", str(at.x()), str(at.y()))

    def drag(
        self,
        widget: QWidget,
        start: QPoint | QRect,
        end: QPoint | QRect,
        look: Callable[[], str] = str,
        rest: float = 0.3,
    ) -> str:
        """Press here, move there in small steps, rest for so many seconds, and let go; what `look`
        saw last of all while the button was held.

        One script for all: while something is dragged, the window has an event loop of its own,
        and this thread waits within it.
        """
        seen: list[str] = []

        def glance() -> None:
            text = look()
            if text:
                seen.append(text)

        first, last = self._on_screen(widget, start), self._on_screen(widget, end)
        script = ["mousemove", str(first.x()), str(first.y()), "mousedown", "1"]
        for step in range(1, 13):
            way = first + (last - first) * (step / 12)
            script += ["sleep", "0.03", "mousemove", str(way.x()), str(way.y())]
        timer = QTimer()
        timer.timeout.connect(glance)
        timer.start(25)
        self._do(*script, "sleep", str(rest), "mouseup", "1")
        timer.stop()
        return seen[-1] if seen else ""

    def key(self, *keys: str) -> None:
        """Press keys one after the other, such as "Return" or "ctrl+z"."""
        for one in keys:
            self._do("key", one)
            self._qtbot.wait(30)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "25", text)

    def _at_rest(self, widget: QWidget, place: QPoint | QRect) -> QPoint:
        """Where a place is on the screen once what was just shown has found its own place."""
        found = [self._on_screen(widget, place)]

        def rests() -> bool:
            found.append(self._on_screen(widget, place))
            return found[-1] == found[-2]

        self._qtbot.wait(10)
        self._qtbot.waitUntil(rests)
        return found[-1]

    def _on_screen(self, widget: QWidget, place: QPoint | QRect) -> QPoint:
        point = place.center() if isinstance(place, QRect) else place
        return widget.mapToGlobal(point)

    def _do(self, *words: str) -> None:
        hand = subprocess.Popen(["xdotool", *words])
        self._qtbot.waitUntil(lambda: hand.poll() is not None, timeout=10_000)
        assert hand.returncode == 0
        self._qtbot.wait(20)
