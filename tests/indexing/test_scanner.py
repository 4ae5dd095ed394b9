"""The disk held against the library."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.indexing.scanner import compare, walk_folder
from app.library.commands.photos import SeenFile
from app.library.queries.folders import KnownFile
from app.library.rows import PhotoState
from app.media.fingerprint import fingerprint
from app.progress import Cancelled


def names(folder: Path, avoid: tuple[Path, ...] = ()) -> list[str]:
    walk = walk_folder(folder, avoid, lambda: None)
    return sorted(str(file.path.relative_to(folder)) for file in walk.seen)


def touch(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def known(number: int, path: Path, content: bytes, state: PhotoState, mtime: int = 1) -> KnownFile:
    print_ = fingerprint(content) if state is not PhotoState.PENDING else ""
    return KnownFile(number, path, len(content), mtime, state, print_, "compact", "1", "broken")


def test_photos_are_found_and_nothing_else(tmp_path: Path) -> None:
    for name in (
        "a.JPG", "deep/er/b.heic", "c.txt", ".hidden/d.jpg", "@eaDir/e.jpg", "._f.jpg",
        "g.png/h.png",
    ):  # fmt: skip
        touch(tmp_path / name)
    assert names(tmp_path) == ["a.JPG", "deep/er/b.heic", "g.png/h.png"]
    assert names(tmp_path, (tmp_path / "deep",)) == ["a.JPG", "g.png/h.png"]


def test_links_are_followed_and_loops_end(tmp_path: Path) -> None:
    touch(tmp_path / "real" / "a.jpg")
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "real")
    (tmp_path / "file.jpg").symlink_to(tmp_path / "real" / "a.jpg")
    (tmp_path / "dangling.jpg").symlink_to(tmp_path / "nothing")
    walk = walk_folder(tmp_path, (), lambda: None)
    assert len(walk.seen) == 2, "each folder once, and the linked file"
    assert [skip.path.name for skip in walk.skipped] == ["dangling.jpg"]


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (skip,) = walk_folder(tmp_path, (), lambda: None).skipped
    assert "pipe" in skip.error


def test_names_that_are_no_text_are_found(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9\xff.jpg"
    Path(os.fsdecode(name)).write_bytes(b"x")
    (file,) = walk_folder(tmp_path, (), lambda: None).seen
    assert os.fsencode(file.path) == name


def test_a_folder_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        walk_folder(tmp_path / "gone", (), lambda: None)


def test_a_walk_can_be_stopped(tmp_path: Path) -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        walk_folder(tmp_path, (), stop)


def test_added_changed_missing_and_unchanged(tmp_path: Path) -> None:
    same, edited, new, lost = (tmp_path / f"{n}.jpg" for n in ("same", "edited", "new", "lost"))
    result = compare(
        [SeenFile(same, 1, 1), SeenFile(edited, 1, 2), SeenFile(new, 5, 5)],
        [
            known(1, same, b"a", PhotoState.LOOKED),
            known(2, edited, b"b", PhotoState.LOOKED),
            known(3, lost, b"c", PhotoState.LOOKED),
            known(4, tmp_path / "long.jpg", b"d", PhotoState.GONE),
        ],
        lambda _: [],
    )
    assert result.unchanged == 1
    assert [photo_id for photo_id, _ in result.changed] == [2]
    assert [file.path for file in result.added] == [new]
    assert result.missing == [3], "one that was gone already is not missing again"


def test_a_photo_that_is_back_is_not_looked_at_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    file = known(1, path, b"a", PhotoState.GONE)
    result = compare([SeenFile(path, 1, 1)], [file], lambda _: [])
    assert (result.returned, result.changed) == ([1], [])


def test_a_skipped_file_stays_skipped_until_it_changes_or_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    file = known(1, path, b"a", PhotoState.SKIPPED)
    seen = [SeenFile(path, 1, 1)]
    assert compare(seen, [file], lambda _: []).still_skipped[0].error == "broken"
    assert compare(seen, [file], lambda _: [], retry=True).changed == [(1, seen[0])]


def test_a_renamed_photo_is_the_same_photo_and_a_copy_is_not(tmp_path: Path) -> None:
    old = tmp_path / "old.jpg"
    new, copy = touch(tmp_path / "new.jpg", b"abc"), touch(tmp_path / "copy.jpg", b"abc")
    other = touch(tmp_path / "other.jpg", b"xyz")
    before = known(1, old, b"abc", PhotoState.LOOKED)
    seen = [SeenFile(path, 3, 9) for path in (other, new, copy)]
    result = compare(seen, [before], lambda sizes: [before] if 3 in sizes else [])
    assert result.moved == [(1, seen[1])]
    assert [file.path for file in result.added] == [other, copy]
    assert result.missing == []
    touch(old, b"abc")
    result = compare(seen, [], lambda _: [before])
    assert result.moved == [], "the old file is still there: these are copies"
