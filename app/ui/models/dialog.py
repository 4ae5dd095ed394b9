"""The dialog of models: which packs there are, and what can be done with each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.indexing.model_catalogue import Offer
from app.indexing.model_keeper import Found
from app.indexing.model_packs import PackCard
from app.indexing.model_speed import PackSpeed
from app.progress import Cancelled
from app.ui.desk import Desk
from app.ui.folder_dialog import ask_for_folder
from app.ui.models import wording
from app.ui.models.card import ModelCard
from app.ui.models.licence_dialog import LicenceDialog
from app.ui.models.switch_banner import SwitchBanner
from app.ui.models.switching import SwitchState
from app.ui.models.wording import tr
from app.ui.widgets.question import Question

_SIZE = QSize(760, 720)
_OFTEN = 250
"""Milliseconds between two looks at how far downloads and a switch are."""


class ModelsDialog(QDialog):
    """Lists the packs as cards; fetching goes on when it is closed, measuring does not."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.cards: dict[str, ModelCard] = {}
        self._is_leaving = threading.Event()
        self._is_looking = self._was_shown = False
        self._state: SwitchState | None = None
        self.banner = SwitchBanner()
        self.status = QLabel(tr("Looking at the models…"))
        self.status.setObjectName("Secondary")
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.add_file = self._button(tr("Add a file…"), self._ask_which)
        self.add_folder = self._button(tr("Add a folder…"), self._ask_where)
        self._close = self._button(tr("Close"), self.reject)
        self._list = QVBoxLayout()
        self._lay_out()
        room = 2000 if parent is None else parent.window().height()
        self.resize(_SIZE.boundedTo(QSize(2000, max(420, room - 40))))
        self.banner.cancel_wanted.connect(lambda: self._switch(lambda one: one.cancel()))
        self.banner.undo_wanted.connect(lambda: self._switch(lambda one: one.undo()))
        self.finished.connect(self._is_leaving.set)
        self._timer = QTimer(self)
        self._timer.setInterval(_OFTEN)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._close.setFocus()
        self.reload()

    def _lay_out(self) -> None:
        heading, about = QLabel(tr("Models")), QLabel(
            tr(
                "Models find faces and tell people apart. The ones that come with Kinfolk do that "
                "without any others. Others come from their authors, over the internet, only when "
                "you ask for them here; read what they may be used for."
            )
        )  # fmt: skip
        heading.setObjectName("Heading")
        about.setObjectName("Secondary")
        about.setWordWrap(True)
        holder, area, below = QWidget(), QScrollArea(), QHBoxLayout()
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(10)
        held = QVBoxLayout(holder)
        held.setContentsMargins(0, 0, 0, 0)
        held.addLayout(self._list)
        held.addStretch(1)
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area = area
        below.setSpacing(8)
        for button in (self.add_file, self.add_folder):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        for widget in (heading, about, self.banner):
            column.addWidget(widget)
        column.addWidget(area, 1)
        column.addWidget(self.status)
        column.addLayout(below)

    # -- showing ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Read anew what there is, and check it."""
        keeper = self._desk.models

        def read() -> list[tuple[PackCard, int, PackSpeed | None]]:
            return [
                (card, keeper.have(card.choice), keeper.speed(card.choice, card.version))
                for card in keeper.cards()
            ]

        self._desk.background.read(self, read, self._show, self._warn)

    def _show(self, found: Sequence[tuple[PackCard, int, PackSpeed | None]]) -> None:
        if self.status.text() == tr("Looking at the models…"):
            self._say("")
        for gone in self.cards.keys() - {card.choice for card, _, _ in found}:
            self.cards.pop(gone).deleteLater()
        used = next((speed for card, _, speed in found if card.in_use), None)
        name = next((card.choice for card, _, _ in found if card.in_use), "")
        can_switch = self._desk.switch() is not None and not self._is_switching
        for place, (card, have, speed) in enumerate(found):
            if card.choice not in self.cards:
                self._make(card)
            shown = self.cards[card.choice]
            self._list.insertWidget(place, shown)
            shown.show_card(card, have, can_switch, card.choice in self._needed)
            shown.show_speed(speed, used, name)
        self._order_keys([self.cards[card.choice] for card, _, _ in found])
        self._look()

    def _order_keys(self, cards: Sequence[ModelCard]) -> None:
        """Tab goes through the cards as they are seen, and then on below them."""
        before: QWidget = self.banner.undo
        for widget in [one for card in cards for one in (card, *card.buttons)]:
            QWidget.setTabOrder(before, widget)
            before = widget
        QWidget.setTabOrder(before, self.add_file)
        if self._close.hasFocus() and not self._was_shown and cards:
            cards[0].setFocus()
        self._was_shown = True

    def _make(self, card: PackCard) -> None:
        made = ModelCard(self._desk, card)
        self.cards[card.choice] = made
        made.download_wanted.connect(self._want)
        made.cancel_wanted.connect(self._desk.models.cancel)
        made.measure_wanted.connect(self._measure)
        made.use_wanted.connect(lambda name: self._switch(lambda one: one.begin(name)))
        made.remove_wanted.connect(self._ask_to_remove)
        made.accept_wanted.connect(self._ask_to_accept)
        made.stepped.connect(self._step)

    def _look(self) -> None:
        """See how far downloads are, and the switch."""
        keeper = self._desk.models
        for name, card in self.cards.items():
            if card.show_progress(keeper.under_way(name)):
                self.reload()
        switch = self._desk.switch()
        if switch is not None and not self._is_looking:
            self._is_looking = True
            self._desk.background.read(self, switch.state, self._show_state, self._look_again)

    def _show_state(self, state: SwitchState) -> None:
        self._is_looking = False
        before, self._state = self._state, state
        self.banner.show_state(state)
        was = ("none", state.current) if before is None else (before.phase, before.current)
        if was != (state.phase, state.current):  # other packs can be used now, or none
            self.reload()

    def _look_again(self, _: str) -> None:
        self._is_looking = False

    @property
    def _is_switching(self) -> bool:
        return self._state is not None and self._state.phase in ("looking", "ready")

    @property
    def _needed(self) -> set[str]:
        """The packs that a switch goes to, or could be taken back to."""
        state = self._state
        if state is None:
            return set()
        return {state.to if self._is_switching else "", state.undo_to}

    def _step(self, name: str, by: int) -> None:
        names = [self._named(place) for place in range(self._list.count())]
        place = names.index(name) + by
        if 0 <= place < len(names):
            card = self.cards[names[place]]
            card.setFocus()
            self.area.ensureWidgetVisible(card)

    def _named(self, place: int) -> str:
        item = self._list.itemAt(place)
        card = item.widget() if item is not None else None
        return card.card.choice if isinstance(card, ModelCard) else ""

    def _say(self, text: str, name: str = "Secondary") -> None:
        self.status.setText(text)
        self.status.setVisible(bool(text))
        self.status.setObjectName(name)
        self.status.style().polish(self.status)

    def _warn(self, reason: str) -> None:
        self._say(reason, "Warning")

    # -- fetching --------------------------------------------------------------------------

    def _want(self, name: str) -> None:
        offer = self._desk.models.catalogue.find(name)
        if offer is not None:
            self._once_agreed(offer, tr("Download"), partial(self._fetch, name))

    def _once_agreed(self, offer: Offer, then: str, work: Callable[[], object]) -> None:
        """Do something with a pack when the user has agreed to its licence; ask if need be."""
        agreements = self._desk.models.agreements
        if agreements.has(offer):
            work()
            return
        asked = LicenceDialog(self._desk, offer, then, self)

        def note() -> None:
            go_on = partial(self._after, work)
            self._desk.background.read(self, partial(agreements.note, offer), go_on, self._warn)

        asked.accepted.connect(note)
        asked.open()

    @staticmethod
    def _after(work: Callable[[], object], _: object) -> None:
        work()

    def _fetch(self, name: str) -> None:
        self._say("")
        desk = self._desk

        def work(is_over: Callable[[], bool]) -> Path:
            return desk.models.download(name, is_over)

        def tell(_: Path) -> None:
            if shiboken6.isValid(self):
                self._say(tr("The models {0} are here, and are what they have to be.").format(name))
                self.reload()

        def fail(reason: str) -> None:
            if shiboken6.isValid(self):
                self._warn(reason)
                self.reload()
            else:
                desk.deeds.refused.emit(reason)

        desk.background.fetch(desk.deeds, work, tell, fail)
        self._look()

    # -- adding ----------------------------------------------------------------------------

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, tr("Which archive holds the models?"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Archives (*.zip)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.examine(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where(self) -> None:
        ask_for_folder(
            self, lambda folders: self.examine(folders[0]), tr("Which folder holds the models?")
        )

    def examine(self, path: Path) -> None:
        """See what a file or folder holds, and offer to add it."""
        self._set_busy(True)
        self._say(tr("Looking at what it holds…"))
        look = partial(self._desk.models.examine, path, self._check)
        self._desk.background.read(self, look, self._found, self._give_up)

    def _found(self, found: Found) -> None:
        self._set_busy(False)
        self._say("")
        if found.offer is not None:
            self._once_agreed(found.offer, tr("Add"), partial(self._ask_to_add, found))
        else:
            self._ask_to_add(found)

    def _ask_to_add(self, found: Found) -> None:
        if found.is_verified:
            self._add(found)
            return
        title = tr("Add these models as “{0}”?").format(found.name)
        self._ask(title, wording.unknown(found), tr("Add"), partial(self._add, found))

    def _add(self, found: Found) -> None:
        self._set_busy(True)
        self._say(tr("Adding…"))
        add = partial(self._desk.models.add, found, "", self._check)
        told = tr("The models {0} are here.").format(found.name)
        self._desk.background.read(self, add, partial(self._done, told), self._give_up)

    # -- keeping ---------------------------------------------------------------------------

    def _measure(self, name: str) -> None:
        """See how fast a pack is, and the one in use, if that is not known yet."""
        keeper, check = self._desk.models, self._check
        used = next((one.card for one in self.cards.values() if one.card.in_use), None)
        self._set_busy(True)
        self.cards[name].set_busy(True, tr("Measuring: Kinfolk looks at a drawn photo…"))

        def work() -> None:
            keeper.measure(name, check)
            if used is not None and keeper.speed(used.choice, used.version) is None:
                keeper.measure(used.choice, check)

        self._desk.background.read(self, work, partial(self._done, ""), self._give_up)

    def _check(self) -> None:
        if self._is_leaving.is_set():
            raise Cancelled

    def _switch(self, work: Callable[..., object]) -> None:
        switch = self._desk.switch()
        if switch is not None:
            self._desk.background.command(
                self, partial(work, switch), lambda _: self.reload(), self._warn
            )

    def _ask_to_remove(self, name: str) -> None:
        text = tr(
            "The models are deleted from this computer. Your photos, your people and everything "
            "you said stay as they are."
        )
        remove = partial(self._keep, partial(self._desk.models.remove, name))
        self._ask(tr("Remove {0}?").format(name), text, tr("Remove"), remove)

    def _ask_to_accept(self, name: str) -> None:
        text = tr(
            "The files are not what they were. Accept them only if you changed them yourself: "
            "models of somebody else see what somebody else wants."
        )
        accept = partial(self._keep, partial(self._desk.models.accept, name))
        self._ask(tr("Accept the files of {0}?").format(name), text, tr("Accept"), accept)

    def _keep(self, work: Callable[[], object]) -> None:
        self._desk.background.read(self, work, partial(self._done, ""), self._give_up)

    def _ask(self, title: str, text: str, yes: str, work: Callable[[], object]) -> None:
        body = QLabel(text)
        body.setWordWrap(True)
        body.setTextFormat(Qt.TextFormat.PlainText)
        body.setMinimumWidth(440)
        asked = Question(title, body, yes, self)
        asked.setAccessibleDescription(text)
        asked.accepted.connect(work)
        asked.open()

    def _done(self, told: str, _: object) -> None:
        self._set_busy(False)
        self._say(told)
        self.reload()

    def _give_up(self, reason: str) -> None:
        self._set_busy(False)
        self._warn(reason)
        self.reload()

    def _set_busy(self, is_busy: bool) -> None:
        for button in (self.add_file, self.add_folder):
            button.setEnabled(not is_busy)
        for card in self.cards.values():
            card.set_busy(is_busy)

    @staticmethod
    def _button(text: str, work: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)

        def press() -> None:
            work()

        button.clicked.connect(press)
        return button
