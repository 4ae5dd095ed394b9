"""Foreign names: all that other programs wrote about the photos of a collection, gathered."""

from __future__ import annotations

import bisect
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.indexing import digikam
from app.library.queries.naming import Lying
from app.media.foreign import picasa, takeout
from app.media.foreign.found import ForeignName, Origin, folded
from app.media.foreign.xmp import read_people

_ALIKE = 3
"""Letters that the name of a file of Google's has in common with that of its photo."""
Tell = Callable[[int, int], None]
"""Hears how many of how many photos are done; may raise to end the work."""


@dataclass(slots=True)
class Gathered:
    """The names that were found."""

    names: dict[int, list[ForeignName]] = field(default_factory=dict)
    """By photo."""
    not_looked_at: int = 0
    """Photos with names whose faces are not known yet."""
    elsewhere: int = 0
    """Photos with names that are not in the library."""
    nameless: int = 0
    """Faces of Picasa's whose contact nobody tells the name of."""
    contacts: int = 0
    """Contacts of contacts.xml that have a name."""

    @property
    def origins(self) -> frozenset[Origin]:
        """Where any of them come from."""
        return frozenset(name.origin for names in self.names.values() for name in names)


def gather(
    files: Sequence[Lying], contacts: Mapping[str, str], known: Sequence[str], tell: Tell
) -> Gathered:
    """The names of these files, by contacts.xml's id -> name where Picasa's own file does not say;
    plain keywords count where they are the name of somebody `known`, or found in another way."""
    found = Gathered(contacts=len(contacts))
    flat: defaultdict[int, set[str]] = defaultdict(set)
    done = 0
    for folder, own in _by_folder(files):
        ini, beside = _picasa(folder), _Takeout(folder)
        for file in own:
            tell(done, len(files))
            done += 1
            names = _of_picasa(ini, file, contacts, found)
            names += beside.of(file.path.name)
            described = read_people(file.path, file.width, file.height, file.orientation)
            names += described.names
            if file.is_film:
                names = [ForeignName(name.name, name.origin) for name in names]
            if file.is_looked_at:
                flat[file.photo_id].update(described.flat)
                _add(found, file.photo_id, names)
            elif names:
                found.not_looked_at += 1
        if ini is not None:
            there = {file.path.name.lower() for file in own}
            found.elsewhere += sum(
                bool(photo.faces) for name, photo in ini.photos.items() if name not in there
            )
    _add_digikam(found, files)
    _add_flat(found, flat, known)
    tell(len(files), len(files))
    return found


def _by_folder(files: Sequence[Lying]) -> Iterator[tuple[Path, list[Lying]]]:
    folders: defaultdict[Path, list[Lying]] = defaultdict(list)
    for file in files:
        folders[file.path.parent].append(file)
    yield from folders.items()


class _Takeout:
    """The JSON files in one folder, by their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            found = os.listdir(folder)  # noqa: PTH208 - names are all that is wanted
        except OSError:
            found = []
        self._files = sorted(name for name in found if name.lower().endswith(takeout.SUFFIX))

    def of(self, photo: str) -> list[ForeignName]:
        """Who is in a photo, by the file that is about it."""
        name = takeout.file_of(photo, self._near(photo))
        data = None if name is None else read_bounded(self._folder / name)
        return [] if data is None else takeout.names_in(data)

    def _near(self, photo: str) -> list[str]:
        """The files whose names begin alike: there may be thousands of others."""
        start = photo[:_ALIKE]
        place = bisect.bisect_left(self._files, start)
        found = []
        while place < len(self._files) and self._files[place].startswith(start):
            found.append(self._files[place])
            place += 1
        return found


def _picasa(folder: Path) -> picasa.PicasaFolder | None:
    data = picasa_data(folder)
    return None if data is None else picasa.read_folder(data)


def picasa_data(folder: Path) -> bytes | None:
    """The bytes of Picasa's file in a folder; None where there is none that can be read."""
    if folder.name == picasa.ORIGINALS:
        return None
    for name in picasa.FILES:
        data = read_bounded(folder / name)
        if data is not None:
            return data
    return None


def read_bounded(path: Path) -> bytes | None:
    """The bytes of a plain file of moderate size; None for everything else."""
    try:
        if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises on some odd paths
            return None
        with path.open("rb") as file:
            data = file.read(picasa.MAX_BYTES + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= picasa.MAX_BYTES else None


def _of_picasa(
    ini: picasa.PicasaFolder | None, file: Lying, contacts: Mapping[str, str], found: Gathered
) -> list[ForeignName]:
    if ini is None:
        return []
    names, nameless = picasa.names_in(ini, file.path, file.orientation, contacts)
    found.nameless += nameless
    return names


def _add_digikam(found: Gathered, files: Sequence[Lying]) -> None:
    """The database of digiKam lies in a folder of photos, or above it."""
    files = [file for file in files if file.is_looked_at]
    folders = {file.path.parent for file in files}
    above = {one for folder in folders for one in (folder, *folder.parents)}
    for place in digikam.databases(sorted(above)):
        for photo_id, names in digikam.read_database(place, files).items():
            _add(found, photo_id, names)


def _add(found: Gathered, photo_id: int, names: Sequence[ForeignName]) -> None:
    """Copies of a photo may tell the same again."""
    if names:
        known = found.names.setdefault(photo_id, [])
        known += [name for name in dict.fromkeys(names) if name not in known]


def _add_flat(found: Gathered, flat: Mapping[int, set[str]], known: Sequence[str]) -> None:
    people = {folded(name) for name in known}
    people |= {folded(name.name) for names in found.names.values() for name in names}
    for photo_id, words in flat.items():
        named = {folded(name.name) for name in found.names.get(photo_id, ())}
        more = [word for word in sorted(words) if folded(word) in people - named]
        _add(found, photo_id, [ForeignName(word, Origin.KEYWORDS) for word in more])


def contacts_files(home: Path, data: Path | None) -> list[Path]:
    """Where Picasa keeps contacts.xml: below the user's home on a Mac, and with Wine on Linux;
    below `data`, the user's own application data, on Windows."""
    inner = Path("Google") / "Picasa2" / "contacts" / "contacts.xml"
    places = [] if data is None else [data / inner]
    places.append(
        home
        / "Library"
        / "Application Support"
        / "Google"
        / "Picasa3"
        / "contacts"
        / "contacts.xml"
    )
    for drive in (home / ".google" / "picasa" / "3.0" / "drive_c", home / ".wine" / "drive_c"):
        for users in ("users", "Documents and Settings"):
            for local in ("AppData/Local", "Local Settings/Application Data"):
                places += sorted(drive.glob(f"{users}/*/{local}/{inner.as_posix()}"))
    return [place for place in places if os.path.isfile(place)]  # noqa: PTH113
