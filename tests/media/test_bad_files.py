"""Whatever a folder holds, opening it gives a photo or a PhotoError with a plain reason."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.errors import PhotoError
from app.media import files, formats
from app.media.files import FileContent
from app.media.read import Photo, open_photo
from tests.hostile.special import packed_zeros, wide_webp, with_chunk
from tests.media.samples import KINDS, encode, promising, scene, write


def reason(path: Path, long_side: int = 64) -> str:
    """Why a photo cannot be opened or decoded."""
    with pytest.raises(PhotoError) as told, open_photo(path, max_megapixels=100) as photo:
        photo.at(long_side)
    message = str(told.value)
    assert message[0].isupper() and message.endswith(".")
    assert str(path) not in message
    return message


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "The file is empty."),
        (bytes(5000), "nothing in the file but zeros"),
        (b"Dear diary, today", "not a kind of picture"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "This is a video"),
        (b"8BPS\0\x01", "This is a Photoshop picture (PSD), which Kinfolk cannot open."),
        (b"%PDF-1.7\n", "This is a PDF document, which Kinfolk cannot open."),
        (b"II*\0\x08\0\0\0\0\0", "damaged, or stored in a rare way"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "damaged"),
    ],
)
def test_hopeless_content(content: bytes, expected: str, tmp_path: Path) -> None:
    assert expected in reason(write(tmp_path, "photo.jpg", content))


def test_what_no_photo_is_called_like_is_told_by_its_beginning(tmp_path: Path) -> None:
    letter = write(tmp_path, "letter.pdf", b"%PDF-1.7\n" + bytes(5000))
    assert files.refusal(letter) == "This is a PDF document, which Kinfolk cannot open."
    for name, data in (("notes.txt", b"Dear diary"), ("empty", b"")):
        assert "no photo" in files.refusal(write(tmp_path, name, data))
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "gone"):
        assert "no photo" in files.refusal(tmp_path / name)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "AVIF"])
def test_a_picture_that_ends_too_early_is_refused(kind: str, tmp_path: Path) -> None:
    rng = random.Random(4)
    noise = Image.frombytes("RGB", (200, 150), rng.randbytes(200 * 150 * 3))
    data = encode(noise, kind)
    cut = write(tmp_path, f"cut.{KINDS[kind]}", data[: len(data) * 9 // 10])
    assert "damaged" in reason(cut)


def test_a_jpeg_whose_tail_never_reached_the_disk_is_refused(
    group_photo: Path, tmp_path: Path
) -> None:
    data = group_photo.read_bytes()
    half = len(data) // 2
    assert "ends too early" in reason(write(tmp_path, "a.jpg", data[:half]))
    assert "damaged" in reason(write(tmp_path, "b.jpg", data[:half] + bytes(half)))


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    path = write(tmp_path, "really_a_png.jpg", encode(scene(20, 10), "PNG"))
    with open_photo(path, max_megapixels=1) as photo:
        assert photo.content_type == "image/png"
        assert photo.at(20).shape == (10, 20, 3)


def test_a_header_that_promises_too_much_is_refused_before_decoding(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="too large: 30000 x 20000 pixels"):
        open_photo(write(tmp_path, "huge.bmp", promising(30_000, 20_000)), max_megapixels=400)


def test_our_own_limit_holds_where_pillows_is_lower(tmp_path: Path) -> None:
    # 190 megapixels: Pillow by itself refuses at 179.
    path = write(tmp_path, "wide.bmp", promising(19_000, 10_000))
    with open_photo(path, max_megapixels=400) as photo:
        assert photo.width == 19_000
    with pytest.raises(PhotoError, match="too large"):
        open_photo(path, max_megapixels=189)


def test_a_file_too_large_to_be_a_photo_is_never_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse.jpg"
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff\xe0")
        file.truncate(5 << 40)
    assert reason(path) == "The file is too large to be a photo."


def test_pipes_sockets_devices_and_folders_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "device.jpg").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket.jpg"))
        for name in ("pipe", "device", "socket"):
            assert reason(tmp_path / f"{name}.jpg") == "This is a device or a pipe, not a photo."
        assert reason(tmp_path / "folder.jpg") == "This is a folder, not a photo."


def test_links_lead_to_photos_or_say_that_they_do_not(tmp_path: Path) -> None:
    real = write(tmp_path, "real.png", encode(scene(9, 9), "PNG"))
    (tmp_path / "good.png").symlink_to(real)
    (tmp_path / "dead.png").symlink_to(tmp_path / "nowhere.png")
    with open_photo(tmp_path / "good.png", max_megapixels=1) as photo:
        assert photo.at(9).shape == (9, 9, 3)
    assert reason(tmp_path / "dead.png") == "This is a link to a file that is not there."
    assert reason(tmp_path / "gone.png") == "The file is no longer there."


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "locked.png", encode(scene(9, 9), "PNG"))
    path.chmod(0)
    if os.geteuid() == 0:  # root reads everything: let the system's answer be what it would be

        def refuse(*_: object) -> int:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(files.os, "open", refuse)
    assert reason(path) == "You may not read this file."


@pytest.mark.skipif(not hasattr(os, "O_NOATIME"), reason="Linux alone can read without a trace")
def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    path = write(tmp_path, "old.png", encode(scene(9, 9), "PNG"))
    os.utime(path, (1_000_000_000, 1_100_000_000))
    files.read_file(path)
    assert path.stat().st_atime == 1_000_000_000


@pytest.mark.parametrize(
    "name", [b"\xff\xfe broken \x80.png", "Oma \U0001f475 \u202e.png".encode()]
)
def test_any_name_will_do(name: bytes, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(encode(scene(9, 9), "PNG"))
    with open_photo(path, max_megapixels=1) as photo:
        assert photo.at(9).any()


def test_a_file_that_changes_while_it_is_read_is_left_for_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "growing.png", encode(scene(90, 90), "PNG"))
    plain: Callable[[int, int], bytes] = os.read

    def read_and_grow(handle: int, length: int) -> bytes:
        with path.open("ab") as other:
            other.write(b"more")
        return plain(handle, length)

    monkeypatch.setattr(files.os, "read", read_and_grow)
    assert reason(path) == "The file was being changed while it was read."


@pytest.mark.parametrize("how", ["truncated", "replaced"])
def test_a_file_that_is_cut_or_replaced_while_it_is_read(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "changing.png", encode(scene(900, 900), "PNG"))
    plain: Callable[[int, int], bytes] = os.read
    reads: list[int] = []

    def read_and_change(handle: int, length: int) -> bytes:
        reads.append(length)
        if len(reads) == 2 and how == "truncated":
            os.truncate(path, 100)
        elif len(reads) == 2:
            write(tmp_path, "other.png", encode(scene(5, 5), "PNG")).replace(path)
        return plain(handle, length)

    monkeypatch.setattr(files.os, "read", read_and_change)
    if how == "truncated":
        assert reason(path) == "The file was being changed while it was read."
    else:  # what was opened is read to its end, and is whole
        with open_photo(path, max_megapixels=1) as photo:
            assert photo.width == 900


def test_text_that_swells_is_refused_and_a_large_colour_profile_is_not(tmp_path: Path) -> None:
    noise = random.Random(2).randbytes(3_000_000)
    large = write(tmp_path, "large.png", encode(scene(9, 9), "PNG", icc_profile=noise))
    with open_photo(large, max_megapixels=1) as photo:
        assert photo.at(9).any()
    bomb = write(tmp_path, "bomb.png", with_chunk(b"zTXt", b"x\0\0" + packed_zeros(60)))
    assert reason(bomb) == "The picture carries more text than a photo can need."


def test_a_canvas_is_refused_before_memory_is_taken_for_it(tmp_path: Path) -> None:
    assert "too large: 16384 x 16384" in reason(write(tmp_path, "wide.webp", wide_webp(16_384)))


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"save_all": True}])
def test_the_size_of_a_webp_is_known_from_its_head(options: dict[str, bool]) -> None:
    picture = scene(37, 51)
    more = {"append_images": [scene(37, 51).rotate(180)]} if "save_all" in options else {}
    head = encode(picture, "WEBP", **options, **more)[: formats.HEAD_BYTES]
    assert formats.webp_size(head) == (37, 51)


@pytest.mark.parametrize("kind", KINDS)
def test_mutated_bytes_raise_nothing_but_photo_errors(kind: str) -> None:
    rng = random.Random(20261123)
    exif = Image.Exif()
    exif[0x0110], exif[0x0132] = "Camera", "2019:08:04 17:03:55"
    whole = encode(scene(40, 30), kind, **({} if kind in ("BMP", "GIF") else {"exif": exif}))
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 2, 8, 40))):
            data[rng.randrange(2, len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del data[rng.randrange(12, len(data)) :]
        try:
            with Photo(FileContent(bytes(data), kind, 0.0), max_megapixels=4) as photo:
                height, width, channels = photo.at(32).shape
                assert max(height, width) == min(32, max(photo.width, photo.height))
                assert channels == 3
        except PhotoError as error:
            assert str(error).endswith(".")
            refused += 1
    assert refused > 10
