"""What an export leaves in a folder, and what it never does."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from app.errors import KnownError, UsageError
from app.indexing.export import copying, placing, room
from app.indexing.export.exporter import weigh
from app.indexing.export.order import By, Order, Way
from app.indexing.export.record import Record
from app.library.commands.folders import add_folder
from app.library.models import Folder, Photo
from app.media.fingerprint import fingerprint
from app.progress import Cancelled
from tests.indexing.export.conftest import LONG_AGO, Shoot, tree


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """Where the photos go; it is not there yet."""
    return tmp_path / "usb" / "Our photos"


def content(shoot: Shoot, *names: str) -> list[bytes]:
    """What is in these photos."""
    return [(shoot.folder / name).read_bytes() for name in names]


def mark(shoot: Shoot, name: str) -> str:
    """What a photo has behind its name where another has it already."""
    return fingerprint((shoot.folder / name).read_bytes())[:8]


def test_photos_are_copied_by_year_with_their_times(shoot: Shoot, into: Path) -> None:
    photos = (
        shoot.take("one.jpg", taken=datetime(2018, 1, 2)),
        shoot.take("sub/two.jpg", taken=datetime(2020, 5, 6)),
        shoot.take("three.jpg", taken=None),
    )
    done = shoot.export(Order(into, photos))
    assert (done.files, done.copied, done.skipped) == (3, 3, ())
    one, two, three = content(shoot, "one.jpg", "sub/two.jpg", "three.jpg")
    found = tree(into)
    assert found == {"2018/one.jpg": one, "2020/two.jpg": two, "No date/three.jpg": three}
    assert (into / "2018/one.jpg").stat().st_mtime_ns == LONG_AGO
    assert done.size == sum(map(len, found.values()))


@pytest.mark.parametrize(
    ("by", "folders"),
    [
        (By.NONE, {""}),
        (By.MONTH, {"2019-06"}),
        (By.PERSON, {"Anna", "Ben"}),
        (By.PERSON_YEAR, {"Anna/2019", "Ben/2019"}),
    ],
)
def test_a_photo_of_several_goes_to_each_of_them(
    shoot: Shoot, into: Path, by: By, folders: set[str]
) -> None:
    photo = shoot.take("both.jpg", "abc")
    people = (shoot.name("a", "Anna"), shoot.name("b", "Ben"))
    shoot.name("c", "Carl")  # nobody asked for him
    done = shoot.export(Order(into, (photo,), people, by))
    assert done.files == 1 and done.copied == len(folders)
    assert set(tree(into)) == {f"{folder}/both.jpg".lstrip("/") for folder in folders}


def test_where_nobody_is_named_everybody_with_a_name_has_a_folder_but_for_who_is_hidden(
    shoot: Shoot, into: Path
) -> None:
    photos = (shoot.take("ab.jpg", "ab"), shoot.take("c.jpg", "c"), shoot.take("n.jpg"))
    shoot.name("a", "Anna")
    shoot.name("b", "Ben")
    ben = shoot.hide("b")
    shoot.export(Order(into, photos, by=By.PERSON))
    assert set(tree(into)) == {"Anna/ab.jpg", "Others/c.jpg", "Others/n.jpg"}
    shoot.export(Order(into.with_name("asked"), photos[:1], (ben,), By.PERSON))
    assert set(tree(into.with_name("asked"))) == {"Ben/ab.jpg"}


def test_people_whose_folders_would_be_one_are_told_apart_by_their_id(
    shoot: Shoot, into: Path
) -> None:
    photo = shoot.take("x.jpg", "abc")
    people = (shoot.name("a", "A/B"), shoot.name("b", "a:b"), shoot.name("c", "Others"))
    shoot.export(Order(into, (photo,), people, By.PERSON))
    folders = {path.split("/")[0] for path in tree(into)}
    keys = [shoot.person(letter).key.partition("-")[2][:6] for letter in "abc"]
    assert folders == {f"A-B ({keys[0]})", f"a-b ({keys[1]})", f"Others ({keys[2]})"}


def test_names_never_collide_and_stay_from_run_to_run(shoot: Shoot, into: Path) -> None:
    first = shoot.take("b/IMG.jpg"), shoot.take("c/img.JPG")
    shoot.export(Order(into, first))
    apart = f"2019/img ({mark(shoot, 'c/img.JPG')}).JPG"
    assert set(tree(into)) == {"2019/IMG.jpg", apart}
    before = {path: (into / path).stat().st_ino for path in tree(into)}
    third = shoot.take("a/Img.jpg")  # by its path it comes before the others
    done = shoot.export(Order(into, (*first, third)))
    assert (done.copied, done.there) == (1, 2)
    assert {path: (into / path).stat().st_ino for path in before} == before
    found = tree(into)
    assert found[f"2019/Img ({mark(shoot, 'a/Img.jpg')}).jpg"] == content(shoot, "a/Img.jpg")[0]
    assert sorted(found.values()) == sorted(content(shoot, "a/Img.jpg", "b/IMG.jpg", "c/img.JPG"))


def test_names_that_are_no_text_are_exported_under_names_that_are(shoot: Shoot, into: Path) -> None:
    photos = (shoot.take(b"caf\xe9.jpg"), shoot.take(b"caf\xe8.jpg"), shoot.take(b"aux.jpg"))
    done = shoot.export(Order(into, photos))
    assert done.copied == 3
    names = {os.fsencode(path.name).decode() for path in (into / "2019").iterdir()}
    assert names > {"caf_.jpg", "aux_.jpg"} and len(names) == 3


def test_a_file_of_somebody_else_is_never_touched(shoot: Shoot, into: Path) -> None:
    photo = shoot.take("one.jpg")
    foreign = into / "2019" / "ONE.jpg"
    foreign.parent.mkdir(parents=True)
    foreign.write_bytes(b"a letter")
    (into / "2019" / f"one ({mark(shoot, 'one.jpg')}).jpg").mkdir()
    done = shoot.export(Order(into, (photo,)))
    assert done.copied == 1 and foreign.read_bytes() == b"a letter"
    assert len(tree(into)) == 2


def test_a_photo_that_is_there_already_is_not_copied_again_even_without_a_record(
    shoot: Shoot, into: Path
) -> None:
    photo = shoot.take("one.jpg")
    (into / "2019").mkdir(parents=True)
    (into / "2019/one.jpg").write_bytes(content(shoot, "one.jpg")[0])
    done = shoot.export(Order(into, (photo,)))
    assert (done.files, done.copied, done.there) == (1, 0, 1)
    assert set(tree(into)) == {"2019/one.jpg"}


def test_what_the_user_changed_since_is_left_and_what_they_deleted_comes_back(
    shoot: Shoot, into: Path
) -> None:
    photos = shoot.take("one.jpg"), shoot.take("two.jpg")
    shoot.export(Order(into, photos))
    (into / "2019/one.jpg").write_bytes(b"cut by hand")
    (into / "2019/two.jpg").unlink()
    done = shoot.export(Order(into, photos))
    assert (done.copied, done.there) == (1, 0)
    assert done.skipped == ((shoot.folder / "one.jpg", placing.CHANGED),)
    assert tree(into)["2019/one.jpg"] == b"cut by hand"
    assert tree(into)["2019/two.jpg"] == content(shoot, "two.jpg")[0]


def test_a_disk_that_tells_another_time_than_before_changes_nothing(
    shoot: Shoot, into: Path
) -> None:
    photo = shoot.take("one.jpg")
    (shoot.folder / "one.xmp").write_bytes(b"names")
    shoot.export(Order(into, (photo,)))
    for path in (into / "2019").iterdir():
        os.utime(path, ns=(LONG_AGO, LONG_AGO + 3_600_000_000_000))  # as FAT does in summer
    done = shoot.export(Order(into, (photo,)))
    assert (done.there, done.copied, done.skipped) == (2, 0, ())
    assert shoot.export(Order(into, (photo,))).there == 2


def test_sidecars_go_along_under_the_name_of_their_photo_and_follow_its_changes(
    shoot: Shoot, into: Path
) -> None:
    photos = shoot.take("a/IMG.jpg"), shoot.take("b/IMG.jpg")
    (shoot.folder / "a/IMG.xmp").write_bytes(b"first")
    (shoot.folder / "b/IMG.XMP").write_bytes(b"second")
    (shoot.folder / "b/IMG.jpg.xmp").write_bytes(b"third")
    (shoot.folder / "b/other.xmp").write_bytes(b"of no photo")
    shoot.export(Order(into, photos))
    apart = f"2019/IMG ({mark(shoot, 'b/IMG.jpg')})"
    found = tree(into)
    assert {path: found[path] for path in found if path.lower().endswith("xmp")} == {
        "2019/IMG.xmp": b"first", f"{apart}.XMP": b"second", f"{apart}.jpg.xmp": b"third",
    }  # fmt: skip
    (shoot.folder / "a/IMG.xmp").write_bytes(b"named since")
    done = shoot.export(Order(into, photos))
    assert (done.copied, done.there) == (1, 4)
    assert tree(into)["2019/IMG.xmp"] == b"named since"
    shoot.export(Order(into.with_name("bare"), photos, companions=False))
    assert len(tree(into.with_name("bare"))) == 2


def test_the_moving_part_of_a_photo_goes_along(shoot: Shoot, into: Path) -> None:
    photo = shoot.take("IMG_1.jpg")
    film = shoot.take("IMG_1.mov", data=b"moving", kind="video/quicktime")
    Photo.update(still=photo, state="motion").where(Photo.id == film).execute()
    done = shoot.export(Order(into, (photo,)))
    assert done.files == 1 and done.copied == 2
    assert tree(into)["2019/IMG_1.mov"] == b"moving"


def test_what_is_away_or_gone_is_told_and_a_copy_takes_its_place(shoot: Shoot, into: Path) -> None:
    photos = shoot.take("gone.jpg"), shoot.take("twice.jpg"), shoot.take("here.jpg")
    twin = shoot.folder / "sub" / "twin.jpg"
    twin.parent.mkdir()
    (shoot.folder / "twice.jpg").rename(twin)
    (shoot.folder / "gone.jpg").unlink()
    with_copy = Photo.get_by_id(photos[1])
    Photo.create(
        collection=shoot.number, path=twin, state="copy", copy_of=with_copy, size=1, mtime_ns=1
    )
    done = shoot.export(Order(into, photos))
    assert done.skipped == ((shoot.folder / "gone.jpg", "The file is no longer there."),)
    assert done.files == 2 and tree(into)["2019/twice.jpg"] == twin.read_bytes()
    Folder.update(state="offline").execute()
    weight = weigh(shoot.library, Order(into, photos))
    assert weight.photos == 0 and len(weight.skipped) == 3


def test_links_take_no_room_and_lead_to_the_originals(shoot: Shoot, into: Path) -> None:
    photo = shoot.take("one.jpg")
    order = Order(into, (photo,), way=Way.HARDLINK)
    assert shoot.export(order).linked == 1
    assert (into / "2019/one.jpg").samefile(shoot.folder / "one.jpg")
    assert shoot.export(order).there == 1
    soft = Order(into.with_name("soft"), (photo,), way=Way.SYMLINK)
    done = shoot.export(soft)
    assert (done.linked, done.size) == (1, 0)
    assert (soft.into / "2019/one.jpg").readlink() == shoot.folder / "one.jpg"
    assert shoot.export(soft).there == 1
    # Links of ours make way for copies.
    assert shoot.export(Order(into, (photo,))).copied == 1
    assert not (into / "2019/one.jpg").samefile(shoot.folder / "one.jpg")
    assert content(shoot, "one.jpg") == [tree(into)["2019/one.jpg"]]


def other_drive(near: Path) -> Path:
    """A folder on another drive than this one."""
    place = Path("/dev/shm")
    if not place.is_dir() or place.stat().st_dev == near.stat().st_dev:
        pytest.skip("there is no second drive here")
    return place / f"kinfolk-{os.getpid()}"


def test_a_hard_link_across_drives_is_refused_or_copied_instead(shoot: Shoot) -> None:
    photo = shoot.take("one.jpg")
    into = other_drive(shoot.folder)
    try:
        with pytest.raises(UsageError, match="--as copy"):
            shoot.export(Order(into, (photo,), way=Way.HARDLINK))
        assert not tree(into)
        done = shoot.export(Order(into, (photo,), way=Way.HARDLINK, falls_back=True))
        assert (done.copied, done.linked, done.notes) == (1, 0, (placing.COPIED_INSTEAD,))
        assert set(tree(into)) == {"2019/one.jpg"}
    finally:
        for path in sorted(into.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        into.rmdir()


def test_nothing_is_written_where_kinfolk_watches_unless_that_is_wanted(
    shoot: Shoot, into: Path
) -> None:
    photo = shoot.take("one.jpg")
    inside = shoot.folder / "mine"
    with pytest.raises(UsageError, match="watches"):
        shoot.export(Order(inside, (photo,)))
    assert not inside.exists()
    into.mkdir(parents=True)
    (into / "2019").symlink_to(shoot.folder)  # by a side door
    with pytest.raises(UsageError, match="watches"):
        shoot.export(Order(into, (photo,)))
    assert sorted(path.name for path in shoot.folder.iterdir()) == ["one.jpg"]
    assert shoot.export(Order(inside, (photo,), into_watched=True)).copied == 1
    library = shoot.library.path.parent
    with pytest.raises(UsageError, match="Kinfolk's own"):
        shoot.export(Order(library / "backups", (photo,), into_watched=True))


def test_a_folder_that_watches_what_is_exported_below_is_seen(shoot: Shoot, tmp_path: Path) -> None:
    photo = shoot.take("one.jpg")
    (tmp_path / "out" / "2019").mkdir(parents=True)
    add_folder(shoot.library, shoot.number, tmp_path / "out" / "2019")
    with pytest.raises(UsageError, match="watches"):
        shoot.export(Order(tmp_path / "out", (photo,)))


def test_too_little_room_is_told_before_anything_is_copied(
    shoot: Shoot, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = shoot.take("one.jpg")
    monkeypatch.setattr(room, "free_bytes", lambda _: 1_500_000)
    with pytest.raises(KnownError, match=r"has 1\.5 MB left"):
        shoot.export(Order(into, (photo,)))
    assert not tree(into)
    assert shoot.export(Order(into, (photo,), way=Way.HARDLINK)).linked == 1


def test_a_full_disk_ends_it_and_what_is_there_stays(
    shoot: Shoot, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = shoot.take("one.jpg"), shoot.take("two.jpg")
    fsync, left = os.fsync, [1]

    def full(handle: int) -> None:
        if not left:
            raise OSError(28, "No space left on device")
        left.pop()
        fsync(handle)

    monkeypatch.setattr(copying.os, "fsync", full)
    with pytest.raises(KnownError, match="disk is full"):
        shoot.export(Order(into, photos))
    assert set(tree(into)) == {"2019/one.jpg"}
    monkeypatch.undo()
    done = shoot.export(Order(into, photos))
    assert (done.copied, done.there) == (1, 1)


def test_an_export_that_is_cancelled_leaves_whole_files_and_goes_on_later(
    shoot: Shoot, into: Path
) -> None:
    photos = tuple(shoot.take(f"{number}.jpg") for number in range(6))
    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(tree(into)) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        shoot.export(Order(into, photos), check)
    found = tree(into)
    assert len(found) == 3 and asked
    assert [path.name for path in (into / ".kinfolk-export").iterdir()] != []
    assert not (into / ".kinfolk-export" / "part").exists()
    done = shoot.export(Order(into, photos))
    assert (done.copied, done.there) == (3, 3)


def test_two_exports_into_one_folder_do_not_meet(shoot: Shoot, into: Path) -> None:
    photo = shoot.take("one.jpg")
    into.mkdir(parents=True)
    with Record(into), pytest.raises(UsageError, match="already"):
        shoot.export(Order(into, (photo,)))
    assert shoot.export(Order(into, (photo,))).copied == 1


def test_a_record_that_is_cut_short_or_of_somebody_else_costs_nothing(
    shoot: Shoot, into: Path
) -> None:
    photos = shoot.take("one.jpg"), shoot.take("two.jpg")
    shoot.export(Order(into, photos))
    record = into / ".kinfolk-export" / "record.jsonl"
    whole = record.read_bytes()
    lines: Sequence[bytes] = (
        b'{"path":"../../etc/passwd","key":"k","way":"copy","size":1,"at":1,"source_at":1}',
        b"[]", b"\xff\xfe", b'{"path":1}', whole[: len(whole) // 2],
    )  # fmt: skip
    record.write_bytes(b"\n".join(lines))
    done = shoot.export(Order(into, photos))
    assert (done.there, done.copied) == (2, 0)
    third = shoot.take("three.jpg")
    assert shoot.export(Order(into, (*photos, third))).copied == 1
    assert shoot.export(Order(into, (*photos, third))).there == 3


def test_a_photo_that_changed_since_kinfolk_looked_is_exported_as_it_is_now(
    shoot: Shoot, into: Path
) -> None:
    photo = shoot.take("one.jpg")
    (shoot.folder / "one.jpg").write_bytes(b"edited since")
    assert shoot.export(Order(into, (photo,))).copied == 1
    assert tree(into) == {"2019/one.jpg": b"edited since"}
    assert shoot.export(Order(into, (photo,))).there == 1


def test_a_copy_that_went_wrong_is_noticed(
    shoot: Shoot, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = shoot.take("one.jpg")

    def cut(source: int, target: int, check: object) -> bool:  # noqa: ARG001
        os.write(target, b"half of it")
        return True

    monkeypatch.setattr(copying, "_copy_by_system", cut)
    done = shoot.export(Order(into, (photo,)))
    assert not tree(into) and done.copied == 0
    assert "not what the file is" in done.skipped[0][1]


def test_where_the_system_copies_nothing_by_itself_it_is_read_and_written(
    shoot: Shoot, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = shoot.take("one.jpg")
    monkeypatch.setattr(copying, "_copy_by_system", lambda *_: False)
    monkeypatch.setattr(copying, "_PIECE", 100)
    assert shoot.export(Order(into, (photo,))).copied == 1
    assert content(shoot, "one.jpg") == [tree(into)["2019/one.jpg"]]


def test_what_is_no_file_is_never_opened(shoot: Shoot, into: Path) -> None:
    photos = shoot.take("pipe.jpg"), shoot.take("folder.jpg"), shoot.take("here.jpg")
    for name in ("pipe.jpg", "folder.jpg"):
        (shoot.folder / name).unlink()
    os.mkfifo(shoot.folder / "pipe.jpg")  # to open it would wait for ever
    (shoot.folder / "folder.jpg").mkdir()
    done = shoot.export(Order(into, photos))
    assert set(tree(into)) == {"2019/here.jpg"}
    assert [reason for _, reason in done.skipped] == [
        "This is a folder, not a photo.", "This is a device or a pipe, not a photo.",
    ]  # fmt: skip


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_comes_meanwhile_stays(
    shoot: Shoot, into: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    photos = shoot.take("one.jpg"), shoot.take("two.jpg")
    copy = copying.copy_file

    def slow(source: Path, part: Path, mark: str, check: copying.Check) -> int:
        if source.name == "one.jpg":
            (into / "2019/one.jpg").write_bytes(b"somebody was faster")
        return copy(source, part, mark, check)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # as FAT says it

    monkeypatch.setattr(placing, "copy_file", slow)
    if not has_links:
        monkeypatch.setattr(copying.os, "link", refuse)
    done = shoot.export(Order(into, photos))
    assert tree(into) == {
        "2019/one.jpg": b"somebody was faster", "2019/two.jpg": content(shoot, "two.jpg")[0],
    }  # fmt: skip
    assert done.skipped == ((shoot.folder / "one.jpg", placing.TAKEN),)


def test_an_export_leaves_the_originals_as_they_are(shoot: Shoot, into: Path) -> None:
    photo = shoot.take("one.jpg")
    path = shoot.folder / "one.jpg"
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    before = path.stat()
    shoot.export(Order(into, (photo,)))
    after = path.stat()
    assert (after.st_atime_ns, after.st_mtime_ns, after.st_nlink, after.st_mode) == (
        before.st_atime_ns, before.st_mtime_ns, before.st_nlink, before.st_mode,
    )  # fmt: skip


def test_weighing_tells_what_there_is_to_do_and_does_none_of_it(shoot: Shoot, into: Path) -> None:
    photos = shoot.take("one.jpg"), shoot.take("two.jpg")
    size = sum(map(len, content(shoot, "one.jpg", "two.jpg")))
    weight = weigh(shoot.library, Order(into, photos))
    assert (weight.photos, weight.files, weight.size, weight.there) == (2, 2, size, 0)
    assert not into.exists() and weight.fits
    shoot.export(Order(into, photos[:1]))
    assert weigh(shoot.library, Order(into, photos)).there == 1


def test_an_order_without_anything_to_do_is_refused(shoot: Shoot, into: Path) -> None:
    photo = shoot.take("one.jpg")
    with pytest.raises(UsageError, match="Nothing is to be exported"):
        shoot.export(Order(into, (photo,), way=Way.NONE))
    into.parent.mkdir()
    into.write_bytes(b"a file")
    with pytest.raises(KnownError, match="cannot be made"):
        shoot.export(Order(into, (photo,)))
