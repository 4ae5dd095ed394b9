"""A grid of square tiles: what photos and face crops have in common."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QFont

from app.ui.desk import Desk
from app.ui.photos.delegate import TileDelegate, tile_shape
from app.ui.widgets.grid import SectionedGrid


class TileGrid(SectionedGrid):
    """Square tiles by section, in the theme's colours."""

    def __init__(self, desk: Desk, side: int, name: str) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__(tile_shape(side))
        self._desk = desk
        self.setAccessibleName(name)
        desk.pictures.arrived.connect(self.viewport().update)
        desk.theme.changed.connect(self.dress)
        self.dress()

    def show_tiles(self, model: QAbstractItemModel) -> None:
        """Show the rows of a model as tiles."""
        self.setModel(model)
        self.setItemDelegate(TileDelegate(self._desk, self))

    def dress(self) -> None:
        """Take the theme's colours."""
        theme = self._desk.theme
        self.set_header_look(theme.font(15, QFont.Weight.DemiBold), theme.color("text"))

    def set_side(self, side: int) -> None:
        """Make the tiles about this large, in logical pixels."""
        self.set_shape(tile_shape(side))
