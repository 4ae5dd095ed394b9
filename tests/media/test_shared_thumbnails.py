"""Small pictures that other programs made: taken when they are of this very file, and only read."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.media.shared_thumbnails import SIZES, Original, find, folder, uri_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are none on Windows")
NAMES = st.binary(min_size=1, max_size=20).filter(lambda name: b"\0" not in name)


def put(base: Path, original: Original, size: str = "normal", uri: str = "", **told: str) -> Path:
    """Write a thumbnail as the standard says, or with other texts in it."""
    uri = uri or uri_of(original.path)
    texts = {
        "Thumb::URI": uri,
        "Thumb::MTime": str(int(original.modified)),
        "Software": "GNOME::ThumbnailFactory",
        **{name.replace("_", "::"): text for name, text in told.items()},
    }
    info = PngInfo()
    for name, text in texts.items():
        info.add_text(name, text)
    name = hashlib.md5(uri_of(original.path).encode(), usedforsecurity=False).hexdigest()
    path = base / size / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (SIZES[size], SIZES[size] // 2), (1, 2, 3)).save(path, pnginfo=info)
    return path


PHOTO = Original(Path("/photos/In Rome & elsewhere/ä (1)[x].jpg"), 1700000000.75, 4321)


def test_the_uri_is_as_glib_makes_it() -> None:
    # By g_filename_to_uri, with which every byte that a name can have was compared.
    uri = "file:///photos/In%20Rome%20&%20elsewhere/%C3%A4%20(1)%5Bx%5D.jpg"
    assert uri_of(PHOTO.path) == uri
    signs = Path("/a!\"#$%&'()*+,-.0:;<=>?@A[\\]^_`a{|}~")
    told = "/a!%22%23$%25&'()*+,-.0:%3B%3C=%3E%3F@A%5B%5C%5D%5E_%60a%7B%7C%7D~"
    assert uri_of(signs) == f"file://{told}"


def test_the_name_is_that_of_the_example_in_the_standard() -> None:
    uri = uri_of(Path("/home/jens/photos/me.png"))
    assert hashlib.md5(uri.encode()).hexdigest() == "c6ee772d9e49320e97ec29a7eb5b1697"


@given(NAMES)
def test_every_name_of_a_file_comes_back_from_its_uri(name: bytes) -> None:
    path = Path("/", os.fsdecode(name.replace(b"/", b"-")))
    uri = uri_of(path)
    assert uri.isascii() and unquote_to_bytes(uri.removeprefix("file://")) == os.fsencode(path)


@given(st.sets(st.sampled_from(sorted(SIZES))), st.integers(1, 1500), st.integers(0, 1500))
def test_the_size_that_fits_best_is_found(there: set[str], wanted: int, least: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        for size in there:
            put(base, PHOTO, size)
        found = find(PHOTO, wanted, least, base)
    pixels = sorted(SIZES[size] for size in there)
    enough = [one for one in pixels if one >= wanted]
    less = [one for one in pixels if least <= one < wanted]
    best = enough[0] if enough else less[-1] if less else None
    assert (None if found is None else SIZES[found.parent.name]) == best


@pytest.mark.parametrize(
    ("told", "is_valid"),
    [
        ({}, True),
        ({"Thumb_Size": "4321"}, True),
        ({"Thumb_MTime": "1700000000.5"}, True),
        ({"Thumb_Size": "4322"}, False),
        ({"Thumb_MTime": "1700000001"}, False),
        ({"Thumb_MTime": "soon"}, False),
        ({"Thumb_MTime": "inf"}, False),
        ({"Thumb_Size": "large"}, False),
        ({"uri": "file:///photos/other.jpg", "Thumb_URI": "file:///photos/other.jpg"}, False),
    ],
)
def test_one_of_another_file_is_none(tmp_path: Path, told: dict[str, str], is_valid: bool) -> None:
    path = put(tmp_path, PHOTO, **told)
    assert find(PHOTO, 128, base=tmp_path) == (path if is_valid else None)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_whatever_lies_there_costs_nothing(content: bytes, cut: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        path = put(Path(place), PHOTO)
        whole = path.read_bytes()
        path.write_bytes(whole[:cut] + content)
        found = find(PHOTO, 128, base=Path(place))
        assert found in (None, path)
        path.write_bytes(content)
        assert find(PHOTO, 128, base=Path(place)) is None


def test_nothing_is_there_where_it_cannot_be_read(tmp_path: Path) -> None:
    assert find(PHOTO, 128, base=tmp_path / "nowhere") is None
    put(tmp_path, PHOTO).unlink()
    (tmp_path / "normal").rmdir()
    (tmp_path / "normal").write_text("no folder")
    assert find(PHOTO, 128, base=tmp_path) is None


def test_it_lies_where_the_desktop_has_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert folder() == tmp_path / "thumbnails"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/home/anna")
    assert folder() == Path("/home/anna/.cache/thumbnails")
    for system in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", system)
        assert folder() is None and find(PHOTO, 128) is None
    assert PurePosixPath("/home/anna") in PurePosixPath("/home/anna/.cache").parents
