"""The head of a person's page: cover, name, years, and who is seen with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import PersonRow
from app.ui.desk import Desk
from app.ui.people.menu import face_icon
from app.ui.pictures import PictureKey
from app.ui.widgets.menus import menu_text
from app.ui.widgets.name_edit import NameEdit

_COVER = 96


class PersonHeader(QWidget):
    """Says who this is; the name is changed by clicking it."""

    named = Signal(str)
    companion_wanted = Signal(int)
    faces_wanted = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person: PersonRow | None = None
        self._companions: Sequence[tuple[PersonRow, int]] = ()
        self._cover = QLabel()
        self._cover.setFixedSize(_COVER, _COVER)
        self.name = QPushButton()
        self.name.setObjectName("PersonName")
        self.name.setToolTip(self.tr("Click to change the name"))
        self.name.clicked.connect(self.edit_name)
        self._names = QStackedWidget()
        self._names.addWidget(self.name)
        self._names.setFixedHeight(40)
        self._facts = QLabel()
        self._facts.setObjectName("Secondary")
        self._with = QHBoxLayout()
        self._with.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._names)
        words.addWidget(self._facts)
        words.addLayout(self._with)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 32, 12)
        row.setSpacing(20)
        row.addWidget(self._cover)
        row.addLayout(words, 1)
        row.addLayout(self._switch(), 0)
        self._facts.setContentsMargins(8, 0, 0, 0)

    def show_person(
        self, person: PersonRow, facts: str, companions: Sequence[tuple[PersonRow, int]]
    ) -> None:
        """Show who this is; a name that is being typed stays."""
        self._person, self._companions = person, companions
        text = person.name or self.tr("Who is this?")
        self.name.setText(menu_text(text))
        self.name.setProperty("asks", not person.name)
        self.name.style().unpolish(self.name)
        self.name.style().polish(self.name)
        self.name.setAccessibleName(text)
        self._facts.setText(facts)
        self._fill_companions()
        self.repaint_pictures()

    def repaint_pictures(self) -> None:
        """Take the pictures that have arrived."""
        if self._person is None:
            return
        pixmap = QPixmap()
        if self._person.cover is not None:
            key = PictureKey.of_face(self._person.cover)
            scale = self.devicePixelRatioF()
            pixmap = self._desk.pictures.round(key, _COVER, scale) or pixmap
        self._cover.setPixmap(pixmap)
        for place, (person, _) in enumerate(self._companions):
            item = self._with.itemAt(place + 1)
            button = item.widget() if item is not None else None
            if isinstance(button, QToolButton):
                button.setIcon(self._face(person))

    def edit_name(self) -> None:
        """Open the name for typing."""
        if self._person is None or self._names.count() > 1:
            return
        editor = NameEdit(self._desk.named.names)
        editor.setText(self._person.name)
        editor.setMaximumWidth(360)
        editor.selectAll()
        editor.chosen.connect(self._take_name)
        editor.editingFinished.connect(self._close_editor, Qt.ConnectionType.QueuedConnection)
        self._names.addWidget(editor)
        self._names.setCurrentWidget(editor)
        editor.setFocus()

    @property
    def is_editing(self) -> bool:
        """Whether the name is being typed."""
        return self._names.count() > 1

    def show_faces(self, faces: bool) -> None:
        """Mark which of the two views is in sight."""
        (self._faces if faces else self._photos).setChecked(True)

    def _take_name(self, name: str) -> None:
        if self._person is not None and name != self._person.name:
            self.named.emit(name)
        self._close_editor()

    def _close_editor(self) -> None:
        editor = self._names.widget(1)
        if editor is not None and not _has_popup(editor):
            self._names.removeWidget(editor)
            editor.deleteLater()
            self.name.setFocus()

    def _fill_companions(self) -> None:
        while (item := self._with.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if not self._companions:
            return
        label = QLabel(self.tr("Most often with"))
        label.setObjectName("Small")
        label.setContentsMargins(8, 0, 4, 0)
        self._with.addWidget(label)
        for person, _ in self._companions:
            self._with.addWidget(self._companion(person))
        self._with.addStretch(1)

    def _companion(self, person: PersonRow) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._face(person))
        button.setIconSize(QSize(28, 28))
        if person.name:
            short = person.name if len(person.name) < 16 else f"{person.name[:14]}…"
            button.setText(f" {menu_text(short)}")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        who = person.name or self.tr("an unnamed person")
        button.setAccessibleName(self.tr("Photos with {0}").format(who))
        button.setToolTip(self.tr("Photos that show both, with {0}").format(who))
        button.clicked.connect(partial(self.companion_wanted.emit, person.id))
        return button

    def _face(self, person: PersonRow) -> QIcon:
        return face_icon(self._desk, person, self.devicePixelRatioF())

    def _switch(self) -> QHBoxLayout:
        self._photos, self._faces = QToolButton(), QToolButton()
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(2)
        for button, text in ((self._photos, self.tr("Photos")), (self._faces, self.tr("Faces"))):
            button.setText(text)
            button.setObjectName("Switch")
            button.setCheckable(True)
            group.addButton(button)
            row.addWidget(button)
        self._photos.setChecked(True)
        self._faces.toggled.connect(self.faces_wanted)
        return row


def _has_popup(editor: QWidget) -> bool:
    completer = editor.completer() if isinstance(editor, NameEdit) else None
    popup = completer.popup() if completer is not None else None
    return popup is not None and popup.isVisible()
