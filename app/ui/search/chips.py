"""The row of chips: a search as things that can be taken, changed and put away."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QSizePolicy, QWidget

from app.library.rows import PersonRow, PhotoSearch
from app.ui.desk import Desk
from app.ui.people.menu import face_icon
from app.ui.scale import scaled
from app.ui.search.chip import Chip, Look
from app.ui.search.dates import days_in_words, tr
from app.ui.search.grammar import with_people
from app.ui.search.phrases import called
from app.ui.widgets.menus import add_entry, menu_text

ONLY, DAYS, FOLDER = "only", "days", "folder"


class Chips(QScrollArea):
    """Scrolls sideways where there are more chips than room."""

    changed = Signal(PhotoSearch)
    """The user has changed the search."""
    person_wanted = Signal(int)
    left = Signal()
    """The keyboard goes on to the line."""
    typed = Signal(str)
    escaped = Signal()
    rewritten = Signal(str)
    """A condition has gone, to be typed anew: in words."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.search = PhotoSearch()
        self.rows: Mapping[int, PersonRow] = {}
        self._folder = ""
        self._chips: dict[Hashable, Chip] = {}
        self._inner = QWidget()
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.horizontalScrollBar().rangeChanged.connect(self._show_end)
        self.hide()

    @property
    def all(self) -> list[Chip]:
        """The chips from left to right."""
        return list(self._chips.values())

    def show_search(self, search: PhotoSearch, rows: Mapping[int, PersonRow], folder: str) -> None:
        """Show a chip for each condition, saying nothing; `folder` is what its folder is called."""
        self.search, self.rows, self._folder = search, rows, folder
        wanted = self._looks()
        had_keyboard = next(
            (n for n, chip in enumerate(self.all) if self._has_keyboard(chip)), None
        )
        for key in [key for key in self._chips if key not in wanted]:
            chip = self._chips.pop(key)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        old, self._chips = self._chips, {}
        for place, (key, look) in enumerate(wanted.items()):
            chip = old.get(key) or self._new_chip(key)
            self._chips[key] = chip
            if self._row.indexOf(chip) != place:
                self._row.insertWidget(place, chip)
            chip.show_look(look, self._icon(key))
        self.setVisible(bool(wanted))
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        if had_keyboard is not None and not any(map(self._has_keyboard, self.all)):
            self.focus_at(had_keyboard)

    def refresh_pictures(self) -> None:
        """Take the pictures that have arrived."""
        for key, chip in self._chips.items():
            chip.setIcon(self._icon(key))

    def focus_at(self, place: int) -> None:
        """Give the keyboard to a chip; beyond the last one, to the line."""
        if place >= len(self._chips):
            self.left.emit()
            return
        chip = self.all[max(0, place)]
        chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(chip, 8, 0)

    def remove_last(self) -> None:
        """Take the last condition away."""
        if self._chips:
            self._remove([key for key in self._chips if key != ONLY or self.search.only][-1])

    def sizeHint(self) -> QSize:
        return QSize(self._inner.sizeHint().width(), scaled(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, scaled(28))

    def _has_keyboard(self, chip: Chip) -> bool:
        """Also while another window is in front."""
        return self.window().focusWidget() is chip

    def _show_end(self, least: int, most: int) -> None:  # noqa: ARG002 - as the signal has it
        """Where there is not room for all, the newest chips are in sight."""
        if not any(map(self._has_keyboard, self.all)):
            self.horizontalScrollBar().setValue(most)

    def _looks(self) -> dict[Hashable, Look]:
        search = self.search
        names = {one: row.name for one, row in self.rows.items()}
        looks: dict[Hashable, Look] = {}
        for condition, word in (
            ("all_of", tr("with")), ("any_of", tr("one of")), ("none_of", tr("not")),
        ):  # fmt: skip
            for person in getattr(search, condition):
                text = called(person, names) if person in self.rows else "…"
                looks[person] = Look(text, word, condition == "none_of")
        if search.only or search.all_of or search.any_of:
            mark = "✓" if search.only else ""
            looks[ONLY] = Look(tr("only"), mark, is_off=not search.only, can_be_removed=False)
        if days := days_in_words((search.since, search.until)):
            looks[DAYS] = Look(days)
        if search.folder is not None:
            looks[FOLDER] = Look(self._folder, tr("in"))
        return looks

    def _icon(self, key: Hashable) -> QIcon:
        if key == ONLY:
            return QIcon()
        if key in (DAYS, FOLDER):
            name = "calendar" if key == DAYS else "folder"
            return self._desk.icons.icon(name, "accent", 16)
        row = self.rows.get(key) if isinstance(key, int) else None
        if row is None:
            return self._desk.icons.icon("user-round-search", "secondary", 24)
        return face_icon(self._desk, row, self.devicePixelRatioF())

    def _new_chip(self, key: Hashable) -> Chip:
        chip = Chip(self._desk, None if key == ONLY else partial(self._fill_menu, key))
        chip.removed.connect(lambda: self._remove(key))
        chip.moved.connect(lambda steps: self._move(key, steps))
        chip.typed.connect(self.typed)
        chip.escaped.connect(self.escaped)
        if key == ONLY:
            chip.clicked.connect(self._turn_only)
        return chip

    def _move(self, key: Hashable, steps: int) -> None:
        self.focus_at(list(self._chips).index(key) + steps)

    def _turn_only(self) -> None:
        self._change(replace(self.search, only=not self.search.only))

    def _remove(self, key: Hashable) -> None:
        search = self.search
        if key == DAYS:
            search = replace(search, since=None, until=None)
        elif key == FOLDER:
            search = replace(search, folder=None)
        elif key == ONLY:
            search = replace(search, only=False)
        elif isinstance(key, int):
            search = with_people(search, key, "")
        self._change(search)

    def _change(self, search: PhotoSearch) -> None:
        if search != self.search:
            self.changed.emit(search)

    def _fill_menu(self, key: Hashable, menu: QMenu) -> None:
        icons = self._desk.icons
        if isinstance(key, int):
            self._fill_person_menu(key, menu)
        else:
            text = (
                self._chips[key].text() if key == DAYS else f"{tr('in')} {self._chips[key].text()}"
            )
            change = partial(self._rewrite, key, text)
            add_entry(menu, tr("Change"), change, icons.icon("pencil", "secondary", 18))
        add_entry(menu, tr("Remove"), partial(self._remove, key), icons.icon("x", "secondary", 18))

    def _fill_person_menu(self, person: int, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for condition, text in (
            ("all_of", tr("With")), ("any_of", tr("One of")), ("none_of", tr("Without")),
        ):  # fmt: skip
            change = partial(self._mean, person, condition)
            action: QAction = add_entry(menu, text, change)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setChecked(person in getattr(self.search, condition))
        menu.addSeparator()
        row = self.rows.get(person)
        text = tr("Show all photos of this person")
        if row is not None and row.name:
            text = tr("Show all photos of {0}").format(menu_text(row.name))
        show = partial(self.person_wanted.emit, person)
        add_entry(menu, text, show, self._desk.icons.icon("images", "secondary", 18))

    def _mean(self, person: int, condition: str) -> None:
        self._change(with_people(self.search, person, condition))

    def _rewrite(self, key: Hashable, text: str) -> None:
        self._remove(key)
        self.rewritten.emit(text)
