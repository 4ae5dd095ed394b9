"""Folders that cannot be entered, or lie too deep, cost nothing but themselves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.indexing.scanner import walk_folder
from tests.indexing.test_scanner import touch


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_without_permission_is_told_and_the_rest_is_seen(tmp_path: Path) -> None:
    touch(tmp_path / "locked" / "a.jpg")
    touch(tmp_path / "open" / "b.jpg")
    (tmp_path / "locked").chmod(0o700)
    for folder in (tmp_path, *tmp_path.parents):
        folder.chmod(folder.stat().st_mode | 0o055)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setuid(65534)
            walk = walk_folder(tmp_path, (), lambda: None)
            (skip,) = walk.skipped
            assert skip.error == "The folder cannot be read: Permission denied."
            assert skip.path == tmp_path / "locked"
            assert [file.path.name for file in walk.seen] == ["b.jpg"]
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0


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
    assert [skip.error for skip in walk.skipped] == [
        "The folder cannot be read: File name too long."
    ]
