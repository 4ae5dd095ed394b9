"""Sidecars: which there are, and whom they are about."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.errors import XmpError
from app.media.xmp.namespaces import DC, PHOTOSHOP
from app.media.xmp.sidecars import describe, read_sidecar, read_xmp, sidecars_of
from tests.media.xmp import made


def sidecar(path: Path, *words: str) -> Path:
    made.exiftool(*words, "-o", path)
    return path


def test_both_names_are_known_the_whole_one_first(tmp_path: Path) -> None:
    photo = made.photo(tmp_path / "IMG_1.JPG")
    by_stem = sidecar(tmp_path / "IMG_1.xmp", "-XMP-dc:Source=stem", "-XMP-dc:Rights=mine")
    whole = sidecar(tmp_path / "IMG_1.JPG.xmp", "-XMP-dc:Source=whole")
    made.exiftool("-overwrite_original", "-XMP-dc:Source=file", "-XMP-photoshop:City=Ulm", photo)
    assert sidecars_of(photo) == [whole, by_stem]
    assert [found.path for found in describe(photo)] == [whole, by_stem, photo]
    packet = read_xmp(photo)
    assert packet.text(DC, "source") == "whole"
    assert packet.text(DC, "rights") == "mine"
    assert packet.text(PHOTOSHOP, "City") == "Ulm"


def test_capitals_are_known_and_a_name_without_suffix(tmp_path: Path) -> None:
    photo = made.photo(tmp_path / "IMG_1.JPG")
    loud = tmp_path / "IMG_1.XMP"
    sidecar(tmp_path / "b.xmp", "-XMP-dc:Source=loud").rename(loud)
    assert sidecars_of(photo) == [loud]
    bare = made.photo(tmp_path / "bare")
    quiet = sidecar(tmp_path / "bare.xmp", "-XMP-dc:Source=bare")
    assert sidecars_of(bare) == [quiet]


def test_adobes_word_about_whom_a_sidecar_is_counts(tmp_path: Path) -> None:
    jpeg, raw = made.photo(tmp_path / "IMG_1.JPG"), made.photo(tmp_path / "IMG_1.CR2", "TIFF")
    sidecar(tmp_path / "IMG_1.xmp", "-XMP-photoshop:SidecarForExtension=cr2", "-XMP-dc:Source=raw")
    assert read_xmp(raw).text(DC, "source") == "raw"
    assert read_xmp(jpeg).text(DC, "source") == ""


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    photo = made.photo(tmp_path / "IMG_1.JPG")
    (tmp_path / "IMG_1.xmp").write_text("nothing of the kind")
    (found,) = describe(photo)
    assert found.error and not found.packet.properties
    assert read_xmp(photo).properties == {}
    (tmp_path / "IMG_1.xmp").unlink()
    os.mkfifo(tmp_path / "IMG_1.xmp")
    assert sidecars_of(photo) == [] and describe(photo) == []
    with pytest.raises(XmpError):
        read_sidecar(tmp_path / "IMG_1.xmp")
