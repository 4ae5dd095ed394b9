"""The collections of the library as the window knows them, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.library import commands, queries
from app.library.database import Library
from app.library.rows import CollectionRow, CollectionSize
from app.settings import Value
from app.ui.background import Background, Job
from app.ui.deeds import Offer
from app.ui.texts import Texts

if TYPE_CHECKING:
    from typing import Protocol

    from app.ui.desk import Desk
    from app.ui.main_window import MainWindow

    class Follower(Protocol):
        """What is asked of the indexer."""

        def heed(self, changes: Changes) -> object: ...


tr = Texts("collections")


Done = Callable[[], object]
Then = Callable[["MainWindow"], object]
"""What is to be done in the window when the collection is in sight."""


def _nothing(_: MainWindow) -> None:
    """Nothing more is to be done."""


class Collections(QObject):
    """All collections, by name, as they were read last. It outlives the desk of each of them."""

    changed = Signal()
    """Others are there, or one is called otherwise."""
    wanted = Signal(int, object)
    """The collection of this number is to be in sight, and what (Then) is to be done there."""

    def __init__(
        self,
        library: Library,
        follower: Follower,
        background: Background,
        here: CollectionRow,
        is_several: bool = False,
    ) -> None:
        """`here` is the one in sight; `is_several` says that there were others when the window was
        closed: until it is known, it is as then."""
        super().__init__()
        self._library = library
        self._follower = follower
        self._background = background
        self._job: Job | None = None
        self.rows: Sequence[CollectionRow] = (here,)
        self.is_several = is_several

    def row(self, collection_id: int) -> CollectionRow | None:
        """One of them; None where it is not there any more."""
        return next((row for row in self.rows if row.id == collection_id), None)

    def other_than(self, collection_id: int) -> CollectionRow | None:
        """Where to go when this one is left: the oldest of the others."""
        others = [row for row in self.rows if row.id != collection_id]
        return min(others, key=lambda row: row.id, default=None)

    def refresh(self) -> None:
        """Read anew."""
        if self._job is not None:
            self._job.drop()
        self._job = self._background.read(self, self.read, self.show)

    def read(self) -> list[CollectionRow]:
        """All there are now. Slow: for the background."""
        return queries.collections.collections(self._library)

    def show(self, rows: Sequence[CollectionRow]) -> None:
        """Know these from now on; what was read before is forgotten."""
        if self._job is not None:
            self._job.drop()
        self.rows, self.is_several = rows, len(rows) > 1
        self.changed.emit()

    def take_note(self, changes: Changes) -> None:
        """Something changed, here or elsewhere."""
        if changes.collections:
            self.refresh()

    def follow(self, changes: Changes) -> None:
        """Something was said here: what is done with photos follows it, too."""
        if changes.collections:
            self.refresh()
            self._background.command(self, partial(self._follower.heed, changes))

    def go(self, collection_id: int, then: Then = _nothing) -> None:
        """Let this collection be in sight."""
        self.wanted.emit(collection_id, then)

    def measure(self, owner: QObject, tell: Callable[[dict[int, CollectionSize]], None]) -> None:
        """Tell how much each holds, by its number."""
        self._background.read(owner, partial(queries.collections.sizes, self._library), tell)

    def create(self, name: str, kind: str, done: Done, refused: Callable[[str], None]) -> None:
        """Make one and go to it; `refused` is told why it cannot be."""

        def tell(row: CollectionRow) -> None:
            done()
            self.follow(Changes(collections=frozenset({row.id})))
            self.go(row.id)

        work = partial(commands.folders.create_collection, self._library, name, kind)
        self._background.command(self, work, tell, refused)

    def rename(self, desk: Desk, name: str, done: Done, refused: Callable[[str], None]) -> None:
        """Call the one in sight otherwise; Undo takes it back."""
        number = desk.album.collection_id
        work = partial(commands.collections.rename_collection, self._library, number, name)
        desk.deeds.carry_out(work, done, refused)

    def delete(self, desk: Desk) -> None:
        """Delete the one in sight and leave it for another, where Undo brings it back."""
        number = desk.album.collection_id
        to = self.other_than(number)
        work = partial(
            commands.collections.delete_collection, self._library, number,
            said_in=None if to is None else to.id,
        )  # fmt: skip

        def done(changes: Changes) -> None:
            if to is not None:
                self.go(to.id, partial(self._tell_deleted, changes, number))

        self._background.command(self, work, done, desk.deeds.refused.emit)

    def set_own(
        self, desk: Desk, option: str, value: Value | None, done: Callable[[Changes], None],
        refused: Callable[[str], None],
    ) -> None:  # fmt: skip
        """Set an option for the one in sight; None lets it follow the library."""
        self.set_all_own(desk, {option: value}, done, refused)

    def set_all_own(
        self, desk: Desk, values: Mapping[str, Value | None], done: Callable[[Changes], None],
        refused: Callable[[str], None],
    ) -> None:  # fmt: skip
        """As `set_own`, for several options at a time."""
        number = desk.album.collection_id
        work = partial(commands.collections.set_all_own, self._library, number, dict(values))

        def tell(changes: Changes) -> None:
            desk.deeds.changed.emit(changes)
            done(changes)

        self._background.command(desk.deeds, work, tell, refused)

    def own_of(self, collection_id: int) -> dict[str, Any]:
        """What one of them has set of its own: option -> value. Slow: for the background."""
        return queries.collections.told_settings(self._library, collection_id)

    def _tell_deleted(self, changes: Changes, deleted: int, window: MainWindow) -> None:
        """Say it where the user is now: the word stands in the log of this collection."""
        deeds = window.desk.deeds
        deeds.changed.emit(changes)

        def bring_back() -> None:
            deeds.undo()
            self.go(deleted)

        window.message.offer(changes.said, Offer(tr("Undo"), bring_back))
