"""The dialog of foreign names: what would come in, and then it does."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.indexing.name_import import Prospect
from app.indexing.name_plan import Choices, predicted
from app.library.rows import FaceRow
from app.progress import Steps
from app.ui import words
from app.ui.desk import Desk
from app.ui.importing import wording
from app.ui.importing.lists import ConflictList, PeopleList
from app.ui.importing.wording import tr
from app.ui.people.nobody import Nobody
from app.ui.scale import scaled
from app.ui.widgets.fitting import FittingDialog

_LOOK_EVERY = 100
"""Milliseconds between two looks at how far the reading is."""


class ImportDialog(FittingDialog):
    """Reads what other programs wrote, shows it, and takes in what the user wants."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Names from other programs"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 700)
        self._desk = desk
        self._prospect: Prospect | None = None
        self._is_busy = False
        self._steps = Steps()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._show_steps)
        self.people = PeopleList(desk)
        self.conflicts = ConflictList(desk)
        self.frames, self.keywords = self._tick(), self._tick()
        self._summary, self._title = _label("Plain"), _label("Plain")
        self._notes, self.status = _label(), _label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Reading"))
        self._nobody = Nobody(desk)
        self.contacts = QPushButton(tr("Contacts of Picasa…"))
        self.yes = QPushButton(tr("Take in names"))
        self.yes.setObjectName("Primary")
        self.no = QPushButton(tr("Cancel"))
        for button in (self.contacts, self.yes, self.no):
            button.setAutoDefault(False)
        self._lay_out()
        self.yes.clicked.connect(self._take_in)
        self.no.clicked.connect(self.reject)
        self.contacts.clicked.connect(self._ask_for_contacts)
        self.people.ticked.connect(self._follow)
        self.conflicts.ticked.connect(self._follow)
        desk.theme.changed.connect(self._dress)
        self._dress()
        self.look()

    def _tick(self) -> QToolButton:
        tick = QToolButton()
        tick.setObjectName("Tick")
        tick.setCheckable(True)
        tick.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tick.setIconSize(QSize(scaled(20), scaled(20)))
        tick.toggled.connect(self._dress)
        tick.toggled.connect(self._follow)
        return tick

    def _lay_out(self) -> None:
        heading = _label("Heading")
        heading.setText(tr("Names from other programs"))
        about = _label()
        about.setText(
            tr(
                "Kinfolk reads the names that Picasa, Lightroom, digiKam, Windows and others wrote "
                "into your photos or beside them. Nothing is changed before you say so, and one "
                "Undo takes it all back."
            )
        )
        found, inner = _column()
        inner.addWidget(self._summary)
        inner.addWidget(self.people, 3)
        inner.addSpacing(6)
        inner.addWidget(self._title)
        inner.addWidget(self.conflicts, 2)
        for tick in (self.frames, self.keywords):
            inner.addWidget(tick, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self._notes)
        reading, middle = _column()
        middle.addStretch(1)
        middle.addWidget(self.status)
        middle.addWidget(self.bar)
        middle.addStretch(2)
        self.stack = QStackedWidget()
        for page in (reading, found, self._nobody):
            self.stack.addWidget(page)
        buttons = QHBoxLayout()
        buttons.addWidget(self.contacts)
        buttons.addStretch(1)
        buttons.addWidget(self.yes)
        buttons.addWidget(self.no)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(about)
        column.addWidget(self.stack, 1)
        column.addLayout(buttons)

    # -- reading ---------------------------------------------------------------------------

    def look(self, contacts: Path | None = None) -> None:
        """Read what there is; `contacts` has the names that Picasa keeps apart."""
        self._steps = Steps()
        self._say(tr("Reading…"))
        self.bar.setRange(0, 0)
        self.stack.setCurrentIndex(0)
        self._timer.start()
        self.no.setText(tr("Cancel"))
        self._follow()
        self.no.setFocus()
        read = partial(self._desk.album.foreign_names, self._steps, contacts)
        self._desk.background.read(self, read, self._show, self._fail)

    def _show_steps(self) -> None:
        steps = self._steps
        if steps.total:
            self.bar.setRange(0, steps.total)
            self.bar.setValue(steps.done)
            self._say(tr("Reading… {0} of {1}").format(
                words.number(steps.done), words.photos(steps.total)
            ))  # fmt: skip

    def _show(self, answer: tuple[Prospect, dict[int, FaceRow]]) -> None:
        self._timer.stop()
        prospect, faces = answer
        self._prospect = prospect
        plan = prospect.plan
        self.no.setText(tr("Close"))
        self.contacts.setVisible(prospect.gathered.nameless > 0)
        if not (prospect.gathered.names or prospect.gathered.nameless):
            title, text = wording.nothing()
            self._nobody.say("tags", title, text)
            self.stack.setCurrentIndex(2)
            self._follow()
            return
        self._summary.setText(wording.summary(prospect))
        self.people.show_people(plan.people, faces)
        self.people.setVisible(bool(plan.people))
        self.conflicts.show_conflicts(plan.conflicts, faces)
        self._title.setText(wording.conflicts(len(plan.conflicts)))
        for widget in (self._title, self.conflicts):
            widget.setVisible(bool(plan.conflicts))
        for tick, count, text in (
            (self.frames, plan.frames, wording.frames(plan.frames)),
            (self.keywords, plan.by_keyword, wording.by_keyword(plan.by_keyword)),
        ):
            tick.setText(text)
            tick.setVisible(count > 0)
        self._notes.setText(wording.besides(prospect))
        self._notes.setVisible(bool(self._notes.text()))
        self.stack.setCurrentIndex(1)
        self.setAccessibleDescription(f"{self._summary.text()} {self._notes.text()}")
        self._follow()
        (self.people if plan.people else self.no).setFocus()

    def _fail(self, reason: str) -> None:
        self._timer.stop()
        self._is_busy = False
        self._say(reason, "Warning")
        self.bar.hide()
        self.stack.setCurrentIndex(0)
        self.no.setText(tr("Close"))
        self._follow()

    def _ask_for_contacts(self) -> None:
        dialog = QFileDialog(self, tr("Where is Picasa’s contacts.xml?"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Contacts of Picasa (*.xml)"), tr("All files (*)")])
        dialog.fileSelected.connect(self._look_with)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _look_with(self, name: str) -> None:
        self.look(Path(name))

    # -- taking in -------------------------------------------------------------------------

    def choices(self) -> Choices:
        """What the user wants of it."""
        return Choices(
            without=self.people.left_out(),
            theirs=self.conflicts.theirs(),
            frames=self.frames.isChecked(),
            keywords=self.keywords.isChecked(),
        )

    def _take_in(self) -> None:
        if self._prospect is None or self._is_busy:
            return
        self._is_busy = True
        plan, choices = self._prospect.plan, self.choices()
        self._say(tr("Taking in names…"))
        self.bar.show()
        self.bar.setRange(0, 0)
        self.stack.setCurrentIndex(0)
        self._follow()
        work = partial(self._desk.take_in_names, plan, choices)
        self._desk.deeds.carry_out(work, self._finish, self._fail)

    def _finish(self) -> None:
        self._is_busy = False
        self.accept()

    def reject(self) -> None:
        """Leave; a reading ends early, and what is being taken in is waited for."""
        if not self._is_busy:
            self._steps.token.cancel()
            self._timer.stop()
            super().reject()

    def _follow(self) -> None:
        """Say what the button would do."""
        is_shown = self.stack.currentIndex() == 1 and self._prospect is not None
        people = faces = frames = 0
        if is_shown and self._prospect is not None:
            people, faces, frames = predicted(self._prospect.plan, self.choices())
        told = words.faces(faces + frames)
        self.yes.setText(
            tr("Take in {0} on {1}").format(wording.names(people), told)
            if people
            else tr("Take in names")
        )
        self.yes.setEnabled(people > 0 and not self._is_busy)
        self.no.setEnabled(not self._is_busy)
        self.contacts.setVisible(is_shown and self._has_nameless())
        self.contacts.setEnabled(not self._is_busy)

    def _has_nameless(self) -> bool:
        return self._prospect is not None and self._prospect.gathered.nameless > 0

    def _say(self, text: str, name: str = "Secondary") -> None:
        self.status.setText(text)
        self.status.setObjectName(name)
        self.status.style().polish(self.status)

    def _dress(self) -> None:
        for tick in (self.frames, self.keywords):
            name = "square-check" if tick.isChecked() else "square"
            tick.setIcon(self._desk.icons.icon(name, "text", 20))


def _label(name: str = "Secondary") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _column() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return page, column
