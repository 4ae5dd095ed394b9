"""WindowState: how the window was left, so that it opens the same way."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt

from app.private import write_private
from app.ui.pages import ALONE
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.page import Page


class WindowState:
    """Size, place, page, and the pictures' sizes and order, in a file beside the settings.

    A file that cannot be read or written costs what it would have kept, and nothing else.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._written: Mapping[str, Any] = {}

    @property
    def place(self) -> Place:
        """Where the window was left."""
        here = self._read().get("page")
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

    def restore(self, window: MainWindow) -> bool:
        """Make the window as it was, and each page when it is made; False where its size is not
        known."""
        if window.trail.here != self.place:
            window.begin_at(self.place)
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

    def keep(self, window: MainWindow, collection: int | None = None) -> None:
        """Write down how the window is now; with another collection, where it goes on from here."""
        shape = bytes(window.saveGeometry().toBase64().data()).decode()
        desk = window.desk
        left: dict[str, Any] = {
            "window": shape,
            "page": window.trail.here.kind.value,
            "collection": desk.album.collection_id if collection is None else collection,
            "several": desk.collections.is_several,
        }
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
        with contextlib.suppress(OSError):
            write_private(self._file, json.dumps(left, indent=2))

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
