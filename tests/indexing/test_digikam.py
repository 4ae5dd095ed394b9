"""digiKam's database, with the tables that digiKam makes."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.indexing.digikam import NAME, databases, read_database
from app.indexing.foreign_names import gather
from app.library.queries.naming import Lying
from app.media.foreign.found import Origin
from app.media.orientation import Area, stored_area
from tests.media.xmp.made import photo

TABLES = """
CREATE TABLE AlbumRoots (id INTEGER PRIMARY KEY, label TEXT, status INTEGER, type INTEGER,
    identifier TEXT, specificPath TEXT);
CREATE TABLE Albums (id INTEGER PRIMARY KEY, albumRoot INTEGER NOT NULL, relativePath TEXT NOT NULL,
    date DATE, caption TEXT, collection TEXT, icon INTEGER);
CREATE TABLE Images (id INTEGER PRIMARY KEY, album INTEGER, name TEXT NOT NULL, status INTEGER,
    category INTEGER, modificationDate DATETIME, fileSize INTEGER, uniqueHash TEXT);
CREATE TABLE Tags (id INTEGER PRIMARY KEY, pid INTEGER, name TEXT NOT NULL, icon INTEGER,
    iconkde TEXT);
CREATE TABLE ImageTagProperties (imageid INTEGER, tagid INTEGER, property TEXT, value TEXT);
INSERT INTO AlbumRoots VALUES (1, 'Pictures', 0, 1, 'volumeid:?path=/pictures', '/');
INSERT INTO Albums (id, albumRoot, relativePath) VALUES (1, 1, '/'), (2, 1, '/2009/Beach');
INSERT INTO Tags (id, pid, name) VALUES (1, 0, 'People'), (2, 1, 'Anna'), (3, 1, 'Unknown');
"""
BOX: Area = (0.125, 0.25, 0.25, 0.5)


def rect(box: Area, width: int, height: int) -> str:
    x, y, w, h = box
    sides = (x * width, y * height, w * width, h * height)
    return '<rect x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}"/>'.format(*sides)


def make(path: Path, *faces: tuple[int, str, int, str, str]) -> Path:
    """A database with these: album, file, tag, property and value."""
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.executescript(TABLES)
        for number, (album, name, tag, what, value) in enumerate(faces, 1):
            file.execute("INSERT INTO Images (id, album, name) VALUES (?, ?, ?)",
                         (number, album, name))  # fmt: skip
            file.execute("INSERT INTO ImageTagProperties VALUES (?, ?, ?, ?)",
                         (number, tag, what, value))  # fmt: skip
    return path


def lying(path: Path, number: int = 1, orientation: int = 1) -> Lying:
    return Lying(number, path, orientation, 64, 48, True)


def test_named_faces_are_read_and_nothing_is_left_behind(tmp_path: Path) -> None:
    beach = tmp_path / "2009" / "Beach"
    beach.mkdir(parents=True)
    files = [lying(photo(beach / "a.jpg")), lying(photo(tmp_path / "a.jpg"), 2)]
    value = rect(BOX, 64, 48)
    path = make(
        tmp_path / NAME,
        (2, "a.jpg", 2, "tagRegion", value), (2, "b.jpg", 2, "tagRegion", value),
        (1, "a.jpg", 3, "tagRegion", value), (1, "a.jpg", 2, "autodetectedFace", value),
    )  # fmt: skip
    before = sorted(tmp_path.iterdir()), path.read_bytes()
    found = gather(files, {}, (), lambda *_: None)
    assert [
        (n, [(o.name, o.origin, o.readings) for o in own]) for n, own in found.names.items()
    ] == [(1, [("Anna", Origin.DIGIKAM, (BOX,))])]
    assert (sorted(tmp_path.iterdir()), path.read_bytes()) == before
    assert gather([replace(files[0], is_looked_at=False)], {}, (), lambda *_: None).names == {}


@pytest.mark.parametrize("orientation", [3, 6, 8])
@pytest.mark.parametrize("is_stored", [True, False])
def test_one_reading_is_where_the_face_is(
    tmp_path: Path, orientation: int, is_stored: bool
) -> None:
    size = (48, 64) if is_stored and orientation > 4 else (64, 48)
    box = stored_area(BOX, orientation) if is_stored else BOX
    path = make(tmp_path / NAME, (1, "a.jpg", 2, "tagRegion", rect(box, *size)))
    found = read_database(path, [lying(tmp_path / "a.jpg", 1, orientation)])
    assert any(reading == pytest.approx(BOX, abs=0.02) for reading in found[1][0].readings)


def test_photos_that_were_moved_are_told_by_their_folders(tmp_path: Path) -> None:
    path = make(tmp_path / NAME, (2, "a.jpg", 2, "tagRegion", rect(BOX, 64, 48)))
    moved = lying(tmp_path / "elsewhere" / "2009" / "Beach" / "a.jpg")
    other = lying(tmp_path / "elsewhere" / "Beach" / "a.jpg", 2)
    assert set(read_database(path, [moved, other])) == {1}


def test_what_is_no_database_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / NAME
    files = [lying(tmp_path / "a.jpg")]
    assert databases([tmp_path]) == []
    assert read_database(path, files) == {}
    path.write_bytes(b"nonsense" * 200)
    assert databases([tmp_path, tmp_path]) == [path]
    assert read_database(path, files) == {}
    path.unlink()
    made = make(path, (1, "a.jpg", 2, "tagRegion", "<rect x='1'/>"))
    assert read_database(made, files) == {}
