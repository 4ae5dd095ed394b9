"""InfoPanel: at the right of a photo, all that is known of it and of those in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.library.rows import FaceRow, PersonRow, PhotoRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.sayings import translated
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.viewer import facts
from app.ui.viewer.copies import Copies
from app.ui.viewer.face_card import FaceCard
from app.ui.viewer.place_facts import PlaceFacts

tr = Texts("viewer")

_WIDTH, _WIDEST = 320, 440
"""Some languages need more room for what can be pressed."""


class InfoPanel(QScrollArea):
    """Stays while the user walks from photo to photo."""

    face_opened = Signal(FaceRow)
    """Something is to be said of a face."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: object = None
        self.cards: list[FaceCard] = []
        self.setFixedWidth(scaled(_WIDTH))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Information"))
        self.setAutoFillBackground(True)

    def show_facts(
        self, photo: PhotoRow, faces: Sequence[FaceRow], people: Sequence[PersonRow]
    ) -> None:
        """Tell of this photo."""
        if photo.is_video:
            faces = sorted(faces, key=lambda face: face.moment)
        shown = (photo, list(faces), list(people))
        if shown == self._shown:
            return
        opened = {card.face.id for card in self.cards if card.why.button.isChecked()}
        self._shown = shown
        known = {person.id: person for person in people}
        self.cards = [
            FaceCard(self._desk, photo, face, known.get(face.person_id or 0)) for face in faces
        ]
        page = self._page(photo)
        self.setWidget(page)
        page.ensurePolished()
        wanted = page.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(min(scaled(_WIDEST), max(scaled(_WIDTH), wanted)))
        for card in self.cards:
            card.opened.connect(self.face_opened)
            card.why.button.setChecked(card.face.id in opened)

    def texts(self) -> list[str]:
        """Every line that is told, from top to bottom."""
        page = self.widget()
        return [] if page is None else [label.text() for label in page.findChildren(QLabel)]

    def _page(self, photo: PhotoRow) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(6)
        title = _label(photo.name, "Strong")
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(title)
        folder = str(photo.path.parent)
        folder = folder.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        for text, name in (
            (folder, "Secondary"),
            (facts.when(photo), "Secondary"),
            (facts.dated_by(photo), "Small"),
            (photo.camera, "Secondary"),
            (photo.shot.lens, "Secondary"),
            (facts.exposure(photo.shot), "Secondary"),
            (facts.measures(photo), "Secondary"),
            (self._duration(photo), "Secondary"),
            (facts.file_facts(photo), "Secondary"),
            (translated(photo.note), "Secondary"),
        ):
            if text:
                column.addWidget(_label(text, name))
        if facts.coordinates(photo.shot):
            column.addWidget(PlaceFacts(photo.shot))
        if photo.copies:
            column.addWidget(Copies(photo.copies))
        column.addSpacing(12)
        column.addWidget(_label(self._heading(), "Heading"))
        column.addSpacing(2)
        for card in self.cards:
            column.addWidget(card)
            column.addSpacing(8)
        column.addStretch(1)
        return page

    def _duration(self, photo: PhotoRow) -> str:
        if photo.duration is None or not photo.is_video:
            return ""
        return tr("Duration {0}").format(words.running_time(photo.duration))

    def _heading(self) -> str:
        return tr("People") if self.cards else tr("Nobody was found here")


def _label(text: str, name: str) -> QLabel:
    # A path has no spaces to break at: it may break after every slash.
    label = QLabel(text.replace("/", "/\u200b").replace("\\", "\\\u200b").replace("_", "_\u200b"))
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
