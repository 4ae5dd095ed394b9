"""The film within a photo's file is found where it is, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.media.live import is_live_pair
from app.media.motion import motion_at, still_identifier
from app.media.read import open_photo
from tests.media import moving
from tests.media.moving import IDENTIFIER, film, jpeg, live_still

MAKERS: dict[str, tuple[str, Callable[[Path, bytes], int]]] = {
    "google": ("a.jpg", moving.container_photo),
    "micro video": ("a.jpg", moving.micro_video_photo),
    "samsung": ("a.jpg", moving.samsung_photo),
    "heic": ("a.heic", moving.heic_with_box),
}


def found_in(path: Path) -> int | None:
    """Where the film begins, as a look tells it."""
    with open_photo(path, 100) as photo:
        return photo.motion_at


@pytest.mark.parametrize("maker", MAKERS)
def test_the_film_is_found_where_it_begins(tmp_path: Path, maker: str) -> None:
    name, make = MAKERS[maker]
    begin = make(tmp_path / name, film())
    assert found_in(tmp_path / name) == begin
    assert (tmp_path / name).read_bytes()[begin + 4 : begin + 8] == b"ftyp"


def test_exiftool_finds_the_same_film(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    begin = moving.samsung_photo(path, film())
    told = moving.run("exiftool", "-s3", "-Samsung:EmbeddedVideoFile", path)
    assert f"{len(film())} bytes" in told
    assert found_in(path) == begin


def test_a_film_that_was_shifted_is_found_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    begin = moving.container_photo(path, film())
    whole = path.read_bytes()
    path.write_bytes(whole + b"\0" * 40)  # the lengths do not fit any more
    assert found_in(path) == begin


@pytest.mark.parametrize("maker", MAKERS)
def test_words_without_a_film_are_not_believed(tmp_path: Path, maker: str) -> None:
    name, make = MAKERS[maker]
    make(tmp_path / name, b"no film at all, but as long as one" * 40)
    assert found_in(tmp_path / name) is None


def test_what_says_nothing_of_a_film_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    assert found_in(path) is None
    assert motion_at(film(), "PNG") is None


@pytest.mark.parametrize("maker", MAKERS)
def test_a_file_that_ends_anywhere_is_read_without_harm(tmp_path: Path, maker: str) -> None:
    name, make = MAKERS[maker]
    begin = make(tmp_path / name, film())
    whole = (tmp_path / name).read_bytes()
    kind = "HEIF" if name.endswith("heic") else "JPEG"
    for end in [*range(0, begin + 64, 37), len(whole) - 5, len(whole) - 1]:
        assert motion_at(whole[:end], kind) in (None, begin)


def test_hostile_words_are_read_without_harm() -> None:
    head = b"http://ns.adobe.com/xap/1.0/\0"
    for packet in (
        b"MotionPhoto", b"<MotionPhoto", b"<a MotionPhoto='1'", b"<a>MotionPhoto</a>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a MicroVideoOffset='1'>&b;</a>",
        b"<a MicroVideoOffset='999999999999'/>", b"<a MicroVideoOffset='-4'/>",
        b"<a Semantic='MotionPhoto' Length='x'/>",
    ):  # fmt: skip
        segment = head + packet
        data = b"\xff\xd8\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + jpeg()[2:]
        assert motion_at(data, "JPEG") is None


@pytest.mark.parametrize("name", ["a.jpg", "a.HEIC"])
def test_the_identifier_is_the_one_that_exiftool_reads(tmp_path: Path, name: str) -> None:
    path = live_still(tmp_path / name)
    # Versions of exiftool differ in what they call it.
    told = moving.run("exiftool", "-s3", "-ContentIdentifier", "-MediaGroupUUID", path)
    assert told == IDENTIFIER
    assert still_identifier(path.read_bytes()) == IDENTIFIER


def test_a_photo_without_a_note_has_no_identifier(tmp_path: Path) -> None:
    assert still_identifier(live_still(tmp_path / "a.jpg", identifier="").read_bytes()) == ""
    note = moving.apple_note(IDENTIFIER)
    for end in range(len(note)):
        assert still_identifier(note[:end]) in ("", *(IDENTIFIER[:cut] for cut in range(37)))


def test_the_identifier_of_a_film_is_the_one_that_exiftool_reads(tmp_path: Path) -> None:
    path = moving.live_film(tmp_path / "a.MOV")
    assert moving.run("exiftool", "-s3", "-Keys:ContentIdentifier", path) == IDENTIFIER
    still = live_still(tmp_path / "a.JPG")
    assert is_live_pair(still, path)
    assert not is_live_pair(live_still(tmp_path / "b.JPG", moving.OTHER), path)
    assert not is_live_pair(still, still)
    assert not is_live_pair(still, tmp_path / "nothing.MOV")


@given(data=st.binary(max_size=400), place=st.integers(0, 5000), cut=st.integers(0, 8000))
@settings(max_examples=150)
def test_no_bytes_do_harm(data: bytes, place: int, cut: int) -> None:
    film_bytes = film()
    packet = moving.PACKET.format(length=len(film_bytes)).encode()
    segment = b"http://ns.adobe.com/xap/1.0/\0" + packet
    head = b"\xff\xd8\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment
    whole = bytearray(head + moving.apple_note(IDENTIFIER) + film_bytes + b"SEFT")
    whole[place : place + len(data)] = data
    hurt = bytes(whole[:cut])
    for kind in ("JPEG", "HEIF"):
        found = motion_at(hurt, kind)
        assert found is None or hurt[found + 4 : found + 8] == b"ftyp"
    assert len(still_identifier(hurt)) <= 128
