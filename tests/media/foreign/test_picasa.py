"""Picasa's files, written by hand as Picasa writes them."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from app.media.foreign.found import Origin, clean, folded
from app.media.foreign.picasa import (
    PicasaFace,
    names_in,
    read_contacts,
    read_folder,
    rect64,
)
from app.media.orientation import Area, stored_area

INI = """\
[encoding]\r
utf8=1\r
[Picasa]\r
name=Foo Bar birthday\r
category=Folders on Disk\r
[Contacts2]\r
8e62b2035b74b477=Ada Lovelace;;\r
b8e4117cf1d6615b=Zo\u00eb  M\u00fcller;zoe@example.org;\r
0fd6615bb8e4117c=;;\r
[Contacts]\r
d10a8325c557b085=joedoe_lh,cb989580bc43a91\r
[IMG_0001.JPG]\r
faces=rect64(3f845bcb59418507),8e62b2035b74b477;rect64(a0001000b0002000),ffffffffffffffff;\r
backuphash=36003\r
[IMG_0002.jpg]\r
rotate=rotate(1)\r
filters=crop64=1,10000000f1ddff49;\r
faces=rect64(5bf05d4f9bcfad1),b8e4117cf1d6615b;rect64(9f845bcbb9418507),d10a8325c557b085\r
crop=rect64(80008000ffffffff)\r
[.album:604c294a68b0de9cc9222c4714f289d5]\r
name=Holiday\r
faces=rect64(3f845bcb59418507),8e62b2035b74b477\r
stray line\r
"""
CONTACTS = b"""<?xml version="1.0" encoding="UTF-8"?>
<contacts>
 <contact id="cb989580bc43a91" name="Ben &amp; Jerry" display="Ben" local_contact="1"/>
 <contact id="77" display="Carl"><subject user="joedoe" id="d10a8325c557b0ff"/></contact>
 <contact id="78" name="  "/>
</contacts>
"""
ENTITY = (
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<contacts><contact id="1" name="&e;"/></contacts>'
)


def near(box: Area, other: Area) -> bool:
    """Whether two boxes are the same but for rounding."""
    return all(abs(a - b) < 1e-5 for a, b in zip(box, other, strict=True))


def test_a_rectangle_is_four_numbers_of_sixteen_bits() -> None:
    box = rect64("3f845bcb59418507")
    assert box is not None
    assert near(box, (0.248108, 0.358566, 0.100540, 0.161072))


def test_leading_zeros_are_left_out() -> None:
    whole = rect64("05bf05d4f9bcfad1")
    assert rect64("5bf05d4f9bcfad1") == whole
    assert whole is not None and near(whole, (0.022446, 0.022766, 0.953079, 0.956985))


@pytest.mark.parametrize("digits", ["0", "59418507" + "3f845bcb", "8000800080008000"])
def test_what_encloses_nothing_is_no_rectangle(digits: str) -> None:
    assert rect64(digits) is None


def test_the_sections_of_files_are_read() -> None:
    found = read_folder(INI.encode())
    assert set(found.photos) == {"img_0001.jpg", "img_0002.jpg"}
    one = found.photos["img_0001.jpg"]
    assert [face.contact for face in one.faces] == ["8e62b2035b74b477"]
    two = found.photos["img_0002.jpg"]
    assert (two.turns, two.crop) == (1, rect64("80008000ffffffff"))
    assert len(two.faces) == 2
    assert found.names == {
        "8e62b2035b74b477": "Ada Lovelace", "b8e4117cf1d6615b": "Zoë Müller",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_old_and_new_files_are_understood(encoding: str) -> None:
    assert "Zoë Müller" in read_folder(INI.encode(encoding)).names.values()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0" * 100, b"\xff\xfe[a.jpg]", b"[", b"[]\nfaces=1", b"faces=rect64(1),1",
        b"[a]\nfaces",
        b"[a.jpg]\nfaces=rect64(zz),12;rect64(),;;rect64(12345678123456789),1\nrotate=9\ncrop=x",
    ],
)  # fmt: skip
def test_nonsense_tells_nothing(data: bytes) -> None:
    found = read_folder(data)
    assert not any(photo.faces for photo in found.photos.values())


def test_contacts_are_named_by_their_file() -> None:
    names = read_contacts(CONTACTS)
    assert names == {
        "0cb989580bc43a91": "Ben & Jerry", "0000000000000077": "Carl", "d10a8325c557b0ff": "Carl",
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"", b"nonsense", b"<contacts>", b"<a/>",
        ENTITY,
    ],
)  # fmt: skip
def test_what_is_no_list_of_contacts_names_nobody(data: bytes) -> None:
    assert read_contacts(data) == {}


def test_names_come_from_the_file_and_from_the_contacts() -> None:
    folder = read_folder(INI.encode())
    names, nameless = names_in(folder, PurePath("/a/img_0001.jpg"), 1, {})
    assert [(name.name, name.origin) for name in names] == [("Ada Lovelace", Origin.PICASA)]
    assert nameless == 0
    names, nameless = names_in(folder, PurePath("/a/IMG_0002.JPG"), 1, {})
    assert ([name.name for name in names], nameless) == (["Zoë Müller"], 1)
    names, nameless = names_in(folder, PurePath("IMG_0002.jpg"), 1, read_contacts(CONTACTS))
    assert ([name.name for name in names], nameless) == (["Zoë Müller", "Ben & Jerry"], 0)
    assert names_in(folder, PurePath("other.jpg"), 1, {}) == ([], 0)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.nef"])
def test_one_reading_is_where_the_face_is_upright(orientation: int, name: str) -> None:
    """In a JPEG the numbers are parts of the stored picture, in a RAW file of the upright one; the
    other reading comes second."""
    upright: Area = (0.125, 0.25, 0.25, 0.125)
    written = upright if name.endswith("nef") else stored_area(upright, orientation)
    x, y, w, h = written
    corners = (x, y, x + w, y + h)
    digits = "".join(f"{round(value * 65536):04x}" for value in corners)
    ini = f"[{name}]\nfaces=rect64({digits}),1\n[Contacts2]\n1=Anna;;\n"
    (found,), _ = names_in(read_folder(ini.encode()), PurePath(name), orientation, {})
    assert near(found.readings[0], upright)
    assert len(found.readings) == 2


def test_what_only_picasa_shows_gives_more_readings() -> None:
    """A face in the middle of the part that Picasa shows, after a quarter turn."""
    ini = (
        "[a.jpg]\nfaces=rect64(4000400080008000),1\nrotate=rotate(1)\ncrop=rect64(80008000ffffffff)"
    )
    folder = read_folder(f"{ini}\n[Contacts2]\n1=Anna;;".encode())
    assert folder.photos["a.jpg"].faces == [PicasaFace((0.25, 0.25, 0.25, 0.25), "1".zfill(16))]
    (found,), _ = names_in(folder, PurePath("a.jpg"), 1, {})
    assert any(near(box, (0.25, 0.5, 0.25, 0.25)) for box in found.readings), "turned back"
    assert any(near(box, (0.625, 0.625, 0.125, 0.125)) for box in found.readings), "cropped"
    other, _ = names_in(folder, PurePath("a.jpg"), 6, {})
    assert found.way != other[0].way


def test_names_are_cleaned_and_compared_without_case() -> None:
    assert clean("  Zoe\u0308\t\x07 M\n") == "Zoë M"
    assert clean("\x00 ") == ""
    assert len(clean("x" * 300)) == 100
    assert folded("ZOE\u0308") == folded("zoë")
    assert folded("STRASSE") == folded("Straße")
