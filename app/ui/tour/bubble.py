"""Bubble: one step of the tour, beside what it is about."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.texts import Texts
from app.ui.theme import Theme
from app.ui.widgets import paint
from app.ui.widgets.message_bar import announce

tr = Texts("tour")

_WIDTH = 320
_GAP = 14
_EDGE = 12
_ROUND = 12


class Spotlight(QWidget):
    """Dims the window, but for one part of it."""

    pressed = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._part = QRect()

    def show_part(self, part: QRect) -> None:
        """Leave this part as it is; in coordinates of the window."""
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self._part = part.adjusted(-4, -4, 4, 4) & self.rect().adjusted(3, 3, -3, -3)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, part = QPainterPath(), QPainterPath()
        whole.addRect(QRectF(self.rect()))
        part.addRoundedRect(QRectF(self._part), _ROUND, _ROUND)
        shade = self._theme.color("text" if not self._theme.tokens.is_dark else "page")
        shade.setAlpha(90 if not self._theme.tokens.is_dark else 165)
        painter.fillPath(whole.subtracted(part), shade)
        painter.setPen(QPen(self._theme.color("accent"), 2.5))
        painter.drawPath(part)

    def mousePressEvent(self, event: object) -> None:  # noqa: ARG002
        self.pressed.emit()


class Bubble(QFrame):
    """A few words, with ways on, back and out."""

    stepped = Signal(int)
    """On by 1, or back by -1."""
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("Card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.text, self.count = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("Heading")
        self.text.setObjectName("Secondary")
        self.count.setObjectName("Small")
        for label in (self.title, self.text):
            label.setWordWrap(True)
        self.end = QPushButton(tr("End the tour"))
        self.back = QPushButton(tr("Back"))
        self.on = QPushButton()
        for button, name in ((self.end, "Link"), (self.back, ""), (self.on, "Primary")):
            button.setObjectName(name)
        self.end.clicked.connect(self.left)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(8)
        for label in (self.count, self.title, self.text):
            column.addWidget(label)
        column.addSpacing(4)
        column.addLayout(buttons)
        buttons.addWidget(self.end)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.on)
        paint.lift(self)

    def say(self, place: int, of: int, title: str, text: str) -> None:
        """Show a step; it is read aloud to whoever hears the window."""
        self.show()
        self.on.setFocus(Qt.FocusReason.TabFocusReason)
        self.count.setText(tr("{0} of {1}").format(place + 1, of))
        self.title.setText(title)
        self.text.setText(text)
        self.back.setVisible(place > 0)
        self.on.setText(tr("Done") if place + 1 == of else tr("Next"))
        self.end.setVisible(place + 1 < of)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.on.setAccessibleDescription(f"{title}. {text}")
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedWidth(max(_WIDTH, layout.minimumSize().width()))
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        self.raise_()
        announce(self, f"{title}. {text}")

    def stand_beside(self, part: QRect) -> None:
        """Take the place beside a part of the window where there is the most room."""
        parent = self.parentWidget()
        assert parent is not None
        room, width, height = parent.rect(), self.width(), self.height()
        beside = {
            "after": room.right() - part.right() - width,
            "before": part.left() - room.left() - width,
            "below": room.bottom() - part.bottom() - height,
            "above": part.top() - room.top() - height,
        }
        side, free = max(beside.items(), key=lambda one: one[1])
        side = side if free >= 2 * _GAP else "over"
        left = {"after": part.right() + _GAP, "before": part.left() - _GAP - width}.get(
            side, part.center().x() - width // 2
        )
        top = {"below": part.bottom() + _GAP, "above": part.top() - _GAP - height}.get(
            side, part.center().y() - height // 2
        )
        self.move(
            max(_EDGE, min(left, room.right() - width - _EDGE)),
            max(_EDGE, min(top, room.bottom() - height - _EDGE)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ahead = Qt.Key.Key_Left if is_mirrored else Qt.Key.Key_Right
        behind = Qt.Key.Key_Right if is_mirrored else Qt.Key.Key_Left
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (ahead, behind):
            self.stepped.emit(1 if event.key() == ahead else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = QApplication.focusWidget()
            (focus if isinstance(focus, QPushButton) else self.on).click()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        """Tab stays within the bubble: what lies under it is dimmed."""
        stops = [one for one in (self.end, self.back, self.on) if one.isVisible()]
        if not stops:  # it is being hidden
            return False
        focus = QApplication.focusWidget()
        here = stops.index(focus) if focus in stops else -1
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(here + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True
