"""The doctor: the library, its small pictures, files, models and disks are looked over, and
mended."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import LibraryBusyError
from app.indexing.chores import Chore, Chores
from app.indexing.house import House
from app.indexing.keeping import let_strangers_go, overdue
from app.indexing.model_packs import pack_cards
from app.indexing.picture_doctor import PictureDoctor, Told
from app.library.checks.check import Finding, told
from app.library.commands.backups import list_backups, make_backup
from app.library.commands.doctor import Diagnosis, examine, repair
from app.library.queries.folders import collections, folders
from app.library.queries.photos import counts
from app.library.rows import Counts, FolderState, TaskType
from app.media.audit import is_open
from app.paths import Paths
from app.private import tighten
from app.settings import Settings

_LITTLE = 1_000_000_000
"""Bytes: with less room on a disk than that, writing may soon fail."""
_OLD_DAYS = 2
"""Kinfolk makes a backup every day."""


@dataclass(frozen=True, slots=True)
class Health:
    """What was found."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    totals: Counts | None
    """Of the collection asked about; None where the library cannot be read."""

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong any more."""
        return all(finding.mended for finding in self.findings)


def look_over(house: House, *, mend: bool, tell: Told) -> Health:
    """Look everything over, and with `mend` set right what can be set right.

    Without `mend` nothing is written. Raises LibraryBusyError when it is to mend while another
    process indexes the library, and whatever `tell` raises.
    """
    if not mend:
        is_alone = _is_free(house.paths.lock)
        return _look(house, examine(house.library, is_alone), tell, mend=False, is_alone=is_alone)
    with _alone(house.paths.lock), ExitStack() as stack:
        chores, begun = Chores(house.library), list[Chore]()

        def begin() -> None:
            begun.append(stack.enter_context(chores.begin(TaskType.REPAIR)))

        def tell_both(done: int, total: int) -> None:
            begun[0].tell(done, total)
            tell(done, total)

        diagnosis = repair(house.library, lambda: make_backup(house.library, "repair"), begin)
        if diagnosis.is_readable:
            let_strangers_go(house.library, house.thumbnails, house.settings, chores)
        health = _look(house, diagnosis, tell_both, mend=True, is_alone=True)
        mended = sum(finding.mended for finding in health.findings)
        begun[0].result = {"Problems": len(health.findings), "Mended": mended}
        return health


def _look(house: House, diagnosis: Diagnosis, tell: Told, *, mend: bool, is_alone: bool) -> Health:
    findings = [*diagnosis.findings, *_open_files(house.paths, mend=mend)]
    notes = list(diagnosis.notes)
    totals = None
    if diagnosis.is_readable:
        doctor = PictureDoctor(house.library, house.thumbnails, repair=mend, is_alone=is_alone)
        pictures = doctor.look(tell)
        findings += pictures.findings
        totals = counts(house.library, house.collection.id)
        notes += [*_of_folders(house), *_of_photos(totals), *_of_pictures(pictures.missing)]
        notes += _of_strangers(overdue(house.library, house.settings))
    findings += [
        Finding("models", card.problem, mendable=False)
        for card in pack_cards(house.paths, Settings.load(house.paths.settings).pack)
        if card.problem and card.in_use
    ]
    notes += [*_of_backups(house.paths.backups), *_of_disks(house.paths)]
    return Health(tuple(findings), tuple(notes), totals)


def _is_free(lock: Path) -> bool:
    """Whether nobody indexes the library; a lock that is not there is not made."""
    try:
        if lock.exists():
            with FileLock(lock, timeout=0):
                pass
    except Timeout:
        return False
    return True


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    try:
        with FileLock(lock, timeout=0):
            yield
    except Timeout as error:
        raise LibraryBusyError(
            "Kinfolk is open and at work on this library. Close it, then let the doctor repair it."
        ) from error


def _open_files(paths: Paths, *, mend: bool) -> list[Finding]:
    """Files of the library that others than their owner may read."""
    found = [
        path
        for path in _own_files(paths)
        if not path.is_symlink() and path.exists() and is_open(path.stat().st_mode)
    ]
    if not found:
        return []
    if mend:
        tighten(found)
    problem = told(
        "1 file of the library can be read by others.",
        "{} files of the library can be read by others.",
    )(len(found))
    return [Finding("files", problem, mended=not any(is_open(p.stat().st_mode) for p in found))]


def _own_files(paths: Paths) -> Iterator[Path]:
    yield from (paths.data, paths.backups, paths.logs, paths.cache, paths.settings, paths.window)
    yield from paths.data.glob("library*.db*")
    yield from paths.data.glob("journal*")
    yield from paths.backups.glob("*")
    yield from paths.logs.glob("kinfolk.log*")


def _of_folders(house: House) -> Iterator[str]:
    for collection in collections(house.library):
        for row in folders(house.library, collection.id):
            path = str(row.path)
            if row.state is FolderState.OFFLINE:
                yield f"{path} is offline: its drive is not connected."
            elif row.state is FolderState.MISSING:
                yield f"{path} is missing: it was renamed, moved or deleted."


def _of_photos(totals: Counts) -> Iterator[str]:
    sentences: tuple[tuple[int, Callable[[int], str]], ...] = (
        (
            totals.skipped,
            told(
                "1 file could not be looked at; `kinfolk index` names it again.",
                "{} files could not be looked at; `kinfolk index` lists them again.",
            ),
        ),
        (
            totals.pending,
            told(
                "1 photo waits to be looked at; `kinfolk index` does it.",
                "{} photos wait to be looked at; `kinfolk index` does it.",
            ),
        ),
        (
            totals.gone,
            told(
                "1 photo is gone; what is known of it is kept for 30 days.",
                "{} photos are gone; what is known of them is kept for 30 days.",
            ),
        ),
        (totals.copies, told("1 file is a copy of a photo.", "{} files are copies of photos.")),
    )
    return (sentence(count) for count, sentence in sentences if count)


def _of_pictures(missing: int) -> Iterator[str]:
    if missing:
        yield told(
            "1 small picture is missing; it is made when it is looked at.",
            "{} small pictures are missing; they are made when they are looked at.",
        )(missing)


def _of_strangers(due: int) -> Iterator[str]:
    if due:
        yield told(
            "1 face of a stranger is due to be erased; `kinfolk index` does it once a day.",
            "{} faces of strangers are due to be erased; `kinfolk index` does it once a day.",
        )(due)


def _of_backups(folder: Path) -> Iterator[str]:
    newest = next((row.at for row in list_backups(folder) if not row.problem), None)
    if newest is None:
        yield "There is no backup yet; `kinfolk backup` makes one."
        return
    days = (datetime.now(UTC).replace(tzinfo=None) - newest).days
    if days >= _OLD_DAYS:
        yield f"The newest backup is {days} days old; `kinfolk backup` makes one."


def _of_disks(paths: Paths) -> Iterator[str]:
    """Disks that are nearly full; library and cache may share one."""
    told_of: set[int] = set()
    for folder in (paths.data, paths.cache):
        if not folder.exists() or folder.stat().st_dev in told_of:
            continue
        told_of.add(folder.stat().st_dev)
        free = shutil.disk_usage(folder).free
        if free < _LITTLE:
            yield f"Only {free // 1_000_000} MB are free on the disk of {folder}."
