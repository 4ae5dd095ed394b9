"""Takeout: the people in the JSON files that Google Photos puts beside photos it hands out.

[Note: Takeout] Each is about one photo, whose name it has as `title`, and lists `people` by name,
without places. Its own name is that of the photo with `.json` or `.supplemental-metadata.json`,
cut off after 46 characters (51 with the ending); of several photos with one name the second is
`IMG(1).jpg`, and its file `IMG.jpg(1).json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from app.media.foreign.found import ForeignName, Origin, clean

SUFFIX = ".json"
MAX_BYTES = 1 << 20
"""A larger file is no description of one photo."""

_COUNTED = re.compile(r"^(?P<name>.*)(?P<count>\(\d+\))$")
_SUPPLEMENT = "supplemental-metadata"
_CUT = 46
"""Characters of the name of a photo that the file still has."""


def names_in(data: bytes) -> list[ForeignName]:
    """The people of one file; [] for whatever is none of Google's."""
    document = _document(data)
    found = []
    people = document.get("people")
    for person in people if isinstance(people, list) else ():
        name = person.get("name") if isinstance(person, dict) else None
        if isinstance(name, str) and (shown := clean(name)):
            found.append(ForeignName(shown, Origin.TAKEOUT))
    return list(dict.fromkeys(found))


def _document(data: bytes) -> dict[str, object]:
    if len(data) > MAX_BYTES or b'"people"' not in data:
        return {}
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) and "title" in document else {}


def file_of(photo: str, files: Iterable[str]) -> str | None:
    """Which of the JSON files of a folder is about a photo, by their names alone."""
    wanted = photo.lower()
    best: tuple[int, str] | None = None
    for file in files:
        length = _likeness(wanted, file)
        if length and (best is None or length > best[0]):
            best = (length, file)
    return best[1] if best else None


def _likeness(photo: str, file: str) -> int:
    """How much of the photo's name, in small letters, a file's name has; 0 for another photo's."""
    name = file.lower().removesuffix(SUFFIX)
    counted = _COUNTED.match(name)
    count = counted["count"] if counted else ""
    name = counted["name"] if counted else name
    head, dot, end = name.rpartition(".")
    if dot and _SUPPLEMENT.startswith(end) and "." in head:
        name = head
    stem, dot, ending = photo.rpartition(".")
    if count:
        if not stem.endswith(count):
            return 0
        photo = f"{stem.removesuffix(count)}{dot}{ending}"
    if name == photo:
        return len(name) + 1
    return len(name) if len(name) >= _CUT - 1 and photo.startswith(name) else 0
