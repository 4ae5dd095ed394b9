"""What the dialogs of settings have in common: sheet, preview, what was said, the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.indexing.thresholds import PREVIEWED
from app.settings import Option, Value
from app.ui.desk import Desk
from app.ui.regions import Region, Regions
from app.ui.settings.categories import Category
from app.ui.settings.frame import Frame, label
from app.ui.settings.preview_panel import PreviewPanel
from app.ui.settings.sheet import Sheet
from app.ui.settings.trial import Trial
from app.ui.settings.wording import tr
from app.ui.widgets.fitting import FittingDialog

_SIZE = QSize(900, 760)


class BaseDialog(FittingDialog):
    """Options in categories, with search; thresholds are tried out before they are applied."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        groups: Sequence[tuple[Category, Sequence[Option]]],
        collection_id: int | None,
        parent: QWidget | None,
    ) -> None:
        """`collection_id` is the one whose own settings these are; None for the library's."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._saved = tr("Saved.")
        self._before: Mapping[str, Value | None] = {}
        self._undo: dict[str, Value | None] = {}
        self.trial = Trial(desk, collection_id, self)
        self.sheet = Sheet(groups, self.make, desk.theme, desk.icons, {"people": self.presets})
        self.fields = self.sheet.fields
        """By the name of their option; one that is not there yet is made."""
        self.panel = PreviewPanel(desk, self.trial)
        self.status = label("", "Secondary")
        self.undo = QPushButton(tr("Undo"))
        self.undo.setObjectName("Link")
        self.undo.hide()
        self.reset_all = QPushButton(tr("Reset all"))
        self._close = QPushButton(tr("Close"))
        for button in (self.undo, self.reset_all, self._close):
            button.setAutoDefault(False)
        self._lay_out(title)
        self._regions = Regions([Region(self, lambda: None)])
        room = QSize(2000, 2000) if parent is None else parent.window().size()
        self.resize(_SIZE.boundedTo(QSize(2000, max(420, room.height() - 40))))
        self._connect()

    # -- what each of the two does its own way ---------------------------------------------

    def make(self, option: Option) -> Frame:
        """The field of an option."""
        raise NotImplementedError

    def presets(self) -> QWidget:
        """What stands above the options that say who is a person."""
        raise NotImplementedError

    def fill(self, name: str) -> None:
        """A field was made: show what is."""
        raise NotImplementedError

    def show_all(self) -> None:
        """Show what is, and what is tried out."""
        raise NotImplementedError

    def values_now(self) -> Mapping[str, Value | None]:
        """Every option as it is, by name."""
        raise NotImplementedError

    def change(self, values: Mapping[str, Value | None]) -> None:
        """Set these at once."""
        raise NotImplementedError

    def reset_one(self, name: str) -> None:
        """Let an option be as by default."""
        raise NotImplementedError

    def reset_everything(self) -> None:
        """Let all options be as by default."""
        raise NotImplementedError

    # -- what both do ----------------------------------------------------------------------

    def begin(self) -> None:
        """What is is known now: open the first category, for whoever has not begun to search."""
        self.sheet.begin()
        if not self.sheet.search.text() and (names := self.sheet.shown):
            self.fields[names[0]].setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on as things stand: much here is made when it is needed, and Qt's own order is
        that in which things were made."""
        return self._regions.step(forward)

    def set_option(self, name: str, value: Value | None) -> None:
        """The user wants an option to be this: a threshold is tried out, all else holds at once."""
        self.say("")
        self.fields[name].complain("")
        if name in PREVIEWED:
            self.trial.try_out({name: value}, self.values_now())
        else:
            self.change({name: value})

    def say(self, text: str, name: str = "Secondary") -> None:
        """Say something below."""
        self.undo.hide()
        self.status.setText(text)
        self.status.setObjectName(name)
        self.status.style().polish(self.status)

    def say_saved(self) -> None:
        """What was set is written down."""
        told, self._saved = self._saved, tr("Saved.")
        before, self._before = self._before, {}
        self.say(told)
        if before:
            self._undo = dict(before)
            self.undo.show()

    def offer_undo(self, told: str, before: Mapping[str, Value | None]) -> None:
        """Once it is saved, say this, and offer the way back to what was before."""
        self.say("")  # what could be taken back until now cannot any more
        self._saved, self._before = told, before

    @property
    def way_back(self) -> dict[str, Value | None]:
        """What *Undo* would set now; empty where there is nothing to be taken back."""
        return {} if self.undo.isHidden() else dict(self._undo)

    def offer_way_back(self, before: Mapping[str, Value | None]) -> None:
        """Go on from a dialog that could set this back, and had to be made anew."""
        self.say(tr("Saved."))
        self._undo = dict(before)
        self.undo.show()

    def refuse(self, reason: str) -> None:
        """It could not be: say why, and show what is."""
        self._saved, self._before = tr("Saved."), {}
        self.say(reason, "Warning")
        self.show_all()

    def _apply(self) -> None:
        values = dict(self.trial.values)
        now = self.values_now()
        told = tr("Applied.")
        if "strictness" in values:
            told = tr("Applied. All groups are made anew; the strip at the bottom shows it.")
        self.offer_undo(told, {name: now.get(name) for name in values})
        self.trial.drop()
        self.change(values)

    def _take_back(self) -> None:
        before, self._undo = self._undo, {}
        self.offer_undo(tr("Taken back."), {})
        self.change(before)

    def _connect(self) -> None:
        self.sheet.made.connect(self._meet)
        self.trial.changed.connect(self.show_all)
        self.panel.apply_wanted.connect(self._apply)
        self.undo.clicked.connect(self._take_back)
        self.reset_all.clicked.connect(self.reset_everything)
        self._close.clicked.connect(self.reject)
        self.finished.connect(self.trial.close)

    def _meet(self, name: str) -> None:
        field = self.fields[name]
        field.changed.connect(self.set_option)
        field.reset_wanted.connect(self.reset_one)
        self.fill(name)

    def _lay_out(self, title: str) -> None:
        heading = label(title, "Heading")
        heading.setWordWrap(True)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.reset_all, 0, Qt.AlignmentFlag.AlignBottom)
        below.addWidget(self.status, 1)
        below.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignBottom)
        below.addWidget(self._close, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 18)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.panel)
        column.addLayout(below)
