"""The dialog of sidecars: what writing names would do, and then it does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QLayout,
    QProgressBar,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import PhotoSearch
from app.progress import Steps
from app.ui import words
from app.ui.desk import Desk
from app.ui.places import Kind, Place
from app.ui.scale import scaled
from app.ui.sidecars import wording
from app.ui.sidecars.conflicts import ConflictList
from app.ui.sidecars.wording import tr
from app.ui.widgets.question import Question

if TYPE_CHECKING:
    from app.indexing.sidecars import Scope, Tally

_WIDTH = 560
_LOOK_EVERY = 100
"""Milliseconds between two looks at how far the looking at sidecars is."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Whose names are to go beside which photos."""

    text: str
    people: tuple[int, ...] = ()
    search: PhotoSearch | None = None


class SidecarsDialog(Question):
    """Looks at the sidecars there are, tells what would become of them, and has them written."""

    def __init__(self, desk: Desk, here: Place, subject: str, parent: QWidget) -> None:
        """`here` is the place in sight, and `subject` whom or what it is about."""
        self._desk = desk
        self._steps = Steps()
        self._scope: Scope | None = None
        self._tally: Tally | None = None
        self._timer = QTimer()
        self.aims = [Aim(tr("Everyone’s names, beside all photos")), *aims_at(here, subject)]
        self.choices: list[QRadioButton] = []
        self.conflicts = ConflictList()
        self.overwrite = QToolButton()
        self.numbers, self._title, self._trouble = _line("Strong"), _line("Plain"), _line("Warning")
        self.bar = QProgressBar()
        body = QWidget()
        body.setFixedWidth(scaled(_WIDTH))
        self._lay_out(QVBoxLayout(body))
        super().__init__(tr("Write names into sidecars?"), body, tr("Write names"), parent)
        # As large as what it has to say: conflicts and their tick come and go.
        layout = self.layout()
        assert layout is not None
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self._timer.setParent(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._show_steps)
        self.setAccessibleDescription(" ".join(wording.about()))
        self.overwrite.toggled.connect(self._dress)
        self.overwrite.toggled.connect(self.look)
        desk.theme.changed.connect(self._dress)
        self._dress()
        self.prefer(self.no)  # names leave the library: that is no matter of a stray Enter
        self.look()
        (self.choices[0] if self.choices else self.no).setFocus()

    @property
    def aim(self) -> Aim:
        """What is chosen."""
        chosen = [aim for aim, one in zip(self.aims, self.choices, strict=False) if one.isChecked()]
        return chosen[0] if chosen else self.aims[0]

    def _lay_out(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        lines = QVBoxLayout()
        lines.setSpacing(6)
        for sentence in wording.about():
            line = _line("Secondary")
            line.setText(sentence)
            lines.addWidget(line)
        column.addLayout(lines)
        if len(self.aims) > 1:
            self._offer_aims(column)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Looking at sidecars"))
        self.overwrite.setObjectName("Tick")
        self.overwrite.setCheckable(True)
        self.overwrite.setText(tr("Put the names known here in their place"))
        self.overwrite.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.overwrite.setIconSize(QSize(scaled(20), scaled(20)))
        for widget in (self.numbers, self.bar, self._title, self.conflicts):
            column.addWidget(widget)
        column.addWidget(self.overwrite, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._trouble)
        for late in (self._title, self.conflicts, self.overwrite, self._trouble):
            late.hide()

    def _offer_aims(self, column: QVBoxLayout) -> None:
        group = QButtonGroup(self.bar)
        place = QVBoxLayout()
        place.setSpacing(2)
        for aim in self.aims:
            button = QRadioButton(aim.text)
            group.addButton(button)
            self.choices.append(button)
            place.addWidget(button)
        self.choices[0].setChecked(True)
        group.buttonClicked.connect(self.look)
        column.addLayout(place)

    # -- looking ---------------------------------------------------------------------------

    def look(self, *_: object) -> None:
        """See what would be done, for what is chosen now."""
        self._steps.token.cancel()
        self._steps = steps = Steps()
        self._tally = None
        self.numbers.setText(tr("Looking at the sidecars that are there…"))
        self.bar.setRange(0, 0)
        self.bar.show()
        self.yes.setEnabled(False)
        self._timer.start()
        aim, overwrite = self.aim, self.overwrite.isChecked()
        read = partial(self._desk.album.foresee_names, aim.people, aim.search, overwrite, steps)
        self._desk.background.read(
            self, read, partial(self._show, steps), partial(self._fail, steps)
        )

    def _show_steps(self) -> None:
        steps = self._steps
        if steps.total:
            self.bar.setRange(0, steps.total)
            self.bar.setValue(steps.done)
            self.numbers.setText(
                tr("Looking at the sidecars that are there… {0} of {1}").format(
                    words.number(steps.done), words.photos(steps.total)
                )
            )

    def _show(self, steps: Steps, answer: tuple[Scope, Tally]) -> None:
        if steps is not self._steps:
            return  # something else was chosen meanwhile
        self._stop_looking()
        self._scope, self._tally = answer
        tally = self._tally
        self.numbers.setText(wording.foreseen(tally))
        has_conflicts = bool(tally.conflicts)
        if has_conflicts:
            self.conflicts.rows.replace(tally.conflicts)
            self._title.setText(wording.conflicts(tally))
        self._title.setVisible(has_conflicts)
        self.conflicts.setVisible(has_conflicts)
        self.overwrite.setVisible(has_conflicts or self.overwrite.isChecked())
        self._trouble.setText(wording.in_the_way(tally))
        self._trouble.setVisible(bool(self._trouble.text()))
        self.yes.setEnabled(tally.files > 0)
        told = [*wording.about(), self.numbers.text(), self._trouble.text()]
        self.setAccessibleDescription(" ".join(text for text in told if text))

    def _fail(self, steps: Steps, reason: str) -> None:
        if steps is self._steps:
            self._stop_looking()
            self.numbers.clear()
            self._trouble.setText(reason)
            self._trouble.show()

    def _stop_looking(self) -> None:
        self._timer.stop()
        self.bar.hide()

    # -- writing ---------------------------------------------------------------------------

    def accept(self) -> None:
        """Have them written; the strip of the window shows how far that is."""
        if self._scope is None or self._tally is None or not self._tally.files:
            return
        desk = self._desk
        deeds = desk.deeds
        desk.background.read(  # not as a command, for which all others would have to wait
            deeds,
            partial(desk.write_names, self._scope, self.overwrite.isChecked()),
            lambda tally: deeds.said.emit(wording.done(tally), False),
            deeds.refused.emit,
        )
        super().accept()

    def done(self, result: int) -> None:
        """Leave; looking ends early."""
        self._steps.token.cancel()
        self._timer.stop()
        super().done(result)

    def _dress(self, *_: object) -> None:
        name = "square-check" if self.overwrite.isChecked() else "square"
        self.overwrite.setIcon(self._desk.icons.icon(name, "text", 20))


def aims_at(here: Place, subject: str) -> list[Aim]:
    """What else than everything is in sight: a person, or what a search found."""
    if here.kind == Kind.PERSON and here.people and subject:
        text = tr("Only the name of {0}, beside the photos of {0}").format(subject)
        return [Aim(text, people=here.people)]
    if here.kind == Kind.SEARCH:
        return [Aim(tr("Everyone’s names, beside the photos found"), search=here.search)]
    return []


def _line(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
