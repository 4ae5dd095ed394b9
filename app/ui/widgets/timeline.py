"""Timeline: the years beside the scroll bar of a grid, to jump to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QLabel, QStyle

from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.theme import Theme
from app.ui.widgets import paint
from app.ui.widgets.grid import SectionedGrid
from app.ui.widgets.grid_layout import GridLayout
from app.ui.widgets.grid_model import GridModel

tr = Texts("widgets")

WIDTH = 42
_PAD = 10
_LABEL = 16
_NEAR = 8
_APART = 5
_RAIL = 10
"""The strip along which the mark of where we are slides."""

Labels = list[tuple[QRect, int]]
"""Years, each with its place."""


@dataclass(frozen=True, slots=True)
class Month:
    """A section of the grid: where it begins in content pixels, what it is called, its year."""

    top: int
    title: str
    year: int


class Timeline(QAbstractSlider):
    """Each year takes as much room as its photos do. Dragging or a click goes there, and so do the
    arrow keys by month and Page Up and Page Down by year. It is there only when there are several
    years and more than a screenful."""

    def __init__(self, theme: Theme, grid: SectionedGrid) -> None:
        super().__init__(grid)
        self._theme = theme
        self._grid = grid
        self._plan: GridLayout | None = None
        self._months: list[Month] = []
        self._marked_for: tuple[GridLayout | None, int] = (None, 0)
        self._drawn: tuple[Labels, list[int]] = ([], [])
        """What is marked where; drawn anew with every step of the scroll bar."""
        self._painted_for: object = None
        self._painted = QPixmap()
        self._is_hovered = False
        self.bubble = QLabel(grid)
        self.bubble.setObjectName("Bubble")
        self.bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.bubble.hide()
        self.setOrientation(Qt.Orientation.Vertical)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Years"))
        bar = grid.verticalScrollBar()
        bar.rangeChanged.connect(self._fit)
        bar.valueChanged.connect(self._follow)
        self.valueChanged.connect(bar.setValue)
        model = grid.model()
        assert isinstance(model, QAbstractItemModel)
        model.modelReset.connect(self._take_rows)
        model.layoutChanged.connect(self._take_rows)
        grid.installEventFilter(self)
        theme.changed.connect(self.update)
        self._fit()

    def months(self) -> list[Month]:
        """The sections that have a year, from top to bottom."""
        plan, model = self._grid.plan(), self._grid.model()
        if plan is not self._plan and isinstance(model, GridModel):
            self._plan = plan
            self._months = [
                Month(plan.header(number, 0).y, section.title, section.year)
                for number, section in enumerate(model.sections)
                if section.year
            ]
        return self._months

    def years(self) -> list[Month]:
        """The first month of each year, from top to bottom."""
        months = self.months()
        return months[:1] + [b for a, b in pairwise(months) if b.year != a.year]

    def month_at(self, content: int) -> Month | None:
        """The month that lies at a height of the content."""
        passed = [month for month in self.months() if month.top <= content]
        return passed[-1] if passed else next(iter(self.months()), None)

    def y_of(self, content: int) -> int:
        """Where a height of the content is marked."""
        whole = max(1, self._grid.plan().height)
        return _PAD + round(content / whole * (self.height() - 2 * _PAD))

    # -- events ----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._grid and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        y = round(event.position().y())
        near = [one for one in self.years() if abs(self.y_of(one.top) - y) <= _NEAR]
        self.setSliderDown(True)
        if near:
            self._go(min(near, key=lambda one: abs(self.y_of(one.top) - y)))
        else:
            self._drag_to(y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        y = round(event.position().y())
        if self.isSliderDown():
            self._drag_to(y)
        else:
            self._show_bubble(self._content_at(y), y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self.setSliderDown(False)
        self.bubble.setVisible(self._is_hovered)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QCoreApplication.sendEvent(self._grid.verticalScrollBar(), event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = event.key(), self.value()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self._step(self.months(), here, 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self._step(self.months(), here, -1)
        elif key == Qt.Key.Key_PageDown:
            self._step(self.years(), here, 1)
        elif key == Qt.Key.Key_PageUp:
            self._step(self.years(), here, -1)
        elif key == Qt.Key.Key_Home:
            self._jump(0)
        elif key == Qt.Key.Key_End:
            self._jump(self.maximum())
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._is_hovered = event.type() == QEvent.Type.Enter
            if not self._is_hovered and not self.isSliderDown():
                self.bubble.hide()
            self.update()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.bubble.hide()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.drawPixmap(0, 0, self._backdrop())
        thumb = QRect(self.width() - 6, self._thumb() - 8, 4, 16)
        thumb = QStyle.visualRect(self.layoutDirection(), self.rect(), thumb)
        paint.rounded(painter, thumb, 2, theme.color("accent"))
        if self.hasFocus():
            box = self.rect().adjusted(0, 1, 0, -1)
            paint.ring(painter, box, 6, theme.color("accent"))

    # -- inside ----------------------------------------------------------------------------

    def _backdrop(self) -> QPixmap:
        """The years and the dots: painted once, for the mark of where we are moves over them with
        every step of the wheel."""
        is_awake = self._is_hovered or self.hasFocus() or self.isSliderDown()
        scale, theme = self.devicePixelRatioF(), self._theme
        looks = (self._grid.plan(), self.size(), is_awake, scale, theme.color("text").rgba())
        if looks != self._painted_for:
            self._painted_for = looks
            self._painted = QPixmap(self.size() * scale)
            self._painted.setDevicePixelRatio(scale)
            self._painted.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._painted)
            painter.setLayoutDirection(self.layoutDirection())
            self._paint_years(painter, is_awake)
            painter.end()
        return self._painted

    def _paint_years(self, painter: QPainter, is_awake: bool) -> None:
        theme, right = self._theme, self.width() - _RAIL
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(11, QFont.Weight.DemiBold))
        painter.setPen(theme.color("text" if is_awake else "secondary"))
        labels, dots = self._marks()
        for box, year in labels:
            box = QStyle.visualRect(self.layoutDirection(), self.rect(), box)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(flags), str(year))
        for y in dots:
            dot = QStyle.visualRect(
                self.layoutDirection(), self.rect(), QRect(right - 3, y - 1, 3, 3)
            )
            paint.rounded(painter, dot, 1.5, theme.color("offline"))

    def _labels(self) -> Labels:
        """The years that there is room for, each with its place."""
        found: Labels = []
        for one in self.years():
            y = min(
                max(self.y_of(one.top), scaled(_LABEL) // 2), self.height() - scaled(_LABEL) // 2
            )
            box = QRect(0, y - scaled(_LABEL) // 2, self.width() - _RAIL, scaled(_LABEL))
            if not found or box.top() > found[-1][0].bottom():
                found.append((box, one.year))
        return found

    def _marks(self) -> tuple[Labels, list[int]]:
        """The years, and a dot for each month that there is room for between them."""
        known = (self._grid.plan(), self.height())
        if known != self._marked_for:
            self._marked_for = known
            labels, dots = self._labels(), []
            covered = [(box.top() - 3, box.bottom() + 3) for box, _ in labels]
            last = -_NEAR
            for month in self.months():
                y = self.y_of(month.top)
                if y - last >= _APART and not any(top <= y <= low for top, low in covered):
                    dots.append(y)
                    last = y
            self._drawn = labels, dots
        return self._drawn

    def _thumb(self) -> int:
        share = self.value() / max(1, self.maximum())
        return _PAD + round(share * (self.height() - 2 * _PAD))

    def _content_at(self, y: int) -> int:
        share = (y - _PAD) / max(1, self.height() - 2 * _PAD)
        return round(min(max(0.0, share), 1.0) * self._grid.plan().height)

    def _drag_to(self, y: int) -> None:
        content = self._content_at(y)
        self.setValue(round(content / max(1, self._grid.plan().height) * self.maximum()))
        self._show_bubble(content, y)

    def _step(self, marks: list[Month], here: int, way: int) -> None:
        ahead = [one.top for one in marks if (one.top - here) * way > 0]
        if ahead:
            self._jump(min(ahead) if way > 0 else max(ahead))

    def _go(self, month: Month) -> None:
        self.setValue(month.top)
        self._show_bubble(month.top, self.y_of(month.top))

    def _jump(self, content: int) -> None:
        self.setValue(content)
        self._tell()

    def _tell(self) -> None:
        """Say where we are, for those who see and for those who hear."""
        month = self.month_at(self.value())
        if month is not None:
            self._show_bubble(month.top, self._thumb())

    def _show_bubble(self, content: int, y: int) -> None:
        month = self.month_at(content)
        if month is None:
            return
        self.bubble.setText(month.title)
        self.setAccessibleDescription(month.title)
        self.bubble.adjustSize()
        top = self.y() + y - self.bubble.height() // 2
        top = min(max(2, top), self._grid.height() - self.bubble.height() - 2)
        beside = self.width() + 4 if self.isRightToLeft() else -self.bubble.width() - 4
        self.bubble.move(self.x() + beside, top)
        self.bubble.show()
        self.bubble.raise_()

    def _follow(self, value: int) -> None:
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)
        self.update()

    def _take_rows(self) -> None:
        self._grid.doItemsLayout()  # the view would do it later; the years are asked for now
        self._fit()

    def _fit(self) -> None:
        has_years = len(self.years()) > 1
        self._grid.set_side_room(scaled(WIDTH) if has_years else 0)
        bar = self._grid.verticalScrollBar()
        self.blockSignals(True)
        self.setRange(0, bar.maximum())
        self.setValue(bar.value())
        self.blockSignals(False)
        self.setVisible(has_years and bar.maximum() > 0)
        if self.isHidden():
            self.bubble.hide()
        self._place()
        self.update()

    def _place(self) -> None:
        bar, width = self._grid.verticalScrollBar().width(), scaled(WIDTH)
        place = QRect(self._grid.width() - bar - width, 0, width, self._grid.height())
        self.setGeometry(QStyle.visualRect(self.layoutDirection(), self._grid.rect(), place))
