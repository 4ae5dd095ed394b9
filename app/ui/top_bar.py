"""The top bar: back, forward, title, search, order, size of the pictures, menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QWidget

from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.search.field import SearchField
from app.ui.widgets.menus import add_entry


class TopBar(QWidget):
    """Speaks for the page in sight."""

    sized = Signal(int)
    sorted = Signal(str)

    def __init__(
        self, desk: Desk, actions: Sequence[QAction], menu: QMenu, parent: QWidget | None = None
    ) -> None:
        """`actions`: back, forward, add folder; shown as buttons in this order."""
        super().__init__(parent)
        self._desk = desk
        self._icons: list[tuple[QToolButton | QAction, str, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 28, 12)
        row.setSpacing(4)
        back, forward, add = actions
        row.addWidget(self._button(back, "arrow-left"))
        row.addWidget(self._button(forward, "arrow-right"))
        row.addSpacing(8)
        self._title = _Title()
        row.addWidget(self._title, 1)
        row.addSpacing(12)
        self.search = SearchField(desk)
        self.search.setMinimumWidth(200)
        row.addWidget(self.search, 3)
        row.addSpacing(8)
        self._sort = QToolButton()
        self._sort.setObjectName("Sort")
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._sort.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._sort.setIconSize(QSize(14, 14))
        self._sort.setAccessibleName(self.tr("Order"))
        self._icons.append((self._sort, "chevron-down", "secondary"))
        row.addWidget(self._sort)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setFixedWidth(92)
        self._slider.setPageStep(24)
        self._slider.setSingleStep(8)
        self._slider.setAccessibleName(self.tr("Size of the pictures"))
        self._slider.setToolTip(self.tr("Size of the pictures"))
        self._slider.valueChanged.connect(self.sized)
        row.addWidget(self._slider)
        row.addSpacing(4)
        row.addWidget(self._button(add, "folder-plus"))
        more = QToolButton()
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setAccessibleName(self.tr("Menu"))
        more.setToolTip(self.tr("Menu"))
        more.setIconSize(QSize(20, 20))
        self._icons.append((more, "menu", "text"))
        row.addWidget(more)
        desk.theme.changed.connect(self._dress)
        self._dress()

    def show_page(self, page: Page) -> None:
        """Offer what this page can do."""
        self.set_title(page.title)
        sizes = page.sizes()
        self._slider.setVisible(sizes is not None)
        if sizes is not None:
            self._slider.blockSignals(True)
            self._slider.setRange(sizes.least, sizes.most)
            self._slider.setValue(sizes.now)
            self._slider.blockSignals(False)
        self._sort.setVisible(bool(page.sorts))
        if page.sorts:
            self._offer(page)

    def set_title(self, title: str) -> None:
        """Say where the user is."""
        self._title.setText(title)

    def step_size(self, steps: int) -> None:
        """Make the pictures larger or smaller, from the keyboard."""
        if self._slider.isVisible():
            self._slider.setValue(self._slider.value() + steps * 24)

    def _offer(self, page: Page) -> None:
        menu = QMenu(self._sort)
        for key, text in page.sorts:
            action = add_entry(menu, text, partial(self._choose, page, key))
            action.setCheckable(True)
            action.setChecked(key == page.sort())
        old = self._sort.menu()
        self._sort.setMenu(menu)
        if old is not None:
            old.deleteLater()
        self._sort.setText(dict(page.sorts)[page.sort()])

    def _choose(self, page: Page, key: str) -> None:
        self.sorted.emit(key)
        self._offer(page)

    def _button(self, action: QAction, icon: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.text())
        self._icons.append((action, icon, "text"))
        return button

    def _dress(self) -> None:
        for target, name, token in self._icons:
            target.setIcon(self._desk.icons.icon(name, token, 14 if token == "secondary" else 20))


class _Title(QLabel):
    """A title that gives way: cut with an ellipsis where the window is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("PageTitle")
        self.setMinimumWidth(60)
        self._full = ""

    def setText(self, text: str) -> None:
        self._full = text
        self.setToolTip("")
        self._fit()

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002
        self._fit()

    def _fit(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._full, mode, max(40, self.width() - 2))
        super().setText(shown)
        self.setToolTip(self._full if shown != self._full else "")

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 4, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 32)
