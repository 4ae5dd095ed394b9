"""The first page that a family sees: a place to drop a folder, what stays private, one button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.background import Background
from app.ui.icons import Icons
from app.ui.texts import Texts, number
from app.ui.theme import Theme
from app.ui.welcome.family_picture import FamilyPicture
from app.ui.welcome.pictures_folder import Guess, guess_photos, pictures_folder

tr = Texts("welcome")

_WIDE = 700
"""Logical pixels from which the sentences stand side by side."""
_MOST = 780
_LONGEST = 220
"""Logical pixels of a folder's name on the button."""
_PROMISES = (
    ("house", tr.mark("Everything happens on this computer: nothing is sent anywhere.")),
    ("lock", tr.mark("Your photos are only read, and never changed or moved.")),
    ("eraser", tr.mark("What Kinfolk learns of faces is yours, to be erased at any time.")),
)


class Welcome(QScrollArea):
    """Invites to drop a folder; the window takes the drop itself. Nothing starts by itself."""

    add_folder_wanted = Signal()
    folder_wanted = Signal(Path)
    """This folder is to be added."""
    tour_wanted = Signal()
    guide_wanted = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._background = background
        self._pictures: Path | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button = _button(tr("Add a folder…"), "Primary")
        self.button.clicked.connect(self.add_folder_wanted)
        self.usual = _button("", "")
        self.usual.clicked.connect(self._add_usual)
        self.usual.hide()
        self.count = QLabel()
        self.count.setObjectName("Small")
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tour = _button(tr("Show me around"), "Link")
        self.tour.clicked.connect(self.tour_wanted)
        self.guide = _button(tr("User guide"), "Link")
        self.guide.clicked.connect(self.guide_wanted)
        self.frame = self._frame()
        self._signs: list[tuple[QLabel, str]] = []
        self._promises = self._row_of_promises()
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.setFocusProxy(self.button)
        background.read(self, pictures_folder, self._offer)

    # -- the folder of pictures ------------------------------------------------------------

    def _offer(self, folder: Path | None) -> None:
        """Offer the folder, and see about how many photos there are in it."""
        if folder is None:
            return
        self._pictures = folder
        cut = self.usual.fontMetrics().elidedText(
            folder.name, Qt.TextElideMode.ElideMiddle, _LONGEST
        )
        # An ampersand in its name marks no key.
        self.usual.setText(tr("Add “{0}”").format(cut.replace("&", "&&")))
        self.usual.setToolTip(str(folder))
        self.usual.show()
        background = self._background
        background.read(
            self, lambda: guess_photos(folder, lambda: background.is_closed), self._tell
        )

    def _tell(self, guess: Guess) -> None:
        if guess.photos:
            assert self._pictures is not None
            self.count.setText(_told(self._pictures, guess))
            self.usual.setAccessibleDescription(self.count.text())
        elif guess.is_whole:
            self.usual.hide()  # there is nothing to add

    def _add_usual(self) -> None:
        if self._pictures is not None:
            self.folder_wanted.emit(self._pictures)

    # -- putting together ------------------------------------------------------------------

    def _frame(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("EmptyDrop")
        frame.setMaximumWidth(_MOST)
        title = QLabel(tr("Drop a folder with photos here"))
        title.setObjectName("PageTitle")
        text = QLabel(tr("Kinfolk finds out who is in them, and shows you your photos by person."))
        text.setObjectName("Secondary")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        buttons.addWidget(self.usual)
        buttons.addStretch(1)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(32, 28, 32, 24)
        inner.setSpacing(8)
        inner.addStretch(1)
        inner.addWidget(FamilyPicture(self._theme), 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addSpacing(10)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            inner.addWidget(label)
        inner.addSpacing(14)
        inner.addLayout(buttons)
        inner.addWidget(self.count)
        inner.addStretch(1)
        return frame

    def _row_of_promises(self) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(20)
        for icon, sentence in _PROMISES:
            sign, text = QLabel(), QLabel(tr.of(sentence))
            sign.setFixedWidth(22)
            sign.setAlignment(Qt.AlignmentFlag.AlignTop)
            text.setObjectName("Secondary")
            text.setWordWrap(True)
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            self._signs.append((sign, icon))
            one = QHBoxLayout()
            row.addLayout(one, 1)
            one.setSpacing(10)
            one.addWidget(sign)
            one.addWidget(text, 1)
        return row

    def _lay_out(self) -> None:
        inner = QWidget()
        self._column = column = QVBoxLayout()
        sides = QHBoxLayout(inner)
        sides.addStretch(1)
        sides.addLayout(column, 1000)
        sides.addStretch(1)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.frame, 6)
        column.addSpacing(20)
        below = QWidget()
        below.setMaximumWidth(_MOST)
        below.setLayout(self._promises)
        self._promises.setContentsMargins(6, 0, 6, 0)
        column.addWidget(below)
        column.addSpacing(14)
        links = QHBoxLayout()
        column.addLayout(links)
        links.setSpacing(8)
        links.addStretch(1)
        links.addWidget(self.tour)
        links.addWidget(self.guide)
        links.addStretch(1)
        column.addStretch(1)
        self.setWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width()
        is_wide = room >= _WIDE
        ways = QBoxLayout.Direction
        self._promises.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self._promises.setSpacing(24 if is_wide else 6)
        side = max(24, (room - _MOST) // 2)
        low = self.viewport().height() < 620
        self._column.setContentsMargins(side - 12, 8 if low else 24, side - 12, 8 if low else 24)

    def _dress(self) -> None:
        scale = self.devicePixelRatioF()
        for sign, icon in self._signs:
            sign.setPixmap(self._icons.pixmap(icon, "accent", 20, scale))


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    if name != "Link":
        button.setMinimumSize(150, 38)
    return button


def _told(folder: Path, guess: Guess) -> str:
    """About how many there are: two digits are enough."""
    digits = len(str(guess.photos))
    about = round(guess.photos, 2 - digits) if digits > 2 else guess.photos
    if guess.is_whole:
        return tr.counted(
            "“{1}” holds 1 photo.", "“{1}” holds about {0} photos.", about, folder.name
        )
    return tr("“{1}” holds more than {0} photos.").format(number(about), folder.name)
