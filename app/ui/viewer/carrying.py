"""The photo in sight, dragged out of the window while all of it is to be seen: a larger one is
moved within the viewer instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from app.ui.photos.carrying import Carrying
from app.ui.pictures import PictureKey

if TYPE_CHECKING:
    from app.ui.viewer.viewer import Viewer


def carrying_from(viewer: Viewer) -> Carrying:
    """What the canvas of a viewer tells of the mouse."""

    def picture(side: int) -> QPixmap | None:
        photo = viewer.photo
        if photo is None:
            return None
        size, scale = QSize(side, side), viewer.devicePixelRatioF()
        return viewer.desk.pictures.tile(PictureKey.of_photo(photo), size, 8, scale)

    def chosen() -> list[int]:
        return [] if viewer.photo is None else [viewer.photo.id]

    carrying = Carrying(viewer.desk, viewer.canvas, chosen, picture)
    viewer.canvas.carrying = carrying
    return carrying
