"""FaceActions: the bar above face crops, with what can be said of the selected ones."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import FaceRow, PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.photos.face_acts import FaceActs
from app.ui.photos.face_grid import FaceGrid
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets.act_button import following_button
from app.ui.widgets.name_edit import NameEdit
from app.ui.widgets.yielding_label import YieldingLabel

tr = Texts("photos")

_HEIGHT = 44


class FaceActions(QWidget):
    """Sits above a FaceGrid: a hint, with a selection its acts, or a field for a name."""

    def __init__(self, desk: Desk, grid: FaceGrid, hint: str, parent: QWidget | None = None):
        """`hint` is shown while nothing is selected."""
        super().__init__(parent)
        self._desk = desk
        self._grid = grid
        self._hint = hint
        self.acts = FaceActs(desk, grid, self)
        self.photo_wanted = self.acts.photo_wanted
        self.said = YieldingLabel(hint)
        self.said.setObjectName("Secondary")
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.reject = following_button(self.acts.reject)
        self.ask_button = following_button(self.acts.ask)
        self.move_button = following_button(self.acts.move)
        self.more = QToolButton()
        self.more.setToolTip(tr("More"))
        self.more.setIconSize(QSize(scaled(20), scaled(20)))
        self.more.setAccessibleName(tr("More that can be said of the selected faces"))
        self.more.clicked.connect(self._open_more)
        self._buttons = (self.reject, self.ask_button, self.move_button, self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 0, 32, 8)
        # First: rows that are nobody's would open their first widget as a window of its own.
        self._rows = QStackedLayout()
        column.addLayout(self._rows)
        self._rows.addWidget(self._bar())
        self._rows.addWidget(self._field())
        self.setFixedHeight(scaled(_HEIGHT))
        self._escape = QShortcut(QKeySequence("Esc"), self, self.close_field)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.acts.name_wanted.connect(self.ask_who)
        grid.chosen_changed.connect(self._show)
        grid.menu_wanted.connect(self._open_menu)
        grid.opened.connect(self._open_current)
        desk.theme.changed.connect(self._dress)
        self._dress()
        self._show()

    def set_person(self, person: PersonRow | None) -> None:
        """Whose faces these are; None for nobody's."""
        self.acts.set_person(person)
        self.unnamed.setVisible(person is not None)
        self._show()

    def set_hint(self, hint: str) -> None:
        """What is shown while nothing is selected."""
        self._hint = hint
        self._show()

    def menu(self) -> QMenu:
        """What can be said of the selected faces."""
        return self.acts.menu(self)

    def ask_who(self) -> None:
        """Open the field for the name of the selected faces."""
        if not self._grid.chosen():
            return
        self._put_edit(NameEdit(self._desk.named.names))
        self._rows.setCurrentIndex(1)
        self.acts.set_asking(True)
        self.edit.setFocus()

    def close_field(self) -> None:
        """Ask for no name."""
        if self.is_asking:
            self._rows.setCurrentIndex(0)
            self.acts.set_asking(False)
            self._grid.setFocus()

    @property
    def is_asking(self) -> bool:
        """Whether the field for a name is open."""
        return self._rows.currentIndex() == 1

    def _bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        for button in self._buttons:
            row.addWidget(button)
        return bar

    def _field(self) -> QWidget:
        field = QWidget()
        self.unnamed = QPushButton(tr("Without a name"))
        self.unnamed.setToolTip(tr("They are one person who gets a name later"))
        self.unnamed.clicked.connect(self._split)
        self.unnamed.hide()
        cancel = QPushButton(tr("Cancel"))
        cancel.clicked.connect(self.close_field)
        self.asked = QLabel()
        self.asked.setObjectName("Secondary")
        self._field_row = row = QHBoxLayout(field)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.asked)
        self.edit = NameEdit(self._desk.named.names)
        row.addWidget(self.edit, 1)
        row.addWidget(self.unnamed)
        row.addWidget(cancel)
        row.addStretch(1)
        return field

    def _put_edit(self, edit: NameEdit) -> None:
        """A field for one name: it says once which was chosen."""
        edit.setPlaceholderText(tr("Who is this?"))
        edit.setMaximumWidth(scaled(320))
        edit.chosen.connect(self._name)
        self._field_row.replaceWidget(self.edit, edit)
        self.edit.deleteLater()
        self.edit = edit

    def _name(self, name: str) -> None:
        self.close_field()
        self.acts.name(name)

    def _split(self) -> None:
        self._name("")

    def _show(self) -> None:
        count = len(self._grid.selected_rows())
        selected = tr.counted("1 face selected", "{0} faces selected", count)
        self.said.setText(selected if count else self._hint)
        self.asked.setText(words.faces(count))
        for button in self._buttons:
            button.setVisible(count > 0)
        self.reject.setVisible(count > 0 and self.acts.person is not None)
        self._make_room()
        if not count:
            self.close_field()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a narrow window, or with large text, some acts are in the menu alone."""
        if not self._grid.selected_rows():
            return
        room = self.width() - 64 - self.said.sizeHint().width() - self.more.sizeHint().width()
        shown = [self.ask_button, self.move_button]
        if self.acts.person is not None:
            shown.insert(0, self.reject)
        for button in shown:
            room -= button.sizeHint().width() + 8
            button.setVisible(room >= 0 or button is shown[0])

    def _open_menu(self, point: QPoint) -> None:
        self.menu().popup(point)

    def _open_more(self) -> None:
        menu = self.menu()
        corner = QPoint(self.more.width() - menu.sizeHint().width(), self.more.height())
        menu.popup(self.more.mapToGlobal(corner))

    def _open_current(self) -> None:
        face = self._grid.faces.row_at(self._grid.currentIndex())
        if isinstance(face, FaceRow):
            self.photo_wanted.emit(face)

    def _dress(self) -> None:
        self.more.setIcon(self._desk.icons.icon("ellipsis", "text", 20))
