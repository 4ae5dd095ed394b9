"""Recovery: a damaged library is set aside, and another made of a backup and the journal.

[Note: Recovery] The new library is built in a folder of its own, from the file itself if only its
indexes are damaged, rows point to nothing or words are lacking, or from the newest backup that is
good, or from nothing. Then the words that it lacks are said again, and only when all is done it
takes the place of the damaged one. Killed before that, nothing has happened; after it, doing it
again finds nothing to do.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.errors import LibraryError
from app.library import backups, journal, shelf
from app.library.collecting import home
from app.library.commands.folders import watch_again
from app.library.database import WORKSHOP, Library
from app.library.places import in_use_by_nobody, put_in_place
from app.library.rows import BackupRow
from app.library.said_again import say_again
from app.library.salvage import read_folders, read_log, read_mark, rebuild
from app.library.troubles import BROKEN, code_of, told
from app.paths import Paths
from app.private import make_folder, make_private, sync


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was done to bring a library back."""

    set_aside: Path | None
    """Where the file that was there is now; None if there was none, or it was sound."""
    backup: BackupRow | None
    """The backup that was restored; None if none was needed, or there was none that is good."""
    is_new: bool
    """Whether a new library had to be begun: the photos must be looked at again."""
    said_again: int
    """Words that the restored library lacked."""
    unsaid: int
    """Of them, words that could not be carried out; they are kept in the log."""


def recover_library(paths: Paths) -> Recovery:
    """Bring back a library that cannot be opened, with everything that was said; one that is
    sound stays as it is. Killed at any moment, it can be done again.

    Raises LibraryBusyError when another process uses the library, LibraryError when the disk
    refuses, NewerLibraryError when a later Kinfolk wrote it.
    """
    live, workshop = paths.database, paths.data / WORKSHOP
    try:
        with in_use_by_nobody(paths):
            shutil.rmtree(workshop, ignore_errors=True)
            make_folder(workshop)
            try:
                return _recover(live, workshop / live.name)
            finally:
                shutil.rmtree(workshop, ignore_errors=True)
    except (*BROKEN, OSError) as error:
        raise told(error, live) from error


def _recover(live: Path, new: Path) -> Recovery:
    record = live.with_name(journal.NAME)
    words, erased = _everything_said(live, record)
    is_present, backup = _begin(live, new)
    is_new = not is_present and backup is None
    said, unsaid = _bring_up(live, new, words, erased, is_present)
    if is_present and not shelf.check(live) and read_mark(live) == read_mark(new):
        aside = None
    else:
        aside = put_in_place(new, live)
    with closing(sqlite3.connect(live)) as file:
        journal.write_all(record, file, journal.mark_of(file))
    return Recovery(aside, backup, is_new, said, unsaid)


def _everything_said(live: Path, record: Path) -> tuple[list[journal.Word], int]:
    """The words of the journal, and those after them that the file still tells; and how often
    words were erased. Of two that know a word, the one that knows more of erasing is right."""
    words = {word.id: word for word in journal.read_words(record)}
    erased = (journal.last_mark(record) or journal.Mark()).erased
    if live.exists():
        mark = read_mark(live)
        from_here = {word.id: word for word in read_log(live)}
        last = max(words, default=0)
        if mark.erased <= erased:
            from_here = {number: word for number, word in from_here.items() if number > last}
        words |= from_here
        erased = max(erased, mark.erased)
    return [words[number] for number in sorted(words)], erased


def _begin(live: Path, new: Path) -> tuple[bool, BackupRow | None]:
    """Put into `new` what there is to begin with: the library itself, or the newest good backup,
    or nothing. Tells whether it is the library itself, and which backup it is."""
    if live.exists() and live.stat().st_size and _mended_copy(live, new):
        return True, None
    for row in shelf.listed(live.parent / backups.FOLDER):
        if not row.problem and not shelf.check(row.path):
            _discard(new)
            make_private(new)
            shutil.copyfile(row.path, new)
            return False, row
    _discard(new)
    return False, None


def _mended_copy(live: Path, new: Path) -> bool:
    """Whether the library is sound, or is so once it was written anew with fresh indexes and
    without rows that point to nothing."""
    for copy in (backups.copy_library, rebuild):
        _discard(new)
        make_private(new)
        try:
            copy(live, new)
        except BROKEN as error:
            if code_of(error) == sqlite3.SQLITE_FULL:
                raise  # which says nothing of the library
            continue
        if not shelf.check(new):
            return True
    return False


def _discard(new: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        new.with_name(new.name + end).unlink(missing_ok=True)


def _bring_up(
    live: Path, new: Path, words: Sequence[journal.Word], erased: int, is_present: bool
) -> tuple[int, int]:
    """Migrate what was restored, and say again what it lacks; unless it `is_present`, the
    folders that the damaged file still tells are watched, too."""
    library = Library.open(new)
    try:
        said = say_again(library, words, erased)
        if not is_present and live.exists():
            for number, name, folder in read_folders(live):
                found = library.write(partial(home, number, name))
                watch_again(library, found.id, folder)
    finally:
        library.close()
    problem = shelf.check(new)
    if problem:
        raise LibraryError(f"The library could not be brought back: {problem}")
    sync(new)
    return said
