"""Journal: the log of what the user said once more, beside the library, one JSON line a row.

[Note: Journal] Each row of `decision` and `decisionface` is appended right after the commit, and
the disk has it before the word is shown as done. Every batch ends with a mark: how far the log goes
and how often rows of it were erased. By its last line a journal tells whether it is up to date;
after an erasure it is written anew, so that it never says what was to be forgotten. It is written
within a transaction of the library: the one writer of that is the one writer of the journal, in
every process.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

import peewee as pw

from app.errors import LibraryError
from app.private import make_private, sync

logger = logging.getLogger(__name__)

NAME = "journal.jsonl"
"""The journal's name, beside the library file."""
OLD = "journal-old-{}.jsonl"
"""What a journal of another library is called that was found there."""
_TAIL = 1024
"""Bytes in which the last mark surely ends."""
_WORDS = """
SELECT decision.id, collection.name, collection_id, decision.at, decision.kind, data, said,
       target_id
FROM decision JOIN collection ON collection.id = decision.collection_id
WHERE decision.id > ? ORDER BY decision.id
"""
_ANCHORS = """
SELECT decision_id, fingerprint, x, y, w, h, before FROM decisionface WHERE id > ? ORDER BY id
"""
_HERE = """
SELECT COALESCE((SELECT MAX(id) FROM decision), 0), COALESCE((SELECT MAX(id) FROM decisionface), 0),
    (SELECT user_version FROM pragma_user_version),
    COALESCE((SELECT at FROM decision ORDER BY id DESC LIMIT 1), 0)
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a log goes: its last rows, how often rows were erased, and when it was last said
    something."""

    words: int = 0
    anchors: int = 0
    erased: int = 0
    at: float = 0.0

    def is_ahead_of(self, other: Mark) -> bool:
        """Whether this log knows of words, or of their erasure, that the other has lost."""
        if self.erased != other.erased:
            return self.erased > other.erased
        return self.words > other.words


@dataclass(slots=True)
class Word:
    """A row of the log, with the faces it is about as (fingerprint, x, y, w, h, before)."""

    id: int
    collection: str
    at: float
    kind: str
    data: dict[str, Any]
    said: str
    target: int | None
    anchors: list[tuple[Any, ...]] = field(default_factory=list)
    home: int | None = None
    """The number of the collection; None in what was written before collections had other names."""


class Journal:
    """The journal of one open library; used by its writing thread."""

    def __init__(self, path: Path, database: pw.SqliteDatabase) -> None:
        self.path = path
        self._database = database
        self._known = Mark()

    def catch_up(self, *, anew: bool = False) -> None:
        """Append what the log has and the journal lacks; or write it `anew`. A disk that refuses
        costs nothing but the journal's being up to date: the next call tries again."""
        try:
            if anew and self.path.exists():
                self.rewrite()
            elif self.here() != self._known:
                with self._database.atomic("IMMEDIATE"):
                    self._known = self._bring_up()
        except (OSError, LibraryError, pw.PeeweeException, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            logger.warning("The journal of what was said could not be written: %s", reason)

    def rewrite(self) -> None:
        """Write the journal anew, as the log is now.

        Raises OSError when the disk refuses.
        """
        with self._database.atomic("IMMEDIATE"):
            self._known = self.here()
            write_all(self.path, self._database, self._known)

    def here(self) -> Mark:
        """How far the log of the library goes."""
        return Mark(*self._database.execute_sql(_HERE).fetchone())

    def _bring_up(self) -> Mark:
        here = self.here()
        if here == Mark(erased=here.erased) and not self.path.exists():
            return here  # nothing was ever said
        mark = read_mark(self.path) or _mend(self.path)
        if mark is None or mark.erased < here.erased:
            write_all(self.path, self._database, here)
        elif not self._goes_on(mark, here):
            logger.warning("The journal was that of another library and was set aside")
            set_aside(self.path)
            write_all(self.path, self._database, here)
        elif mark != here:
            _append(self.path, lines(self._database, here, mark))
        return here

    def _goes_on(self, mark: Mark, here: Mark) -> bool:
        """Whether the log is the one of the journal, and as far at least."""
        said = self._database.execute_sql("SELECT at FROM decision WHERE id = ?", (mark.words,))
        last = said.fetchone()
        same = mark.words == 0 or (last is not None and last[0] == mark.at)
        return same and mark.anchors <= here.anchors and not mark.is_ahead_of(here)


def read_mark(path: Path) -> Mark | None:
    """The mark with which a journal ends; None if there is no journal, or its end is torn."""
    try:
        with path.open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - _TAIL, 0))
            tail = file.read()
    except OSError:
        return None
    return _mark(tail[tail.rfind(b"\n", 0, -1) + 1 :])


def read_words(path: Path) -> list[Word]:
    """What a journal tells, in order; lines that are torn or damaged are passed over."""
    words: dict[int, Word] = {}
    with contextlib.suppress(OSError), path.open("rb") as file:
        for line in file:
            with contextlib.suppress(ValueError, KeyError, TypeError):
                _take(json.loads(line), words)
    return [words[number] for number in sorted(words)]


def _take(document: dict[str, Any], words: dict[int, Word]) -> None:
    if "kind" in document:
        word = Word(**document)
        word.anchors = words[word.id].anchors if word.id in words else []
        words[word.id] = word
    elif "of" in document:
        before = json.dumps(document["before"], ensure_ascii=False, sort_keys=True)
        words[document["of"]].anchors.append((document["print"], *document["box"], before))


def lines(database: Any, here: Mark, since: Mark) -> Iterator[bytes]:
    """The lines of a log after a mark, and the mark `here` with which they end; `database` is
    whatever executes SQL."""
    run = getattr(database, "execute_sql", None) or database.execute
    for number, collection, home, at, kind, data, said, target in run(_WORDS, (since.words,)):
        yield _line({
            "id": number, "collection": collection, "home": home, "at": at, "kind": kind,
            "data": json.loads(data), "said": said, "target": target,
        })  # fmt: skip
    for number, fingerprint, *box, before in run(_ANCHORS, (since.anchors,)):
        document = {"of": number, "print": fingerprint, "box": box, "before": json.loads(before)}
        yield _line(document)
    yield _line({"mark": astuple(here)})


def mark_of(database: Any) -> Mark:
    """How far the log in a database goes."""
    return Mark(*database.execute(_HERE).fetchone())


def write_all(path: Path, database: Any, here: Mark) -> None:
    """Write a journal anew; a crash leaves the old one or the new one.

    Raises OSError when the disk refuses.
    """
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    make_private(new)
    try:
        with new.open("wb") as file:
            file.writelines(lines(database, here, Mark()))
        sync(new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    sync(path.parent)


def set_aside(path: Path) -> None:
    """Keep a journal under another name."""
    if path.exists():
        number = 1
        while (old := path.with_name(OLD.format(number))).exists():
            number += 1
        path.rename(old)


def _append(path: Path, more: Iterable[bytes]) -> None:
    """Append a batch; what a full disk took half of is taken back."""
    batch = memoryview(b"".join(more))
    with path.open("r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        try:
            while batch:
                batch = batch[file.write(batch) :]
            os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                file.truncate(size)
            raise


def last_mark(path: Path) -> Mark | None:
    """The last mark in a journal, be its end torn or not; None if it has none."""
    return _last_mark(path)[0]


def _last_mark(path: Path) -> tuple[Mark | None, int]:
    """The last mark in a journal, and where its line ends."""
    found, end, place = None, 0, 0
    with contextlib.suppress(OSError), path.open("rb") as file:
        for line in file:
            place += len(line)
            mark = _mark(line)
            if mark is not None:
                found, end = mark, place
    return found, end


def _mend(path: Path) -> Mark | None:
    """Cut off what a crash left behind the last whole batch; gives its mark, None without one."""
    found, end = _last_mark(path)
    if found is not None:
        os.truncate(path, end)
    return found


def _mark(line: bytes) -> Mark | None:
    if not line.startswith(b'{"mark"') or not line.endswith(b"\n"):
        return None
    try:
        words, anchors, erased, at = json.loads(line)["mark"]
        return Mark(int(words), int(anchors), int(erased), float(at))
    except (ValueError, KeyError, TypeError):
        return None


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True).encode() + b"\n"
