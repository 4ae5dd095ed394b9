"""Found: a name that another program wrote about a photo, and how its place can be understood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.media.orientation import Area

LONGEST_NAME = 100
"""Characters of a name that are kept, as of every name in the album."""


class Origin(StrEnum):
    """Which program, or kind of file, a name comes from."""

    PICASA = "picasa"
    REGIONS = "regions"
    """XMP regions of the Metadata Working Group: Lightroom, digiKam, Picasa, Photos."""
    MICROSOFT = "microsoft"
    """XMP regions of Windows Photo Gallery and Photos."""
    DIGIKAM = "digikam"
    """digiKam's own database."""
    KEYWORDS = "keywords"
    """A person among the keywords, without a place in the photo."""
    TAKEOUT = "takeout"
    """The JSON file that Google Photos puts beside a photo."""


@dataclass(frozen=True, slots=True)
class ForeignName:
    """Somebody who is in a photo, by the word of another program."""

    name: str
    """As `clean` gives it."""
    origin: Origin
    readings: tuple[Area, ...] = ()
    """Where the face is, in the upright photo, 0..1: one box for each way in which the other
    program may have meant it, the likeliest first. Empty: somewhere in the photo."""
    way: str = ""
    """What decides which reading is meant: names with the same way are read alike."""
    is_ours: bool = False
    """Kinfolk wrote it into a sidecar, perhaps by no more than a guess."""


def clean(name: str) -> str:
    """The name as the album writes it: composed characters (NFC), one line, single spaces, at most
    100 characters; empty where nothing is left."""
    composed = unicodedata.normalize("NFC", name)
    shown = "".join(c if c.isprintable() else " " for c in composed)
    return " ".join(shown.split())[:LONGEST_NAME].strip()


def folded(name: str) -> str:
    """By what two spellings of one name are known as the same: without case."""
    return unicodedata.normalize("NFC", clean(name).casefold())


def is_box(box: Area) -> bool:
    """Whether a face can be there: something of it lies in the photo, and it has a size. Foreign
    boxes may reach a little beyond the edge."""
    x, y, w, h = box
    return (
        0 < w <= 1.5 and 0 < h <= 1.5 and x < 1 and y < 1 and x + w > 0 and y + h > 0
    )  # no comparison holds for what is no number
