"""Aside: files that are not in the album, or not in full, in three lists, and the switch between
them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from app.library.rows import SkippedFile
from app.ui import words
from app.ui.album import Album
from app.ui.texts import Texts

tr = Texts("aside")


class Kind(Enum):
    """Why a file is listed."""

    SKIPPED = "skipped"
    PARTLY = "partly"
    """It is shown, but not in full."""
    CLOUD = "cloud"
    """It is in the cloud, not on this disk."""


Aside = Mapping[Kind, list[SkippedFile]]
"""The files of each list, by path."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a list says of itself."""

    heading: str
    advice: str
    column: str
    """Above the reasons."""


def read_aside(album: Album, task_id: str = "") -> Aside:
    """All files that are aside, or where a task is named, those that it skipped. Slow: call it in
    the background."""
    if task_id:
        return {Kind.SKIPPED: album.skipped_by(task_id), Kind.PARTLY: [], Kind.CLOUD: []}
    reason = tr("In the cloud, not on this disk.")
    return {
        Kind.SKIPPED: album.skipped(),
        Kind.PARTLY: album.shown_in_part(),
        Kind.CLOUD: [SkippedFile(path, reason) for path in album.in_cloud()],
    }


def wording(kind: Kind, count: int) -> Wording:
    """What the list of a kind says, of so many files."""
    files = words.files(count)
    if kind is Kind.PARTLY:
        return Wording(
            tr.counted("1 file shown, but not in full", "{0} files shown, but not in full", count),
            tr("They are in the album with all who are in them. Nothing was changed in the files."),
            tr("What is not shown"),
        )
    if kind is Kind.CLOUD:
        return Wording(
            tr("{0} in the cloud, not on this disk").format(files),
            tr(
                "Looking at them would download them. Once your cloud drive has put them on this "
                "disk, they come into the album; the settings can let Kinfolk download them."
            ),
            tr("Why it waits"),
        )
    return Wording(
        tr.counted("1 file skipped", "{0} files skipped", count),
        tr("Everything else is in the album. Nothing was changed in these files."),
        tr("Why it was skipped"),
    )


class AsideSwitch(QWidget):
    """Leads from one list to another; shown where there is more than one."""

    chosen = Signal(Kind)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = Kind.SKIPPED
        self.buttons: dict[Kind, QToolButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for kind in Kind:
            button = self.buttons[kind] = QToolButton()
            button.setObjectName("Switch")
            button.setCheckable(True)
            button.toggled.connect(self._take)
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.buttons[self.kind].setChecked(True)

    def show_counts(self, files: Aside) -> None:
        """Say how many files each list has; leave one that has become empty."""
        texts = {
            Kind.SKIPPED: tr("Skipped ({0})"),
            Kind.PARTLY: tr("Not in full ({0})"),
            Kind.CLOUD: tr("In the cloud ({0})"),
        }
        filled = [kind for kind in Kind if files[kind]]
        if filled and self.kind not in filled:
            self.buttons[filled[0]].setChecked(True)
        for kind, button in self.buttons.items():
            button.setText(texts[kind].format(words.number(len(files[kind]))))
            button.setVisible(bool(files[kind]))
        self.setVisible(len(filled) > 1)

    def _take(self, is_on: bool) -> None:
        if is_on:
            self.kind = next(kind for kind, one in self.buttons.items() if one.isChecked())
            self.chosen.emit(self.kind)
