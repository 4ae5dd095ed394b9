"""Sidecars: the names of people go out, into the `.xmp` files beside the photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import KnownError, XmpError
from app.indexing.chores import Chores
from app.library.commands.tasks import note_skip
from app.library.database import Library
from app.library.queries.named_photos import NamedPhoto, named_photos, photo_files
from app.library.queries.photos import photos_of
from app.library.rows import SkippedFile, TaskType
from app.library.shelf import Stop, go_on
from app.media.xmp.regions import Frame
from app.media.xmp.replacing import DiskFullError, sweep
from app.media.xmp.wish import KnownFace, Wish
from app.media.xmp.writing import Outcome, write_names
from app.progress import Cancelled

Tell = Callable[[int, int], object]
"""Is told how many photos of how many are done."""
Check = Callable[[], object]
"""Raises to end the work early."""

_MOST_TOLD = 10_000
"""Conflicts, and skipped files, that are told one by one."""


def _nobody(done: int, total: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose names go beside which photos."""

    collection_id: int
    photo_ids: tuple[int, ...] | None = None
    """None: all of the collection."""
    person_ids: frozenset[int] = frozenset()
    """The names of these alone; empty: of everyone in these photos."""

    @classmethod
    def of_people(cls, library: Library, collection_id: int, person_ids: Sequence[int]) -> Scope:
        """The names of these people, beside all photos that show one of them."""
        ids = {photo_id for one in person_ids for photo_id in photos_of(library, [one]).ids}
        return cls(collection_id, tuple(sorted(ids)), frozenset(person_ids))


@dataclass(frozen=True, slots=True)
class NameConflict:
    """A face that has another name in a sidecar, or in the photo's own file."""

    photo: Path
    sidecar: Path
    name: str
    """Kinfolk's."""
    other: str


@dataclass(slots=True)
class Tally:
    """What became of the sidecars, or would become of them."""

    task_id: str = ""
    """Of the task that did it."""
    new: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    away: int = 0
    """Photos that cannot be reached now."""
    conflicts: list[NameConflict] = field(default_factory=list)
    """At most ten thousand."""
    conflict_count: int = 0
    skipped: list[SkippedFile] = field(default_factory=list)

    @property
    def files(self) -> int:
        """How many sidecars are written."""
        return self.new + self.changed + self.removed

    def count(self, outcome: Outcome) -> None:
        """One more photo."""
        if outcome is Outcome.NEW:
            self.new += 1
        elif outcome is Outcome.CHANGED:
            self.changed += 1
        elif outcome is Outcome.REMOVED:
            self.removed += 1
        elif outcome is Outcome.UNCHANGED:
            self.unchanged += 1

    def document(self) -> dict[str, object]:
        """The numbers, as the result of a task."""
        return {
            "Files": self.files, "New": self.new, "Changed": self.changed,
            "Removed": self.removed, "Unchanged": self.unchanged,
            "Conflicts": self.conflict_count, "Away": self.away,
        }  # fmt: skip


def foresee_names(
    library: Library, scope: Scope, overwrite: bool, check: Check, tell: Tell
) -> Tally:
    """What writing the names would do; nothing is written. `check` may raise to stop."""
    work = _Round(library, scope, overwrite, is_real=False)
    work.go(check, tell)
    return work.tally


def write_all_names(
    library: Library,
    chores: Chores,
    scope: Scope,
    overwrite: bool,
    tell: Tell = _nobody,
    stop: Stop = go_on,
) -> Tally:
    """Write the names of people beside their photos, as a task that can be cancelled, or stopped
    because the program ends; what was written until then stays.

    Raises Cancelled; and KnownError when the disk is full.
    """
    with chores.begin(TaskType.WRITE, scope.collection_id) as chore:
        work = _Round(library, scope, overwrite, is_real=True)
        work.tally.task_id = chore.id

        def check() -> None:
            if stop() or chore.is_over_wanted():
                raise Cancelled

        def tell_all(done: int, total: int) -> None:
            chore.tell(done, total)
            tell(done, total)

        try:
            work.go(check, tell_all)
        finally:
            chore.result = work.tally.document()
            if chore.is_known:
                for skipped in work.tally.skipped[:_MOST_TOLD]:
                    note_skip(library, chore.id, skipped)
        return work.tally


class _Round:
    """Goes through the photos once."""

    def __init__(self, library: Library, scope: Scope, overwrite: bool, is_real: bool) -> None:
        self._library = library
        self._scope = scope
        self._overwrite = overwrite
        self._is_real = is_real
        self.tally = Tally()
        self._swept: set[Path] = set()

    def go(self, check: Check, tell: Tell) -> None:
        """See to every photo. Raises KnownError when the disk is full."""
        ids = photo_files(self._library, self._scope.collection_id, self._scope.photo_ids)
        tell(0, len(ids))
        for done, photo in enumerate(named_photos(self._library, ids), 1):
            check()
            if photo.is_away:
                self.tally.away += bool(photo.faces)
            else:
                self._see_to(photo)
            tell(done, len(ids))

    def _see_to(self, photo: NamedPhoto) -> None:
        wish = wish_for(photo, self._scope, self._overwrite)
        if self._is_real and photo.path.parent not in self._swept:
            self._swept.add(photo.path.parent)
            sweep(photo.path.parent)
        try:
            writing = write_names(photo.path, wish, dry_run=not self._is_real)
        except DiskFullError as full:
            raise KnownError(
                "The disk is full. What was written until now is whole, and so is all that was "
                "there before."
            ) from full
        except XmpError as error:
            self.tally.skipped.append(SkippedFile(photo.path, str(error)))
            return
        self.tally.count(writing.outcome)
        self.tally.conflict_count += len(writing.conflicts)
        if len(self.tally.conflicts) < _MOST_TOLD:
            self.tally.conflicts += [
                NameConflict(photo.path, writing.sidecar, conflict.name, conflict.other)
                for conflict in writing.conflicts
            ]


def wish_for(photo: NamedPhoto, scope: Scope, overwrite: bool) -> Wish:
    """What the sidecar of a photo is to say. A video has no one picture in which a place could be
    told: its sidecar says only who is in it."""
    faces = tuple(
        KnownFace(
            face.name,
            None if photo.is_video else face.box,
            not scope.person_ids or face.person_id in scope.person_ids,
        )
        for face in photo.faces
    )
    return Wish(faces, Frame(photo.width, photo.height, photo.orientation), overwrite)
