"""One line of the sidebar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.icons import Icons
from app.ui.scale import scaled
from app.ui.theme import Theme
from app.ui.widgets import paint

_HEIGHT = 34
_NOTE_HEIGHT = 16
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


def _text_at() -> int:
    return 20 + scaled(20)


class SideEntry(QAbstractButton):
    """A picture, a word and a number at the end; `note` is a second, quiet line."""

    def __init__(
        self, theme: Theme, icons: Icons, text: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._icon = icon
        self._token = ""
        self._state = ""
        self._number = ""
        self._note = ""
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_number(self, number: str) -> None:
        """What stands at the end of the line."""
        if number != self._number:
            self._number = number
            self._describe()
            self.update()

    def set_state(self, icon: str, token: str, said: str = "") -> None:
        """How what it leads to stands: a picture in a token's colour, and the same in words for
        those who hear it."""
        self._icon, self._token, self._state = icon, token, said
        self._describe()
        self.update()

    def set_note(self, note: str) -> None:
        """A second line in quiet type."""
        if note == self._note:
            return
        self._note = note
        self._describe()
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        said = (self._state, self._note or self._number)
        self.setAccessibleDescription(", ".join(part for part in said if part))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _MOVES:
            event.ignore()  # the sidebar's
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        said = QFontMetrics(self._theme.font(14)).horizontalAdvance(self.text())
        note = scaled(_NOTE_HEIGHT) if self._note else 0
        return QSize(_text_at() + said + 12, scaled(_HEIGHT) + note)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect()
        if self.isChecked():
            paint.rounded(painter, area, 8, theme.color("selection"))
        elif self.underMouse() or self.isDown():
            paint.rounded(painter, area, 8, theme.color("hover"))
        if self.hasFocus():
            paint.ring(painter, area, 8, theme.color("accent"))
        line = QRect(area.x(), area.y(), area.width(), scaled(_HEIGHT))
        self._paint_mark(painter, line)
        self._paint_words(painter, line)

    def _paint_mark(self, painter: QPainter, line: QRect) -> None:
        if self._icon:
            token = "accent" if self.isChecked() else self._token or "secondary"
            pixmap = self._icons.pixmap(self._icon, token, scaled(18), self.devicePixelRatioF())
            place = QRect(line.x() + 10, line.y(), scaled(20), line.height())
            paint.centred(painter, paint.turned(painter, line, place), pixmap)

    def _paint_words(self, painter: QPainter, line: QRect) -> None:
        theme = self._theme
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        right, left = line.width() - 12, _text_at()
        painter.setFont(theme.font(12))
        if self._number:
            width = painter.fontMetrics().horizontalAdvance(self._number)
            painter.setPen(theme.color("accent" if self.isChecked() else "secondary"))
            place = QRect(right - width, line.y(), width, line.height())
            painter.drawText(paint.turned(painter, line, place), middle, self._number)
            right -= width + 8
        bold = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        painter.setFont(theme.font(14, bold))
        quiet = self._token == "offline"
        token = "accent" if self.isChecked() else "secondary" if quiet else "text"
        painter.setPen(theme.color(token))
        place = QRect(left, line.y(), right - left, line.height())
        mode = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(self.text(), mode, place.width())
        painter.drawText(paint.turned(painter, line, place), middle, text)
        if self._note:
            painter.setFont(theme.font(11))
            painter.setPen(theme.color("secondary"))
            place = QRect(left, line.bottom() - 6, right - left, scaled(_NOTE_HEIGHT))
            text = painter.fontMetrics().elidedText(self._note, mode, place.width())
            painter.drawText(paint.turned(painter, line, place), middle, text)
