"""Backups are written anew without strangers, lose nothing else, and are as good as before."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.library import backups
from app.library.commands.backups import list_backups, make_backup, verify_backup
from app.library.commands.doctor import examine
from app.library.commands.keeping import erase_strangers
from app.library.commands.people import name_person
from app.library.commands.undo import undo
from app.library.database import Library
from app.library.models import Photo, now
from app.library.queries.folders import collections
from app.library.queries.keeping import expired_places, moments_before
from app.library.queries.people import list_people
from tests.library.conftest import Cast

ALL = "SELECT fingerprint, x, y, w, h FROM face JOIN photo ON photo.id = photo_id"


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    """What is in a library file."""
    with closing(sqlite3.connect(path)) as file:
        return file.execute(statement).fetchall()


def let_strangers_go(cast: Cast, newer: int = 1) -> None:
    """Erase whoever is not named, but for so many faces that were found last."""
    at = now() - timedelta(days=31)
    last = [number for (number,) in Photo.select(Photo.id).order_by(Photo.id.desc()).tuples()]
    old = Photo.id.not_in(last[:newer])  # one face a photo
    cast.library.write(lambda: Photo.update(found=at).where(old).execute())
    erase_strangers(cast.library, moments_before({cast.number: 30}))
    assert cast.library.scrub(expired_places(cast.library))


def test_a_backup_loses_strangers_and_nothing_else(cast: Cast, tmp_path: Path) -> None:
    cast.album.person(6, start=40)
    make_backup(cast.library)
    undo(cast.library, cast.number)  # Carl has no name any more, but in that backup
    make_backup(cast.library)
    let_strangers_go(cast, newer=3)
    erased = {(mark, *box) for _, mark, box in expired_places(cast.library)}
    assert len(erased) == 6
    left = set(rows(cast.library.path, ALL))
    found = list_backups(cast.library.path.parent / "backups")
    assert [row.reason for row in found] == ["asked", "asked"], "none went, and none is new"
    assert all(verify_backup(row.path).problem == "" for row in found)
    for row in found:
        assert set(rows(row.path, ALL)) == left, "the same faces are left"
        assert row.path.stat().st_mode & 0o777 == 0o600
    assert not list(found[0].path.parent.glob("*.new*"))
    names = [person.name for person in cast.album.people()]
    cast.library.close()
    for number, row in enumerate(found):
        copy = tmp_path / str(number) / "library.db"
        copy.parent.mkdir()
        shutil.copyfile(row.path, copy)
        restored = Library.open(copy)
        assert examine(restored, is_alone=True).findings == ()
        people = list_people(restored, collections(restored)[0].id, include_hidden=True)
        assert {person.name: person.face_count for person in people if person.face_count} == {
            "Anna": 3, "Ben": 3
        }, "the others are to be grouped again"  # fmt: skip
        restored.close()
    assert set(names) == {"Anna", "Ben", ""}
    cast.library = cast.album.library = Library.open(cast.library.path)


def test_one_that_cannot_be_cleansed_goes(cast: Cast) -> None:
    folder = cast.library.path.parent / "backups"
    cast.album.person(2, start=40)
    bad = make_backup(cast.library).path
    good = make_backup(cast.library).path
    vintage = Path(__file__).parents[1] / "vintage" / "library-1.db"
    old = folder / "library-000007-20200101-000000-daily.db"
    shutil.copyfile(vintage, old)
    (folder / "library-before-migration.db").write_bytes(b"whatever is in here")
    bad.write_bytes(bad.read_bytes()[:-4096])
    let_strangers_go(cast)
    assert {path for path in folder.iterdir() if path.suffix == ".db"} == {good, old}
    assert rows(old, ALL) == rows(vintage, ALL), "nobody in there is one of them"


@pytest.mark.parametrize("is_late", [False, True])
def test_there_always_is_one(cast: Cast, is_late: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = cast.library.path.parent / "backups"
    cast.album.person(2, start=40)
    names = [make_backup(cast.library).path.name for _ in range(3)]
    monkeypatch.setattr(backups, "_CLEANSING", -1.0)
    if not is_late:
        for name in names:
            (folder / name).write_bytes(b"")
    let_strangers_go(cast)
    (left,) = list_backups(folder)
    assert left.problem == "" and (left.path.name == names[-1]) == is_late
    assert set(rows(left.path, ALL)) == set(rows(cast.library.path, ALL))


def test_whom_a_name_was_given_since_stays_in_every_backup(cast: Cast) -> None:
    dora = cast.album.person(2, start=40)
    kept = make_backup(cast.library).path
    before = set(rows(kept, ALL))
    name_person(cast.library, dora.id, "Dora")
    cast.lone()
    let_strangers_go(cast, newer=0)
    assert set(rows(kept, ALL)) == before
