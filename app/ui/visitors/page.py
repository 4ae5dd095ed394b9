"""The Visitors page: how many different people came."""

from __future__ import annotations

import time
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.errors import KnownError
from app.library.queries.visit_table import as_csv
from app.progress import CancelToken
from app.ui.desk import Desk
from app.ui.page import REFRESH_MILLISECONDS, Page
from app.ui.people.nobody import Nobody
from app.ui.photos.face_grid import FaceGrid
from app.ui.places import Kind, Place
from app.ui.sayings import translated
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.visitors.chart import Chart
from app.ui.visitors.numbers import Numbers
from app.ui.visitors.report import Report, bars, read_report, unclear
from app.ui.visitors.span import Length, Span
from app.ui.visitors.table import VisitorsTable
from app.ui.widgets.act import add_act, add_gap
from app.ui.widgets.act_button import act_button
from app.ui.widgets.grid_model import Section
from app.ui.widgets.yielding_label import YieldingLabel
from app.ui.words import number

tr = Texts("visitors")

_FACE = 76
_MARGIN = 24
_LATE = 400
"""ms after which it is said that something is being counted."""
_SHARE = 5
"""Counting again takes a fifth of the time at most."""
_TABLE = 430
"""Width in which all columns are seen, px."""


class VisitorsPage(Page):
    """The numbers of some days, as a chart and as a table, and the faces of who came."""

    guide = "visitors"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = tr("Visitors")
        self.menu_title = tr("Visitors")
        self.span = Span(Length.DAY, date.today())
        self._is_up_to_now = True
        """Whether the last day is today, whichever that is."""
        self.report: Report | None = None
        self._wish = CancelToken()
        self._begun = 0.0
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_LATE)
        self._late.timeout.connect(self._say_counting)
        self.numbers = Numbers(desk)
        self.chart = Chart(desk.theme)
        self.table = VisitorsTable()
        self.faces = FaceGrid(desk, _FACE)
        self.faces.setAccessibleName(tr("Who came"))
        self.faces.opened.connect(self._open)
        self.faces.clicked.connect(self._open)
        self.nothing = Nobody(desk)
        self.days = YieldingLabel()
        self.days.setObjectName("Strong")
        self.note = QLabel()
        self.note.setObjectName("Small")
        self._acts()
        self._lay_out()
        self._dress_span()
        self.setFocusProxy(self.chart)

    # -- putting together ------------------------------------------------------------------

    def _acts(self) -> None:
        group = QActionGroup(self)
        self.lengths: dict[Length, QAction] = {}
        for length, text, key in (
            (Length.DAY, tr("Today"), "D"),
            (Length.WEEK, tr("7 days"), "W"),
            (Length.MONTH, tr("30 days"), "M"),
            (Length.ALL, tr("All days"), "A"),
        ):
            act = add_act(self, text, partial(self._choose, length), key)
            act.setCheckable(True)
            group.addAction(act)
            self.lengths[length] = act
        add_gap(self)
        self.earlier = add_act(self, tr("Earlier"), partial(self._move, -1), "Ctrl+PgUp")
        self.later = add_act(self, tr("Later"), partial(self._move, 1), "Ctrl+PgDown")
        add_gap(self)
        self.export = add_act(self, tr("Export CSV…"), self._ask_export, "Ctrl+E")
        icons = self.desk.icons
        icons.put_on(self.earlier, "chevron-left")
        icons.put_on(self.later, "chevron-right")
        icons.put_on(self.export, "download")

    def _lay_out(self) -> None:
        # Each layout is filled after it was added; see `regions`.
        row, sums, lower = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        told = QWidget()
        inner = QVBoxLayout(told)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        self._stack = QStackedWidget()
        self._stack.addWidget(told)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 4, _MARGIN, 16)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        inner.addLayout(sums)
        inner.addWidget(self.chart, 4)
        inner.addWidget(self.note)
        inner.addLayout(lower, 5)
        self._fill_row(row)
        sums.addWidget(self.numbers, 1)
        sums.addWidget(act_button(self.export), 0, Qt.AlignmentFlag.AlignBottom)
        lower.setSpacing(24)
        self.table.setMinimumWidth(scaled(_TABLE))
        lower.addWidget(self.table, 3)
        lower.addWidget(self.faces, 2)

    def _fill_row(self, row: QHBoxLayout) -> None:
        row.setSpacing(4)
        for act in self.lengths.values():
            row.addWidget(_button(act, "Switch"))
        row.addSpacing(12)
        for act in (self.earlier, self.later):
            button = _button(act, "")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(act.text())
            row.addWidget(button)
        row.addWidget(self.days)
        row.addStretch(1)

    # -- reading ---------------------------------------------------------------------------

    def reload(self) -> None:
        today = date.today()
        if self._is_up_to_now and self.span.last < today:  # the window was open overnight
            self.span = Span(self.span.length, today)
            self._dress_span()
        self._wish.cancel()
        wish = self._wish = CancelToken()
        self._begun = time.monotonic()
        if self.report is None or self.report.span != self.span:
            self._late.start()
        self.read(partial(read_report, self.desk, self.span, wish.check_cancelled), self._show)

    def concerns(self, changes: Changes) -> bool:
        return bool(
            changes.people or changes.faces or changes.photos or changes.regrouped
            or changes.collections
        )  # fmt: skip

    def _say_counting(self) -> None:
        self.note.setText(tr("Counting…"))
        self.note.show()

    def _show(self, report: Report) -> None:
        self._late.stop()
        # What takes long is not done again and again while photos come in.
        took = round(1000 * (time.monotonic() - self._begun))
        self._rest.setInterval(max(REFRESH_MILLISECONDS, _SHARE * took))
        is_same = self.report is not None and self.report.span == report.span
        self.report = report
        everybody = report.everybody
        self.export.setEnabled(everybody is not None)
        self.numbers.show_numbers(everybody)
        self.note.setText(unclear(everybody.unclear if everybody else 0))
        self.note.setVisible(bool(self.note.text()))
        name = tr("Visitors by hour") if report.span.length is Length.DAY else ""
        self.chart.show_bars(bars(report), name or tr("Visitors by day"))
        self.table.show_times(report.times, report.span.by)
        sections = [
            Section(f"{title}  ·  {number(len(some))}", len(some))
            for title, some in (
                (tr("New"), report.new),
                (tr("Been here before"), report.returning),
            )
            if some
        ]
        self.faces.faces.replace([*report.new, *report.returning], sections)
        if everybody is None:
            self._say_nobody()
        keyboard = self.chart.hasFocus() or self.nothing.hasFocus()
        self._stack.setCurrentIndex(int(everybody is None))
        self.setFocusProxy(self.nothing if everybody is None else self.chart)
        if keyboard and not is_same:
            self.setFocus()

    def _say_nobody(self) -> None:
        text = tr("Whom the camera of this counter sees is counted here.")
        title = tr("Nobody came")
        if self.span.length is Length.DAY and self.span.last == date.today():
            title = tr("Nobody came today")
        self.nothing.say("store", title, text)

    # -- acting ----------------------------------------------------------------------------

    def _choose(self, length: Length) -> None:
        last = self.span.last if length is not Length.DAY else date.today()
        self._go(Span(length, last))

    def _move(self, steps: int) -> None:
        moved = self.span.moved(steps)
        self._go(Span(moved.length, min(moved.last, date.today())))

    def _go(self, span: Span) -> None:
        self.span = span
        self._is_up_to_now = span.last >= date.today()
        self._dress_span()
        self.reload()

    def _dress_span(self) -> None:
        today, span = date.today(), self.span
        self.lengths[span.length].setChecked(True)
        is_today = span.length is not Length.DAY or span.last == today
        self.lengths[Length.DAY].setText(tr("Today") if is_today else tr("Day"))
        self.days.setText(span.called(today))
        self.earlier.setEnabled(span.length is not Length.ALL)
        self.later.setEnabled(span.length is not Length.ALL and span.last < today)
        self.export.setEnabled(self.report is not None and self.report.everybody is not None)

    def _open(self, index: QModelIndex) -> None:
        """The page of who that is; a face that is nobody's is only seen."""
        face = self.faces.faces.row_at(index)
        if face is not None and face.person_id is not None:
            self.went.emit(Place(Kind.PERSON, (face.person_id,)))

    def _ask_export(self) -> None:
        dialog = QFileDialog(self, tr("Export the numbers"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Comma-separated values (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{tr('visitors')}-{self.span.last.isoformat()}.csv")
        dialog.fileSelected.connect(lambda name: self.write_csv(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_csv(self, path: Path) -> None:
        """Write the numbers in sight, as `kinfolk visitors --csv` has them."""
        if self.report is None:
            return
        text = as_csv(self.report.times)

        def work() -> None:
            try:
                path.write_text(text, encoding="utf-8")
            except OSError as error:
                raise KnownError(
                    tr("{0} cannot be written: {1}").format(
                        path, translated(error.strerror or str(error))
                    )
                ) from error

        def done(_: object) -> None:
            self.desk.deeds.said.emit(tr("Exported to {0}").format(path.name), False)

        self.desk.background.read(self, work, done)


def _button(act: QAction, name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setDefaultAction(act)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
