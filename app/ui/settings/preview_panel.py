"""Preview panel: what would change, with some faces of it, and the buttons that apply it or not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.indexing.preview_effect import Effect, Example, Move
from app.library.rows import FaceRow
from app.ui.desk import Desk
from app.ui.pictures import PictureKey, Pictures
from app.ui.settings import preview_words
from app.ui.settings.frame import label
from app.ui.settings.trial import Trial
from app.ui.settings.wording import tr
from app.ui.widgets.message_bar import announce

_CROP = QSize(38, 38)
_WIDE = 130
"""Pixels that a caption has at least."""


class Crop(QWidget):
    """A small face."""

    def __init__(self, pictures: Pictures, face: FaceRow, told: str) -> None:
        super().__init__()
        self._pictures = pictures
        self._key = PictureKey.of_face(face)
        self.setFixedSize(_CROP)
        self.setToolTip(told)
        self.setAccessibleName(told)
        pictures.arrived.connect(self.update)

    def paintEvent(self, _: QPaintEvent) -> None:
        scale = self.devicePixelRatioF()
        pixmap = self._pictures.tile(self._key, _CROP, 8, scale)
        painter = QPainter(self)
        if pixmap is not None:
            painter.drawPixmap(0, 0, pixmap)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().mid())
            painter.drawRoundedRect(self.rect(), 8, 8)


class PreviewPanel(QFrame):
    """Is there while something is tried out."""

    apply_wanted = Signal()

    def __init__(self, desk: Desk, trial: Trial) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName(tr("What this would change"))
        self._desk = desk
        self._trial = trial
        self.title = label(tr("What this would change"), "Strong")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(tr("Working it out"))
        self.numbers = QHBoxLayout()
        self.numbers.setSpacing(28)
        self.said = label("", "Secondary")
        self.examples = QHBoxLayout()
        self.examples.setSpacing(20)
        self.apply = QPushButton(tr("Apply"))
        self.apply.setObjectName("Primary")
        self.cancel = QPushButton(tr("Cancel"))
        for button in (self.apply, self.cancel):
            button.setAutoDefault(False)
        self.apply.setAccessibleDescription(tr("Set what was tried out"))
        self.cancel.setAccessibleDescription(tr("Leave everything as it is"))
        self.apply.clicked.connect(self.apply_wanted)
        self.cancel.clicked.connect(trial.drop)
        self._lay_out()
        trial.changed.connect(self._follow)
        trial.told.connect(self._tell)
        trial.failed.connect(self._fail)
        self.hide()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.busy)
        column.addLayout(self.numbers)
        column.addWidget(self.said)
        column.addLayout(self.examples)
        column.addLayout(buttons)

    def _follow(self) -> None:
        self.setVisible(bool(self._trial.values))
        _empty(self.numbers)
        _empty(self.examples)
        self.busy.show()
        self._say(tr("Working it out. Nothing is changed yet."))

    def _fail(self, reason: str) -> None:
        self.busy.hide()
        self._say(reason)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _tell(self, effect: Effect) -> None:
        self.busy.hide()
        said = " ".join(preview_words.sentences(effect))
        figures = [_figure(*one) for one in preview_words.figures(effect)]
        for one in figures:
            self.numbers.addWidget(one)
        self.numbers.addStretch(1)
        self._say(said)
        announce(self, "\n".join([*(one.accessibleName() for one in figures), said]))
        if effect.groups is not None and effect.groups.examples:
            self._ask_for(effect.groups.examples)

    def _ask_for(self, examples: Sequence[Example]) -> None:
        album, ids = self._desk.album, [one.face_id for one in examples]
        trial = self._trial

        def show(faces: list[FaceRow]) -> None:
            groups = None if trial.effect is None else trial.effect.groups
            if groups is not None and groups.examples is examples:
                self._show({face.id: face for face in faces}, examples)

        self._desk.background.read(self, lambda: album.faces_by_id(ids), show)

    def _show(self, faces: dict[int, FaceRow], examples: Sequence[Example]) -> None:
        for move in dict.fromkeys(one.move for one in examples if one.face_id in faces):
            some = [one for one in examples if one.move is move and one.face_id in faces]
            self.examples.addWidget(self._block(move, some, faces))
        self.examples.addStretch(1)

    def _block(self, move: Move, some: list[Example], faces: dict[int, FaceRow]) -> QWidget:
        """Some faces beside each other, and below them what becomes of them."""
        made = QWidget()
        row = QHBoxLayout()
        row.setSpacing(5)
        for one in some:
            told = preview_words.told_of(one)
            row.addWidget(Crop(self._desk.pictures, faces[one.face_id], told))
        row.addStretch(1)
        under = label(preview_words.caption(move), "Small")
        under.setMinimumWidth(_WIDE)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(under)
        return made


def _figure(title: str, value: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(value, "Heading"))
    column.addWidget(label(title, "Small"))
    made.setAccessibleName(tr("{0}: {1}").format(title, value))
    return made


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
