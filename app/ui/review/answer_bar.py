"""The answers: big buttons with their keys, a field for another name, and what was said last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.library.rows import PersonRow
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets import paint
from app.ui.widgets.menus import menu_text
from app.ui.widgets.name_edit import NameEdit

tr = Texts("review")

_LEAST = {"Answer": QSize(112, 48), "AnswerYes": QSize(112, 48)}
_FACE = 26


def key_cap(key: str) -> QLabel:
    """A key as it looks on a keyboard."""
    cap = QLabel(key)
    cap.setObjectName("KeyCap")
    cap.setFixedHeight(scaled(20))
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return cap


class KeyButton(QPushButton):
    """A button for an act, which shows the act's key; the mouse leaves the focus where it is."""

    def __init__(self, act: QAction, style: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(style)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._act = act
        self._picture, self._text, self._key = QLabel(), QLabel(), key_cap("")
        self._text.setObjectName("AnswerText")
        self._picture.hide()
        self._least = _LEAST.get(style, QSize(80, 36))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 14, 2)
        row.setSpacing(10)
        row.addStretch(1)
        for label in (self._picture, self._text, self._key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label)
        row.addStretch(1)
        self.clicked.connect(act.trigger)
        act.changed.connect(self._follow)
        self._follow()

    def sizeHint(self) -> QSize:
        # The stylesheet counts its border to what it gives the row.
        border = QSize(4, 4)
        return (self._row.sizeHint() + border).expandedTo(self._least)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.objectName() == "AnswerYes":
            painter = QPainter(self)  # a ring that stands out from the accent
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = self.palette().color(QPalette.ColorRole.HighlightedText)
            paint.ring(painter, self.rect().adjusted(3, 3, -3, -3), 8, line)

    def show_picture(self, pixmap: QPixmap | None) -> None:
        """Show a small picture before the words, or none."""
        self._picture.setVisible(pixmap is not None)
        self._picture.setPixmap(pixmap or QPixmap())
        self.updateGeometry()

    def _follow(self) -> None:
        said = self._act.text().replace("&&", "&")
        self._text.setText(said)
        key = self._act.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._key.setText(key)
        self.setAccessibleName(said)
        self.setToolTip(self._act.toolTip())
        self.setEnabled(self._act.isEnabled())
        self.updateGeometry()


class AnswerBar(QWidget):
    """What can be said, and what was said last."""

    named = Signal(str)
    """Somebody else was named."""
    left = Signal()
    """The field was left without a name."""

    def __init__(
        self,
        desk: Desk,
        answers: Sequence[QAction],
        runner_up: QAction,
        someone_else: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._someone_else = someone_else
        self._who: PersonRow | None = None
        row = QHBoxLayout()
        self.runner_up = KeyButton(runner_up, "AnswerLess")
        self.field: NameEdit
        self._slot = QHBoxLayout()
        second = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        row.setSpacing(10)
        row.addStretch(1)
        self.buttons = [
            KeyButton(act, "AnswerYes" if number == 0 else "Answer")
            for number, act in enumerate(answers)
        ]
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(second)
        second.setSpacing(16)
        second.addStretch(1)
        second.addWidget(self.runner_up)
        second.addLayout(self._slot)
        self._slot.setSpacing(8)
        native = QKeySequence.SequenceFormat.NativeText
        self._cap = key_cap(someone_else.shortcut().toString(native))
        self._slot.addWidget(self._cap)
        self._put_field()
        second.addStretch(1)

    def show_choices(self, runner_up: PersonRow | None, can_name: bool) -> None:
        """Who else it may be, if anybody; and whether somebody else may be named."""
        self._who = runner_up
        self.runner_up.setVisible(runner_up is not None)
        self.repaint_pictures()
        self._cap.setVisible(can_name)
        self.field.setVisible(can_name)

    def repaint_pictures(self) -> None:
        """Some pictures have arrived."""
        cover = None if self._who is None else self._who.cover
        if cover is not None:
            key, scale = PictureKey.of_face(cover), self.devicePixelRatioF()
            self.runner_up.show_picture(self._desk.pictures.round(key, _FACE, scale))
        else:
            self.runner_up.show_picture(None)

    def begin_typing(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Let go of what was typed."""
        if self.field.text():
            self._renew()

    def _take(self, name: str) -> None:
        self._renew()
        self.left.emit()
        self.named.emit(name)

    def _renew(self) -> None:
        # A NameEdit gives one name; the next question gets a new one.
        had_focus, was_shown = self.field.hasFocus(), self.field.isVisibleTo(self)
        self._slot.removeWidget(self.field)
        self.field.hide()
        self.field.deleteLater()
        self._put_field()
        self.field.setVisible(was_shown)
        if had_focus:
            self.left.emit()

    def _put_field(self) -> None:
        self.field = NameEdit(self._desk.named.names, self)
        self.field.setPlaceholderText(tr("Someone else: type a name"))
        self.field.setAccessibleName(menu_text(self._someone_else.text()).rstrip("…"))
        self.field.setFixedSize(scaled(250), scaled(36))
        self.field.chosen.connect(self._take)
        self._slot.insertWidget(0, self.field)
