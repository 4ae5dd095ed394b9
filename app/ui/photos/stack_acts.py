"""StackActs: what can be said of photos that stand together, as acts of a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.library import commands
from app.library.rows import PhotoItem
from app.ui.desk import Desk
from app.ui.photos.grid import PhotoGrid
from app.ui.photos.stack_drawer import StackDrawer
from app.ui.texts import Texts
from app.ui.widgets.act import Keys, add_act

tr = Texts("photos")


class StackActs(QObject):
    """The acts of a grid of photos and of the drawer under it."""

    def __init__(self, desk: Desk, grid: PhotoGrid, drawer: StackDrawer, owner: QWidget) -> None:
        """`owner` is whose menu lists the acts."""
        super().__init__(owner)
        self._desk = desk
        self._grid = grid
        self._drawer = drawer
        self._owner = owner
        self._is_offered = True
        add = self._add
        self.show = add(tr("Photos in this stack"), self._toggle, "layers-2", "S")
        self.stack = add(tr("Stack these photos"), self._stack, "link", "G")
        self.top = add(tr("Make this the top"), self._make_top, "star", "B")
        self.out = add(tr("Take out of the stack"), self._take_out, "x", "U")
        self.all = (self.show, self.stack, self.top, self.out)
        grid.more = (self.show, self.stack)
        drawer.offer((self.top, self.out))
        grid.stack_wanted.connect(self._show)
        grid.selectionModel().selectionChanged.connect(self.refresh)
        grid.selectionModel().currentChanged.connect(self._follow)
        grid.photos.modelReset.connect(self.refresh)
        grid.photos.layoutChanged.connect(self.refresh)
        drawer.changed.connect(self.refresh)
        drawer.closed.connect(grid.setFocus)
        grid.installEventFilter(self)
        self.refresh()

    def offer(self, is_offered: bool) -> None:
        """Whether the photos are in sight, so that their acts belong into the menu."""
        self._is_offered = is_offered
        if not is_offered:
            self._drawer.close_stack()
        self.refresh()

    def refresh(self) -> None:
        """See which acts are in force."""
        chosen = self._drawer.chosen()
        for act, can in (
            (self.show, self._has_stack(self._grid.currentIndex()) or self._is_open),
            (self.stack, len(self._grid.selected_rows()) > 1),
            (self.top, len(chosen) == 1 and chosen[0] != self._drawer.photos[0].id),
            (self.out, bool(chosen)),
        ):
            act.setVisible(self._is_offered)
            act.setEnabled(self._is_offered and can)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes the drawer from the grid above it, too."""
        if (
            self._is_open
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self._drawer.close_stack()
            return True
        return super().eventFilter(watched, event)

    @property
    def _is_open(self) -> bool:
        return bool(self._drawer.photos)

    def _has_stack(self, index: QModelIndex) -> bool:
        row = self._grid.photos.row_at(index)
        return isinstance(row, PhotoItem) and row.stack > 0

    def _toggle(self) -> None:
        if self._is_open:
            self._drawer.close_stack()
            self._grid.setFocus()
        else:
            self._show(self._grid.currentIndex())

    def _show(self, index: QModelIndex) -> None:
        row = self._grid.photos.row_at(index)
        if isinstance(row, PhotoItem) and row.stack > 0:
            self._drawer.show_stack(row.id)

    def _follow(self, index: QModelIndex) -> None:
        """While it is open, the drawer shows the stack that the user is at."""
        row = self._grid.photos.row_at(index)
        if self._is_open and isinstance(row, PhotoItem) and row.stack > 0:
            self._drawer.show_stack(row.id, takes_keyboard=False)
        self.refresh()

    def _stack(self) -> None:
        rows = self._grid.photos.rows
        chosen = [rows[row].id for row in self._grid.selected_rows()]
        self._desk.deeds.restack(commands.stacks.stack_photos, chosen)

    def _make_top(self) -> None:
        self._desk.deeds.restack(commands.stacks.make_top, self._drawer.chosen())

    def _take_out(self) -> None:
        self._desk.deeds.restack(commands.stacks.take_out, self._drawer.chosen())

    def _add(self, text: str, work: Callable[[], object], icon: str, *keys: Keys) -> QAction:
        act = add_act(self._owner, text, work, *keys)
        self._desk.icons.put_on(act, icon)
        return act
