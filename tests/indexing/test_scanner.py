"""The disk held against the library."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.indexing.recognising import compare
from app.indexing.scanner import walk_folder
from app.library.commands.photos import SeenFile
from app.library.queries.folders import KnownFile
from app.library.rows import PhotoState
from app.media.fingerprint import fingerprint
from app.progress import Cancelled

ABC, XYZ = (b"\xff\xd8\xff\xe0 a picture of " + name for name in (b"abc", b"xyz"))


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


def test_what_is_no_file_is_left_to_a_worker_to_refuse(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    walk = walk_folder(tmp_path, (), lambda: None)
    assert [seen.path.name for seen in walk.seen] == ["pipe.jpg"] and walk.skipped == []


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
    new, copy = touch(tmp_path / "new.jpg", ABC), touch(tmp_path / "copy.jpg", ABC)
    other = touch(tmp_path / "other.jpg", XYZ)
    before = known(1, old, ABC, PhotoState.LOOKED)
    seen = [SeenFile(path, len(ABC), 9) for path in (other, new, copy)]
    result = compare(seen, [before], lambda sizes: [before] if len(ABC) in sizes else [])
    assert result.moved == [(1, seen[1])]
    assert (result.added, result.copies) == ([seen[0]], [(1, seen[2])])
    assert result.missing == []
    touch(old, ABC)
    result = compare(seen, [], lambda _: [before])
    assert result.moved == [], "the old file is still there: these are copies"
    assert result.copies == [(1, seen[1]), (1, seen[2])]


def test_what_is_away_has_not_moved(tmp_path: Path) -> None:
    before = known(1, tmp_path / "drive" / "old.jpg", ABC, PhotoState.LOOKED)
    seen = [SeenFile(touch(tmp_path / "new.jpg", ABC), len(ABC), 9)]
    result = compare(seen, [], lambda _: [before], is_away=lambda path: "drive" in path.parts)
    assert (result.moved, result.copies) == ([], [(1, seen[0])])


def test_photos_that_swap_their_names_are_who_they_were(tmp_path: Path) -> None:
    one, two, three = (tmp_path / name for name in ("1.jpg", "2.jpg", "3.jpg"))
    photos = [known(1, one, ABC, PhotoState.LOOKED), known(2, two, XYZ, PhotoState.LOOKED)]
    seen = [SeenFile(touch(one, XYZ), len(XYZ), 8), SeenFile(touch(two, ABC), len(ABC), 9)]
    result = compare(seen, photos, lambda _: photos)
    assert sorted(result.moved, key=lambda entry: entry[0]) == [(1, seen[1]), (2, seen[0])]
    assert not (result.changed or result.added or result.missing)
    # The second takes the name of the first, which is nowhere now.
    result = compare(seen[:1], photos, lambda _: photos)
    assert (result.moved, result.missing) == ([(2, seen[0])], [1])
    # The first has another name, and something new has its old one.
    photos = photos[:1]
    seen = [SeenFile(touch(one, XYZ), len(XYZ), 8), SeenFile(touch(three, ABC), len(ABC), 9)]
    result = compare(seen, photos, lambda _: photos)
    assert (result.moved, result.added) == ([(1, seen[1])], [seen[0]])


def test_another_time_alone_is_no_other_photo(tmp_path: Path) -> None:
    path = touch(tmp_path / "a.jpg", ABC)
    for state in (PhotoState.LOOKED, PhotoState.COPY, PhotoState.GONE):
        photo = known(1, path, ABC, state)
        seen = SeenFile(path, len(ABC), 77)
        result = compare([seen], [photo], lambda _, photo=photo: [photo])  # type: ignore[misc]
        assert (result.touched, result.changed, result.added) == ([(1, seen)], [], [])
        assert result.returned == ([1] if state is PhotoState.GONE else [])


def test_a_name_that_is_used_again_is_another_photo(tmp_path: Path) -> None:
    path = touch(tmp_path / "IMG_0001.jpg", XYZ)
    gone = known(1, path, ABC, PhotoState.GONE)
    seen = SeenFile(path, len(XYZ), 77)
    result = compare([seen], [gone], lambda _: [gone])
    assert (result.added, result.changed, result.returned) == ([seen], [], [])
