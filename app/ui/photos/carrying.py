"""Photos that are dragged out of the window into other programs: their originals, to be copied.

Only a copy is ever offered: whoever takes them cannot move the originals away. Within the window
photos can be dropped nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.media.placeholder import lies_in_cloud
from app.ui.texts import Texts

if TYPE_CHECKING:
    from app.ui.desk import Desk

tr = Texts("photos")

_SIDE = 96
"""Logical pixels of what is seen under the pointer."""


@dataclass(frozen=True, slots=True)
class Load:
    """What can be dragged of some photos."""

    paths: tuple[Path, ...]
    left: int
    """How many files are not on this disk now."""


def load_of(desk: Desk, photo_ids: Sequence[int]) -> Load:
    """The originals of photos, as far as they are at hand. It asks the disk: call it in the
    background."""
    files = desk.album.files_of(photo_ids)
    paths = [
        one.path
        for one in files
        if not one.is_offline and not lies_in_cloud(one.path) and one.path.is_file()
    ]
    return Load(tuple(paths), len(photo_ids) - len(paths))


def mime_of(paths: Sequence[Path]) -> QMimeData:
    """Files as something that can be dragged."""
    from app.ui.photos.files import file_url

    mime = QMimeData()
    mime.setUrls([file_url(path) for path in paths])
    return mime


class Carrying(QObject):
    """Begins a drag from one widget once the pointer has gone far enough with the button held.

    Where the files lie is asked in the background meanwhile, for a drive may take its time.
    """

    def __init__(
        self,
        desk: Desk,
        source: QWidget,
        chosen: Callable[[], Sequence[int]],
        picture: Callable[[int], QPixmap | None],
    ) -> None:
        """`chosen` are the photos to be dragged, by id; `picture` is what is seen of them, of this
        many logical pixels."""
        super().__init__(source)
        self._desk = desk
        self._source = source
        self._chosen = chosen
        self._picture = picture
        self._from: QPoint | None = None
        self._is_asked = False

    @property
    def is_armed(self) -> bool:
        """Whether a button was pressed that may begin a drag."""
        return self._from is not None

    def press(self, point: QPoint) -> None:
        """The left button went down on something that can be dragged."""
        self._from, self._is_asked = point, False

    def move(self, point: QPoint) -> None:
        """The pointer moved while it was held."""
        far = QApplication.startDragDistance()
        if self._from is None or self._is_asked or (point - self._from).manhattanLength() < far:
            return
        self._is_asked = True
        photo_ids = list(self._chosen())
        if photo_ids:
            read = partial(load_of, self._desk, photo_ids)
            self._desk.background.read(self, read, self._soon)

    def release(self) -> bool:
        """The button was let go; whether it was a click, and no drag."""
        was_click, self._from = self._from is not None and not self._is_asked, None
        return was_click

    def _soon(self, load: Load) -> None:
        # From the event loop: a drag has one of its own, and other answers must come home in it.
        QTimer.singleShot(0, self, partial(self._begin, load))

    def _begin(self, load: Load) -> None:
        is_held = bool(QApplication.mouseButtons() & Qt.MouseButton.LeftButton)
        if self._from is None or not is_held:
            return
        self._from = None
        if load.left:
            self._desk.deeds.said.emit(_left_here(load), False)
        if not load.paths:
            return
        drag = QDrag(self._source)
        drag.setMimeData(mime_of(load.paths))
        pixmap = self._picture(_SIDE)
        if pixmap is not None:
            drag.setPixmap(self._counted(pixmap, len(load.paths)))
            drag.setHotSpot(QPoint(_SIDE // 2, _SIDE // 2))
        drag.exec(Qt.DropAction.CopyAction)

    def _counted(self, pixmap: QPixmap, count: int) -> QPixmap:
        from app.ui.people.dragging import counted

        return counted(self._desk, pixmap, count, _SIDE) if count > 1 else pixmap


def _left_here(load: Load) -> str:
    if load.paths:
        return tr.counted(
            "1 photo is not on this disk and is left out.",
            "{0} photos are not on this disk and are left out.",
            load.left,
        )
    return tr.counted(
        "This photo is not on this disk and cannot be dragged.",
        "None of these {0} photos is on this disk, so they cannot be dragged.",
        load.left,
    )
