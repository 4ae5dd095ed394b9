"""One pack in the dialog of models: what it is, how it stands, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from app.indexing.model_keeper import Fetching
from app.indexing.model_packs import COMPACT, PackCard
from app.indexing.model_speed import PackSpeed
from app.ui.desk import Desk
from app.ui.models import wording
from app.ui.models.wording import tr
from app.ui.sayings import translated

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_STEPS = 1000
"""Of the bar: bytes of large packs are more than it can count."""


class ModelCard(QFrame):
    """Up and Down go to the other cards, Tab to the buttons."""

    download_wanted = Signal(str)
    """Of the pack, by what it is called where one is chosen, as are the others."""
    cancel_wanted = Signal(str)
    use_wanted = Signal(str)
    measure_wanted = Signal(str)
    remove_wanted = Signal(str)
    accept_wanted = Signal(str)
    stepped = Signal(str, int)
    """The keyboard goes on from here, by 1 or -1."""

    def __init__(self, desk: Desk, card: PackCard) -> None:
        super().__init__()
        self.setObjectName("ModelCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self.card = card
        self._have = 0
        self._is_busy = self._is_fetching = False
        self._can_switch = self._is_needed = False
        self._was_at: QPushButton | None = None
        """Where the keyboard was before its button went."""
        self.title, self.badge = self._label("Heading"), QLabel(tr("In use"))
        self.badge.setObjectName("AlertNew")
        self.amount, self.about = self._label("Secondary"), self._label("Plain")
        self._mark, self.terms = QLabel(), self._label("Secondary")
        self.speed, self.state = self._label("Secondary"), self._label("Secondary")
        for label in (self.about, self.state, self.speed):
            label.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("How far the download is"))
        self.use = self._button(tr("Use"), self.use_wanted)
        self.download = self._button("", self.download_wanted)
        self.cancel = self._button(tr("Cancel"), self.cancel_wanted)
        self.accept = self._button(tr("Accept changed files…"), self.accept_wanted)
        self.measure = self._button(tr("Measure"), self.measure_wanted)
        self.remove = self._button(tr("Remove…"), self.remove_wanted)
        self.buttons = (
            self.use, self.download, self.cancel, self.accept, self.measure, self.remove,
        )  # fmt: skip
        self._lay_out()
        desk.theme.changed.connect(self._draw_mark)
        self.show_card(card)

    def _lay_out(self) -> None:
        column, head, terms, below = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.badge)
        head.addStretch(1)
        head.addWidget(self.amount)
        terms.setSpacing(6)
        terms.addWidget(self._mark)
        terms.addWidget(self.terms)
        terms.addSpacing(14)
        terms.addWidget(self.speed, 100)
        terms.addStretch(1)
        below.setSpacing(8)
        for button in self.buttons:
            below.addWidget(button)
        below.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addLayout(terms)
        column.addWidget(self.state)
        column.addWidget(self.bar)
        column.addSpacing(4)
        column.addLayout(below)

    # -- showing ---------------------------------------------------------------------------

    def show_card(
        self, card: PackCard, have: int = 0, can_switch: bool = False, is_needed: bool = False
    ) -> None:
        """Show a pack; `have` bytes of its archive came before, `can_switch` tells whether another
        pack can be used now, and `is_needed` whether a switch needs this one."""
        self.card, self._have, self._can_switch = card, have, can_switch
        self._is_needed = is_needed
        self.title.setText(card.choice)
        self.badge.setVisible(card.in_use)
        self.amount.setText(wording.size(card))
        self.about.setText(wording.good_for(card))
        self.terms.setText(wording.licence(card))
        self._draw_mark()
        self._follow()

    def show_speed(self, found: PackSpeed | None, used: PackSpeed | None, name: str) -> None:
        """Show how fast it is, also beside the pack in use, `name`."""
        parts = (wording.speed(found), wording.compared(found, used, name))
        self.speed.setText(" · ".join(part for part in parts if part))
        self.speed.setToolTip("" if found is None else wording.speed_details(found))
        self.speed.setVisible(self.card.is_here)
        self._name()

    def show_progress(self, far: Fetching | None) -> bool:
        """Show how far its download is; None when there is none. Tells whether one has just
        ended."""
        was, self._is_fetching = self._is_fetching, far is not None
        if far is not None:
            self.bar.setRange(0, _STEPS if far.total else 0)
            self.bar.setValue(_STEPS * far.done // far.total if far.total else 0)
            self.state.setText(wording.fetching(far))
        if was != self._is_fetching:
            self._follow()
        return was and not self._is_fetching

    def set_busy(self, is_busy: bool, told: str = "") -> None:
        """Something is being done with it; `told` says what."""
        self._is_busy = is_busy
        self._follow()
        if told:
            self._say(told, "Secondary")

    def _follow(self) -> None:
        """Offer what can be done now. The keyboard stays with this card where its button goes, and
        is there again when the button is."""
        at = self.window().focusWidget()
        self._offer()
        was_at, now = self._was_at, self.window().focusWidget()
        button = next((one for one in self.buttons if one is at), None)
        if button is not None and not _can_be_pressed(button):
            self._was_at = button
            self.setFocus()
        elif was_at is not None and (now is not self or _can_be_pressed(was_at)):
            self._was_at = None
            if now is self:
                was_at.setFocus()

    def _offer(self) -> None:
        card, is_free = self.card, not self._is_busy and not self._is_fetching
        is_sound = card.is_here and not card.problem
        is_own = card.choice != COMPACT
        if card.problem:
            self._say(translated(card.problem), "Warning")
        elif self._have and not self._is_fetching:
            size = 0 if card.offer is None else card.offer.size
            self._say(tr("{0} came before.").format(wording.come(self._have, size)), "Secondary")
        elif is_free:
            self._say("", "Secondary")
        else:
            self.state.show()
        told = tr("Download again…") if card.is_here else tr("Download…")
        self.download.setText(tr("Go on downloading…") if self._have else told)
        self.use.setVisible(is_sound and not card.in_use and self._can_switch)
        self.download.setVisible(card.offer is not None and not is_sound and not self._is_fetching)
        self.cancel.setVisible(self._is_fetching)
        self.bar.setVisible(self._is_fetching)
        self.accept.setVisible(bool(card.problem) and is_own and not self._is_fetching)
        self.measure.setVisible(is_sound)
        is_there = card.is_here or bool(self._have)
        self.remove.setVisible(
            is_there and is_own and not (card.in_use or self._is_needed or self._is_fetching)
        )
        for button in (self.use, self.download, self.accept, self.measure, self.remove):
            button.setEnabled(is_free)
            button.setAccessibleName(f"{button.text().rstrip('…')}: {card.choice}")
        self.cancel.setAccessibleName(f"{self.cancel.text()}: {card.choice}")
        self._name()

    def _name(self) -> None:
        state = tr("In use") if self.card.in_use else ""
        if not self.card.is_here:
            state = tr("Not on this computer")
        fast = self.speed.text() if self.card.is_here else ""
        self.setAccessibleName(wording.spoken(self.card, state, fast))

    def _say(self, text: str, name: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        if self.state.objectName() != name:
            self.state.setObjectName(name)
            self.state.style().polish(self.state)

    def _draw_mark(self) -> None:
        free = self.card.allows_all_use
        icon, token = ("circle-check-big", "watching") if free else ("circle-alert", "warning")
        drawn = self._desk.icons.pixmap(icon, token, 16, self.devicePixelRatioF())
        self._mark.setPixmap(drawn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MOVES.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(self.card.choice, step)

    @staticmethod
    def _label(name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _button(self, text: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: wanted.emit(self.card.choice))
        return button


def _can_be_pressed(button: QPushButton) -> bool:
    return button.isEnabled() and not button.isHidden()
