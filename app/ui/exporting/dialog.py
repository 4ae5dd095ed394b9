"""The dialog of an export: where to, sorted how, and whether it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.indexing.export.exporter import Weight
from app.indexing.export.names import folder_name
from app.indexing.export.order import By, Order, Sheet, Way
from app.library.queries.away import is_within
from app.progress import CancelToken
from app.settings import Settings
from app.ui import words
from app.ui.desk import Desk
from app.ui.exporting import wording
from app.ui.exporting.choices import Choice, Tick
from app.ui.exporting.running import carry_out
from app.ui.exporting.subject import Subject
from app.ui.exporting.wording import tr
from app.ui.folder_dialog import ask_for_folder
from app.ui.scale import scaled
from app.ui.widgets.cut_label import CutLabel
from app.ui.widgets.question import Question

_WIDTH = 600
_MARGIN = 24
_PAUSE = 150
"""Milliseconds without another choice, after which it is weighed."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read first."""

    photos: tuple[int, ...]
    settings: Settings
    usual: Path
    """The folder that was exported into last, or where pictures usually are."""


class ExportDialog(Question):
    """Asks; what it weighs is read in the background, and Export is in force once it fits."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget) -> None:
        self._desk = desk
        self._subject = subject
        self._known: _Known | None = None
        self._folder: Path | None = None
        self._token = CancelToken()
        """Ends the weighing under way when something else is chosen."""
        self._weighed: Order | None = None
        """What is known to fit, as it would be ordered."""
        several = len(subject.people) > 1
        self.by = Choice(tr("Sorted into folders"), wording.sorting())
        self.by.choose(By.PERSON if several else By.YEAR)
        self.way = Choice(tr("The photos"), wording.ways())
        self.web_kind = Choice(tr("The web album"), wording.web_albums())
        self.companions, self.sheet, self.web = (
            Tick(desk, text, sentence) for text, sentence in _ticks()
        )
        self.companions.setChecked(True)
        self.place = CutLabel()
        self.place.setObjectName("Plain")
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.choose = QPushButton(tr("Choose folder…"))
        self.choose.setAutoDefault(False)
        self.status = QLabel(tr("Counting…"))
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setObjectName("Secondary")
        title = wording.question(None, subject.people)
        super().__init__(title, self._body(), tr("Export"), parent)
        self.setFixedWidth(scaled(_WIDTH) + 2 * _MARGIN)
        self.prefer(self.yes)
        self.yes.setEnabled(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._weigh)
        self.choose.clicked.connect(self._ask_where)
        for choice in (self.by, self.way, self.web_kind):
            choice.changed.connect(self._follow)
        for tick in (self.companions, self.sheet, self.web):
            tick.toggled.connect(self._follow)
        self._follow()
        self.choose.setFocus()
        self.finished.connect(self._leave)
        refuse = partial(self._refuse, CancelToken())
        desk.background.read(self, self._read, self._begin, refuse)

    def accept(self) -> None:
        """Export as it was weighed; the window goes on meanwhile."""
        if self._weighed is None or self._known is None or not self.yes.isEnabled():
            return
        order, known = self._weighed, self._known
        carry_out(self._desk, order)
        folder = str(self._folder)
        if folder != known.settings.export_folder:
            remember = partial(self._remember, folder)
            self._desk.background.read(self._desk.deeds, remember)
        super().accept()

    def _leave(self) -> None:
        self._token.cancel()

    # -- putting together ------------------------------------------------------------------

    def _body(self) -> QWidget:
        body = QWidget()
        body.setFixedWidth(scaled(_WIDTH))
        where = QLabel(tr("Into this folder"))
        where.setObjectName("Strong")
        self.choose.setAccessibleDescription(where.text())
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        pair = QGridLayout()
        pair.setHorizontalSpacing(20)
        pair.addWidget(self.by, 0, 0, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.way, 0, 1, Qt.AlignmentFlag.AlignTop)
        pair.setColumnStretch(1, 1)
        pair.setColumnMinimumWidth(0, (scaled(_WIDTH) - 20) // 2)
        also = QLabel(tr("And also"))
        also.setObjectName("Strong")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(where)
        column.addLayout(row)
        column.addSpacing(12)
        column.addLayout(pair)
        column.addSpacing(12)
        column.addWidget(also)
        ticks = QVBoxLayout()
        ticks.setSpacing(0)
        for tick in (self.companions, self.sheet, self.web):
            ticks.addWidget(tick, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(ticks)
        column.addWidget(self.web_kind)
        column.addSpacing(8)
        column.addWidget(self.status)
        return body

    # -- reading ---------------------------------------------------------------------------

    def _read(self) -> _Known:
        settings = self._desk.choices().settings
        last = Path(settings.export_folder) if settings.export_folder else None
        if last is not None and last.is_dir():
            usual = last
        else:
            usual = _usual([folder.path for folder in self._desk.album.folders()])
        return _Known(tuple(self._subject.photos()), settings, usual)

    def _begin(self, known: _Known) -> None:
        self._known = known
        question = wording.question(len(known.photos), self._subject.people)
        self.setWindowTitle(question)
        self.heading.setText(question)
        # The user may have been faster.
        self._go_to([self._folder or known.usual])

    def _remember(self, folder: str) -> None:
        self._desk.choices().change("export_folder", folder)

    def _ask_where(self) -> None:
        ask_for_folder(self, self._go_to, tr("Where are the photos to go?"), self._folder)

    def _go_to(self, folders: Sequence[Path]) -> None:
        self._folder = folders[0]
        order = self._order()
        if order is not None:
            self.place.say(words.shown(str(order.into)))
        self._follow()

    def _order(self) -> Order | None:
        """What is asked for now; None while it is not known."""
        if self._known is None or self._folder is None:
            return None
        people = self._subject.people
        named = wording.whose(people) if people else tr("Photos")
        return Order(
            into=self._folder / folder_name(named),
            photos=self._known.photos,
            people=tuple(row.id for row in people),
            by=self.by.word,
            way=self.way.word,
            companions=self.companions.isChecked(),
            sheet=Sheet.PDF if self.sheet.isChecked() else None,
            web=self.web_kind.word if self.web.isChecked() else None,
            falls_back=True,
        )

    # -- weighing --------------------------------------------------------------------------

    def _follow(self) -> None:
        """Something else was chosen: weigh that, soon."""
        self.web_kind.setVisible(self.web.isChecked())
        self._fit()
        has_files = self.way.word is not Way.NONE
        self.by.setEnabled(has_files)
        self.companions.setEnabled(has_files)
        self._weighed = None
        self.yes.setEnabled(False)
        self._token.cancel()
        self._timer.start()

    def _weigh(self) -> None:
        order = self._order()
        if order is None:
            return
        self._say(tr("Counting…"))
        self._token = token = CancelToken()
        weigh = partial(self._desk.album.weigh_export, order, token.check_cancelled)
        show, refuse = partial(self._show, order, token), partial(self._refuse, token)
        self._desk.background.read(self, weigh, show, refuse)

    def _show(self, order: Order, token: CancelToken, weight: Weight) -> None:
        if token.is_cancelled:
            return
        if not weight.fits:
            self._refuse(token, wording.too_large(weight))
            return
        self._say(wording.weighed(weight, order))
        if weight.photos:
            self._weighed = order
            self.yes.setEnabled(True)

    def _refuse(self, token: CancelToken, reason: str) -> None:
        if not token.is_cancelled:
            self._say(reason, "Warning")

    def _say(self, text: str, name: str = "Secondary") -> None:
        self.status.setText(text)
        self.status.setObjectName(name)
        self.status.style().polish(self.status)
        self._fit()

    def _fit(self) -> None:
        """As high as what is said now needs, and no lower."""
        layout = self.layout()
        if layout is not None and not self.is_scrolling:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))


def _ticks() -> tuple[tuple[str, str], ...]:
    return (
        (
            tr("What lies beside the photos: sidecars and moving parts"),
            tr("Files with the ending .xmp, and the short films of Live Photos."),
        ),
        (
            tr("A contact sheet to print (PDF)"),
            tr("Pages with small pictures of all photos, by year and month."),
        ),
        (
            tr("A web album"),
            tr("A page with these photos that any browser shows, from a disk or a web server."),
        ),
    )


def _usual(watched: Sequence[Path]) -> Path:
    """Where a user keeps things, and Kinfolk does not look for photos."""
    from PySide6.QtCore import QStandardPaths

    kinds = QStandardPaths.StandardLocation
    places = [
        Path(QStandardPaths.writableLocation(kind))
        for kind in (
            kinds.PicturesLocation, kinds.DocumentsLocation, kinds.DesktopLocation,
            kinds.HomeLocation,
        )
    ]  # fmt: skip
    return next((one for one in places if one.is_dir() and not is_within(one, watched)), places[-1])
