"""The People page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFont
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.changes import Changes
from app.library.rows import PersonRow
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.notifying.waiting_line import WaitingLine
from app.ui.page import Page, Sizes
from app.ui.people.acts import PeopleActs
from app.ui.people.delegate import card_shape, name_rect
from app.ui.people.grid import PeopleGrid
from app.ui.people.model import PeopleModel, matching
from app.ui.people.nobody import Nobody
from app.ui.people.order import HIDDEN, in_sections, sections_of
from app.ui.places import Kind, Place
from app.ui.texts import Texts
from app.ui.widgets.grid_model import Section
from app.ui.widgets.holding import hold_still

if TYPE_CHECKING:
    from app.ui.people.merge_offer import MergeOffer

tr = Texts("people")

Now = dict[int, PersonRow | None]
"""Whom ids stand for today; None for nobody."""


_FIRST = 120
"""People who are read first: more than a large screen shows, and fewer than one waits for."""
_PAINTING = 30
"""ms: the first have been painted by then, and the rest does not hold them up."""
_FIRST_ORDERS = ("photos", "seen", "recent")
"""In which the library knows who comes first; names are ordered as the user's language has it."""


class PeoplePage(Page):
    """A grid of covers: named people first, then those who have no name yet.

    When it opens, the first of them are shown in a page that is as long as all of them will make
    it, and all are read then.
    """

    first = _FIRST
    """How many to show before all are read; 0 for none."""
    tells_waiting = True
    """Whether to say how many faces wait to be grouped."""
    searched = Signal(str)
    """Typing went to no card: the search field may have it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = tr("People")
        self.menu_title = tr("People")
        self.sorts = (
            ("photos", tr("Most photos")),
            ("name", tr("Name")),
            ("seen", tr("Recently seen")),
            ("recent", tr("Recently changed")),
        )
        self._sort = "photos"
        self._diameter = 148
        self._people: dict[int, PersonRow] = {}
        self._text = ""
        self._wanted: frozenset[int] = frozenset()
        self._patching: Job | None = None
        self._is_whole = self._is_untidy = False
        self._painting = QTimer(self)
        self._painting.setSingleShot(True)
        self._painting.setInterval(_PAINTING)
        self._painting.timeout.connect(self._read_all)
        self._offer: MergeOffer | None = None
        self.model = PeopleModel(self)
        self.model.fold(HIDDEN, True)
        self.grid = PeopleGrid(desk, self.model, self._diameter)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        self.grid.opened.connect(self._open)
        self.grid.merged.connect(desk.deeds.merge)
        self.grid.delegate.named.connect(self._name)
        self.grid.searched.connect(self.searched)
        self.nobody = Nobody(desk)
        self.nobody.hide()
        self.waiting = WaitingLine(desk)
        self.waiting.left.connect(self.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.waiting)
        column.addWidget(self.nobody, 1)
        column.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)
        self.acts = PeopleActs(self)
        self.grid.chosen_changed.connect(self.acts.update)
        self.grid.editing_ended.connect(self._tidy)
        self.model.layoutChanged.connect(self.acts.update)
        self.dress()

    # -- what every page has ---------------------------------------------------------------

    def dress(self) -> None:
        theme = self.desk.theme
        self.grid.set_header_look(theme.font(13, QFont.Weight.DemiBold), theme.color("secondary"))

    def reload(self) -> None:
        if self._is_whole or not self.first or self._sort not in _FIRST_ORDERS:
            self.read(self.desk.album.everyone, self._show)
        else:
            read = partial(self.desk.album.first_people, self._sort, self.first)
            self.read(read, self._show_first)

    def concerns(self, changes: Changes) -> bool:
        # Whose cards a photo or a face changes is among the people: while photos come in by the
        # thousand, everyone is not read again for each.
        return bool(changes.regrouped or changes.people)

    def is_held(self) -> bool:
        return self.grid.is_editing or self._offer is not None

    def repaint_pictures(self) -> None:
        self.grid.viewport().update()

    def sizes(self) -> Sizes:
        return Sizes(96, 220, self._diameter)

    def set_size(self, pixels: int) -> None:
        self._diameter = pixels
        self.grid.set_shape(card_shape(pixels))

    def sort(self) -> str:
        return self._sort

    def set_sort(self, key: str) -> None:
        self._sort = key
        if self._job is not None and not self._is_whole:
            self.reload()  # what is being read are the first of another order
        else:
            self._arrange()

    def filter(self, text: str) -> None:
        self._text = text
        self._arrange()

    def enter(self, place: Place) -> None:
        super().enter(place)
        if self.tells_waiting:
            self.waiting.enter()

    def settings_told(self) -> None:
        """The settings of the collection were read: they say whether faces wait to be grouped."""
        if self.tells_waiting:
            self.waiting.refresh()

    def take_note(self, changes: Changes) -> None:
        """What the user said is shown at once: only the people concerned are read again."""
        if self.tells_waiting:
            self.waiting.take_note(changes)
        if not changes.people or changes.regrouped or not self.isVisible():
            super().take_note(changes)
            return
        self._wanted |= changes.people
        if self._patching is not None:
            self._patching.drop()
        work = partial(self.desk.album.people_now, self._wanted)
        self._patching = self.desk.background.read(self, work, self._patch)
        if self._job is not None and not self._job.is_over:
            self.reload()  # what is under way may have been read before this was said

    # -- what the acts need ----------------------------------------------------------------

    def selected(self) -> list[PersonRow]:
        """The people whose cards are selected."""
        return [self.model.rows[row] for row in self.grid.selected_rows()]

    def offered(self, acts: PeopleActs) -> Iterable[QAction]:  # noqa: ARG002
        """The acts that the page has at all."""
        return self.actions()

    def can_fold(self, folded: bool) -> bool:
        """Whether the section in which the keyboard is can be folded (or unfolded)."""
        key = self.grid.titles.of_current() or self._last_key()
        return bool(key) and self.model.is_folded(key) != folded and not self.is_held()

    def fold(self, folded: bool) -> None:
        """Fold or unfold the section in which the keyboard is."""
        self.grid.titles.fold(self.grid.titles.of_current() or self._last_key(), folded)

    def menu_for(self, person: PersonRow) -> QMenu:
        """What can be done with a person, and with those who are selected with them."""
        if person.id not in [row.id for row in self.selected()]:
            self.grid.select_people([person.id])
        self.acts.update()
        return self.acts.menu()

    def arranged(self, people: Iterable[PersonRow]) -> tuple[list[PersonRow], list[Section]]:
        """The people in the order of the page, and its sections."""
        return in_sections(people, self._sort)

    def say_nobody(self) -> None:
        """Say why there is nobody to be seen."""
        if self._text:
            title = tr("Nobody here is called “{0}”").format(self._text.strip())
            self.nobody.say("user-round-search", title, tr("Escape shows everyone again."))
            return
        text = tr("They appear here as they are found. Then say who they are.")
        self.nobody.say("users-round", tr("The people in your photos"), text)

    def _last_key(self) -> str:
        """Where nothing can be seen to stand in, the last section that is folded."""
        folded = [section.key for section in self.model.sections if section.is_folded]
        return folded[-1] if folded and not self.grid.currentIndex().isValid() else ""

    # -- menu and opening ------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.grid.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and index.isValid():
            self._open_menu(self.grid.visualRect(index).center())

    def _open_menu(self, point: QPoint) -> None:
        person = self.grid.person_at(self.grid.indexAt(point))
        if person is not None:
            self.menu_for(person).popup(self.grid.viewport().mapToGlobal(point))

    def _open(self, index: QModelIndex) -> None:
        person = self.grid.person_at(index)
        if person is not None:
            self.went.emit(Place(Kind.PERSON, (person.id,)))

    # -- naming ----------------------------------------------------------------------------

    def _name(self, person_id: int, name: str) -> None:
        other, person = self.desk.named.find(name), self._people.get(person_id)
        if other is None or other.id == person_id or person is None:
            self.desk.deeds.name(person_id, name)
        elif self._offer is None:
            # Later: the editor that asks is being closed, and Tab opens the next one.
            QTimer.singleShot(0, self, partial(self._offer_merge, person, other, name))

    def _offer_merge(self, person: PersonRow, other: PersonRow, name: str) -> None:
        from app.ui.people.merge_offer import MergeOffer

        index = self.model.index_of(person.id)
        line = name_rect(self.grid.visualRect(index))
        anchor = line.translated(self.grid.viewport().mapTo(self, QPoint()))
        offer = MergeOffer(self.desk, person, other, anchor, self)
        offer.merge_wanted.connect(partial(self.desk.deeds.merge, other.id, [person.id]))
        offer.declined.connect(partial(self._edit_again, person.id, name))
        offer.closed.connect(self._close_offer)
        self._offer = offer
        offer.open()
        self.acts.update()

    def _edit_again(self, person_id: int, name: str) -> None:
        self._offer = None
        self.grid.rename(self.model.index_of(person_id), name)

    def _close_offer(self) -> None:
        self._offer = None
        if not self.grid.is_editing:
            self.grid.setFocus()
        self._tidy()

    # -- showing ---------------------------------------------------------------------------

    def _show_first(self, answer: tuple[list[PersonRow], dict[str, int]]) -> None:
        """Show those who come first where they will be when all are there, and read all."""
        people, counts = answer
        if sum(counts.values()) > len(people):
            if people and not self._text and not self.is_held():
                self._people = {row.id: row for row in people}
                rows, _ = self.arranged(people)
                self.model.replace(rows, sections_of(counts))
                self.acts.update()
            self._painting.start()
        else:
            self._show(people)

    def _read_all(self) -> None:
        if not self._is_whole:
            self.read(self.desk.album.everyone, self._show)

    def _show(self, people: list[PersonRow]) -> None:
        self._is_whole = True
        self._people = {row.id: row for row in people}
        self._arrange()

    def _patch(self, now: Now) -> None:
        """Show some people as they are now, and nobody else differently."""
        self._wanted -= now.keys()
        before = self._people
        kept = {person_id: row for person_id, row in before.items() if person_id not in now}
        self._people = kept | {row.id: row for row in now.values() if row is not None}
        if self.is_held():
            self.model.patch(row for row in now.values() if row is not None)
        left = {
            person_id: None if row is None or row.hidden else row.id
            for person_id, row in now.items()
            if person_id in before
            and (row is None or row.id != person_id or row.hidden > before[person_id].hidden)
        }
        self._arrange(left)

    def _tidy(self) -> None:
        """Nothing is being typed any more: everyone goes to where they belong."""
        self.acts.update()
        if self._is_untidy and not self.is_held():
            self._arrange()

    def _arrange(self, left: dict[int, int | None] | None = None) -> None:
        """Put everyone where they belong. `left` are people who went: whom they became, or None."""
        if not self._is_whole:
            return  # all are about to come
        self._is_untidy = self.is_held()
        if self._is_untidy:
            return
        rows, sections = self.arranged(matching(self._people.values(), self._text))
        wanted = self._selection_after(left or {}, {row.id for row in rows})
        hold_still(self.grid, partial(self.model.replace, rows, sections))
        if wanted is not None:
            self.grid.select_people(wanted)
        # Who is hidden loses the keyboard; it stays with the page.
        has_keyboard = self.grid.hasFocus() or self.nobody.hasFocus()
        self.nobody.setVisible(not sections)
        self.grid.setVisible(bool(sections))
        shown = self.grid if sections else self.nobody
        self.setFocusProxy(shown)
        if has_keyboard:
            shown.setFocus()
        if not sections:
            self.say_nobody()
        self.acts.update()

    def _selection_after(self, left: dict[int, int | None], there: set[int]) -> list[int] | None:
        """Whom to select when some are gone: those they became, else whoever comes next. None for
        the same as before."""
        chosen = [row.id for row in self.selected()]
        if not any(person_id in left for person_id in chosen):
            return None
        heirs = [left.get(person_id, person_id) for person_id in chosen]
        wanted = list(dict.fromkeys(heir for heir in heirs if heir is not None and heir in there))
        if wanted:
            return wanted
        ids = [row.id for row in self.model.rows]
        place = ids.index(chosen[0])
        following = [*ids[place:], *reversed(ids[:place])]
        stay = [one for one in following if one in there and one not in chosen and one not in left]
        return stay[:1]
