"""Icons: line drawings recoloured to the theme as they are loaded."""

from __future__ import annotations

import math
from pathlib import Path

import shiboken6
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.scale import scaled
from app.ui.theme import Theme
from app.ui.tokens import Tokens

_MOST = 3
"""The finest scale that is drawn."""

_TURNED = frozenset(
    ("arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-out", "undo-2", "redo-2",
     "external-link", "folder-input", "folder-output", "list"),
)  # fmt: skip
"""Icons that point the way one reads: they point the other way where that is to the left."""


class Icons:
    """Gives icons by name in a token's colour; they are drawn anew when the theme changes."""

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder = folder
        self._theme = theme
        self._drawings: dict[str, str] = {}
        self._drawn: dict[tuple[str, str, int, Tokens], QIcon] = {}
        self._pixmaps: dict[tuple[str, str, int, float, Tokens], QPixmap] = {}
        self._worn: dict[QAction, tuple[str, str, int]] = {}
        self._waiting: list[QAction] | None = None
        self._scale = _finest_scale()
        theme.changed.connect(self._draw_anew)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._note_screen)
            for screen in application.screens():
                screen.geometryChanged.connect(self._note_screen)

    def put_on(
        self,
        action: QAction,
        name: str,
        token: str = "secondary",
        size: int = 18,
        at_once: bool = False,
    ) -> None:
        """Give an action its icon, in the colours of any theme that follows, too. `at_once`: it is
        on a button that is to be seen from the beginning."""
        self._worn[action] = (name, token, size)
        if self._waiting is None or at_once:
            action.setIcon(self.icon(name, token, size))
        else:
            self._waiting.append(action)

    def wait(self) -> None:
        """Until `dress_next` has drawn them all, actions get their icons later, but for those that
        are to be seen at once: in menus nobody has opened yet, they only take time."""
        self._waiting = []

    def dress_next(self, count: int | None = None) -> bool:
        """Draw so many of the icons that wait, or all; whether there was one. When there is none,
        none waits any more."""
        waiting = self._waiting or []
        for action in waiting[:count]:
            if shiboken6.isValid(action):
                action.setIcon(self.icon(*self._worn[action]))
        self._waiting = None if count is None else waiting[count:] or None
        return bool(waiting)

    def forget_gone(self) -> None:
        """Think no more of actions that are gone."""
        self._worn = {act: worn for act, worn in self._worn.items() if shiboken6.isValid(act)}

    def icon(
        self, name: str, token: str = "text", size: int = 20, tokens: Tokens | None = None
    ) -> QIcon:
        """The icon `name`.svg in the colour of a token, drawn for a logical size in pixels, and
        larger beside larger text; other `tokens` than the theme's are for what has colours of its
        own."""
        colours, size = self._theme.tokens if tokens is None else tokens, scaled(size)
        key = (name, token, size, colours)
        if key not in self._drawn:
            icon = QIcon()
            for scale in range(1, self._scale + 1):
                icon.addPixmap(self._draw(name, getattr(colours, token), size, scale))
            # What is switched on lies on a coloured ground, on which the palest line is lost.
            for state, pale in (
                (QIcon.State.Off, colours.hairline),
                (QIcon.State.On, colours.offline),
            ):
                icon.addPixmap(self._draw(name, pale, size, 2), QIcon.Mode.Disabled, state)
            self._drawn[key] = icon
        return self._drawn[key]

    def pixmap(self, name: str, token: str, size: int, scale: float) -> QPixmap:
        """The icon as a pixmap of `size` logical pixels for one screen's scale."""
        key = (name, token, size, scale, self._theme.tokens)
        if key not in self._pixmaps:
            colour = getattr(self._theme.tokens, token)
            self._pixmaps[key] = self._draw(name, colour, size, scale)
        return self._pixmaps[key]

    def _note_screen(self, _: object = None) -> None:
        """A finer screen is there, or one became finer: everything is drawn for it, too."""
        if _finest_scale() > self._scale:
            self._scale = _finest_scale()
            self._drawn.clear()
            self._pixmaps.clear()
            self._theme.changed.emit()

    def _draw_anew(self) -> None:
        self._drawn.clear()
        self._pixmaps.clear()
        self.forget_gone()
        for action, worn in self._worn.items():
            action.setIcon(self.icon(*worn))

    def _drawing(self, name: str) -> str:
        if name not in self._drawings:
            self._drawings[name] = self._read(name)
        return self._drawings[name]

    def _read(self, name: str) -> str:
        drawing = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return drawing.replace('stroke-width="2"', 'stroke-width="1.75"')

    def _draw(self, name: str, colour: str, size: int, scale: float) -> QPixmap:
        drawing = self._drawing(name).replace("currentColor", colour)
        is_turned = name in _TURNED and QGuiApplication.isRightToLeft()
        renderer = QSvgRenderer(QByteArray(drawing.encode()))
        side = round(size * scale)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        if is_turned:
            painter.scale(-1, 1)
            painter.translate(-side, 0)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        return pixmap


def _finest_scale() -> int:
    """For which scale icons are to be drawn: that of the finest screen, in whole numbers."""
    scales = [screen.devicePixelRatio() for screen in QGuiApplication.screens()]
    return min(_MOST, max([1, *map(math.ceil, scales)]))
