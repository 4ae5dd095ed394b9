"""Page: what all pages of the window have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.places import Place

REFRESH_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the thumbnail slider offers on a page, in logical pixels."""

    least: int
    most: int
    now: int


class Page(QWidget):
    """Shows one place; reads again when something it shows has changed, at most once a second."""

    went = Signal(Place)
    """The user wants to be at another place."""
    photo_opened = Signal(object, int)
    """Photos (a sequence of PhotoItem) to walk through, and the one to begin with."""
    face_opened = Signal(object, int, int)
    """As photo_opened, with the id of a face: of a video, the frame with it is shown."""
    title_changed = Signal(str)
    subject_changed = Signal(str)
    """What the window is to be called in a list of windows."""
    shown = Signal()
    """What was read first is there to be seen; once."""
    guide = ""
    """The page of the user guide that helps here, for a Help button; "" where none is needed."""
    sorts: Sequence[tuple[str, str]] = ()
    """Key and words of each order that the page offers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.title = ""
        self.subject = ""
        self.menu_title = ""
        """What the menu with the acts of this page is called; see widgets/act.py."""
        self._job: Job | None = None
        self._is_stale = True
        self._was_shown = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REFRESH_MILLISECONDS)
        self._rest.timeout.connect(self._catch_up)
        desk.pictures.arrived.connect(self.repaint_pictures)
        desk.theme.changed.connect(self.dress)

    def enter(self, place: Place) -> None:  # noqa: ARG002
        """Come into sight, about whom `place` says."""
        self.refresh()

    def reload(self) -> None:
        """Read what is shown anew."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read what has changed since the last time, for pages that can tell; the others all."""
        self.reload()

    def repaint_pictures(self) -> None:
        """Some pictures have arrived."""

    def dress(self) -> None:
        """The colours have changed."""

    def show_photo(self, photo_id: int) -> None:
        """The user comes back from this photo: have it in sight."""

    def sizes(self) -> Sizes | None:
        """What the slider offers; None where there is none."""
        return None

    @property
    def view_name(self) -> str:
        """Which of its views is in sight, as a Place tells it; "" for the one it opens with."""
        return ""

    def set_size(self, pixels: int) -> None:
        """The slider was moved."""

    def sort(self) -> str:
        """The order in force, by its key."""
        return ""

    def set_sort(self, key: str) -> None:
        """Another order was chosen."""

    def filter(self, text: str) -> None:
        """Something was typed into the search field."""

    def concerns(self, changes: Changes) -> bool:
        """Whether the page may show something else after these changes."""
        return bool(changes)

    def is_held(self) -> bool:
        """Whether the user is in the middle of something that a refresh would disturb."""
        return False

    def take_note(self, changes: Changes) -> None:
        """Refresh soon if these changes touch what is shown."""
        if self.concerns(changes):
            self._is_stale = True
            if not self._rest.isActive():
                self._catch_up()

    def read(self, work: Callable[[], Any], show: Callable[[Any], None]) -> None:
        """Run the page's one read; an earlier one that is still under way is forgotten."""
        if self._job is not None:
            self._job.drop()
        self._is_stale = False
        self._job = self.desk.background.read(self, work, partial(self._take, show))

    def set_title(self, title: str) -> None:
        """Say what the top bar shows."""
        self.title = title
        self.title_changed.emit(title)
        self.set_subject(title)

    def set_subject(self, subject: str) -> None:
        """Say what is shown, for the title of the window."""
        self.subject = subject
        self.subject_changed.emit(subject)

    def _take(self, show: Callable[[Any], None], answer: Any) -> None:
        show(answer)
        if not self._was_shown:
            self._was_shown = True
            self.shown.emit()

    def _catch_up(self) -> None:
        # A page out of sight reads when it is entered.
        if not self._is_stale or not self.isVisible():
            return
        self._rest.start()
        if not self.is_held():
            self.refresh()
