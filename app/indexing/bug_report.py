"""Bug report: what helps those who mend Kinfolk, and says nothing of whose photos these are.

[Note: No names, no paths] What is told is made of constant words, versions and numbers. Settings
that may be any text (a command, a folder, a collection) are said to be set, and no more. The log
holds no name and no path by itself (logs.py); its last lines are sifted once more all the same,
since they come from a file that anything may have written to.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.errors import KnownError
from app.indexing.model_packs import pack_cards
from app.library.queries.collections import collections, own_settings
from app.library.queries.folders import folders
from app.library.queries.people import list_people
from app.library.queries.photos import counts
from app.settings import OPTIONS, Settings

if TYPE_CHECKING:
    from app.indexing.house import House
    from app.library.database import Library
    from app.library.rows import CollectionRow

_PACKAGES = (
    "onnxruntime", "insightface", "numpy", "scikit-learn", "Pillow", "pillow-heif", "rawpy", "av",
    "peewee",
)  # fmt: skip
_PACKS = frozenset({
    "compact", "buffalo_l", "buffalo_m", "buffalo_s", "buffalo_sc", "antelopev2",
})  # fmt: skip
"""Packs that anybody may have; any other is called as its user likes."""
_LINES = 40
"""Of the log."""
_TAIL = 64_000
"""Bytes from the end of the log in which they are looked for."""
_GONE = "…"
_CODE = re.compile(r"^ +[\w./<>-]+:\d+ in [\w<>]+$")
"""A place in the program's own code, as the log tells it."""
_DEBUG = re.compile(r"^\S+ \S+ DEBUG ")
_PATH = re.compile(r"(?:(?<![\w.])[~/\\]|[A-Za-z]:[\\/]|file:).*")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|'[^']*'")
_FILE = re.compile(r"\S+\.(?!py\b)[A-Za-z]\w{1,4}\b(?!\.)", re.ASCII)
_FIRST = "Photos"
"""What the first collection is called by Kinfolk itself; without that word the log says little."""
_SHORTEST = 2
"""Letters of a name; a single one stands in every word."""


def bug_report(house: House, more: Sequence[str] = ()) -> str:
    """All that is told, line by line; `more` are lines of the front door that asks."""
    lines = [*_versions(), *_system(), *more]
    for told in (_models, _numbers, _settings):
        try:
            lines += told(house)
        except KnownError as error:  # as of a library that cannot be read: then just that is told
            lines.append(f"Not known: {type(error).__name__}")
    lines += ["", "Log", *(log_lines(house.paths.logs / "kinfolk.log", _names(house.library)))]
    return "\n".join(lines) + "\n"


def _versions() -> Iterator[str]:
    kind = "packaged" if getattr(sys, "frozen", False) else "installed"
    yield f"Kinfolk {__version__} ({kind})"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    told = []
    for name in _PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            told.append(f"{name} {metadata.version(name)}")
    yield ", ".join(told)


def _system() -> Iterator[str]:
    name = f"{platform.system()} {platform.release()}"
    with contextlib.suppress(OSError, AttributeError):
        name = f"{platform.freedesktop_os_release().get('PRETTY_NAME', '')}, {name}"
    yield f"System: {name}, {platform.machine()}, {os.cpu_count()} cores{_memory()}"


def _memory() -> str:
    import psutil

    with contextlib.suppress(OSError, RuntimeError):
        return f", {psutil.virtual_memory().total / 1e9:.0f} GB of memory"
    return ""


def _models(house: House) -> Iterator[str]:
    settings = house.indexer.choices.settings
    card = next((one for one in pack_cards(house.paths, settings.pack) if one.in_use), None)
    if card is not None:
        name = card.name if card.name in _PACKS else "a pack of the user's"
        yield f"Models: {name} {card.version if card.name in _PACKS else ''}".rstrip() + (
            ", with a problem" if card.problem else ""
        )
    speed = house.indexer.choices.speed()
    how = "gently" if speed.is_gentle else "at full speed"
    yield f"Looks with: {speed.provider or 'not known yet'}, {speed.workers} at a time, {how}"
    if speed.measured is not None:
        for trial in speed.measured.trials:
            what = "failed" if trial.problem else f"{trial.photos_per_second:.1f} photos/s"
            yield f"  {trial.provider}: {what}"


def _numbers(house: House) -> Iterator[str]:
    library = house.library
    for row in collections(library):
        known = counts(library, row.id)
        named = sum(1 for one in list_people(library, row.id, include_hidden=True) if one.name)
        yield (
            f"Collection {row.id} ({row.kind}): {known.photos} photos, {known.people} people, "
            f"{named} named, {known.hidden_people} hidden, {known.unnamed_faces} faces without a "
            f"name, {known.pending} pending, {known.skipped} skipped, {known.gone} gone, "
            f"{known.copies} copies, {known.cloud} in the cloud, {known.in_part} in part, "
            f"{known.erased} erased, {_folders(library, row)}"
        )
    with contextlib.suppress(OSError):
        yield f"Library: {library.path.stat().st_size / 1e6:.1f} MB"


def _folders(library: Library, row: CollectionRow) -> str:
    told = [folder.state.name.lower() for folder in folders(library, row.id)]
    states = ", ".join(f"{told.count(state)} {state}" for state in sorted(set(told)))
    return f"{len(told)} folders" + (f" ({states})" if states else "")


def _settings(house: House) -> Iterator[str]:
    settings = house.indexer.choices.settings
    plain = Settings()
    yield from _set(
        "Settings",
        {
            one.name: getattr(settings, one.name)
            for one in OPTIONS
            if getattr(settings, one.name) != getattr(plain, one.name)
        },
    )
    for row in collections(house.library):
        yield from _set(f"Settings of collection {row.id}", own_settings(house.library, row.id))


def _set(title: str, values: Mapping[str, object]) -> Iterator[str]:
    told = [
        f"{one.name}={values[one.name] if _is_plain(one.kind, one.choices) else '(set)'}"
        for one in OPTIONS
        if one.name in values
    ]
    if told:
        yield f"{title}: {', '.join(told)}"


def _is_plain(kind: type, choices: Sequence[str]) -> bool:
    """Whether a value says nothing of its user: a number, or one of a list."""
    return kind is not str or bool(choices)


def log_lines(file: Path, names: Iterable[str] = ()) -> list[str]:
    """The last lines of a log, without what may be a path or one of these names."""
    known = sorted({one for one in names if len(one) >= _SHORTEST}, key=len, reverse=True)
    any_of = "|".join(map(re.escape, known))
    by_name = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE) if known else None
    return [_sifted(line, by_name) for line in _last_lines(file) if not _DEBUG.match(line)]


def _sifted(line: str, by_name: re.Pattern[str] | None) -> str:
    if _CODE.match(line):
        return line
    for pattern in (by_name, _PATH, _QUOTED, _FILE):
        if pattern is not None:
            line = pattern.sub(_GONE, line)
    return line


def _last_lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as stream:
            stream.seek(0, os.SEEK_END)
            stream.seek(max(0, stream.tell() - _TAIL))
            text = stream.read().decode("utf-8", "replace")
    except OSError:
        return ["(none)"]
    return text.splitlines()[-_LINES:]


def _names(library: Library) -> set[str]:
    """What people, collections and folders are called."""
    found = {Path.home().name}
    try:
        for row in collections(library):
            found.add(row.name)
            found |= {one.name for one in list_people(library, row.id, include_hidden=True)}
            for folder in folders(library, row.id):
                found |= {str(folder.path), *folder.path.parts[1:]}
    except KnownError:
        pass  # then nothing of it can have been logged by name either
    return found - {_FIRST}
