"""The Alerts page: strangers whom a camera saw, and who was seen of those who are known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.library.queries.alerts import AlertRow, Fate
from app.ui.alerts import wording
from app.ui.alerts.card import AlertCard
from app.ui.alerts.empty import NoAlerts
from app.ui.alerts.log import SightingsLog
from app.ui.alerts.reading import Seen, read_seen
from app.ui.desk import Desk
from app.ui.folder_dialog import ask_for_folder
from app.ui.named_people import Names
from app.ui.page import Page
from app.ui.photos.model import item_of
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets.act import add_act, add_gap
from app.ui.widgets.name_dialog import NameDialog
from app.ui.widgets.viewport import own_viewport

tr = Texts("alerts")

_AT_ONCE = 40
"""Alerts; older ones are shown when they are asked for."""
_BESIDE = 760
"""Logical pixels of width from which the log stands beside the alerts, and not below them."""
_LOG_WIDTH = 300


class AlertsPage(Page):
    """Strangers newest first, each with what can be answered; beside them the log."""

    guide = "camera"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = tr("Alerts")
        self.menu_title = tr("Alerts")
        self.cards: dict[int, AlertCard] = {}
        """By number, newest first."""
        self._limit = _AT_ONCE
        self._new: set[int] = set()
        """Those that were not read before the page was entered."""
        self._current = 0
        self._has_read = False
        self._dialog: NameDialog | None = None
        self.names = Names(desk.pictures, self)
        self.log = SightingsLog(desk)
        self.empty = NoAlerts(desk)
        self.empty.button.clicked.connect(self._ask_for_folder)
        self.older = QPushButton(tr("Show older ones"))
        self.older.clicked.connect(self._show_older)
        self.older.hide()
        self._make_acts()
        self._lay_out()
        self._offer()

    def reload(self) -> None:
        album, limit = self.desk.album, self._limit
        self.read(lambda: read_seen(album, limit), self._show)

    def concerns(self, changes: Changes) -> bool:
        return bool(
            changes.alerts or changes.regrouped or changes.people or changes.faces
            or changes.folders or changes.photos
        )  # fmt: skip

    def is_held(self) -> bool:
        return self._dialog is not None

    def repaint_pictures(self) -> None:
        for card in self.cards.values():
            card.repaint_pictures()
        self.log.list.viewport().update()

    def dress(self) -> None:
        self.empty.dress()
        self.repaint_pictures()

    def chosen(self) -> AlertRow | None:
        """The alert that the keyboard was at last, or the newest."""
        card = self.cards.get(self._current) or next(iter(self.cards.values()), None)
        return None if card is None else card.row

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._new.clear()  # they have been in sight

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # -- answering -------------------------------------------------------------------------

    def say_it_is(self, alert_id: int) -> None:
        """“It's Anna”: whom the stranger resembles most."""
        card = self.cards.get(alert_id)
        if card is not None and card.row.like is not None:
            self.desk.deeds.say_who_it_was(alert_id, card.row.like.name)

    def add_as(self, alert_id: int) -> None:
        """Ask who it is."""
        if alert_id not in self.cards:
            return
        dialog = NameDialog(tr("Who is this?"), tr("Name"), self.names, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(partial(self.desk.deeds.say_who_it_was, alert_id))
        dialog.finished.connect(self._end_dialog)
        self._dialog = dialog
        dialog.open()

    def ignore(self, alert_id: int) -> None:
        """No alerts about this person any more."""
        self.desk.deeds.ignore_stranger(alert_id)

    def open_photo(self, alert_id: int) -> None:
        """Show the photo in which the stranger is seen best."""
        card = self.cards.get(alert_id)
        if card is not None and card.row.faces:
            first = {face.photo_id: face for face in reversed(card.row.faces)}
            photos = dict.fromkeys(face.photo_id for face in card.row.faces)
            items = [item_of(first[photo_id]) for photo_id in photos]
            self.face_opened.emit(items, 0, card.row.faces[0].id)

    def _end_dialog(self) -> None:
        self._dialog = None
        self.setFocus()
        self._catch_up()

    def _ask_for_folder(self) -> None:
        ask_for_folder(self, self.desk.deeds.add)

    def _show_older(self) -> None:
        self._limit += _AT_ONCE
        self.reload()

    # -- showing ---------------------------------------------------------------------------

    def _show(self, seen: Seen) -> None:
        self._has_read = True
        unread = {row.id for row in seen.alerts if not row.is_seen and row.fate is Fate.OPEN}
        self._new |= unread
        had_focus = self._card_in_focus()
        before, self.cards = self.cards, {}
        for place, row in enumerate(seen.alerts):
            card = before.pop(row.id, None) or self._card(row)
            card.show_row(row, is_new=row.id in self._new)
            self.cards[row.id] = card
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
        for card in before.values():
            self._column.removeWidget(card)
            card.deleteLater()
        self.names.show(seen.names)
        self.log.show_rows(seen.sightings)
        self.older.setVisible(seen.has_more)
        self.empty.say(has_folder=seen.has_folder)
        self.log.setVisible(seen.has_folder or bool(seen.sightings))
        self._stack.setCurrentWidget(self.area if self.cards else self.empty)
        self._offer()
        is_waiting = self.window().focusWidget() in (None, self, self.area, self.empty.button)
        if is_waiting or (had_focus is not None and had_focus not in self.cards):
            self.setFocus()
        if unread and self.isVisible():
            self.desk.deeds.mark_alerts_seen(sorted(unread))

    def _card(self, row: AlertRow) -> AlertCard:
        card = AlertCard(self.desk, row)
        card.is_wanted.connect(self.say_it_is)
        card.add_wanted.connect(self.add_as)
        card.ignore_wanted.connect(self.ignore)
        card.photo_wanted.connect(self.open_photo)
        card.stepped.connect(self._step)
        card.chosen.connect(self._choose)
        return card

    def _card_in_focus(self) -> int | None:
        for number, card in self.cards.items():
            if card.hasFocus() or card.isAncestorOf(self.focusWidget()):
                return number
        return None

    def _step(self, alert_id: int, step: int) -> None:
        numbers = list(self.cards)
        place = min(max(0, numbers.index(alert_id) + step), len(numbers) - 1)
        card = self.cards[numbers[place]]
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(card)

    def _choose(self, alert_id: int) -> None:
        self._current = alert_id
        self.setFocusProxy(self.cards[alert_id])
        self._offer()

    def _offer(self) -> None:
        """Bring into force what can be done with the alert that is chosen."""
        row = self.chosen()
        is_open = row is not None and row.fate is Fate.OPEN
        self.yes.setEnabled(row is not None and is_open and wording.is_offered(row))
        for act in (self.add, self.ignored):
            act.setEnabled(is_open)
        self.photo.setEnabled(row is not None and bool(row.faces))
        if self._current not in self.cards:
            first = next(iter(self.cards.values()), None)
            is_asked = self._has_read and not self.empty.button.isHidden()
            self.setFocusProxy(first or (self.empty.button if is_asked else self.area))

    def _make_acts(self) -> None:
        def act(text: str, work: Callable[[int], None], icon: str, *keys: str) -> QAction:
            def run() -> None:
                row = self.chosen()
                if row is not None:
                    work(row.id)

            made = add_act(self, text, run, *keys)
            self.desk.icons.put_on(made, icon)
            return made

        self.yes = act(tr("It is whom they resemble"), self.say_it_is, "check", "Y")
        self.add = act(tr("Add as…"), self.add_as, "user-round-plus", "A")
        self.ignored = act(tr("Ignore this person"), self.ignore, "bell-off", "I")
        add_gap(self)
        self.photo = act(tr("Show photo"), self.open_photo, "images", "P")

    def _lay_out(self) -> None:
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(24, 4, 12, 24)
        self._column.setSpacing(12)
        self._column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.setAccessibleName(tr("Strangers who were seen"))
        own_viewport(self.area)
        self.area.setWidget(inner)
        inner.setAutoFillBackground(False)
        whole = QWidget()
        self._stack = QStackedLayout(whole)
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.empty)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 12, 12)
        self._row.setSpacing(0)
        self._row.addWidget(whole, 1)
        self._row.addWidget(self.log)
        self._arrange()

    def _arrange(self) -> None:
        """The log beside the alerts where there is room, else below them."""
        is_wide = self.width() >= scaled(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        self._row.setContentsMargins(0 if is_wide else 12, 0, 12, 12)
        self.log.setMinimumWidth(scaled(_LOG_WIDTH) if is_wide else 0)
        self.log.setMaximumWidth(scaled(_LOG_WIDTH) if is_wide else 16_777_215)
        self.log.setMaximumHeight(16_777_215 if is_wide else max(160, self.height() // 3))
