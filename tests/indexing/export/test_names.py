"""Names that every disk takes."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.indexing.export.names import file_name, folder_name, same, split, told_apart

FORBIDDEN = set('<>:"/\\|?*') | {chr(number) for number in range(32)}
RESERVED = {"con", "prn", "aux", "nul", *(f"{w}{n}" for w in ("com", "lpt") for n in range(1, 10))}


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Anna", "Anna"),
        ("Anna/Ben", "Anna-Ben"),
        ("What? Who: me", "What- Who- me"),
        ("Dr. Who...", "Dr. Who"),
        ("  Anna  ", "Anna"),
        ("...", "Unnamed"),
        ("", "Unnamed"),
        ("CON", "CON_"),
        ("con.tact", "con_.tact"),
        ("Lpt1", "Lpt1_"),
        ("Consuela", "Consuela"),
        (".hidden", "hidden"),
        ("李小龙", "李小龙"),
        ("Zoë 👩‍👩‍👧", "Zoë 👩‍👩‍👧"),
        ("e\u0301", "é"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("a\tb\nc", "a b c"),
    ],
)
def test_a_folder_is_called_as_the_person_is_as_far_as_disks_allow(said: str, named: str) -> None:
    assert folder_name(said) == named


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (b"IMG_0001.JPG", "IMG_0001.JPG"),
        (b"caf\xe9.jpg", "caf_.jpg"),
        (b"aux.jpg", "aux_.jpg"),
        (b"12:30:15.jpg", "12-30-15.jpg"),
        (b"nothing", "nothing"),
        (b"a.b.c.png", "a.b.c.png"),
        (b"....jpg", "jpg"),
    ],
)
def test_a_file_keeps_its_name_and_its_ending(said: bytes, named: str) -> None:
    assert file_name(os.fsdecode(said)) == named


def test_long_names_are_cut_between_signs_and_keep_their_ending() -> None:
    long = file_name("👩‍👩‍👧" * 40 + ".jpeg")
    assert long.endswith("👩‍👩‍👧.jpeg") and len(long.encode()) <= 180
    assert folder_name("e\u0301" * 500 + "!").endswith("é")
    assert len(folder_name("ñ" * 500).encode()) <= 100


def test_marks_stand_before_the_ending() -> None:
    assert told_apart("IMG.tar.jpg", "3f2a") == "IMG.tar (3f2a).jpg"
    assert told_apart("none", "3f2a") == "none (3f2a)"
    assert split("Dr. Who") == ("Dr. Who", "")


def test_what_some_disk_holds_for_the_same_is_the_same() -> None:
    assert same("ÉTÉ.jpg") == same("e\u0301te\u0301.JPG")
    assert same("strasse") == same("STRASSE") != same("strase")


@given(st.text())
def test_any_name_at_all_becomes_one_that_every_disk_takes(text: str) -> None:
    for name in (folder_name(text), file_name(f"{text}.jpg"), file_name(text)):
        assert name and not FORBIDDEN & set(name)
        assert name.encode().decode() == name and len(name.encode()) <= 200
        assert name == name.strip(" .")
        assert name.split(".")[0].rstrip().lower() not in RESERVED
        assert file_name(name) == name or len(name.encode()) > 100
