"""The head of a person's page: cover, name, years, and who is seen with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import Looks, PersonRow
from app.ui.desk import Desk
from app.ui.person import summary
from app.ui.person.companions import Companions
from app.ui.pictures import PictureKey
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets.cut_label import CutLabel
from app.ui.widgets.name_edit import NameEdit

tr = Texts("person")

_COVER = 96


class PersonHeader(QWidget):
    """Says who this is; the name is changed by clicking it."""

    named = Signal(str)
    cover_wanted = Signal()
    """Let the user choose the face that stands for the person."""
    faces_wanted = Signal(bool)
    menu_wanted = Signal(QPoint)
    """Show what can be done with the person, at a point of the screen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person: PersonRow | None = None
        self.cover = QToolButton()
        self.cover.setObjectName("Cover")
        self.cover.setFixedSize(_COVER + 8, _COVER + 8)
        self.cover.setIconSize(QSize(_COVER, _COVER))
        self.cover.setToolTip(tr("Choose the cover"))
        self.cover.setAccessibleName(tr("Cover"))
        self.cover.clicked.connect(self.cover_wanted)
        self.name = _Name()
        self.name.setToolTip(tr("Click to change the name"))
        self.name.clicked.connect(self.edit_name)
        self._names = QStackedWidget()
        self._names.addWidget(self.name)
        self._names.setFixedHeight(scaled(40))
        self.facts, self.looks = _line(), _line()
        self.companions = Companions(desk)
        self.companions.setContentsMargins(8, 4, 0, 0)
        words = QVBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 0, 32, 12)
        row.setSpacing(12)
        row.addWidget(self.cover)
        row.addLayout(words, 1)
        words.setSpacing(2)
        words.addStretch(1)
        for widget in (self._names, self.facts, self.looks, self.companions):
            words.addWidget(widget)
        words.addStretch(1)
        self._add_switch(row)
        desk.theme.changed.connect(self._dress)
        self._dress()
        self._escape = QShortcut(QKeySequence("Esc"), self, self._close_editor)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_person(self, person: PersonRow, facts: str) -> None:
        """Show who this is; a name that is being typed stays."""
        self._person = person
        text = person.name or tr("Who is this?")
        self.name.call(text, asks=not person.name)
        self.facts.say(facts)
        self.repaint_pictures()

    def show_company(self, looks: Looks, companions: Sequence[tuple[PersonRow, int]]) -> None:
        """Show what is read after that: how they look, and who is seen with them."""
        said = summary.looks(looks)
        self.looks.say(said, summary.looks_tip(looks))
        self.looks.setVisible(bool(said))
        self.companions.show_people(companions)

    def repaint_pictures(self) -> None:
        """Take the pictures that have arrived."""
        if self._person is None:
            return
        pixmap = None
        if self._person.cover is not None:
            key = PictureKey.of_face(self._person.cover)
            pixmap = self._desk.pictures.round(key, _COVER, self.devicePixelRatioF())
        self.cover.setIcon(QIcon() if pixmap is None else QIcon(pixmap))
        self.companions.repaint_pictures()

    def edit_name(self) -> None:
        """Open the name for typing."""
        if self._person is None or self._names.count() > 1:
            return
        editor = NameEdit(self._desk.named.names)
        editor.setText(self._person.name)
        editor.setMaximumWidth(scaled(360))
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
        (self.faces if faces else self.photos).setChecked(True)

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

    def _add_switch(self, beside: QHBoxLayout) -> None:
        self.photos, self.faces, self.more = QToolButton(), QToolButton(), QToolButton()
        group = QButtonGroup(self)
        row = QHBoxLayout()
        beside.addLayout(row, 0)
        row.setSpacing(2)
        for button, text in ((self.photos, tr("Photos")), (self.faces, tr("Faces"))):
            button.setText(text)
            button.setObjectName("Switch")
            button.setCheckable(True)
            group.addButton(button)
            row.addWidget(button)
        self.photos.setChecked(True)
        self.faces.toggled.connect(self.faces_wanted)
        self.more.setToolTip(tr("More"))
        self.more.setAccessibleName(tr("More that can be done with this person"))
        self.more.setIconSize(QSize(scaled(20), scaled(20)))
        self.more.clicked.connect(self._ask_menu)
        row.addWidget(self.more)

    def _ask_menu(self) -> None:
        corner = QPoint(self.more.width(), self.more.height())
        self.menu_wanted.emit(self.more.mapToGlobal(corner))

    def _dress(self) -> None:
        self.more.setIcon(self._desk.icons.icon("ellipsis", "text", 20))


class _Name(QPushButton):
    """A name that gives way: cut with an ellipsis where the window is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("PersonName")
        self._full = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def call(self, text: str, asks: bool) -> None:
        """Show this name, or the question who it is."""
        self._full = text
        self.setProperty("asks", asks)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def _fit(self) -> None:
        room = max(40, self.width() - 20)
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))


def _line() -> CutLabel:
    line = CutLabel()
    line.setObjectName("Secondary")
    line.setContentsMargins(8, 0, 0, 0)
    return line


def _has_popup(editor: QWidget) -> bool:
    completer = editor.completer() if isinstance(editor, NameEdit) else None
    popup = completer.popup() if completer is not None else None
    return popup is not None and popup.isVisible()
