"""FaceActions: what can be said of the selected faces, as a bar and as a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from app.library.rows import FaceRow, PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.photos.face_grid import FaceGrid
from app.ui.widgets.menus import add_entry, menu_text
from app.ui.widgets.name_dialog import NameDialog


class FaceActions(QWidget):
    """Sits above a FaceGrid; its buttons come into force with a selection."""

    photo_wanted = Signal(int)
    """Show the photo (id) of a face."""

    def __init__(self, desk: Desk, grid: FaceGrid, hint: str, parent: QWidget | None = None):
        """`hint` is shown while nothing is selected."""
        super().__init__(parent)
        self._desk = desk
        self._grid = grid
        self._hint = hint
        self._person: PersonRow | None = None
        self.said = QLabel(hint)
        self.said.setObjectName("Secondary")
        self.reject = QPushButton(self.tr("Not this person"))
        self.reject.clicked.connect(self._reject)
        self.move_button = QPushButton(self.tr("Who is this?"))
        self.move_button.clicked.connect(self.ask_who)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 32, 8)
        row.setSpacing(8)
        row.addWidget(self.said)
        row.addStretch(1)
        row.addWidget(self.reject)
        row.addWidget(self.move_button)
        grid.chosen_changed.connect(self._show)
        grid.menu_wanted.connect(self._open_menu)
        grid.opened.connect(self._open_current)
        self._show()

    def set_person(self, person: PersonRow | None) -> None:
        """Whose faces these are; None for nobody's."""
        self._person = person
        if person is not None:
            self.reject.setText(self._not_text(person))
            self.move_button.setText(self.tr("This is someone else…"))
        self._show()

    def menu(self) -> QMenu:
        """What can be said of the selected faces."""
        icons = self._desk.icons
        faces = self._grid.chosen()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._person is not None and self._person.name:
            yes = self.tr("Yes, {0}").format(self._person.name)
            add_entry(menu, menu_text(yes), self._confirm, icons.icon("check", "secondary", 18))
        if self._person is not None:
            add_entry(
                menu,
                menu_text(self._not_text(self._person)),
                self._reject,
                icons.icon("user-round-minus", "secondary", 18),
            )
        add_entry(
            menu,
            self.move_button.text(),
            self.ask_who,
            icons.icon("user-round-pen", "secondary", 18),
        )
        if len(faces) == 1:
            menu.addSeparator()
            if self._person is not None:
                cover = partial(self._desk.deeds.choose_cover, self._person.id, faces[0].id)
                add_entry(menu, self.tr("Use as cover"), cover)
            show = partial(self.photo_wanted.emit, faces[0].photo_id)
            add_entry(menu, self.tr("Show photo"), show, icons.icon("images", "secondary", 18))
        menu.addSeparator()
        add_entry(menu, self.tr("Not a face"), self._mark_not_a_face)
        return menu

    def ask_who(self) -> None:
        """Ask for the name of the selected faces."""
        if not self._grid.chosen():
            return
        dialog = NameDialog(
            self.tr("Who is this?"), self.tr("Save"), self._desk.named.names, self.window()
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._name)
        dialog.open()

    def _ids(self) -> list[int]:
        return [face.id for face in self._grid.chosen()]

    def _name(self, name: str) -> None:
        self._desk.deeds.move(self._ids(), name)

    def _confirm(self) -> None:
        if self._person is not None and self._ids():
            self._desk.deeds.confirm(self._person.id, self._ids())

    def _reject(self) -> None:
        if self._person is not None and self._ids():
            self._desk.deeds.reject(self._person.id, self._ids())

    def _mark_not_a_face(self) -> None:
        self._desk.deeds.mark_not_a_face(self._ids())

    def _not_text(self, person: PersonRow) -> str:
        if person.name:
            return self.tr("Not {0}").format(person.name)
        return self.tr("Not this person")

    def _show(self) -> None:
        count = len(self._grid.selected_rows())
        self.said.setText(
            self.tr("{0} selected").format(words.faces(count)) if count else self._hint
        )
        self.reject.setVisible(self._person is not None)
        self.reject.setEnabled(count > 0)
        self.move_button.setEnabled(count > 0)

    def _open_menu(self, point: QPoint) -> None:
        self.menu().popup(point)

    def _open_current(self) -> None:
        face = self._grid.faces.row_at(self._grid.currentIndex())
        if isinstance(face, FaceRow):
            self.photo_wanted.emit(face.photo_id)
