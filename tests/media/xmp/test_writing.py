"""Sidecars on the disk: which one, whole or not at all, and never the photo."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import private
from app.errors import XmpError
from app.media.xmp import replacing, writing
from app.media.xmp.merging import EMPTY
from app.media.xmp.regions import Frame, regions_in
from app.media.xmp.replacing import DiskFullError
from app.media.xmp.sidecars import read_sidecar, read_xmp
from app.media.xmp.wish import KnownFace, Wish
from app.media.xmp.writing import Outcome, sidecar_for, write_names
from tests.media import samples
from tests.media.xmp import made

ANNA = Wish((KnownFace("Anna", (0.1, 0.2, 0.2, 0.3)),), Frame(*made.SIZE))
NOBODY = Wish((), Frame(*made.SIZE))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return made.photo(tmp_path / "IMG_1.JPG")


@pytest.fixture
def sidecar(photo: Path) -> Path:
    """One that another program wrote."""
    path = photo.with_name("IMG_1.JPG.xmp")
    made.exiftool("-XMP-xmp:Rating=3", "-o", path)
    return path


def names(path: Path) -> list[str]:
    return [region.name for region in regions_in(read_sidecar(path), ANNA.frame)]


def test_a_new_sidecar_has_the_whole_name_of_the_photo(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private, "_users_umask", None)
    before = photo.read_bytes(), photo.stat().st_mtime_ns
    told = write_names(photo, ANNA, dry_run=True)
    assert told.outcome is Outcome.NEW and not told.sidecar.exists()
    assert write_names(photo, ANNA) == told
    assert told.sidecar == photo.with_name("IMG_1.JPG.xmp")
    assert names(told.sidecar) == ["Anna"]
    assert (photo.read_bytes(), photo.stat().st_mtime_ns) == before
    assert sorted(p.name for p in photo.parent.iterdir()) == ["IMG_1.JPG", "IMG_1.JPG.xmp"]
    mask = os.umask(0)
    os.umask(mask)
    assert told.sidecar.stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.skipif(os.name == "nt", reason="modes")
def test_a_new_sidecar_is_open_to_other_programs_though_kinfolk_is_private(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private, "_users_umask", 0o022)
    before = os.umask(0o077)
    try:
        assert write_names(photo, ANNA).sidecar.stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)


def test_writing_twice_touches_nothing(photo: Path) -> None:
    path = write_names(photo, ANNA).sidecar
    os.utime(path, ns=(7, 7))
    before = path.stat()
    assert write_names(photo, ANNA).outcome is Outcome.UNCHANGED
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (7, before.st_ino)


def test_a_sidecar_of_ours_goes_when_it_has_nothing_left_to_say(photo: Path) -> None:
    path = write_names(photo, ANNA).sidecar
    assert write_names(photo, NOBODY, dry_run=True).outcome is Outcome.REMOVED
    assert path.exists()
    assert write_names(photo, NOBODY).outcome is Outcome.REMOVED
    assert not path.exists()
    assert write_names(photo, NOBODY).outcome is Outcome.NONE


def test_a_sidecar_of_others_stays_when_our_names_leave_it(photo: Path, sidecar: Path) -> None:
    before = sidecar.read_bytes()
    assert write_names(photo, ANNA).outcome is Outcome.CHANGED
    assert names(sidecar) == ["Anna"]
    assert write_names(photo, NOBODY).outcome is Outcome.CHANGED
    assert sidecar.read_bytes() == before
    assert write_names(photo, NOBODY).outcome is Outcome.UNCHANGED


def test_a_sidecar_that_somebody_left_empty_is_not_ours_to_remove(photo: Path) -> None:
    path = photo.with_name("IMG_1.JPG.xmp")
    path.write_bytes(EMPTY)
    assert write_names(photo, NOBODY).outcome is Outcome.UNCHANGED and path.exists()


def test_a_sidecar_by_the_stem_alone_counts_where_nobody_else_can_be_meant(photo: Path) -> None:
    stem = photo.with_name("IMG_1.xmp")
    made.exiftool("-XMP-xmp:Rating=3", "-o", stem)
    assert sidecar_for(photo) == stem
    raw = made.photo(photo.with_name("IMG_1.CR2"), "TIFF")
    assert sidecar_for(photo) is None and sidecar_for(raw) is None
    made.exiftool("-overwrite_original", "-XMP-photoshop:SidecarForExtension=CR2", stem)
    assert sidecar_for(photo) is None and sidecar_for(raw) == stem
    assert write_names(photo, ANNA).sidecar.name == "IMG_1.JPG.xmp"


def test_mode_and_link_stay(photo: Path, sidecar: Path, tmp_path: Path) -> None:
    sidecar.chmod(0o640)
    store = tmp_path / "store"
    store.mkdir()
    target = Path(shutil.move(sidecar, store / "there.xmp"))
    sidecar.symlink_to(target)
    assert write_names(photo, ANNA).outcome is Outcome.CHANGED
    assert sidecar.is_symlink() and names(target) == ["Anna"]
    assert target.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in store.iterdir()] == ["there.xmp"]


def test_a_sidecar_with_two_names_keeps_both(photo: Path, sidecar: Path) -> None:
    other = sidecar.with_name("other.xmp")
    other.hardlink_to(sidecar)
    write_names(photo, ANNA)
    assert sidecar.samefile(other) and names(other) == ["Anna"]
    assert len(list(photo.parent.iterdir())) == 3


def test_a_link_that_leads_nowhere_is_not_followed(photo: Path, tmp_path: Path) -> None:
    sidecar = photo.with_name("IMG_1.JPG.xmp")
    sidecar.symlink_to(tmp_path / "nowhere.xmp")
    with pytest.raises(XmpError):
        write_names(photo, ANNA)
    assert sidecar.is_symlink() and not (tmp_path / "nowhere.xmp").exists()


def test_a_sidecar_that_changes_meanwhile_is_left_alone(
    photo: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = replacing.OldSidecar.demand_unchanged

    def change_first(old: replacing.OldSidecar) -> None:
        sidecar.write_bytes(b"somebody else's")
        real(old)

    monkeypatch.setattr(replacing.OldSidecar, "demand_unchanged", change_first)
    with pytest.raises(XmpError, match="another program"):
        write_names(photo, ANNA)
    assert sidecar.read_bytes() == b"somebody else's"
    assert len(list(photo.parent.iterdir())) == 2


@pytest.mark.parametrize("can_link", [True, False])
def test_a_sidecar_that_appears_meanwhile_is_left_alone(
    photo: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool
) -> None:
    path = photo.with_name("IMG_1.JPG.xmp")
    real = os.link

    def link(source: Path, to: Path) -> None:
        path.write_bytes(b"somebody else's")
        if not can_link:
            raise OSError(errno.EPERM, "no links here")
        real(source, to)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(XmpError, match="another program"):
        write_names(photo, ANNA)
    assert path.read_bytes() == b"somebody else's"
    assert len(list(photo.parent.iterdir())) == 2


def test_a_disk_without_links_gets_its_sidecar_all_the_same(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", link)
    assert names(write_names(photo, ANNA).sidecar) == ["Anna"]
    assert len(list(photo.parent.iterdir())) == 2


def _full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("links", [1, 2])
def test_a_full_disk_loses_nothing(
    photo: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch, links: int
) -> None:
    before = sidecar.read_bytes()
    if links == 2:
        sidecar.with_name("other.xmp").hardlink_to(sidecar)
    files = len(list(photo.parent.iterdir()))
    fail: dict[str, Callable[..., Any]] = {"fsync": _full}
    for name, instead in fail.items():
        monkeypatch.setattr(os, name, instead)
    with pytest.raises(DiskFullError, match="full"):
        write_names(photo, ANNA)
    assert sidecar.read_bytes() == before and len(list(photo.parent.iterdir())) == files


def test_a_disk_that_fills_up_while_writing_in_place_gets_the_old_content_back(
    photo: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sidecar.read_bytes()
    sidecar.with_name("other.xmp").hardlink_to(sidecar)
    real, calls = os.ftruncate, []

    def truncate(handle: int, length: int) -> None:
        calls.append(length)
        if len(calls) == 1:
            _full()
        real(handle, length)

    monkeypatch.setattr(os, "ftruncate", truncate)
    with pytest.raises(DiskFullError):
        write_names(photo, ANNA)
    assert len(calls) == 2 and sidecar.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
def test_a_folder_that_may_not_be_written_says_so(photo: Path) -> None:
    photo.parent.chmod(0o500)
    try:
        with pytest.raises(XmpError, match="may not write"):
            write_names(photo, ANNA)
    finally:
        photo.parent.chmod(0o700)


def test_a_disk_that_is_read_only_says_so(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: Any, flags: int, *more: int, **others: Any) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, *more, **others)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(XmpError, match="may not write"):
        write_names(photo, ANNA)


def test_what_was_left_of_a_killed_kinfolk_is_swept_away(photo: Path) -> None:
    left = photo.with_name(".IMG_1.JPG.xmp.0123456789ab.kinfolk")
    fresh = photo.with_name(".IMG_2.JPG.xmp.0123456789ab.kinfolk")
    for path in (left, fresh):
        path.write_bytes(b"half")
    os.utime(left, (1, 1))
    replacing.sweep(photo.parent)
    assert not left.exists() and fresh.exists() and photo.exists()
    replacing.sweep(photo.parent / "nowhere")


def test_a_damaged_sidecar_is_told_and_stays(photo: Path, sidecar: Path) -> None:
    sidecar.write_bytes(b"<x:xmpmeta>")
    with pytest.raises(XmpError):
        write_names(photo, ANNA)
    assert sidecar.read_bytes() == b"<x:xmpmeta>"
    photo.unlink()
    sidecar.unlink()
    with pytest.raises(XmpError, match="not there"):
        write_names(photo, ANNA)
    assert list(photo.parent.iterdir()) == []


@pytest.mark.parametrize("kind", sorted(samples.KINDS))
@pytest.mark.parametrize("orientation", [1, 6])
def test_photos_of_every_kind_come_back_by_our_own_reader(
    tmp_path: Path, kind: str, orientation: int
) -> None:
    suffix = samples.KINDS[kind]
    photo = made.photo(tmp_path / f"a.{suffix}", kind)
    frame = Frame(*made.SIZE, orientation)
    wish = Wish((KnownFace("Anna", (0.1, 0.2, 0.2, 0.3)),), frame)
    before = photo.read_bytes()
    write_names(photo, wish)
    (region,) = regions_in(read_xmp(photo), frame)
    assert (region.name, region.is_doubtful) == ("Anna", False)
    assert region.area == pytest.approx((0.1, 0.2, 0.2, 0.3), abs=2e-6)
    assert photo.read_bytes() == before
    assert writing.write_names(photo, wish).outcome is Outcome.UNCHANGED
