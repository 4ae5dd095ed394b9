"""Placing: each file of a plan gets to its place, by copy or as a link, and is written down."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.errors import PhotoError, UsageError
from app.indexing.export.copying import (
    Check,
    TakenError,
    copy_file,
    is_content,
    make_folders,
    open_up,
    settle,
    why_unreadable,
    write_file,
)
from app.indexing.export.names import told_apart
from app.indexing.export.order import Order, Way
from app.indexing.export.plan import Item
from app.indexing.export.record import Entry, Record
from app.indexing.export.room import is_done

CHANGED = "Somebody changed the exported file since; it was left as it is."
TAKEN = "There is another file of that name, which Kinfolk did not write."
COPIED_INSTEAD = "Not every file could be a link there; those were copied."
_MADE = "made"
_NO_LINKS = (
    errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES,
    errno.EINVAL,
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What has been done so far."""

    photos: set[int] = field(default_factory=set)
    """The ids of those that are there now."""
    copied: int = 0
    linked: int = 0
    there: int = 0
    size: int = 0
    notes: set[str] = field(default_factory=set)
    made: list[Path] = field(default_factory=list)


class Placer:
    """Puts files into one folder. A file that is not there whole is not there."""

    def __init__(self, order: Order, record: Record, check: Check) -> None:
        self._order = order
        self._record = record
        self.check = check
        self.tally = Tally()

    def place(self, item: Item) -> None:
        """Have a file at its place.

        Raises PhotoError with the reason when this file cannot be exported, KnownError when none
        can be.
        """
        if is_done(item, self._record, self._order.way):
            self._count(item, "there")
            return
        target = self._target(item.path)
        mine = self._record.entry(item.path)
        if mine is not None and mine.key != item.key:
            raise PhotoError(TAKEN)
        if os.path.lexists(target) and (mine is None or not self._record.is_whole(mine)):
            # Some disks tell another time after the clocks were changed.
            self._adopt(item, target, TAKEN if mine is None else CHANGED)
            return
        self._bring(item, target, mine)

    def make(self, path: str, key: str, data: bytes) -> bool:
        """Write a file that was made here, unless it is there already; False where somebody has
        changed or put a file there."""
        target = self._target(path)
        mine = self._record.entry(path)
        if os.path.lexists(target) and (mine is None or not self._record.is_whole(mine)):
            if is_there := _holds(target, data):
                self._record.note(path, key, _MADE)
            return is_there
        part = self._record.part("made")
        write_file(data, part)
        return self.settle_made(part, path, key)

    def settle_made(self, part: Path, path: str, key: str) -> bool:
        """Give a file that was made as `part` its place; False where another is there."""
        target = self._target(path)
        mine = self._record.entry(path)
        open_up(part, 0o666)
        if mine is not None and os.path.lexists(target):
            if not self._record.is_whole(mine) or mine.key != key:
                return False
            part.replace(target)
        else:
            try:
                settle(part, target)
            except TakenError:
                return False
        self.tally.size += self._record.note(path, key, _MADE).size
        return True

    def place_of(self, path: str) -> Path:
        """Where a file lies, by its path within the folder."""
        return self._order.into / path

    def own_folder(self, name: str) -> str:
        """A folder of this name for what is made; another name where somebody else has it."""
        for number in range(1, 1000):
            free = name if number == 1 else f"{name} ({number})"
            if self._record.within(free) or not os.path.lexists(self.place_of(free)):
                return free
        raise PhotoError(TAKEN)

    def has_made(self, path: str, key: str) -> bool:
        """Whether an earlier export made this file, and it is as it was."""
        entry = self._record.entry(path)
        return entry is not None and entry.key == key and self._record.is_whole(entry)

    def copy(self, item: Item) -> None:
        """Have a copy at its place, whatever becomes of the photos themselves. It is no photo of
        its own.

        Raises as `place` does.
        """
        copier = Placer(replace(self._order, way=Way.COPY), self._record, self.check)
        copier.place(item)
        self.tally.size += copier.tally.size

    def sweep(self, folder: str, kept: Collection[str], key: str = "") -> None:
        """Remove what an earlier export made in this folder, under keys that begin so, and this one
        does not keep, such as originals of an album that has smaller photos now; never what
        somebody changed since."""
        for entry in self._record.within(folder):
            is_meant = entry.key.startswith(key) and entry.path not in kept
            if is_meant and self._record.is_whole(entry):
                with contextlib.suppress(OSError):
                    self.place_of(entry.path).unlink()

    def part(self, name: str) -> Path:
        """Where something is made, until `keep` gives it its place; empty now."""
        part = self._record.part(name)
        part.unlink(missing_ok=True)
        return part

    def keep(self, part: Path, path: str, key: str) -> Path:
        """Give what was made as `part` this place, instead of what an earlier export made there;
        where somebody else's file is, another name."""
        for number in range(1, 1000):
            free = path if number == 1 else told_apart(path, str(number))
            if self.settle_made(part, free, key):
                break
        else:
            raise PhotoError(TAKEN)
        self.tally.made.append(self._order.into / free)
        return self._order.into / free

    def _target(self, path: str) -> Path:
        target = self._order.into / path
        make_folders(self._order.into, target.parent)
        return target

    def _adopt(self, item: Item, target: Path, otherwise: str) -> None:
        """A file is there of which the record does not know: it has to be this one."""
        if not (
            _is_one_of(target, item.sources)
            or (item.fingerprint and is_content(target, item.fingerprint, self.check))
            or (not item.fingerprint and _is_alike(target, item.sources[0]))
        ):
            raise PhotoError(otherwise)
        self._record.note(item.path, item.key, self._order.way.value, _time(item.sources[0]))
        self._count(item, "there")

    def _bring(self, item: Item, target: Path, mine: Entry | None) -> None:
        reason = PhotoError("The file is no longer there.")
        for source in item.sources:
            try:
                self._bring_from(source, item, target, mine)
                return
            except PhotoError as error:
                reason = error
        raise reason

    def _bring_from(self, source: Path, item: Item, target: Path, mine: Entry | None) -> None:
        way = self._order.way
        if way.is_link:
            if not source.is_file():
                raise PhotoError("The file is no longer there.")
            if self._link(source, target, mine is not None):
                self._record.note(item.path, item.key, way.value, _time(source))
                self._count(item, "linked")
                return
            self.tally.notes.add(COPIED_INSTEAD)
        part = self._record.part("file")
        time = copy_file(source, part, item.fingerprint, self.check)
        if mine is None or not os.path.lexists(target):
            try:
                settle(part, target)
            except TakenError:
                raise PhotoError(TAKEN) from None
        else:
            part.replace(target)
        # What fell back is done as it was asked for.
        entry = self._record.note(item.path, item.key, way.value, time)
        self.tally.size += entry.size
        self._count(item, "copied")

    def _link(self, source: Path, target: Path, is_ours: bool) -> bool:
        """Make a link; False where it has to be a copy instead."""
        make: Callable[[Path], object] = (
            target.hardlink_to if self._order.way is Way.HARDLINK else target.symlink_to
        )
        try:
            if is_ours:
                target.unlink(missing_ok=True)
            make(source.absolute())
        except FileExistsError:
            raise PhotoError(TAKEN) from None
        except (OSError, NotImplementedError) as error:
            known = getattr(error, "errno", errno.ENOSYS)
            if self._order.falls_back and known in _NO_LINKS:
                return False
            what = "hard links" if self._order.way is Way.HARDLINK else "links"
            why = getattr(error, "strerror", None) or "this system has none"
            raise UsageError(f"There can be no {what} there ({why}). Use --as copy.") from error
        return True

    def _count(self, item: Item, how: str) -> None:
        setattr(self.tally, how, getattr(self.tally, how) + 1)
        if item.photo_id:
            self.tally.photos.add(item.photo_id)


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _is_one_of(target: Path, sources: Sequence[Path]) -> bool:
    """Whether it is the original itself, by another name or a link."""
    try:
        return any(target.samefile(one) for one in sources if one.exists())
    except (OSError, ValueError):
        return False


def _is_alike(target: Path, source: Path) -> bool:
    """Whether a companion is there already, byte for byte; sidecars are small, and moving parts
    are compared only where they are as large."""
    try:
        return filecmp.cmp(target, source, shallow=False)
    except (OSError, ValueError) as error:
        raise PhotoError(why_unreadable(source, error)) from error
