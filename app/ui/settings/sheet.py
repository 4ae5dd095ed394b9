"""Sheet: options in categories at the side, and a search over all of them.

[Note: Built when seen] A category is made when it is first opened, or when a search finds something
in it: so the settings are there at once however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.settings import Option
from app.ui.icons import Icons
from app.ui.settings.categories import Category
from app.ui.settings.finding import is_about, words_of
from app.ui.settings.frame import Frame, label
from app.ui.settings.wording import tr
from app.ui.theme import Theme
from app.ui.widgets.message_bar import announce

_GAP = 26
"""Pixels between two options."""


class Frames(dict[str, Frame]):
    """The frames by the name of their option; asked for one that is not there yet, it is made."""

    def __init__(self, make: Callable[[str], Frame]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Frame:
        return self._make(name)


class SearchEdit(QLineEdit):
    """What is searched for: Escape clears it, and the next one is for the dialog; Enter and the
    arrow down go on to what was found."""

    left = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Search settings"))
        self.setAccessibleName(tr("Search settings"))
        self.setClearButtonEnabled(True)
        self.setMinimumHeight(34)
        sign = icons.icon("search", "secondary", 16)
        self.addAction(sign, self.ActionPosition.LeadingPosition).setText(tr("Search settings"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class _Section(QWidget):
    """The options of one category."""

    def __init__(self, category: Category, options: Sequence[Option], head: QWidget | None) -> None:
        super().__init__()
        self.title = label(category.title, "Heading")
        self.head = head
        self.options = options
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 18)
        self.column.setSpacing(_GAP)
        self.column.addWidget(self.title)
        if head is not None:
            self.column.addWidget(head)


class Sheet(QWidget):
    """Shows one category, or what a search finds in all."""

    made = Signal(str)
    """The option whose field is there now."""

    def __init__(
        self,
        groups: Sequence[tuple[Category, Sequence[Option]]],
        make: Callable[[Option], Frame],
        theme: Theme,
        icons: Icons,
        heads: Mapping[str, Callable[[], QWidget]] | None = None,
    ) -> None:
        """`heads` make what stands above the options of a category, by its key."""
        super().__init__()
        self._groups = list(groups)
        self._make = make
        self._theme = theme
        self._heads = heads or {}
        self._sections: dict[str, _Section] = {}
        self._options = {one.name: one for _, some in groups for one in some}
        self._homes = {one.name: category.key for category, some in groups for one in some}
        self.fields: dict[str, Frame] = Frames(self._build)
        self.search = SearchEdit(icons)
        self.categories = QListWidget()
        self.told = label("", "Secondary")
        self.told.hide()
        self.nothing = label("", "Heading")
        self.nothing.hide()
        self.hint = label(tr("Try another word, or press Escape to see them all."), "Secondary")
        self.hint.hide()
        self._place = QVBoxLayout()
        self._fill_categories(icons)
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.search.left.connect(self._go_on)
        self.categories.currentRowChanged.connect(self._open)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WindowShortcut)
        find.activated.connect(self._find)
        theme.changed.connect(self._filter)

    # -- what is seen ----------------------------------------------------------------------

    def show_option(self, name: str) -> None:
        """Let the category of an option be open, with it in sight."""
        keys = [category.key for category, _ in self._groups]
        self.search.clear()
        self.categories.setCurrentRow(keys.index(self._homes[name]))
        self._area.ensureWidgetVisible(self.fields[name])

    def begin(self) -> None:
        """Open the first category."""
        if self.categories.currentRow() < 0 and not self.search.text():
            self.categories.setCurrentRow(0)

    @property
    def shown(self) -> list[str]:
        """The options in sight, in order."""
        return [
            one.name
            for category, some in self._groups
            if (section := self._sections.get(category.key)) is not None and not section.isHidden()
            for one in some
            if one.name in self.fields and not self.fields[one.name].isHidden()
        ]

    def _open(self, row: int) -> None:
        if row < 0:
            return
        self._last = row
        self.search.clear()
        key = self._groups[row][0].key
        self._section(key)
        for one, section in self._sections.items():
            section.setVisible(one == key)
        self._area.verticalScrollBar().setValue(0)

    def _filter(self) -> None:
        words = words_of(self.search.text())
        style = f"background-color: {self._theme.tokens.selection}; text-decoration: underline;"
        if not words:
            self._end_search()
            return
        self.categories.setCurrentRow(-1)
        count = 0
        for category, some in self._groups:
            found = {one.name for one in some if is_about(one, words)}
            count += len(found)
            if found or category.key in self._sections:
                self._show_found(self._section(category.key), found, words, style)
        self._tell(count)

    def _show_found(
        self, section: _Section, found: set[str], words: Sequence[str], style: str
    ) -> None:
        section.setVisible(bool(found))
        if section.head is not None:
            section.head.hide()
        for option in section.options:
            frame = self.fields[option.name]
            frame.setVisible(option.name in found)
            frame.highlight(words if option.name in found else (), style)

    def _tell(self, count: int) -> None:
        told = tr.counted("1 setting found", "{0} settings found", count)
        self.told.setText(told)
        self.told.setVisible(count > 0)
        typed = self.search.text().strip()
        self.nothing.setText(tr("No setting is about “{0}”.").format(typed))
        for one in (self.nothing, self.hint):
            one.setVisible(not count)
        heard = told if count else self.nothing.text()
        self.search.setAccessibleDescription(heard)
        announce(self.search, heard)

    def _end_search(self) -> None:
        for one in (self.told, self.nothing, self.hint):
            one.hide()
        self.search.setAccessibleDescription("")
        for section in self._sections.values():
            if section.head is not None:
                section.head.show()
            for option in section.options:
                self.fields[option.name].highlight((), "")
                self.fields[option.name].show()
        row = self.categories.currentRow()
        if row < 0:
            row = self._last
            self.categories.setCurrentRow(row)  # which opens it
        for place, (category, _) in enumerate(self._groups):
            if (section_of := self._sections.get(category.key)) is not None:
                section_of.setVisible(place == row)

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _go_on(self) -> None:
        if names := self.shown:
            self.fields[names[0]].setFocus(Qt.FocusReason.TabFocusReason)

    # -- putting together ------------------------------------------------------------------

    def _fill_categories(self, icons: Icons) -> None:
        self._last = 0
        self.categories.setObjectName("Categories")
        self.categories.setAccessibleName(tr("Categories"))
        self.categories.setIconSize(QSize(18, 18))
        self.categories.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.categories.setTextElideMode(Qt.TextElideMode.ElideNone)
        for category, _ in self._groups:
            icon = icons.icon(category.icon, "secondary", 18)
            self.categories.addItem(QListWidgetItem(icon, category.title))
        self.categories.ensurePolished()
        width = self.categories.sizeHintForColumn(0)
        self.categories.setFixedWidth(width + 24)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2, 0, 14, 0)
        column.setSpacing(8)
        for one in (self.told, self.nothing, self.hint):
            column.addWidget(one)
        column.addLayout(self._place)
        column.addStretch(1)
        self._area = scrolling(inside)
        side = QVBoxLayout()
        side.setSpacing(10)
        side.addWidget(self.categories, 1)
        row = QHBoxLayout()
        row.setSpacing(22)
        row.addLayout(side)
        row.addWidget(self._area, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(14)
        whole.addWidget(self.search)
        whole.addLayout(row, 1)

    def _section(self, key: str) -> _Section:
        """The section of a category, made if need be in its place among the others."""
        section = self._sections.get(key)
        if section is None:
            keys = [category.key for category, _ in self._groups]
            category, options = self._groups[keys.index(key)]
            make_head = self._heads.get(key)
            section = _Section(category, options, make_head() if make_head is not None else None)
            self._sections[key] = section
            before = [one for one in keys[: keys.index(key)] if one in self._sections]
            self._place.insertWidget(len(before), section)
            for option in options:
                frame = self._make(option)
                self.fields[option.name] = frame
                section.column.addWidget(frame)
                self.made.emit(option.name)
        return section

    def _build(self, name: str) -> Frame:
        if name not in self._options:
            raise KeyError(name)
        key = self._homes[name]
        self._section(key).hide()
        return self.fields[name]


def scrolling(widget: QWidget) -> QScrollArea:
    """The widget with bars where the window is too small for it."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
