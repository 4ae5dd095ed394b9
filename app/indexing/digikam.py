"""digiKam: the faces that were named in its database, which many never write into their photos.

[Note: digiKam] digikam4.db is an SQLite file, by default in the folder of the photos. A face is a
row of ImageTagProperties: the property `tagRegion`, whose value is a rectangle in pixels of the
whole picture, and the tag that is the person; other properties are guesses of digiKam's. Whether
the picture is meant as it is stored or as it is shown, the faces tell. The file is only read, as
one that nobody writes: SQLite then makes no files beside it.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from app.library.queries.naming import Lying
from app.media.foreign.found import ForeignName, Origin, clean, is_box
from app.media.foreign.xmp import NOBODY
from app.media.orientation import UPRIGHT, lies_down, upright_area

NAME = "digikam4.db"

_FACES = """
SELECT Albums.relativePath, Images.name, Tags.name, ImageTagProperties.value
FROM ImageTagProperties
JOIN Images ON Images.id = ImageTagProperties.imageid
JOIN Albums ON Albums.id = Images.album
JOIN Tags ON Tags.id = ImageTagProperties.tagid
WHERE ImageTagProperties.property = 'tagRegion'
"""
_RECT = re.compile(r'(x|y|width|height)="(-?\d+(?:\.\d+)?)"')


def databases(folders: Iterable[Path]) -> list[Path]:
    """The databases that lie in any of these folders."""
    places = (folder / NAME for folder in dict.fromkeys(folders))
    found = []
    for place in places:
        with contextlib.suppress(OSError, ValueError):
            if place.is_file():
                found.append(place)
    return found


def read_database(path: Path, files: Sequence[Lying]) -> dict[int, list[ForeignName]]:
    """Photo -> the names that a database has for faces in it; {} where it cannot be read. The
    photos are told by their names and the folders above, as far as digiKam knows these."""
    by_name: defaultdict[str, list[Lying]] = defaultdict(list)
    for file in files:
        by_name[file.path.name].append(file)
    found: defaultdict[int, list[ForeignName]] = defaultdict(list)
    for folder, name, person, value in _rows(path):
        for file in _meant(PurePosixPath(folder), by_name.get(name, ()), path.parent):
            made = _name(person, value, file)
            if made is not None and made not in found[file.photo_id]:
                found[file.photo_id].append(made)
    return {photo: names for photo, names in found.items() if names}


def _rows(path: Path) -> list[tuple[str, str, str, str]]:
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as file:
            rows = file.execute(_FACES).fetchall()
    except (sqlite3.Error, OSError, ValueError):
        return []
    return [
        (folder, name, person, value)
        for folder, name, person, value in rows
        if all(isinstance(text, str) for text in (folder, name, person, value))
    ]


def _meant(folder: PurePosixPath, files: Sequence[Lying], root: Path) -> list[Lying]:
    """Those of the files that lie in a folder of digiKam's: below the database, or else wherever
    the same folders are above the file."""
    parts = folder.parts[1:]
    there = root.joinpath(*parts)
    here = [file for file in files if file.path.parent == there]
    if here or not parts:
        return here
    return [file for file in files if file.path.parent.parts[-len(parts) :] == parts]


def _name(person: str, value: str, file: Lying) -> ForeignName | None:
    name = clean(person)
    numbers: Mapping[str, float] = {side: float(n) for side, n in _RECT.findall(value)}
    if not name or name.lower() in NOBODY or len(numbers) < 4 or not file.width or not file.height:
        return None
    if file.is_film:
        return ForeignName(name, Origin.DIGIKAM)
    x, y, w, h = (numbers[side] for side in ("x", "y", "width", "height"))
    across, down = file.width, file.height
    upright = (x / across, y / down, w / across, h / down)
    readings = [upright]
    if file.orientation != UPRIGHT:
        if lies_down(file.orientation):
            across, down = down, across
        stored = (x / across, y / down, w / across, h / down)
        readings.append(upright_area(stored, file.orientation))
    if not any(map(is_box, readings)):
        return None
    return ForeignName(name, Origin.DIGIKAM, tuple(readings), f"digikam {file.orientation}")
