"""A file that lies where one is to go is known by the fingerprint that the library has of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.indexing.export.copying import is_content
from app.media.fingerprint import WHOLE_BYTES, fingerprint, video_fingerprint


def unhurried() -> None:
    """Nobody wants it to end."""


def a_file(folder: Path, size: int) -> Path:
    """A file of so many bytes, few of which are no zeros."""
    path = folder / "film.mp4"
    with path.open("wb") as file:
        file.write(b"begin")
        file.truncate(size)
    return path


@pytest.mark.parametrize("size", [1000, WHOLE_BYTES, WHOLE_BYTES + 5_000_000])
def test_a_video_is_known_as_a_scan_knows_it(tmp_path: Path, size: int) -> None:
    path = a_file(tmp_path, size)
    with path.open("rb") as file:
        known = video_fingerprint(file, size)
    assert is_content(path, known, unhurried)
    with path.open("r+b") as file:
        file.seek(size - 1)
        file.write(b"!")
    assert not is_content(path, known, unhurried)


@pytest.mark.parametrize("size", [1000, WHOLE_BYTES + 5_000_000])
def test_a_photo_is_known_by_all_of_it(tmp_path: Path, size: int) -> None:
    path = a_file(tmp_path, size)
    known = fingerprint(path.read_bytes())
    assert is_content(path, known, unhurried)
    assert not is_content(path, fingerprint(b"another"), unhurried)
    assert not is_content(tmp_path / "nothing.jpg", known, unhurried)
    assert not is_content(tmp_path, known, unhurried)
