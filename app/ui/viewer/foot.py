"""Foot: the lines below a photo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.library.rows import PersonRow, PhotoRow
from app.ui import absence, words
from app.ui.icons import Icons
from app.ui.texts import Texts
from app.ui.viewer import facts
from app.ui.viewer.stage import STAGE
from app.ui.widgets.act_button import act_button

tr = Texts("viewer")

_ICON = 16


class Foot(QWidget):
    """Says what is known of the photo in sight, or how a frame is drawn; and above that, if the
    photo cannot be shown in full, why."""

    def __init__(self, icons: Icons, fetch: QAction, parent: QWidget | None = None) -> None:
        """`fetch` is the act that gets a photo from the cloud."""
        super().__init__(parent)
        self._icons = icons
        self._icon = absence.ICON
        self._is_staged = False
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.notice = QLabel()
        self.notice.setObjectName("Strong")
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self._mark = QLabel()
        self.line = QLabel()
        self.line.setObjectName("Small")
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._above = QWidget()
        row = QHBoxLayout(self._above)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._mark)
        row.addWidget(self.notice)
        self.fetch: QPushButton = act_button(fetch, "Link")
        self.fetch.hide()
        row.addWidget(self.fetch)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(0)
        column.addWidget(self._above)
        column.addWidget(self.line)
        self._above.hide()

    def take_in(self, strip: QWidget) -> None:
        """Have something above all lines."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, strip)

    def clear(self) -> None:
        """Nothing is known of the photo yet."""
        self.line.clear()

    def show_photo(
        self, photo: PhotoRow, people: Sequence[PersonRow], place: int, total: int
    ) -> None:
        """Date, camera, who is in it, and which of how many it is."""
        named = ", ".join(person.name for person in people if person.name)
        date = facts.moment(photo) if photo.is_dated else facts.when(photo)
        known = [part for part in (date, photo.camera, named) if part]
        if total > 1:
            here = tr("{0} of {1}")
            known.append(here.format(words.number(place + 1), words.number(total)))
        self.line.setText("   ·   ".join(known))

    def show_drawing(self) -> None:
        """How a frame is drawn."""
        self.line.setText(
            tr(
                "Drag a frame round the face, or move it with the arrow keys and size it with "
                "Shift. Enter goes on, Esc leaves."
            )
        )

    def say(self, notice: str) -> None:
        """Say why the photo is not shown in full; empty when it is."""
        if notice != self.notice.text():
            self.notice.setText(notice)
            self._show_above()
            self.dress(self._is_staged)

    def offer(self, is_offered: bool) -> None:
        """Offer to get the photo from the cloud, or not."""
        self._icon = absence.CLOUD_ICON if is_offered else absence.ICON
        self.fetch.setVisible(is_offered)
        self._show_above()
        self.dress(self._is_staged)

    def _show_above(self) -> None:
        self._above.setVisible(bool(self.notice.text()) or not self.fetch.isHidden())

    def dress(self, is_staged: bool) -> None:
        """Take the colours of the theme, or those around a photo that fills the screen."""
        self._is_staged = is_staged
        icon = self._icons.icon(self._icon, "secondary", _ICON, STAGE if is_staged else None)
        self._mark.setPixmap(icon.pixmap(_ICON, _ICON))
