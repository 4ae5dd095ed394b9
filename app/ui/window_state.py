"""WindowState: how the window was left, so that it opens the same way."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt

from app.private import write_private
from app.ui.pages import ALONE
from app.ui.places import Kind, Place
from app.ui.session.place_file import place_in, written
from app.ui.session.sight import Returning, sight_of

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.page import Page


@dataclass(frozen=True, slots=True)
class Note:
    """How the window was at a moment, as it is written."""

    number: int
    text: str


class WindowState:
    """Size, place, page with what it is about and how far it is scrolled, the photo that is open,
    and the pictures' sizes and order, in a file beside the settings.

    A file that cannot be read or written costs what it would have kept, and nothing else.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._written: Mapping[str, Any] = {}
        self._lock = threading.Lock()
        self._number = self._newest = 0
        self._text = ""
        self._told: set[str] | None = None

    @property
    def place(self) -> Place:
        """Where the window was left; whom it was about may be gone."""
        left = self._read()
        place, here = place_in(left.get("place")), left.get("page")
        if place is not None:
            return place
        return Place(Kind(here) if here in [kind.value for kind in ALONE] else ALONE[0])

    @property
    def collection(self) -> int | None:
        """The number of the collection that was in sight; it may be gone."""
        number = self._read().get("collection")
        return number if isinstance(number, int) else None

    @property
    def is_several(self) -> bool:
        """Whether there were several collections."""
        return self._read().get("several") is True

    def restore(self, window: MainWindow, place: Place | None = None) -> bool:
        """Make the window as it was, and each page when it is made; False where its size is not
        known. `place` is where to be, if not where it was left."""
        place = self.place if place is None else place
        if window.trail.here != place:
            window.begin_at(place)
        self.dress(window)
        shape = self._written.get("window")
        if not isinstance(shape, str):
            return False
        known = window.restoreGeometry(QByteArray.fromBase64(shape.encode("ascii", "replace")))
        # Nobody wants to be met by a window that covers everything and has no menu.
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        return known

    def dress(self, window: MainWindow) -> None:
        """Make the pages as they were left, each when it is made."""
        self._written = self._read()
        window.pages.receive(self._restore_page)

    def _all_told(self) -> set[str]:
        if self._told is None:
            told = self._read().get("told")
            one = told if isinstance(told, list) else []
            self._told = {text for text in one if isinstance(text, str)}
        return self._told

    def is_told(self, what: str) -> bool:
        """Whether the user has been told of something that is said once."""
        return what in self._all_told()

    def tell(self, what: str) -> None:
        """It was said; it is written down with the rest."""
        self._all_told().add(what)

    def come_back(self, window: MainWindow) -> None:
        """Let the page be scrolled as it was left, and the photo be open that was."""
        if window.trail.here == self.place:
            Returning(window, self._read().get("sight"))

    def keep(self, window: MainWindow, collection: int | None = None) -> None:
        """Write down how the window is now; with another collection, where it goes on from here."""
        self.write(self._note(self._left(window, collection)))

    def look(self, window: MainWindow) -> Note | None:
        """How the window is now, to be handed to `write`; None where that is known already."""
        text = json.dumps(self._left(window), indent=2)
        return None if text == self._text else self._note_of(text)

    def write(self, note: Note) -> None:
        """Write a note down, unless there is a newer one; on any thread."""
        with self._lock:
            if note.number < self._newest:
                return
            self._newest = note.number
            with contextlib.suppress(OSError):
                write_private(self._file, note.text)

    def _note(self, left: Mapping[str, Any]) -> Note:
        return self._note_of(json.dumps(left, indent=2))

    def _note_of(self, text: str) -> Note:
        self._text, self._number = text, self._number + 1
        return Note(self._number, text)

    def _left(self, window: MainWindow, collection: int | None = None) -> dict[str, Any]:
        """All that is written down of a window."""
        shape = bytes(window.saveGeometry().toBase64().data()).decode()
        desk, here = window.desk, window.trail.here
        left: dict[str, Any] = {
            "window": shape,
            "page": here.kind.value,
            "collection": desk.album.collection_id if collection is None else collection,
            "several": desk.collections.is_several,
        }
        if told := self._all_told():
            left["told"] = sorted(told)
        for kind in window.pages:
            if kind not in window.pages.made and kind.value in self._written:
                left[kind.value] = self._written[kind.value]  # as it was left
        for kind, page in window.pages.made.items():
            sizes = page.sizes()
            own: dict[str, Any] = {} if sizes is None else {"pixels": sizes.now}
            if page.sorts:
                own["order"] = page.sort()
            if own:
                left[kind.value] = own
        if collection is None:  # elsewhere there is nobody whom it could be about
            shown = window.pages.made.get(here.kind)
            view = here.view if shown is None else shown.view_name
            left["place"] = written(replace(here, view=view))
            left["sight"] = sight_of(window)
        return left

    def _restore_page(self, kind: Kind, page: Page) -> None:
        left = self._written.get(kind.value)
        if not isinstance(left, Mapping):
            return
        sizes, pixels, order = page.sizes(), left.get("pixels"), left.get("order")
        if sizes is not None and isinstance(pixels, int):
            page.set_size(min(max(pixels, sizes.least), sizes.most))
        if order in dict(page.sorts) and order != page.sort():
            page.set_sort(str(order))

    def _read(self) -> Mapping[str, Any]:
        try:
            written = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return written if isinstance(written, Mapping) else {}
