"""XMP: the people that Lightroom, digiKam, Windows and others wrote into files and sidecars."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.media.foreign.found import ForeignName, Origin, clean, is_box
from app.media.orientation import UPRIGHT, stored_area
from app.media.xmp.keywords import Keywords, keywords_in
from app.media.xmp.record import NAMED, REGION, entries_in
from app.media.xmp.regions import FACE, MICROSOFT, Frame, NamedRegion, regions_in
from app.media.xmp.sidecars import read_xmp

ROOTS = frozenset(
    {
        *("people", "persons", "faces", "personen", "menschen", "leute", "gesichter", "personas"),
        *("gente", "personnes", "gens", "persone", "pessoas", "mensen", "personer", "folk"),
        *(
            "henkilöt",
            "ihmiset",
            "osoby",
            "lidé",
            "ludzie",
            "emberek",
            "люди",
            "人物",
            "人々",
            "사람",
        ),
    }
)
"""What the branch of people is called in trees of keywords, in small letters."""
NOBODY = frozenset(
    {
        *("unknown", "unconfirmed", "ignored", "unbekannt", "unbestätigt", "ignoriert"),
        *("inconnu", "non confirmé", "ignoré", "desconocido", "sin confirmar", "ignorado"),
    }
)
"""What digiKam puts there for faces that nobody has named."""


@dataclass(frozen=True, slots=True)
class Described:
    """What the XMP of one photo says of people."""

    names: tuple[ForeignName, ...] = ()
    flat: tuple[str, ...] = ()
    """Keywords of which XMP does not say whether they are people."""


def read_people(photo: Path, width: int, height: int, orientation: int) -> Described:
    """The people in a photo by its sidecars and by the file itself; width and height are those of
    the upright photo, in pixels. Nothing where nothing is said, or nothing can be read."""
    packet = read_xmp(photo)
    if not packet.properties:
        return Described()
    regions = regions_in(packet, Frame(width, height, orientation))
    keywords = keywords_in(packet)
    ours = {clean(one.text) for one in entries_in(packet) if one.kind in (REGION, NAMED)}
    names = [
        *_framed((region for region in regions if region.kind in ("", FACE)), orientation, ours),
        *(ForeignName(name, Origin.KEYWORDS) for name in people_among(keywords)),
    ]
    return Described(tuple(names), tuple(name for word in keywords.flat if (name := clean(word))))


def _framed(
    regions: Iterable[NamedRegion], orientation: int, ours: Container[str]
) -> list[ForeignName]:
    """Some programs count from the upright photo where the others count from the stored one, and
    do not say so: the faces that are there tell it."""
    found = []
    for region in regions:
        name = clean(region.name)
        readings = [region.area]
        if orientation != UPRIGHT:
            readings.append(stored_area(region.area, orientation))
        origin = Origin.MICROSOFT if region.source == MICROSOFT else Origin.REGIONS
        way = f"{origin.value} {orientation} {int(region.is_doubtful)}"
        if name and name.lower() not in NOBODY and all(map(is_box, readings)):
            found.append(ForeignName(name, origin, tuple(readings), way, name in ours))
    return found


def people_among(keywords: Keywords) -> list[str]:
    """The names of people among keywords: those said to be of people, and the leaves of the branch
    of people in a tree."""
    names = [clean(name) for name in keywords.people]
    for path in keywords.paths:
        is_leaf = not any(other[: len(path)] == path != other for other in keywords.paths)
        if is_leaf and len(path) > 1 and path[0].lower() in ROOTS:
            names.append(clean(path[-1]))
    return [name for name in dict.fromkeys(names) if name and name.lower() not in NOBODY]
