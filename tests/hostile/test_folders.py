"""Folders that cannot be entered, or lie too deep, cost nothing but themselves."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import PhotoError
from app.indexing.scanner import walk_folder
from app.media.files import read_file
from tests.indexing.test_scanner import touch
from tests.media.samples import encode, scene
from tests.nobody import as_nobody, only_root, public_folder

__all__ = ["public_folder"]


def told_of(path: Path) -> str:
    """What reading a file comes to."""
    try:
        read_file(path)
    except PhotoError as error:
        return str(error)
    return "read"


@only_root
def test_what_somebody_else_may_not_read(public_folder: Path) -> None:
    photo = encode(scene(9, 9), "PNG")
    path = touch(public_folder / "theirs.png", photo)
    inside = touch(public_folder / "locked" / "in.png", photo)
    inside.parent.chmod(0o700)
    path.chmod(0o600)
    assert as_nobody(lambda: told_of(path)) == "You may not read this file."
    assert as_nobody(lambda: told_of(inside)) == "You may not read this file."
    path.chmod(0o604)  # only an owner reads without a trace, and this one reads all the same
    assert as_nobody(lambda: told_of(path)) == "read"


@only_root
def test_a_folder_without_permission_is_told_and_the_rest_is_seen(public_folder: Path) -> None:
    touch(public_folder / "open" / "b.jpg").parent.chmod(0o755)
    touch(public_folder / "locked" / "a.jpg").parent.chmod(0o700)

    def scan() -> str:
        walk = walk_folder(public_folder, (), lambda: None)
        skipped = [f"{skip.path.name}: {skip.error}" for skip in walk.skipped]
        return " ".join([*skipped, *(file.path.name for file in walk.seen)])

    assert as_nobody(scan) == "locked: The folder cannot be read: Permission denied. b.jpg"


def test_folders_may_be_nested_deeper_than_a_path_can_say(tmp_path: Path) -> None:
    name, before = "n" * 200, Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(30):  # 6,000 characters, and a path ends at 4,096
            Path(name).mkdir()
            os.chdir(name)
    finally:
        os.chdir(before)
    touch(tmp_path / name / "a.jpg")
    walk = walk_folder(tmp_path, (), lambda: None)
    assert [file.path.name for file in walk.seen] == ["a.jpg"]
    reasons = [skip.error for skip in walk.skipped]
    assert reasons == ["The folder cannot be read: File name too long."]
