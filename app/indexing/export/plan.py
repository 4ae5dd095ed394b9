"""Plan: which file goes where, under which name, before anything is written.

A photo keeps the name of its file. Where two of one folder have the same, on any disk that holds
“Anna” and “ANNA” for the same, the first by path has it, and the others have the first eight digits
of their fingerprint behind it, such as “IMG_0001 (3f2a91bc).jpg”. Whoever has a name keeps it: the
record of the folder tells. A file that is there already and is not ours has its name, too, unless
it is that photo itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.indexing.export.copying import is_content
from app.indexing.export.folders import Folders
from app.indexing.export.names import file_name, same, split, told_apart
from app.indexing.export.order import Order, Way
from app.indexing.export.record import FOLDER, Record
from app.library.queries.exports import PhotoFiles, Shown

_SIDECAR = ".xmp"
OFFLINE = "Its drive is not connected, or its folder is not there."


@dataclass(frozen=True, slots=True)
class Item:
    """One file that goes into a folder."""

    path: str
    """Within the folder of the export, with / between names."""
    key: str
    """What it is called in the record."""
    sources: tuple[Path, ...]
    """The file, and others with the same content, should it be gone."""
    size: int
    fingerprint: str = ""
    """What is to be in it; empty where nobody knows."""
    photo_id: int = 0
    """Of the photo itself, 0 of what goes along with one."""


@dataclass(slots=True)
class Plan:
    """All files of an export."""

    items: list[Item] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    photos: int = 0
    """How many photos can be exported."""


def make_plan(
    order: Order,
    photos: Sequence[PhotoFiles],
    people: Mapping[int, Sequence[Shown]],
    folders: Folders,
    record: Record,
    check: Callable[[], None] = lambda: None,
) -> Plan:
    """Where the photos go; `check` may raise to end it."""
    plan = Plan()
    there = _There(record, check)
    wanted: list[tuple[PhotoFiles, str]] = []
    for photo in photos:
        if photo.is_offline:
            plan.skipped.append((photo.path, OFFLINE))
            continue
        plan.photos += 1
        if order.way is not Way.NONE:
            wanted += [(photo, folder) for folder in folders.of(photo, people.get(photo.id, ()))]
    wanted.sort(key=lambda one: (one[1], os.fsencode(one[0].path)))
    beside = _Beside()
    named = [one for one in wanted if record.name_of(one[1], one[0].fingerprint)]
    fresh = [one for one in wanted if not record.name_of(one[1], one[0].fingerprint)]
    for photo, folder in (*named, *fresh):  # who has a name keeps it
        check()
        companions = beside.of(photo) if order.companions else []
        plan.items += there.claim(photo, folder, companions)
    plan.items.sort(key=lambda item: item.path)
    return plan


class _There:
    """Which names are free in each folder."""

    def __init__(self, record: Record, check: Callable[[], None]) -> None:
        self._record = record
        self._check = check
        self._claimed: dict[str, Path] = {}
        self._done: set[tuple[str, str]] = set()
        self._listed: dict[str, dict[str, str]] = {}

    def claim(self, photo: PhotoFiles, folder: str, companions: Sequence[Path]) -> list[Item]:
        """The files of a photo under names that are free."""
        usual = self._record.name_of(folder, photo.fingerprint)
        if (folder, photo.fingerprint) in self._done:
            return []  # the same content once more
        self._done.add((folder, photo.fingerprint))
        for name in (usual,) if usual is not None else _names(photo):
            items = list(_items(photo, _within(folder, name), companions))
            if usual is not None or self._are_free(items):
                for item in items:
                    self._claimed[same(item.path)] = item.sources[0]
                return items
        return []

    def _are_free(self, items: Sequence[Item]) -> bool:
        return all(self._is_free(item) for item in items)

    def _is_free(self, item: Item) -> bool:
        claimed = self._claimed.get(same(item.path))
        if claimed is not None:
            return claimed == item.sources[0]
        entry = self._record.entry(item.path)
        if entry is not None:
            return entry.key == item.key
        folder, _, name = item.path.rpartition("/")
        found = self._names_in(folder).get(same(name))
        if found is None:
            return True
        return self._is_it(self._record.into / folder / found, item)

    def _is_it(self, path: Path, item: Item) -> bool:
        """Whether the file that is there is the photo: as the one who was killed left it."""
        if not item.fingerprint:
            return False
        try:
            is_same = any(path.samefile(one) for one in item.sources if one.exists())
            if is_same or path.is_symlink():
                return is_same
            if path.stat().st_size != item.size:
                return False
        except (OSError, ValueError):
            return False
        return is_content(path, item.fingerprint, self._check)

    def _names_in(self, folder: str) -> Mapping[str, str]:
        if folder not in self._listed:
            try:
                names = os.listdir(self._record.into / folder)  # noqa: PTH208 - names alone
            except OSError:
                names = []
            self._listed[folder] = {same(name): name for name in names}
        return self._listed[folder]


class _Beside:
    """What lies beside photos; each directory is read once."""

    def __init__(self) -> None:
        self._names: dict[Path, dict[str, str]] = {}

    def of(self, photo: PhotoFiles) -> list[Path]:
        """The files that go along with a photo: sidecars, and its moving part."""
        folder = photo.path.parent
        names = self._sidecars(folder)
        found = [
            folder / names[wanted]
            for wanted in (f"{photo.path.name}{_SIDECAR}", f"{photo.path.stem}{_SIDECAR}")
            if wanted in names
        ]
        if photo.motion is not None and photo.motion != photo.path:
            found.append(photo.motion)
        return found

    def _sidecars(self, folder: Path) -> Mapping[str, str]:
        """By their name with a small ending."""
        if folder not in self._names:
            try:
                with os.scandir(folder) as entries:
                    names = [one.name for one in entries if one.name.lower().endswith(_SIDECAR)]
            except (OSError, ValueError):
                names = []
            self._names[folder] = {name[: -len(_SIDECAR)] + _SIDECAR: name for name in names}
        return self._names[folder]


def _names(photo: PhotoFiles) -> Iterator[str]:
    """The names that a photo may have, the first that is free."""
    usual = file_name(photo.path.name)
    yield usual
    for digits in (8, 16, len(photo.fingerprint)):
        yield told_apart(usual, photo.fingerprint[:digits])
    for number in range(2, 100):  # somebody has put files of just these names there
        yield told_apart(usual, f"{photo.fingerprint[:8]} {number}")


def _items(photo: PhotoFiles, path: str, companions: Sequence[Path]) -> Iterator[Item]:
    sources = (photo.path, *photo.copies)
    yield Item(path, photo.fingerprint, sources, photo.size, photo.fingerprint, photo.id)
    for one in companions:
        # PHOTO.jpg.xmp and PHOTO.xmp belong to what PHOTO.jpg is called here.
        is_whole = one.name.startswith(photo.path.name)
        ending = one.name[len(photo.path.name) :] if is_whole else split(one.name)[1]
        beside = path if is_whole else split(path)[0]
        yield Item(f"{beside}{ending}", f"{photo.fingerprint}{ending}", (one,), _size(one))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _within(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


assert FOLDER.startswith(".")  # no name of a photo or person begins so
