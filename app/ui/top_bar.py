"""The top bar: back, forward, title, search, order, size of the pictures, add folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from app.ui.desk import Desk
from app.ui.guide.help_button import HelpButton
from app.ui.page import Page
from app.ui.scale import scaled
from app.ui.search.field import SearchField
from app.ui.texts import Texts
from app.ui.widgets.cut_label import CutLabel
from app.ui.widgets.menus import add_entry
from app.ui.widgets.slider import Slider

tr = Texts("top_bar")

_UNCUT = 210
"""A title of this width is shown in full in every window."""
_CUT = 140
"""What is left of a longer one in the narrowest window: it is cut anyhow."""


class TopBar(QWidget):
    """Speaks for the page in sight."""

    sized = Signal(int)
    sorted = Signal(str)

    def __init__(
        self, desk: Desk, actions: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        """`actions`: back, forward, add folder; shown as buttons in this order."""
        super().__init__(parent)
        self._desk = desk
        self._page: Page | None = None
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 12)
        row.setSpacing(4)
        back, forward, add = actions
        row.addWidget(_button(back))
        row.addWidget(_button(forward))
        row.addSpacing(8)
        self._title = _Title()
        row.addWidget(self._title, 1)
        row.addSpacing(12)
        self.search = SearchField(desk)
        self.search.setMinimumWidth(140)
        row.addWidget(self.search, 3)
        row.addSpacing(8)
        self._sort = QToolButton()
        self._sort.setObjectName("Sort")
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._sort.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._is_short = False
        self._sort.setAccessibleName(tr("Order"))
        row.addWidget(self._sort)
        self._slider = Slider()
        self._slider.setMinimumWidth(44)
        self._slider.setMaximumWidth(92)
        self._slider.setPageStep(24)
        self._slider.setSingleStep(8)
        self._slider.setAccessibleName(tr("Size of the pictures"))
        self._slider.setToolTip(tr("Size of the pictures"))
        self._slider.valueChanged.connect(self.sized)
        row.addWidget(self._slider, 1)
        row.addSpacing(4)
        row.addWidget(_button(add))
        self.help = HelpButton(desk.guide, desk.theme, desk.icons)
        row.addWidget(self.help)
        desk.theme.changed.connect(self._dress)
        self._dress()

    def show_page(self, page: Page) -> None:
        """Offer what this page can do."""
        self._page = page
        self.help.show_for(page.guide)
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
        self.set_title(page.title)

    def set_title(self, title: str) -> None:
        """Say where the user is."""
        self._title.say(title)
        self._shorten()

    def step_size(self, steps: int) -> None:
        """Make the pictures larger or smaller, from the keyboard."""
        if self._slider.isVisible():
            self._slider.setValue(self._slider.value() + steps * 24)

    def fill_orders(self, menu: QMenu) -> None:
        """Put the orders that the page in sight offers into a menu."""
        page = self._page
        if page is None:
            return
        menu.clear()
        group = QActionGroup(menu)
        for key, text in page.sorts:
            action = add_entry(menu, text, partial(self._choose, page, key))
            action.setCheckable(True)
            action.setChecked(key == page.sort())
            group.addAction(action)

    def _offer(self, page: Page) -> None:
        menu = QMenu(self._sort)
        self.fill_orders(menu)
        old = self._sort.menu()
        self._sort.setMenu(menu)
        if old is not None:
            old.deleteLater()
        self._sort.setText(dict(page.sorts)[page.sort()])

    def _choose(self, page: Page, key: str) -> None:
        self.sorted.emit(key)
        self._offer(page)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        """In the narrowest windows the order is a sign alone, so that the title has room."""
        self._sort.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._row.invalidate()
        self._is_short = self._row.minimumSize().width() > self.width()
        if self._is_short:
            self._sort.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._sort.setToolTip(self._sort.text() if self._is_short else "")
        self._dress()

    def _dress(self) -> None:
        name, side = ("arrow-down-wide-narrow", 20) if self._is_short else ("chevron-down", 14)
        self._sort.setIcon(self._desk.icons.icon(name, "secondary", side))
        self._sort.setIconSize(QSize(scaled(side), scaled(side)))


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(scaled(20), scaled(20)))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    return button


class _Title(CutLabel):
    """A title that gives way where the window is narrow: a long one is cut, while a short one keeps
    its width, and what stands beside it gives way."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("PageTitle")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        self.ensurePolished()  # its type is that of the stylesheet only then
        return QSize(self.fontMetrics().horizontalAdvance(self.full) + 4, 32)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return whole if whole.width() <= _UNCUT else QSize(_CUT, whole.height())
