"""The search field: what is typed becomes chips, and chips become photos."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from app.library.rows import PersonRow, PhotoSearch
from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.texts import Texts

if TYPE_CHECKING:
    from app.ui.search.chips import Chips
    from app.ui.search.completion import Completion
    from app.ui.search.grammar import Reading

tr = Texts("search")

_WIDTH, _WIDTH_WITH_CHIPS = 440, 680
_ROOM_TO_TYPE = 96


class SearchField(QFrame):
    """Takes names, dates and folders, completing them; see grammar.py for what can be typed."""

    typed = Signal(str)
    """The beginning of a name that is being typed, or nothing."""
    search_changed = Signal(PhotoSearch)
    """What the chips say now."""
    abandoned = Signal()
    """Escape: the user wants to be where the search began."""
    finished = Signal()
    """Enter with nothing typed: the user wants to see the photos."""
    person_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SearchField")
        self._desk = desk
        self._search = PhotoSearch()
        self._rows: dict[int, PersonRow] = {}
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 8, 2)
        row.setSpacing(6)
        self._glass = QLabel()
        row.addWidget(self._glass)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(tr("Find people by name"))
        self.edit.setToolTip(tr("For example: anna ben -carl, anna or ben, only anna, 2019"))
        self.edit.setAcceptDrops(False)  # folders are the window's
        self.edit.setMinimumWidth(_ROOM_TO_TYPE)
        row.addWidget(self.edit, 1)
        # Before the completer is told what was typed, so that it shows what fits.
        self.edit.textEdited.connect(self._offer)
        self.edit.installEventFilter(self)
        self.edit.returnPressed.connect(self._take_text)
        self.setFixedHeight(scaled(36))
        desk.extent.changed.connect(self._refresh)
        desk.theme.changed.connect(self._dress)
        self._dress()

    @functools.cached_property
    def chips(self) -> Chips:
        """The conditions; made when there is one."""
        from app.ui.search.chips import Chips

        chips = Chips(self._desk)
        self._row.insertWidget(1, chips)
        chips.changed.connect(self._change)
        chips.left.connect(self.edit.setFocus)
        chips.typed.connect(self._type)
        chips.escaped.connect(self._escape)
        chips.rewritten.connect(self._rewrite)
        chips.person_wanted.connect(self.person_wanted)
        self._desk.pictures.arrived.connect(chips.refresh_pictures)
        return chips

    @functools.cached_property
    def _completion(self) -> Completion:
        """The list under the line; made when somebody is about to type."""
        from app.ui.search.completion import Completion

        completion = Completion(self._desk, self.edit)
        self.edit.setCompleter(completion)
        completion.list.installEventFilter(self)
        # Queued: the completer writes its line into the field after it has told of it.
        completion.activated.connect(self._take_text, Qt.ConnectionType.QueuedConnection)
        return completion

    @property
    def _has_chips(self) -> bool:
        return "chips" in self.__dict__ and bool(self.chips.all)

    @property
    def search(self) -> PhotoSearch:
        """What the chips say."""
        return self._search

    def show_search(self, search: PhotoSearch, rows: Mapping[int, PersonRow] | None = None) -> None:
        """Show the chips of a search, saying nothing; `rows` tells who the people are, as far as
        it is known."""
        if rows is None and search != self._search:
            self.edit.clear()
        self._search = search
        self._rows |= rows or {}
        self._refresh()

    def clear(self) -> None:
        """No chips, no text, nothing said."""
        self.edit.clear()
        self.show_search(PhotoSearch())

    def begin_with(self, letter: str) -> None:
        """Take the keyboard with one letter typed already."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.setText(letter)
        self._offer(letter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.edit and watched is self._completion.list:
            return self._take_first(event)
        if isinstance(event, QFocusEvent):
            if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own list, or a menu
                self._note_focus(event.gotFocus())
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _note_focus(self, has_keyboard: bool) -> None:
        self.setProperty("active", has_keyboard)
        self.style().unpolish(self)
        self.style().polish(self)
        if has_keyboard:
            self._completion  # noqa: B018 - it is made now
            self._desk.extent.want()

    def _take_key(self, event: QKeyEvent) -> bool:
        key, is_at_start = event.key(), not self.edit.cursorPosition()
        is_at_start = is_at_start and not self.edit.hasSelectedText()
        if key == Qt.Key.Key_Backspace and not self.edit.text() and self._has_chips:
            self.chips.remove_last()
            return True
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        if key in (back, Qt.Key.Key_Home) and is_at_start and self._has_chips:
            self.chips.focus_at(0 if key == Qt.Key.Key_Home else len(self.chips.all) - 1)
            return True
        if key == Qt.Key.Key_Escape and (self.edit.text() or self._has_chips):
            self._escape()
            return True
        if key == Qt.Key.Key_Down and not self.edit.text() and self._has_chips:
            self.finished.emit()
            return True
        return False

    def _take_first(self, event: QEvent) -> bool:
        """Enter with the list open and nothing chosen in it takes the line, or the first row."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Move):
            self._keep_list_below()
        is_enter = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        )
        if not is_enter or self._completion.list.currentIndex().isValid():
            return False
        self._completion.list.hide()
        self._take_text()
        return True

    def _keep_list_below(self) -> None:
        """The completer puts its list under the line, where it would hide the field's edge."""
        completions = self._completion.list
        below = self.mapToGlobal(QPoint(0, self.height() + 4)).y()
        if completions.y() < below:
            completions.move(completions.x(), below)

    def _offer(self, text: str) -> None:
        offer = self._desk.extent.suggester.offer(text)
        self._completion.suggestions.replace(offer.suggestions)
        self.typed.emit(offer.fragment)

    def _take_text(self) -> None:
        text = self.edit.text().strip()
        if not text:
            if self._has_chips:
                self.finished.emit()
            return
        reading = self._reading(text)
        self.edit.setText(reading.rest)
        self._completion.suggestions.replace(())
        self.typed.emit(self._desk.extent.suggester.offer(reading.rest).fragment)
        if reading.trouble:
            self._desk.deeds.refused.emit(reading.trouble)
        self._change(reading.search)

    def _reading(self, text: str) -> Reading:
        """What was typed; where that is only a beginning, what the first suggestion makes of it."""
        from app.ui.search.grammar import read

        known = self._desk.extent.suggester.known
        reading = read(text, known, self._search)
        suggestions = self._desk.extent.suggester.offer(text).suggestions
        if reading.trouble and suggestions:
            better = read(suggestions[0].line, known, self._search)
            if len(better.rest) < len(reading.rest):
                return better
        return reading

    def _change(self, search: PhotoSearch) -> None:
        if search != self._search:
            self._search = search
            self._refresh()
            self.search_changed.emit(search)

    def _escape(self) -> None:
        had_chips = self._has_chips
        self.clear()
        self.typed.emit("")
        if had_chips:
            self.abandoned.emit()
        else:
            self.edit.setFocus()

    def _type(self, letter: str) -> None:
        self.edit.setFocus()
        self.edit.insert(letter)
        self._offer(self.edit.text())

    def _rewrite(self, text: str) -> None:
        self.edit.setText(text)
        self.edit.setFocus()
        self.edit.selectAll()

    def _refresh(self) -> None:
        if self._has_chips or self._search != PhotoSearch():
            self._show_chips()
        has_chips = self._has_chips
        self.setMaximumWidth(_WIDTH_WITH_CHIPS if has_chips else _WIDTH)
        self.edit.setPlaceholderText(tr("and…") if has_chips else tr("Find people"))

    def _show_chips(self) -> None:
        from app.ui.search.phrases import folder_label

        rows = self._rows | {row.id: row for row in self._desk.named.rows}
        folder = self._search.folder
        # Only then: to know the names anew takes a moment.
        label = "" if folder is None else folder_label(folder, self._desk.extent.suggester.known)
        self.chips.show_search(self._search, rows, label)

    def _dress(self) -> None:
        icon = self._desk.icons.pixmap("search", "secondary", scaled(16), self.devicePixelRatioF())
        self._glass.setPixmap(icon)
        self._refresh()
