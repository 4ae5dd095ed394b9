"""Archives of anybody's: only models come out of them, and nowhere but where they belong."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest

from app.errors import ModelError
from app.indexing import model_archive
from app.indexing.model_archive import contents_of, contents_of_folder, copy_models, unpack
from app.progress import Cancelled
from tests.indexing.model_server import MODELS, zipped


def write(tmp_path: Path, content: bytes) -> tuple[Path, Path]:
    """The archive as a file, and an empty folder."""
    archive, into = tmp_path / "pack.zip", tmp_path / "into"
    archive.write_bytes(content)
    into.mkdir()
    return archive, into


def one_entry(info: zipfile.ZipInfo, content: bytes = b"model") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, content)
    return buffer.getvalue()


@pytest.mark.parametrize("folder", ["", "buffalo_l/"])
def test_models_come_out_of_both_layouts_for_their_owner_only(tmp_path: Path, folder: str) -> None:
    more = {"README.md": b"read me", "._det.onnx": b"of macOS", "set.sh": b"#!/bin/sh"}
    archive, into = write(tmp_path, zipped({**MODELS, **more}, folder))
    found = contents_of(archive)
    assert (found.folder, found.models) == (folder.rstrip("/"), tuple(sorted(MODELS)))
    assert found.size == sum(map(len, MODELS.values()))
    files = unpack(archive, into, (), lambda: None)
    assert {path.name: path.read_bytes() for path in into.iterdir()} == MODELS
    assert sorted(path.name for path in files) == sorted(MODELS)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_only_what_is_wanted_is_unpacked_and_all_of_it(tmp_path: Path) -> None:
    archive, into = write(tmp_path, zipped(MODELS))
    unpack(archive, into, ("det.onnx", "rec.onnx"), lambda: None)
    assert {path.name for path in into.iterdir()} == {"det.onnx", "rec.onnx"}
    with pytest.raises(ModelError, match=r"lacks what belongs into it: age\.onnx"):
        unpack(archive, into, ("age.onnx",), lambda: None)


def test_a_folder_is_taken_like_an_archive(tmp_path: Path) -> None:
    folder, into = tmp_path / "mine", tmp_path / "into"
    folder.mkdir()
    into.mkdir()
    for name, content in {**MODELS, "notes.txt": b"x", ".hidden.onnx": b"x"}.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o644)
    assert contents_of_folder(folder).models == tuple(sorted(MODELS))
    copied = copy_models(folder, into, (), lambda: None)
    assert {path.name: path.read_bytes() for path in into.iterdir()} == MODELS
    assert {stat.S_IMODE(path.stat().st_mode) for path in copied} == {0o600}


@pytest.mark.parametrize(
    "name",
    ["../evil.onnx", "/etc/evil.onnx", "a/../../evil.onnx", "a\\..\\evil.onnx", "C:evil.onnx"],
)
def test_places_outside_are_refused(tmp_path: Path, name: str) -> None:
    archive, into = write(tmp_path, zipped({"xxxxx": b"model"}).replace(b"xxxxx", b"\0" * 5))
    info = zipfile.ZipInfo("plain.onnx")
    info.filename = info.orig_filename = name
    archive.write_bytes(one_entry(info))
    with pytest.raises(ModelError, match="names places outside itself"):
        unpack(archive, into, (), lambda: None)
    assert list(into.iterdir()) == []


def test_a_link_is_no_model(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("det.onnx")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive, into = write(tmp_path, one_entry(info, b"/etc/passwd"))
    with pytest.raises(ModelError, match="a link in place of a model"):
        unpack(archive, into, (), lambda: None)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    archive, into = write(tmp_path, zipped({"det.onnx": bytes(30_000_000)}))
    with pytest.raises(ModelError, match="something that is no model"):
        unpack(archive, into, (), lambda: None)
    assert list(into.iterdir()) == []


def test_a_file_that_is_larger_than_it_says_ends_where_it_said(tmp_path: Path) -> None:
    content = zipped({"det.onnx": MODELS["det.onnx"]})
    size = struct.pack("<I", len(MODELS["det.onnx"]))
    archive, into = write(tmp_path, content.replace(size, struct.pack("<I", 1000)))
    with pytest.raises(ModelError, match="damaged"):
        unpack(archive, into, (), lambda: None)
    assert all(path.stat().st_size <= 1000 for path in into.iterdir())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no archive at all", "no zip archive"),
        (zipped(MODELS)[:-100], "no zip archive, or a damaged one"),
        (zipped({"readme.txt": b"hello"}), r"no model \(\.onnx\)"),
        (zipped({"a/det.onnx": b"1", "b/det.onnx": b"2"}), "several packs"),
        (zipped({"det.onnx": b"1", "DET.onnx": b"2"}), "several packs"),
        (zipped({f"{n}.onnx": b"1" for n in range(30)}), "more, or larger, files"),
        (zipped({f"{n}.txt": b"1" for n in range(2001)}), "far more than models"),
    ],
)
def test_what_is_of_no_use_is_told(tmp_path: Path, content: bytes, reason: str) -> None:
    archive, _ = write(tmp_path, content)
    with pytest.raises(ModelError, match=reason):
        contents_of(archive)


def test_a_wrong_byte_in_a_model_is_found(tmp_path: Path) -> None:
    content = bytearray(zipped(MODELS))
    content[len(content) // 2] ^= 1
    archive, into = write(tmp_path, bytes(content))
    with pytest.raises(ModelError, match="damaged"):
        unpack(archive, into, (), lambda: None)


def test_a_locked_archive_is_told(tmp_path: Path) -> None:
    content = zipped({"det.onnx": b"1"})
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + place
        content = content[:at] + b"\x01\x00" + content[at + 2 :]
    archive, into = write(tmp_path, content)
    with pytest.raises(ModelError, match="locked with a password"):
        unpack(archive, into, (), lambda: None)


def test_what_the_disk_has_no_room_for_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, into = write(tmp_path, zipped(MODELS))
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(model_archive.shutil, "disk_usage", lambda _: usage(1, 1, 1 << 20))
    with pytest.raises(ModelError, match="has no room"):
        unpack(archive, into, (), lambda: None)
    assert list(into.iterdir()) == []


def test_it_can_be_stopped_in_the_middle(tmp_path: Path) -> None:
    archive, into = write(tmp_path, zipped(MODELS))

    def check() -> None:
        if list(into.iterdir()):
            raise Cancelled

    with pytest.raises(Cancelled):
        unpack(archive, into, (), check)
