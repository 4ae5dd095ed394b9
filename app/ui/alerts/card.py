"""One alert on the Alerts page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from app.library.queries.alerts import AlertRow, Fate
from app.ui.alerts import wording
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.texts import Texts
from app.ui.widgets.menus import menu_text

tr = Texts("alerts")

CROP = 96
_SMALL = 22
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AlertCard(QFrame):
    """The face, what there is to say, and what can be answered. Up and Down go to the others."""

    is_wanted = Signal(int)
    """“It's Anna”; of an alert by its number, as are the others."""
    add_wanted = Signal(int)
    ignore_wanted = Signal(int)
    photo_wanted = Signal(int)
    stepped = Signal(int, int)
    """The keyboard goes on from this alert, by 1 or -1."""
    chosen = Signal(int)
    """The keyboard is here."""

    def __init__(self, desk: Desk, row: AlertRow) -> None:
        super().__init__()
        self.setObjectName("AlertCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self.row = row
        self.is_new = False
        self._crop, self._like = QLabel(), QLabel()
        self._crop.setFixedSize(CROP, CROP)
        self._like.setFixedSize(_SMALL, _SMALL)
        self._crop.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title, self._when, self._said = QLabel(), QLabel(), QLabel()
        self.badge = QLabel(tr("New"))
        self.badge.setObjectName("AlertNew")
        self.title.setObjectName("Heading")
        for label in (self._when, self._said):
            label.setObjectName("Secondary")
        for label in (self.title, self._when, self._said):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.yes = self._button("", self.is_wanted)
        self.add = self._button(tr("Add as…"), self.add_wanted)
        self.ignore = self._button(tr("Ignore this person"), self.ignore_wanted)
        self._lay_out()
        self.show_row(row, is_new=False)

    def _lay_out(self) -> None:
        row, told = QHBoxLayout(self), QVBoxLayout()
        head, like, buttons = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(16)
        row.addWidget(self._crop, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)
        told.setSpacing(4)
        told.addLayout(head)
        told.addWidget(self._when)
        told.addLayout(like)
        told.addStretch(1)
        told.addSpacing(8)
        told.addLayout(buttons)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        like.setSpacing(6)
        like.addWidget(self._like)
        like.addWidget(self._said, 1)
        buttons.setSpacing(8)
        for button in (self.yes, self.add, self.ignore):
            buttons.addWidget(button)
        buttons.addStretch(1)

    def show_row(self, row: AlertRow, *, is_new: bool) -> None:
        """Show this alert, which may have gone on since."""
        self.row, self.is_new = row, is_new
        is_open = row.fate is Fate.OPEN
        self.title.setText(wording.title(row))
        self._when.setText(wording.when(row))
        self._said.setText(wording.resembles(row))
        self._said.setVisible(bool(self._said.text()))
        self.badge.setVisible(is_new and is_open)
        name = row.like.name if row.like is not None else ""
        short = name if len(name) < 20 else f"{name[:18]}…"
        self.yes.setText(tr("It's {0}").format(menu_text(short)))
        self.yes.setVisible(is_open and wording.is_offered(row))
        self._stress(self.yes, is_stressed=wording.is_likely(row))
        for button in (self.add, self.ignore):
            button.setVisible(is_open)
        for button in (self.yes, self.add, self.ignore):
            button.setAccessibleName(f"{button.text().rstrip('…')}: {wording.title(row)}")
        self.setAccessibleName(wording.whole(row))
        self.repaint_pictures()

    def repaint_pictures(self) -> None:
        """Some pictures have arrived."""
        scale, pictures = self.devicePixelRatioF(), self._desk.pictures
        crop = None
        if self.row.faces:
            key = PictureKey.of_face(self.row.faces[0])
            crop = pictures.tile(key, QSize(CROP, CROP), 12, scale)
        if crop is None:
            crop = self._desk.icons.pixmap("user-round-search", "offline", 40, scale)
            self._crop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._crop.setPixmap(crop)
        like = self.row.like if self.row.fate is Fate.OPEN else None
        cover = None if like is None else like.cover
        self._like.setVisible(cover is not None)
        if cover is not None:
            key = PictureKey.of_face(cover)
            self._like.setPixmap(pictures.round(key, _SMALL, scale) or QPixmap())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.stepped.emit(self.row.id, _MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.photo_wanted.emit(self.row.id)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit(self.row.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._crop.geometry().contains(event.position().toPoint()):
            self.photo_wanted.emit(self.row.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self.photo_wanted.emit(self.row.id)

    @staticmethod
    def _stress(button: QPushButton, *, is_stressed: bool) -> None:
        name = "Primary" if is_stressed else ""
        if button.objectName() != name:
            button.setObjectName(name)
            button.style().unpolish(button)
            button.style().polish(button)

    def _button(self, text: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: wanted.emit(self.row.id))
        return button
