"""ViewerStack: the photos that stand in one stack with the photo in sight, in a strip below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.library import commands
from app.library.rows import PhotoItem, PhotoRow
from app.ui import words
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.texts import Texts

tr = Texts("viewer")

_SIDE = 64
_RADIUS = 5.0
_MOST = 15
"""Of more photos the first are shown; the drawer of the grid has them all."""


class ViewerStack(QWidget):
    """A button for each photo of the stack. Whoever goes into the stack walks through it alone, and
    comes back to the photos and the place where they were."""

    walk_wanted = Signal(object, int)
    """Photos to walk through, and the one to be at."""
    changed = Signal()
    """There is another stack, or none."""

    def __init__(self, desk: Desk, walked: Callable[[], tuple[Sequence[PhotoItem], int]]) -> None:
        """`walked` gives the photos that the viewer walks through, and where it is."""
        super().__init__()
        self._desk = desk
        self._walked = walked
        self._job: Job | None = None
        self._before: tuple[Sequence[PhotoItem], int] | None = None
        """Where the user went into the stack."""
        self._here = 0
        self.photos: list[PhotoItem] = []
        """The stack of the photo in sight, the one on top first; empty where it is in none."""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 6)
        self._row.setSpacing(6)
        self._row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        desk.pictures.arrived.connect(self._paint)
        self.hide()

    @property
    def is_inside(self) -> bool:
        """Whether the user walks through the stack alone, and can come out again."""
        return self._before is not None

    @property
    def is_top(self) -> bool:
        """Whether the photo in sight is on top."""
        return bool(self.photos) and self.photos[0].id == self._here

    def begin(self) -> None:
        """Another walk begins: nothing is known yet."""
        self._before = None
        self._show([])

    def hear(self, photo: PhotoRow) -> None:
        """This photo is in sight now."""
        self._here = photo.id
        if self._job is not None:
            self._job.drop()
        if photo.stack_id is None:
            self._show([])
            return
        read = partial(self._desk.album.stack_of, photo.id)
        self._job = self._desk.background.read(self, read, self._show)

    def toggle(self) -> None:
        """Go into the stack, or out of it."""
        if self._before is not None:
            before, self._before = self._before, None
            self.walk_wanted.emit(*before)
        elif self.photos:
            self._enter(self._here)

    def left_at(self, photo_id: int) -> int:
        """The photo to come back to on the page, for one that was seen last."""
        return photo_id if self._before is None else self._before[0][self._before[1]].id

    def make_top(self) -> None:
        """Let the photo in sight be on top."""
        self._desk.deeds.restack(commands.stacks.make_top, [self._here])

    def take_out(self) -> None:
        """Let the photo in sight stand alone."""
        self._desk.deeds.restack(commands.stacks.take_out, [self._here])

    def _enter(self, photo_id: int) -> None:
        """Walk through the stack, beginning with one of its photos."""
        photos, place = self._walked()
        is_stack = len(photos) == len(self.photos) and photos[0].id == self.photos[0].id
        if self._before is None and not is_stack:  # else it was opened as a stack
            self._before = (photos, place)
        at = next(n for n, one in enumerate(self.photos) if one.id == photo_id)
        self.walk_wanted.emit(self.photos, at)

    def _show(self, photos: list[PhotoItem]) -> None:
        is_same = [one.id for one in photos] == [one.id for one in self.photos]
        self.photos = photos
        if not is_same:
            self._make_buttons()
        for button, photo in zip(self._buttons(), photos, strict=False):
            button.setChecked(photo.id == self._here)
        self.setVisible(bool(photos))
        self._paint()
        self.changed.emit()

    def _make_buttons(self) -> None:
        for button in self._buttons():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        shown = self.photos[:_MOST]
        for place, photo in enumerate(shown):
            button = QToolButton()
            button.setObjectName("StackTile")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setIconSize(QSize(_SIDE, _SIDE))
            here = tr("Photo {0} of {1} in this stack")
            said = here.format(words.number(place + 1), words.number(len(self.photos)))
            button.setAccessibleName(said)
            button.setToolTip(tr("On top of the stack") if place == 0 else said)
            button.clicked.connect(partial(self._enter, photo.id))
            self._row.addWidget(button)

    def _buttons(self) -> list[QToolButton]:
        found = self.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [button for button in found if self._row.indexOf(button) >= 0]

    def _paint(self) -> None:
        scale, side = self.devicePixelRatioF(), QSize(_SIDE, _SIDE)
        for button, photo in zip(self._buttons(), self.photos, strict=False):
            pixmap = self._desk.pictures.tile(PictureKey.of_photo(photo), side, _RADIUS, scale)
            if pixmap is not None:
                button.setIcon(QIcon(pixmap))
