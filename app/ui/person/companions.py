"""Companions: chips of the people who are in the same photos, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from app.library.rows import PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.people.menu import face_icon
from app.ui.texts import Texts
from app.ui.widgets.menus import add_entry, menu_text

tr = Texts("person")

_FACE = 22
_GAP = 6


class Companions(QWidget):
    """One line of chips: a face, a name, the number of photos of both. Those that have no room are
    behind a last chip that counts them."""

    wanted = Signal(int)
    """Show the photos with this person, too."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._people: Sequence[tuple[PersonRow, int]] = ()
        self._chips: list[QToolButton] = []
        self.label = QLabel(tr("with"))
        self.label.setObjectName("Small")
        self.rest = QToolButton()
        self.rest.setObjectName("Companion")
        self.rest.setProperty("counts", True)
        self.rest.clicked.connect(self._open_rest)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self.label)
        self._row.addWidget(self.rest)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_people(())

    @property
    def people(self) -> Sequence[tuple[PersonRow, int]]:
        """The companions, and with how many photos each."""
        return self._people

    def chips(self) -> list[QToolButton]:
        """The chips there is room for, but the counting one."""
        return [chip for chip in self._chips if not chip.isHidden()]

    def show_people(self, people: Sequence[tuple[PersonRow, int]]) -> None:
        """Show these; whoever is seen in most of the photos comes first."""
        if people == self._people and len(self._chips) == len(people):
            return
        self._people = people
        for chip in self._chips:
            chip.deleteLater()
        self._chips = [self._chip(person, count) for person, count in people]
        for place, chip in enumerate(self._chips):
            self._row.insertWidget(place + 1, chip)
        self._arrange()

    def repaint_pictures(self) -> None:
        """Take the faces that have arrived."""
        for chip, (person, _) in zip(self._chips, self._people, strict=True):
            chip.setIcon(self._face(person))

    def menu(self) -> QMenu:
        """All companions as a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for person, count in self._people:
            self._entry(menu, person, count)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        """Show as many chips as fit beside the one that counts the others."""
        self.setVisible(bool(self._people))
        room = self.contentsRect().width() - self.label.sizeHint().width() - _GAP
        widths = [chip.sizeHint().width() + _GAP for chip in self._chips]
        fit = len(widths)
        if sum(widths) - _GAP > room:
            self.rest.setText(f"+{len(widths)}")
            room -= self.rest.sizeHint().width() + _GAP
            while fit and sum(widths[:fit]) > room:
                fit -= 1
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < fit)
        left = len(widths) - fit
        self.rest.setText(f"+{words.number(left)}")
        self.rest.setAccessibleName(tr("{0} more").format(words.number(left)))
        self.rest.setToolTip(tr("{0} more who are in the same photos").format(left))
        self.rest.setVisible(left > 0)

    def _chip(self, person: PersonRow, count: int) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName("Companion")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIcon(self._face(person))
        chip.setIconSize(QSize(_FACE, _FACE))
        short = person.name if len(person.name) < 16 else f"{person.name[:14]}…"
        text = menu_text(short) if short else tr("Who is this?")
        chip.setText(f" {text}  {words.number(count)}")
        chip.setProperty("asks", not person.name)
        who = person.name or tr("an unnamed person")
        said = tr("Photos with {0}: {1}").format(who, words.number(count))
        chip.setAccessibleName(said)
        chip.setToolTip(tr("Show the {0} with {1}").format(words.photos(count), who))
        chip.clicked.connect(partial(self.wanted.emit, person.id))
        return chip

    def _entry(self, menu: QMenu, person: PersonRow, count: int) -> None:
        name = person.name or tr("Who is this?")
        text = f"{menu_text(name)}\t{words.number(count)}"
        add_entry(menu, text, partial(self.wanted.emit, person.id), self._face(person))

    def _open_rest(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for person, count in self._people[len(self.chips()) :]:
            self._entry(menu, person, count)
        menu.popup(self.rest.mapToGlobal(QPoint(0, self.rest.height())))

    def _face(self, person: PersonRow) -> QIcon:
        return face_icon(self._desk, person, self.devicePixelRatioF())
