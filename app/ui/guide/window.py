"""The window of the user guide: contents and search at the side, a page beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.guide.book import Book
from app.ui.guide.contents import Contents
from app.ui.guide.reader import Reader
from app.ui.icons import Icons
from app.ui.texts import Texts
from app.ui.theme import Theme

tr = Texts("guide")

_SIZE = QSize(1020, 760)
_SIDE = 260


class GuideWindow(QWidget):
    """Shows the guide beside the window of the album, which can be used meanwhile."""

    closed = Signal()

    def __init__(self, book: Book, theme: Theme, icons: Icons) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setObjectName("Guide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._book = book
        self._icons = icons
        self._trail = [book.pages[0].key]
        self._scrolled = {0: 0}
        self._here = 0
        self.contents = Contents(theme)
        self.reader = Reader(theme)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Search the guide"))
        self.field.setAccessibleName(tr("Search the guide"))
        self.field.setClearButtonEnabled(True)
        self._nothing = QLabel(tr("No page has these words."))
        self._nothing.setObjectName("Secondary")
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        self.back = self._act(tr("Back"), "arrow-left", "Alt+Left", QKeySequence.StandardKey.Back)
        self.forward = self._act(
            tr("Forward"), "arrow-right", "Alt+Right", QKeySequence.StandardKey.Forward
        )
        self._lay_out()
        self.back.triggered.connect(lambda: self._step(-1))
        self.forward.triggered.connect(lambda: self._step(1))
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._open_first)
        self.field.installEventFilter(self)
        self.contents.wanted.connect(self.open)
        self.reader.linked.connect(self._follow)
        self._search_key()
        self.contents.show_pages(book.pages)
        self._show()
        screen = self.screen().availableSize()
        self.resize(_SIZE.boundedTo(screen * 0.95))

    @property
    def here(self) -> str:
        """The name of the page that is open."""
        return self._trail[self._here]

    def open(self, key: str) -> None:
        """Go to a page and remember the way back; one that there is not is not gone to."""
        if key == self.here or self._book.page(key) is None:
            return
        self._note_scroll()
        del self._trail[self._here + 1 :]
        self._trail.append(key)
        self._here += 1
        self._scrolled[self._here] = 0
        self._show()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Down goes from the search to what it found."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.contents.count():
                self.contents.setFocus(Qt.FocusReason.TabFocusReason)
                if self.contents.currentRow() < 0:
                    self.contents.setCurrentRow(0)
                return True
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.contents.mark(self.here)  # now that it is known how long the list is

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    # -- putting together ------------------------------------------------------------------

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for act in (self.back, self.forward):
            button = QToolButton()
            button.setDefaultAction(act)
            button.setAccessibleName(act.text())
            button.setIconSize(QSize(20, 20))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button)
        buttons.addSpacing(6)
        buttons.addWidget(self.field, 1)
        side = QWidget()
        side.setObjectName("Sidebar")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 14, 12, 12)
        column.setSpacing(10)
        column.addLayout(buttons)
        column.addWidget(self._nothing)
        column.addWidget(self.contents, 1)
        halves = QSplitter()
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(side)
        halves.addWidget(self.reader)
        halves.setStretchFactor(1, 1)
        halves.setSizes([_SIDE, _SIZE.width() - _SIDE])
        side.setMinimumWidth(210)
        self.reader.setMinimumWidth(320)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(halves)

    def _act(self, text: str, icon: str, *keys: str | QKeySequence.StandardKey) -> QAction:
        act = QAction(text, self)
        act.setShortcuts(list(dict.fromkeys(QKeySequence(key) for key in keys)))
        self._icons.put_on(act, icon, "text", 20, at_once=True)
        self.addAction(act)
        return act

    def _search_key(self) -> None:
        find = QAction(tr("Search the guide"), self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self.field.setFocus)
        self.addAction(find)

    # -- going and showing -----------------------------------------------------------------

    def _step(self, by: int) -> None:
        place = self._here + by
        if 0 <= place < len(self._trail):
            self._note_scroll()
            self._here = place
            self._show()

    def _note_scroll(self) -> None:
        self._scrolled[self._here] = self.reader.verticalScrollBar().value()

    def _follow(self, link: str) -> None:
        page = self._book.page_at(link)
        if page is not None:
            self.open(page.key)

    def _show(self) -> None:
        page = self._book.page(self.here)
        assert page is not None
        self.reader.show_page(page, self._scrolled.get(self._here, 0))
        self.reader.mark(self.field.text())
        self.contents.mark(page.key)
        self.setWindowTitle(tr("{0} · Guide").format(page.title))
        self.back.setEnabled(self._here > 0)
        self.forward.setEnabled(self._here + 1 < len(self._trail))

    def _search(self, text: str) -> None:
        if text.strip():
            self.contents.show_found(self._book.find(text))
        else:
            self.contents.show_pages(self._book.pages)
        self._nothing.setVisible(not self.contents.count())
        self.contents.setVisible(bool(self.contents.count()))
        self.contents.mark(self.here)
        self.reader.mark(text)

    def _open_first(self) -> None:
        """Enter in the search goes to the first page that was found."""
        if self.contents.count():
            self.open(self.contents.keys()[0])
            self.reader.setFocus(Qt.FocusReason.TabFocusReason)
