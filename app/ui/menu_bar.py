"""The menu bar: every action of the window, and the acts of the page or photo in sight."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.ui.actions import Actions
from app.ui.pages import ALONE
from app.ui.places import Kind
from app.ui.texts import Texts

tr = Texts("menu_bar")
_OTHERS = "PSTA"
"""Letters for a title without any, such as a Chinese one."""

Group = tuple[QAction, ...]


class MenuBar(QObject):
    """Fills the bar; the menu of what is in sight is made anew each time it opens."""

    def __init__(self, bar: QMenuBar, acts: Actions) -> None:
        super().__init__(bar)
        self.bar = bar
        self._owner: QWidget | None = None
        pages = tuple(acts.go[kind] for kind in ALONE if kind != Kind.HISTORY)
        self.order = QMenu(tr("Sort by"), bar)
        self.collections = QMenu(tr("Collections"), bar)
        self.collections.addActions(acts.about_collections)  # and all there are, as it opens
        file = self._add(
            tr("&File"),
            (acts.add_folder, acts.skipped),
            (acts.foreign_names, acts.write_names),
            (acts.backups,),
            (acts.look_again, acts.erase),
            (acts.settings, acts.models),
            (acts.quit,),
        )
        file.insertMenu(acts.backups, self.collections)
        file.insertSeparator(acts.backups)
        self._add(tr("&Edit"), (acts.undo, acts.redo), (acts.history,), (acts.find,))
        view = self._add(
            tr("&View"), (acts.larger, acts.smaller), (acts.stacks,), (acts.full_screen,)
        )
        view.insertMenu(acts.full_screen, self.order)
        view.insertSeparator(acts.full_screen)
        parts = (acts.next_part, acts.previous_part)
        self._add(
            tr("&Go"), (acts.back, acts.forward), (*pages, acts.history), (acts.collections,), parts
        )
        self._taken = {title[title.index("&") + 1].casefold() for title in self.titles()} | {"h"}
        self.own = bar.addMenu("")
        self.own.aboutToShow.connect(self._fill)
        self._add(tr("&Help"), (acts.guide, acts.tour, acts.shortcuts), (acts.about,))

    def clear(self) -> None:
        """Empty the bar, which is there for the window's life."""
        self.bar.clear()
        for menu in self.bar.findChildren(QMenu):
            menu.deleteLater()  # by Qt: what Qt made crashes PySide when it is deleted from here

    def titles(self) -> list[str]:
        """The titles that are in sight, with the letters that open them."""
        return [action.text() for action in self.bar.actions() if action.isVisible()]

    def menus(self) -> list[QMenu]:
        """The window's own menus, and that of the collections within."""
        found = [action.menu() for action in self.bar.actions()]
        bars = [menu for menu in found if isinstance(menu, QMenu) and menu is not self.own]
        return [*bars, self.collections]

    def show_for(self, owner: QWidget, title: str) -> None:
        """Offer the acts of this page or viewer under this title; without any, no menu."""
        self._owner = owner
        self.own.setTitle(self._with_letter(title))
        self._fill()
        has_acts = any(not act.isSeparator() for act in owner.actions())
        self.own.menuAction().setVisible(bool(title) and has_acts)

    def _fill(self) -> None:
        self.own.clear()
        if self._owner is not None:
            self.own.addActions(self._owner.actions())

    def _with_letter(self, title: str) -> str:
        """The title with its first letter that opens no other menu marked as the one that does."""
        if "&" in title:
            return title
        for place, letter in enumerate(title):
            # A sign for a word or a syllable (Lo) is on no key.
            is_on_key = letter.isalpha() and unicodedata.category(letter) != "Lo"
            if is_on_key and letter.casefold() not in self._taken:
                return f"{title[:place]}&{title[place:]}"
        free = next((one for one in _OTHERS if one.casefold() not in self._taken), "")
        return f"{title}(&{free})" if title and free else title

    def _add(self, title: str, *groups: Group) -> QMenu:
        menu = self.bar.addMenu(title)
        for group in groups:
            if menu.actions():
                menu.addSeparator()
            menu.addActions(list(group))
        return menu
