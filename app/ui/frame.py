"""The frame: where sidebar, top bar, page, message, strip and viewer stand in the window."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.activity_strip import ActivityStrip
from app.ui.regions import Region, Regions, enter
from app.ui.sidebar import Sidebar
from app.ui.top_bar import TopBar
from app.ui.widgets.message_bar import MessageBar

_MESSAGE_PLACE = 2


class Frame(QStackedWidget):
    """Shows one page with everything around it, or the viewer alone. Pages and viewer are taken in
    when they are made."""

    def __init__(self, sidebar: Sidebar, top_bar: TopBar, strip: ActivityStrip) -> None:
        super().__init__()
        self._viewer: QWidget | None = None
        self._stack = QStackedWidget()
        self._right = QVBoxLayout()
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(sidebar)
        row.addLayout(self._right, 1)
        self._right.setSpacing(0)
        for widget in (top_bar, self._stack, strip):
            self._right.addWidget(widget, 1 if widget is self._stack else 0)
        self.addWidget(room)
        self.message = MessageBar(room)
        self.message.dock(self._right, _MESSAGE_PLACE)
        self.message.left.connect(self.focus_sight)
        self.regions = Regions(
            [
                Region(sidebar, sidebar.here),
                Region(top_bar, lambda: top_bar.search.edit),
                Region(self._stack, self._stack.currentWidget),
                Region(self.message, lambda: None),
                Region(strip, lambda: None),
            ]
        )

    def take_page(self, page: QWidget) -> None:
        """Have room for one more page, out of sight."""
        self._stack.addWidget(page)

    def take_viewer(self, viewer: QWidget) -> None:
        """Have room for the viewer, out of sight."""
        self._viewer = viewer
        self.addWidget(viewer)
        self.regions.add_after(self._stack, Region(viewer, lambda: viewer))

    @property
    def page(self) -> QWidget:
        """The page in sight, or that the viewer leads back to."""
        return self._stack.currentWidget() or self._stack

    @property
    def is_viewing(self) -> bool:
        """Whether the viewer is in sight."""
        return self._viewer is not None and self.currentWidget() is self._viewer

    def show_page(self, page: QWidget) -> None:
        """Bring a page into sight."""
        self._stack.setCurrentWidget(page)
        if self.is_viewing:
            self.setCurrentIndex(0)
            self.message.dock(self._right, _MESSAGE_PLACE)

    def show_viewer(self) -> None:
        """Bring the viewer into sight."""
        if self._viewer is not None:
            self.setCurrentWidget(self._viewer)
            self.message.float_over(self._viewer)

    def focus_sight(self) -> None:
        """Give the keyboard to the page in sight, or to the viewer."""
        sight = self._viewer if self._viewer is not None and self.is_viewing else self.page
        enter(sight, sight)
