"""Picasa: the names in its .picasa.ini, which lies hidden beside the photos, and contacts.xml.

[Note: Picasa] A section per file holds `faces=rect64(3f845bcb59418507),8e62b2035b74b477;...`: four
numbers of 16 bits in hexadecimal digits, left, top, right, bottom as parts of 65536, leading zeros
left out, and the id of a contact; ffffffffffffffff is somebody unnamed. Names are in the section
[Contacts2], as `id=Name;;`, else in contacts.xml, to whose ids the older [Contacts] leads as
`id=user_lh,other id`.

What the numbers refer to is told differently. By exiftool's picasa_faces.config they are parts of
the picture as it is stored in a JPEG, and of the upright one in a RAW file. `rotate=rotate(1)` is a
quarter turn clockwise, and `crop=rect64(...)` a part, both of which only Picasa shows. So every
possible reading is given, the documented one first; the faces that are there tell which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from lxml import etree

from app.media.foreign.found import ForeignName, Origin, clean, is_box
from app.media.orientation import UPRIGHT, Area, stored_area, upright_area

FILES = (".picasa.ini", "Picasa.ini", "picasa.ini")
"""What the file is called, today and in old versions."""
ORIGINALS = ".picasaoriginals"
"""Where Picasa keeps photos as they were before it changed them: with an .ini of their own."""
MAX_BYTES = 1 << 25
"""A larger file is none of Picasa's."""
UNNAMED = "ffffffffffffffff"
WHOLE = 65536
"""The numbers of a rect64 are parts of it."""

_RECT = re.compile(r"rect64\(([0-9a-fA-F]{1,16})\)")
_FACE = re.compile(r"rect64\(([0-9a-fA-F]{1,16})\)\s*,\s*([0-9a-fA-F]{1,16})")
_TURN = re.compile(r"rotate\((\d)\)")
_QUARTERS = {1: 6, 2: 3, 3: 8}
"""Quarter turns clockwise -> the EXIF orientation that asks for them."""
_RAW = frozenset(
    {
        *(".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".iiq", ".k25", ".kdc"),
        *(".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl"),
        *(".sr2", ".srf", ".srw", ".x3f"),
    }
)


@dataclass(frozen=True, slots=True)
class PicasaFace:
    """A face that somebody named in Picasa: box as Picasa wrote it, 0..1, and id of the contact."""

    box: Area
    contact: str


@dataclass(slots=True)
class PicasaPhoto:
    """One section of the file."""

    faces: list[PicasaFace] = field(default_factory=list)
    turns: int = 0
    """Quarter turns clockwise in which Picasa shows the photo."""
    crop: Area | None = None
    """The part of the photo that Picasa shows."""


@dataclass(slots=True)
class PicasaFolder:
    """What a .picasa.ini tells of the photos beside it."""

    photos: dict[str, PicasaPhoto] = field(default_factory=dict)
    """By name of the file in small letters: Picasa comes from systems where case says nothing."""
    names: dict[str, str] = field(default_factory=dict)
    """Id of a contact -> name."""
    others: dict[str, str] = field(default_factory=dict)
    """Id of a contact -> the id under which contacts.xml may know it."""

    def name_of(self, contact: str, contacts: Mapping[str, str]) -> str:
        """Who a contact is, by the file itself or by contacts.xml; empty where none tells."""
        for number in (contact, self.others.get(contact, "")):
            found = self.names.get(number) or contacts.get(number)
            if found:
                return found
        return ""


def read_folder(data: bytes) -> PicasaFolder:
    """What the bytes of a .picasa.ini tell; lines that make no sense are passed over."""
    found = PicasaFolder()
    section = ""
    for line in _text(data[:MAX_BYTES]).splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip()
        elif "=" in line:
            key, _, value = line.partition("=")
            _take(found, section, key.strip(), value.strip())
    return found


def has_names(data: bytes) -> bool:
    """Whether any face in a .picasa.ini was given to a contact."""
    return any(photo.faces for photo in read_folder(data).photos.values())


def _take(found: PicasaFolder, section: str, key: str, value: str) -> None:
    head = section.lower()
    if head == "contacts2":
        name = clean(value.split(";")[0])
        if name:
            found.names[_id(key)] = name
    elif head == "contacts":
        found.others[_id(key)] = _id(value.rpartition(",")[2])
    elif section and head not in ("picasa", "encoding") and not head.startswith(".album:"):
        _take_fact(found, head, key.lower(), value)


def _take_fact(found: PicasaFolder, head: str, key: str, value: str) -> None:
    if key not in ("faces", "rotate", "crop"):
        return
    photo = found.photos.setdefault(head, PicasaPhoto())
    if key == "faces":
        for digits, contact in _FACE.findall(value):
            box = rect64(digits)
            face = None if box is None else PicasaFace(box, _id(contact))
            if face is not None and face.contact != UNNAMED and face not in photo.faces:
                photo.faces.append(face)
    elif key == "rotate" and (turn := _TURN.search(value)):
        photo.turns = int(turn[1]) % 4
    elif key == "crop" and (rect := _RECT.search(value)):
        photo.crop = rect64(rect[1])


def rect64(digits: str) -> Area | None:
    """x, y, w, h of Picasa's four numbers, 0..1; None for what encloses nothing."""
    full = digits.zfill(16)
    left, top, right, bottom = (int(full[at : at + 4], 16) / WHOLE for at in (0, 4, 8, 12))
    if right <= left or bottom <= top:
        return None
    return (left, top, right - left, bottom - top)


def read_contacts(data: bytes) -> dict[str, str]:
    """Id of a contact -> name, out of the bytes of a contacts.xml; {} for what is none.

    Neither entities nor other files are read.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    if len(data) > MAX_BYTES or b"<!DOCTYPE" in data[:4096]:
        return {}
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return {}
    names: dict[str, str] = {}
    for contact in () if root is None else root.iter("contact"):
        name = clean(contact.get("name") or contact.get("display") or "")
        for element in (contact, *contact.iter("subject")):
            number = element.get("id")
            if name and number:
                names.setdefault(_id(number), name)
    return names


def names_in(
    folder: PicasaFolder, file: PurePath, orientation: int, contacts: Mapping[str, str]
) -> tuple[list[ForeignName], int]:
    """The names of one photo, whose EXIF orientation is 1..8; and how many faces have a contact
    that nobody tells the name of."""
    photo = folder.photos.get(file.name.lower())
    names: list[ForeignName] = []
    nameless = 0
    for face in () if photo is None else photo.faces:
        name = folder.name_of(face.contact, contacts)
        if not name:
            nameless += 1
            continue
        assert photo is not None
        way, boxes = _readings(face.box, photo, orientation, file.suffix.lower() in _RAW)
        if all(map(is_box, boxes)):
            names.append(ForeignName(name, Origin.PICASA, boxes, way))
    return names, nameless


def _readings(
    box: Area, photo: PicasaPhoto, orientation: int, is_raw: bool
) -> tuple[str, tuple[Area, ...]]:
    """What tells which reading holds, and every reading, the documented one first."""
    turned = _QUARTERS.get(photo.turns, UPRIGHT)
    crop = photo.crop
    boxes = [box] if crop is None else [box, _within(box, crop)]
    found = []
    for one in boxes:
        stored, upright = upright_area(one, orientation), one
        found += [upright, stored] if is_raw else [stored, upright]
        if turned != UPRIGHT:
            found += [stored_area(one, turned), upright_area(stored_area(one, turned), orientation)]
    way = f"picasa {orientation} {photo.turns} {int(crop is not None)} {int(is_raw)}"
    return way, tuple(found)


def _within(box: Area, part: Area) -> Area:
    """A box in a part of the photo, as a box in the photo."""
    x, y, w, h = part
    return (x + box[0] * w, y + box[1] * h, box[2] * w, box[3] * h)


def _id(number: str) -> str:
    """An id as it is compared: small digits, all sixteen of them."""
    return number.strip().lower().zfill(16)


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")
