"""By name when a folder is scanned; by content when a file is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.media.fingerprint import fingerprint
from app.media.formats import (
    developed_stem,
    is_photo,
    is_raw_name,
    is_video,
    other_kind,
    sniff,
)
from tests.media.samples import KINDS, encode, scene


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_0001.JPG", True),
        ("scan.tiff", True),
        ("phone.HeIc", True),
        ("new.JXL", True),
        ("IMG_1.CR3", True),
        ("DSC_1.nef", True),
        ("layers.psd", True),
        ("letter.pdf", False),
        ("film.mp4", False),
        ("notes.txt", False),
        ("jpg", False),
        ("._IMG_0001.JPG", False),
    ],
)
def test_names(name: str, expected: bool) -> None:
    assert is_photo(Path("folder.jpg") / name) is expected


@pytest.mark.parametrize("kind", KINDS)
def test_content(kind: str) -> None:
    data = encode(scene(16, 16), kind)
    assert sniff(data[:64]) == kind
    assert not is_video(data[:64])


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\x0a\xcb\xf0", "JXL"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JXL"),
        (b"FUJIFILMCCD-RAW 0201FF129502", "RAW"),
        (b"IIU\0\x18\0\0\0", "RAW"),
        (b"IIRO\x08\0\0\0", "RAW"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "RAW"),
        (b"II\x1a\0\0\0HEAPCCDR", "RAW"),
        (b"\0\0\0\x18ftypisom", None),
    ],
)
def test_raw_files_and_jpeg_xl_by_their_first_bytes(head: bytes, kind: str | None) -> None:
    assert sniff(head) == kind


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"8BPS\0\x01", "a Photoshop picture (PSD)"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "a JPEG 2000 picture"),
        (b"AT&TFORM\0\0", "a DjVu document"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a PostScript drawing (EPS)"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a drawing (SVG)"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn -->\n<SVG>", "a drawing (SVG)"),
        (b"\n<!DOCTYPE HTML>", "a web page"),
        (b"<note>", None),
        (b"Dear diary, today", None),
    ],
)
def test_what_is_none_of_ours_is_called_by_its_name(head: bytes, name: str | None) -> None:
    assert other_kind(head) == name and sniff(head) is None


def test_a_pair_is_known_by_its_names() -> None:
    assert is_raw_name(Path("IMG_1.CR2")) and not is_raw_name(Path("IMG_1.JPG"))
    assert developed_stem(Path("a/IMG_1.JPG")) == developed_stem(Path("a/img_1.heic")) == "img_1"
    assert developed_stem(Path("a/IMG_1.PNG")) is None


def test_a_fingerprint_is_of_the_content() -> None:
    assert fingerprint(b"a photo") == fingerprint(b"a photo") != fingerprint(b"a photO")
