"""Invariants: what must be true of a library whenever its program was killed."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from PIL import Image

from app.errors import KnownError
from app.library.commands.backups import list_backups, verify_backup
from app.library.database import Library
from app.library.journal import NAME, read_words
from app.library.models import Face
from app.library.queries.decisions import standing
from app.library.queries.folders import collections
from tests.torture.facts import Facts, aside

_whole: set[tuple[str, int, int]] = set()
"""Small pictures that were seen to be whole: they are not opened again."""


def sound(library: Path, facts: Facts | None) -> list[str]:
    """The file is sound, its people agree with its log, its pictures are whole."""
    found = list(facts.problems) if facts is not None else []
    return found + words_hold(library) + pictures(library) + backups_good(library)


def words_hold(library: Path) -> list[str]:
    """Every standing word holds in the album; counts follow from faces."""
    database = library / "library.db"
    if not database.exists():
        return []
    with aside(database) as copy:
        try:
            opened = Library.open(copy)
        except KnownError as error:
            return [f"it does not open: {error}"]
        try:
            return [
                f"{row.name}: {what}"
                for row in collections(opened)
                for what in _contradictions(opened, row.id)
            ]
        except KnownError as error:
            return [f"it cannot be read: {error}"]
        finally:
            opened.close()


def _contradictions(library: Library, number: int) -> list[str]:
    words = standing(library, number)
    found = []
    for face in Face.select(Face.id, Face.person, Face.is_face, Face.placed):
        if face.id in words.said and face.person_id != words.said[face.id]:
            found.append(f"face {face.id} is not with whom it was said to be")
        if face.id in words.denied and (face.is_face or face.person_id):
            found.append(f"face {face.id} was said to be none")
        if (face.id, face.person_id) in words.refused:
            found.append(f"face {face.id} is with whom it was said not to be")
    return found


def pictures(library: Path) -> list[str]:
    """Every small picture can be opened to its last line."""
    found = []
    for path in (library / "cache").rglob("*.jpg"):
        status = path.stat()
        mark = (path.name, status.st_size, status.st_mtime_ns)
        if mark in _whole:
            continue
        try:
            with Image.open(path) as image:
                image.load()
            _whole.add(mark)
        except OSError as error:
            found.append(f"the small picture {path.name} is not whole: {error}")
    return found


def backups_good(library: Path) -> list[str]:
    """What bears the name of a backup can be restored."""
    found = []
    for row in list_backups(library / "backups"):
        status = row.path.stat()
        mark = (row.path.name, status.st_size, status.st_mtime_ns)
        if mark not in _whole:
            problem = row.problem or verify_backup(row.path).problem
            found += [f"the backup {row.path.name}: {problem}"] if problem else []
            _whole.add(mark)
    return found


def journal_agrees(library: Path, facts: Facts | None) -> list[str]:
    """The journal tells what the log does."""
    if facts is None:
        return []
    told = [(w.id, w.kind, w.data, w.said, w.target) for w in read_words(library / NAME)]
    log = [(i, kind, json.loads(data), said, target) for i, kind, data, said, target in facts.log]
    if told == log:
        return []
    return [f"the journal has {len(told)} words and the log {len(log)}, or others"]


def modes(library: Path) -> list[str]:
    """Nobody but the owner can read anything."""
    return [
        f"{path.relative_to(library.parent)} has the mode {oct(mode)}"
        for path in (library, *library.rglob("*"))
        if not path.is_socket() and (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077
    ]


def log_goes_on(before: Facts | None, after: Facts | None, most: int = 1) -> list[str]:
    """The log holds all that it held, and at most so many words more, each of them whole. A
    migration may add to the document of a word."""
    if before is None:
        return []
    if after is None:
        return ["the library is gone"]
    held = len(before.log)
    same = before.steps == after.steps
    known, now = (
        [word if same else (*word[:2], *word[3:]) for word in log]
        for log in (before.log, after.log[:held])
    )
    if known != now:
        return ["the log is not what it was"]
    fresh = after.log[held:]
    found = [f"{len(fresh)} words came of one"] if len(fresh) > most else []
    for number, kind, _, _, target in fresh:
        if kind in ("undo", "redo"):
            if (target in after.undone) != (kind == "undo"):
                found.append(f"{kind} of {target} is half done")
        elif kind in ("name", "merge", "confirm", "reject") and not after.anchors.get(number):
            found.append(f"the word {number}, {kind}, is about no face")
    return found


def looked_once(before: Facts | None, after: Facts | None, folder: Path) -> list[str]:
    """Photos that were looked at, and whose files are as they were, have the faces they had."""
    if before is None or after is None:
        return []
    found = []
    for number, photo in before.photos.items():
        now = after.photos.get(number)
        if photo.state != "looked" or photo.is_stale or now is None or now.state != "looked":
            continue
        same = (now.fingerprint, now.size, now.mtime_ns) == (
            photo.fingerprint, photo.size, photo.mtime_ns,
        )  # fmt: skip
        if same and now.faces != photo.faces:
            found.append(f"{photo.path.relative_to(folder)} was looked at twice")
    return found


def tasks_ended(killed: Facts | None, after: Facts | None) -> list[str]:
    """No task of the dead runs on; those that did say that they were interrupted."""
    if killed is None or after is None:
        return []
    found = [f"the task {number} still runs" for number in after.running]
    for number in killed.running:
        _, state = after.tasks.get(number, ("", "gone"))
        if state not in ("interrupted", "running"):
            found.append(f"the task {number} is {state}, not interrupted")
    return found
