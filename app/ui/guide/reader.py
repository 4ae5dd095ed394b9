"""Reader: shows one page of the guide, with its links, pictures and what is searched for."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from app.ui.guide.book import GuidePage
from app.ui.guide.typesetting import place_pictures, typeset
from app.ui.texts import Texts
from app.ui.theme import Theme

tr = Texts("guide")

_MARGIN = 28
_MOST = 760
"""Logical pixels: longer lines are hard to read."""
_PAUSE = 60
"""Milliseconds after the last change of size, until pictures are made to fit."""
_MOST_HITS = 200


class Reader(QTextBrowser):
    """A page to be read; links are told of, not followed."""

    linked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: GuidePage | None = None
        self._typeset_one: QTextDocument | None = None
        self._width = 0
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.anchorClicked.connect(lambda link: self.linked.emit(link.toString()))
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(_PAUSE)
        self._fitting.timeout.connect(self._fit)
        theme.changed.connect(self._dress)

    def show_page(self, page: GuidePage, scroll: int = 0) -> None:
        """Show a page, as far down as it was scrolled."""
        self._page = page
        self.setAccessibleName(tr("Guide: {0}").format(page.title))
        self._typeset()
        self.verticalScrollBar().setValue(scroll)

    def mark(self, text: str) -> None:
        """Mark the words of a text wherever they stand, and have the first in sight."""
        found = list[QTextEdit.ExtraSelection]()
        document, look = self.document(), QTextCharFormat()
        look.setBackground(self._theme.color("accent"))
        look.setForeground(self._theme.color("on_accent"))
        for word in text.split():
            cursor = QTextCursor(document)
            while len(found) < _MOST_HITS:
                cursor = document.find(word, cursor)
                if cursor.isNull():
                    break
                hit = QTextEdit.ExtraSelection()
                hit.cursor, hit.format = cursor, look
                found.append(hit)
        self.setExtraSelections(found)
        places = [hit.cursor.selectionStart() for hit in found]
        if places:
            first = QTextCursor(document)
            first.setPosition(min(places))
            top = self.cursorRect(first).top() + self.verticalScrollBar().value()
            if top > self.viewport().height() * 3 // 4:
                self.verticalScrollBar().setValue(top - self.viewport().height() // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fitting.start()

    def _dress(self) -> None:
        if self._page is not None:
            self.show_page(self._page, self.verticalScrollBar().value())

    def _typeset(self) -> None:
        assert self._page is not None
        document = QTextDocument(self)
        document.setDocumentMargin(_MARGIN)
        typeset(document, self._page, self._theme)
        old, self._typeset_one = self._typeset_one, document
        self._width = self._room()
        place_pictures(document, self._page, self._theme, self._width, self.devicePixelRatioF())
        self.setDocument(document)
        if old is not None:
            old.deleteLater()

    def _room(self) -> int:
        """How wide a picture may be."""
        return max(160, min(_MOST, self.viewport().width()) - 2 * _MARGIN)

    def _fit(self) -> None:
        """The window is wider or narrower now: so are the pictures."""
        if self._page is not None and self._room() != self._width:
            scroll = self.verticalScrollBar()
            share = scroll.value() / max(1, scroll.maximum())
            self._typeset()
            scroll.setValue(round(share * scroll.maximum()))
