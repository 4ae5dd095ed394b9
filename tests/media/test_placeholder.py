"""Files that are not on this disk are told by what their directory says, and are not read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.errors import CloudError
from app.media import files, placeholder
from app.media.placeholder import (
    has_stub,
    is_in_cloud,
    is_placeholder,
    lies_in_cloud,
    stands_for,
)
from app.media.read import open_photo, told_pixels
from tests.media.samples import encode, scene, write

LARGE = 3_000_000


def status(**told: int) -> os.stat_result:
    """What a system may say of a file; on Linux it has blocks, if nothing else was said."""
    plain = {"st_size": LARGE, "st_dev": 0, "st_blocks": LARGE // 512}
    return SimpleNamespace(**{**plain, **told})  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("told", "is_one"),
    [
        ({}, False),
        ({"st_file_attributes": 0x20}, False),  # archive, as every file on Windows
        ({"st_file_attributes": 0x20 | 0x400}, False),  # OneDrive, and on this disk
        ({"st_file_attributes": 0x20 | 0x80000}, False),  # pinned: always on this disk
        ({"st_file_attributes": 0x1000}, True),
        ({"st_file_attributes": 0x40000}, True),
        ({"st_file_attributes": 0x400000 | 0x400 | 0x200 | 0x20}, True),
        ({"st_flags": 0x40}, False),  # compressed by the system
        ({"st_flags": 0x40000000}, True),
        ({"st_blocks": 0}, True),
        ({"st_blocks": 0, "st_size": 65_536}, False),
        ({"st_blocks": 0, "st_size": 65_537}, True),
        ({"st_blocks": 0, "st_size": 0}, False),
        ({"st_blocks": 1}, False),  # what ZFS says of a file of zeros
    ],
)
def test_each_system_says_it_in_its_own_way(told: dict[str, int], is_one: bool) -> None:
    assert is_placeholder(status(**told)) is is_one


def test_a_system_without_blocks_or_flags_has_none() -> None:
    assert not is_placeholder(SimpleNamespace(st_size=LARGE))  # type: ignore[arg-type]


def sparse(path: Path, size: int = LARGE) -> Path:
    """A file that takes no block of the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    assert path.stat().st_blocks == 0
    return path


def test_a_real_sparse_file_is_one_and_a_real_photo_is_none(tmp_path: Path) -> None:
    assert is_in_cloud(sparse(tmp_path / "cloud.jpg").stat())
    assert not is_in_cloud(sparse(tmp_path / "small.jpg", 4096).stat())
    for size in (10, 300, 3000, 60_000, 70_000, 200_000):  # also before it is written to the disk
        fresh = write(tmp_path, f"fresh{size}.jpg", b"\xff\xd8\xff" + os.urandom(size))
        assert not is_in_cloud(fresh.stat()), size
    half = sparse(tmp_path / "half.jpg")
    with half.open("r+b") as file:
        file.write(b"\xff\xd8\xff")
    assert not is_in_cloud(half.stat())


MOUNTS = """\
22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:44 / /home/a/drive rw,nosuid shared:9 master:2 - fuse.rclone remote: rw,user_id=0
41 22 8:17 / /media/disk rw - fuseblk /dev/sdb1 rw
42 22 0:50 / /mnt/share rw - 9p share rw
44 22 0:52 / /mnt/nas rw - cifs //nas/photos rw
45 22 0:53 / /mnt/old rw - nfs4 nas:/old rw
43 22 0:51 / /mnt/hsm rw - lustre hsm rw
"""


@pytest.mark.parametrize(
    ("device", "counts"),
    [
        ((0, 20), True),
        ((0, 44), False),
        ((8, 17), True),
        ((0, 50), False),
        ((0, 51), True),
        ((0, 52), False),
        ((0, 53), False),
    ],
)
def test_where_no_blocks_are_counted_none_prove_nothing(
    device: tuple[int, int], counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_: MOUNTS)
    monkeypatch.setattr(placeholder.sys, "platform", "linux")
    placeholder._counts_blocks.cache_clear()
    told = status(st_blocks=0, st_dev=os.makedev(*device))
    assert is_in_cloud(told) is counts
    placeholder._counts_blocks.cache_clear()


@pytest.mark.parametrize(
    ("name", "real"),
    [
        (".IMG_1.HEIC.icloud", "IMG_1.HEIC"),
        ("IMG_1.JPG.nextcloud", "IMG_1.JPG"),
        ("IMG 1.jpg.owncloud", "IMG 1.jpg"),
        ("b.png.cloud", "b.png"),
        ("IMG_1.HEIC", None),
        ("IMG_1.HEIC.icloud", None),
        (".icloud", None),
        (".nextcloud", None),
        ("nextcloud", None),
    ],
)
def test_a_stub_says_for_which_file_it_stands(name: str, real: str | None) -> None:
    expected = None if real is None else Path("folder") / real
    assert stands_for(Path("folder") / name) == expected


def test_a_file_is_known_to_be_away_by_its_stub(tmp_path: Path) -> None:
    photo = tmp_path / "IMG_1.HEIC"
    assert not has_stub(photo) and not lies_in_cloud(photo)
    write(tmp_path, ".IMG_1.HEIC.icloud", b"bplist")
    assert has_stub(photo) and lies_in_cloud(photo)
    with pytest.raises(CloudError, match="in the cloud, not on this disk"):
        files.read_file(photo)
    with pytest.raises(CloudError):
        files.read_file(photo, from_cloud=True)  # it is not ours to fetch


def test_it_is_not_even_opened_unless_that_was_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sparse(tmp_path / "cloud.jpg")
    plain: Callable[[Path], int] = files._open
    opened: list[Path] = []

    def note(path: Path) -> int:
        opened.append(path)
        return plain(path)

    monkeypatch.setattr(files, "_open", note)
    with pytest.raises(CloudError):
        open_photo(path, max_megapixels=1)
    assert told_pixels(path) == 0
    assert opened == []
    with pytest.raises(files.PhotoError, match="nothing in the file but zeros"):
        open_photo(path, max_megapixels=1, from_cloud=True)
    assert opened == [path]


def test_what_has_come_is_read(tmp_path: Path) -> None:
    data = encode(scene(300, 200), "BMP")
    path = sparse(tmp_path / "photo.bmp", len(data))
    assert lies_in_cloud(path)
    path.write_bytes(data)
    with open_photo(path, max_megapixels=1) as photo:
        assert (photo.width, photo.height) == (300, 200)
