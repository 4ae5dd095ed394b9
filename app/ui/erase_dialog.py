"""What is asked before all face data is erased."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.library.queries.erasing import FaceData
from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets.question import Question, dress

tr = Texts("erase_dialog")

_WIDTH = 480
_ICON = 16


class EraseDialog(Question):
    """Says precisely what goes and what stays; the button is in force once that is accepted."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._is_busy = False
        self._goes, self._stays = QWidget(), QWidget()
        self.sure = QToolButton()
        self.sure.setObjectName("Tick")
        self.sure.setCheckable(True)
        self.sure.setText(tr("I understand that this cannot be undone"))
        self.sure.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sure.setIconSize(QSize(scaled(20), scaled(20)))
        self._status = QLabel()
        self._status.setWordWrap(True)
        self._status.hide()
        body = QWidget()
        body.setFixedWidth(scaled(_WIDTH))
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (
            _title(tr("This goes, for good")),
            self._goes,
            _title(tr("This stays")),
            self._stays,
            _small(tr("Kinfolk will not look for faces in these photos again until you ask.")),
        ):
            column.addWidget(widget)
        column.addWidget(self.sure, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._status)
        super().__init__(tr("Erase all face data?"), body, tr("Erase all face data"), parent)
        dress(self.yes, "Danger")
        self.prefer(self.no)  # it cannot be taken back
        self.yes.setEnabled(False)
        self.sure.toggled.connect(self._follow)
        desk.theme.changed.connect(self._follow)
        self._follow()
        self._list(self._stays, "check", "watching", staying())
        self._going = self._list(self._goes, "trash-2", "danger", going(None))
        self.setAccessibleDescription("\n".join([*going(None), *staying()]))
        self.sure.setFocus()
        desk.background.read(self, desk.album.face_data, self._count)

    def accept(self) -> None:
        """Erase it; the dialog stays until that is done, and tells if it could not be."""
        if not self.sure.isChecked() or self._is_busy:
            return
        self._is_busy = True
        self._say(tr("Erasing…"), "Secondary")
        self._follow()
        self._desk.deeds.erase_all_faces(self._finish, self._fail)

    def reject(self) -> None:
        """Leave; what has begun is waited for."""
        if not self._is_busy:
            super().reject()

    def _finish(self) -> None:
        self._desk.pictures.forget()
        self._is_busy = False
        super().accept()

    def _fail(self, reason: str) -> None:
        self._is_busy = False
        self._say(reason, "Warning")
        self._follow()

    def _say(self, text: str, name: str) -> None:
        self._status.setObjectName(name)
        self._status.style().polish(self._status)
        self._status.setText(text)
        self._status.show()

    def _follow(self) -> None:
        name = "square-check" if self.sure.isChecked() else "square"
        self.sure.setIcon(self._desk.icons.icon(name, "text", 20))
        self.sure.setEnabled(not self._is_busy)
        self.no.setEnabled(not self._is_busy)
        self.yes.setEnabled(self.sure.isChecked() and not self._is_busy)

    def _count(self, known: FaceData) -> None:
        lines = going(known)
        for label, line in zip(self._going, lines, strict=True):
            label.setText(line)
        self.setAccessibleDescription("\n".join([*lines, *staying()]))

    def _list(self, place: QWidget, icon: str, token: str, lines: Sequence[str]) -> list[QLabel]:
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        texts = [_small(line, "Plain") for line in lines]
        for row in range(len(texts)):
            mark = QLabel()
            drawn = self._desk.icons.pixmap(icon, token, _ICON, self.devicePixelRatioF())
            mark.setPixmap(drawn)
            grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(texts[row], row, 1)
        return texts


def going(known: FaceData | None) -> list[str]:
    """What is erased, with how much of it there is, once that is known."""
    counts = (
        (0, 0, 0, 0)
        if known is None
        else (
            known.faces,
            known.people,
            known.names,
            known.words,
        )
    )
    faces, people, names, said = counts
    told = (
        (
            tr.counted(
                "1 face found, with description and small picture",
                "{0} faces found, with descriptions and small pictures",
                faces,
            ),
            tr("every face found, with descriptions and small pictures"),
        ),
        (
            tr.counted(
                "1 person or group of alike faces", "{0} people and groups of alike faces", people
            ),
            tr("every person and group of alike faces"),
        ),
        (tr.counted("1 name", "{0} names", names), tr("every name")),
        (
            tr.counted("1 thing you said of them", "{0} things you said of them", said),
            tr("everything you said of them"),
        ),
    )
    lines = [
        some if count > 1 else every for count, (some, every) in zip(counts, told, strict=True)
    ]
    return [*lines, tr("all backups made so far, as all of this is in them")]


def staying() -> list[str]:
    """What is not erased."""
    return [
        tr("your photos: Kinfolk never changes their files"),
        tr("the list of photos and folders in Kinfolk"),
    ]


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("Strong")
    return label


def _small(text: str, name: str = "Secondary") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
