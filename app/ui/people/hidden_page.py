"""The page of hidden people."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.library.rows import PersonRow
from app.ui.desk import Desk
from app.ui.people.acts import PeopleActs
from app.ui.people.order import in_order
from app.ui.people.page import PeoplePage
from app.ui.texts import Texts
from app.ui.widgets.grid_model import Section

tr = Texts("people")


class HiddenPage(PeoplePage):
    """People kept out of sight, and the way back."""

    first = 0
    tells_waiting = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = tr("Hidden")
        self.sorts = ()
        self.grid.setDragEnabled(False)
        for act in set(self.actions()) - set(self.offered(self.acts)):
            self.removeAction(act)

    def reload(self) -> None:
        # Only them: to read everybody holds up the window for longer than one would like.
        self.read(self.desk.album.hidden, self._show)

    def offered(self, acts: PeopleActs) -> Iterable[QAction]:
        return (acts.open, acts.show, acts.rename, acts.select_all)

    def arranged(self, people: Iterable[PersonRow]) -> tuple[list[PersonRow], list[Section]]:
        hidden = in_order((row for row in people if row.hidden), "photos")
        return hidden, [Section("", len(hidden))] if hidden else []

    def say_nobody(self) -> None:
        if self._text:
            super().say_nobody()
            return
        text = tr("Whom you hide is kept here, out of the way, and can be shown again.")
        self.nobody.say("eye-off", tr("Nobody is hidden"), text)
