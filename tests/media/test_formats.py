"""By name when a folder is scanned; by content when a file is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.media.fingerprint import fingerprint
from app.media.formats import is_photo, is_video, sniff
from tests.media.samples import KINDS, encode, scene


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_0001.JPG", True),
        ("scan.tiff", True),
        ("phone.HeIc", True),
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


def test_a_fingerprint_is_of_the_content() -> None:
    assert fingerprint(b"a photo") == fingerprint(b"a photo") != fingerprint(b"a photO")
