"""Foot: the line below a photo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.library.rows import PersonRow, PhotoRow
from app.ui import words
from app.ui.viewer import facts


class Foot(QLabel):
    """Says what is known of the photo in sight, or how a frame is drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(24, 8, 24, 12)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAutoFillBackground(True)

    def show_photo(
        self, photo: PhotoRow, people: Sequence[PersonRow], place: int, total: int
    ) -> None:
        """Date, camera, who is in it, and which of how many it is."""
        named = ", ".join(person.name for person in people if person.name)
        by_camera = photo.taken if photo.taken_from == "exif" else None
        date = facts.when(photo) if by_camera is None else words.moment(by_camera)
        known = [part for part in (date, photo.camera, named) if part]
        if total > 1:
            here = self.tr("{0} of {1}")
            known.append(here.format(words.number(place + 1), words.number(total)))
        self.setText("   ·   ".join(known))

    def show_drawing(self) -> None:
        """How a frame is drawn."""
        self.setText(
            self.tr(
                "Drag a frame round the face, or move it with the arrow keys and size it with "
                "Shift. Enter goes on, Esc leaves."
            )
        )
