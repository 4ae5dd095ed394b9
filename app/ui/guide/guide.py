"""Guide: opens the user guide, which is read and made when it is first wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.icons import Icons
from app.ui.language import Language
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.guide.window import GuideWindow


class Guide:
    """The one guide of the program, whichever window or dialog asks for it."""

    def __init__(self, folder: Path, theme: Theme, icons: Icons, language: Language) -> None:
        """`folder` has a folder with pages for each language."""
        self._folder = folder
        self._theme = theme
        self._icons = icons
        self._language = language
        language.changed.connect(self.close)
        self._window: GuideWindow | None = None
        self._asked_from: QWidget | None = None

    @property
    def window(self) -> GuideWindow:
        """The window of the guide, which may not be in sight."""
        if self._window is None:
            from app.ui.guide.book import Book
            from app.ui.guide.window import GuideWindow

            book = Book.read(self._folder, [self._language.name])
            self._window = GuideWindow(book, self._theme, self._icons)
            self._window.closed.connect(self._go_back)
        return self._window

    def open(self, key: str = "") -> None:
        """Bring the guide into sight, at the page of this name; without one, where it was left."""
        window, asking = self.window, QApplication.activeWindow()
        if asking is not window:
            self._asked_from = asking
        if key:
            window.open(key)
        if not window.isVisible():
            window.contents.setFocus()
        window.show()
        window.raise_()
        window.activateWindow()

    def _go_back(self) -> None:
        """Whoever closes the guide is again where they asked for it."""
        asked_from = self._asked_from
        if asked_from is not None and shiboken6.isValid(asked_from) and asked_from.isVisible():
            asked_from.activateWindow()

    def close(self) -> None:
        """Take the window away."""
        if self._window is not None:
            shiboken6.delete(self._window)
            self._window = None
