"""The switcher: which collection is in sight, at the top of the sidebar, and the way to others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.collections import wording
from app.ui.collections.menu import fill
from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets import paint
from app.ui.widgets.side_entry import SideEntry

tr = Texts("collections")

_HEIGHT = 40
_NAME = "Kinfolk"


class Switcher(SideEntry):
    """The name of the collection with the icon of its kind. Where there is one only, it is quiet:
    the name of the program, and what shows that there is a menu only when somebody points there.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, desk.icons, _NAME, "", parent)
        self._desk = desk
        self._acts: Sequence[QAction] = ()
        self._is_quiet = True
        self.clicked.connect(self.open_menu)
        desk.collections.changed.connect(self._tell)
        self._tell()

    def offer(self, acts: Sequence[QAction]) -> None:
        """What else the menu offers; the last of it is to delete the collection."""
        self._acts = acts
        self._tell()

    def fill(self, menu: QMenu) -> None:
        """Put all collections and what can be done into a menu that is about to open."""
        fill(menu, self._desk, self._acts)

    def open_menu(self) -> None:
        """Show the menu below, or in the window's corner where the sidebar is not to be seen."""
        menu = QMenu(self.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        menu.setMinimumWidth(self.width() + 40)
        is_seen = self.isVisible()
        below = self.mapToGlobal(QPoint(0, self.height() + 2))
        menu.popup(below if is_seen else self.window().mapToGlobal(QPoint(12, 40)))
        here = [action for action in menu.actions() if action.isChecked()]
        if here:
            menu.setActiveAction(here[0])

    def sizeHint(self) -> QSize:
        return QSize(150, scaled(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, area = self._theme, self.rect()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_pointed_at = self.underMouse() or self.isDown() or self.hasFocus()
        if self.underMouse() or self.isDown():
            paint.rounded(painter, area, 8, theme.color("hover"))
        if self.hasFocus():
            paint.ring(painter, area, 8, theme.color("accent"))
        left = area.x() + 12
        if not self._is_quiet:
            side = self._icons.pixmap(self._icon, "accent", 20, self.devicePixelRatioF())
            paint.centred(painter, QRect(left - 2, area.y(), 20, area.height()), side)
            left += 28
        right = area.right() - 10
        if not self._is_quiet or is_pointed_at:
            mark = self._icons.pixmap("chevrons-up-down", "secondary", 16, self.devicePixelRatioF())
            paint.centred(painter, QRect(right - 16, area.y(), 16, area.height()), mark)
        painter.setFont(theme.font(17 if self._is_quiet else 15, QFont.Weight.Bold))
        painter.setPen(theme.color("text"))
        place = QRect(left, area.y(), right - 22 - left, area.height())
        mode = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(self.text(), mode, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)

    def _tell(self) -> None:
        collections = self._desk.collections
        here = collections.row(self._desk.album.collection_id)
        self._is_quiet = here is None or not collections.is_several
        name = _NAME if here is None else here.name
        kind = "album" if here is None else here.kind
        self._icon = wording.icon(kind)
        self.setText(_NAME if self._is_quiet else name)
        self.setToolTip("" if self._is_quiet else wording.kind_name(kind))
        self.setAccessibleName(tr("Collection {0}").format(name))
        self.setAccessibleDescription(tr("Opens the menu of collections"))
        if self._acts:
            self._acts[-1].setEnabled(collections.is_several)
        self.update()
