"""Erasing all face data: whichever file a library is brought back from, nobody comes back."""

from __future__ import annotations

import pytest

from app.library.commands.backups import make_backup, recover_library
from app.library.commands.erasing import erase_faces
from app.library.commands.folders import create_collection
from app.library.commands.people import name_person
from app.library.commands.photos import (
    ScanResult,
    SeenFile,
    mark_stale,
    record_scan,
    store_look,
)
from app.library.models import Decision, Face, Person, Photo
from app.library.queries.erasing import face_data
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import known_files, pending_photos
from app.library.queries.people import list_people
from app.library.rows import PhotoState
from app.paths import Paths
from tests.library.conftest import LEFT, Album, Cast, a_face, a_look
from tests.library.placing import Placement, store_groups
from tests.library.spoken_of import FIRST, SECOND, speak
from tests.library.test_recovery import write_text


@pytest.fixture
def paths(cast: Cast) -> Paths:
    return Paths.under(cast.library.path.parent)


def _name_somebody_elsewhere(cast: Cast) -> int:
    """Zoe, in a collection of her own."""
    other = create_collection(cast.library, "Club").id
    seen = SeenFile(cast.album.folder / "club.jpg", 10, 10)
    record_scan(cast.library, other, None, ScanResult(added=[seen]))
    ((photo, _),) = pending_photos(cast.library, other)
    store_look(cast.library, photo, a_look("club", a_face(LEFT, 99)))
    face = faces_in_photo(cast.library, photo)[0]
    store_groups(cast.library, other, [Placement(face.id, None, -1, 0.7)], 1)
    name_person(cast.library, list_people(cast.library, other)[0].id, "Zoe")
    return other


@pytest.mark.parametrize("journal", ["as it is", "of before"])
def test_nobody_comes_back_with_a_backup(cast: Cast, paths: Paths, journal: str) -> None:
    """Killed before the backups were replaced, or even before the journal was written anew."""
    other = _name_somebody_elsewhere(cast)
    speak(cast, FIRST)
    make_backup(cast.library)
    speak(cast, SECOND)
    before = paths.journal.read_bytes()
    erase_faces(cast.library, cast.number)
    name_person(cast.library, list_people(cast.library, other)[0].id, "Zoë")
    last = Decision.select().order_by(Decision.id.desc()).get().id
    root = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = 'face'")[0][0]
    cast.library.close()
    if journal == "of before":
        paths.journal.write_bytes(before)
        with paths.database.open("r+b") as file:
            file.seek((root - 1) * 4096)
            file.write(b"x" * 4096)
    else:
        write_text(paths.database)
    done = recover_library(paths)
    assert done.backup is not None and not done.unsaid
    cast.reopen()
    left = face_data(cast.library, cast.number)
    assert (left.faces, left.people, left.names, left.words) == (0, 0, 0, 0)
    assert [row.name for row in Person.select()] == ["Zoë"]
    assert Face.select().count() == 1
    assert Decision.select().order_by(Decision.id.desc()).get().id == last
    assert b"Anna" not in paths.journal.read_bytes()
    assert mark_stale(cast.library, cast.number, "other", "1") == 0, "and nothing is looked at"


def test_photos_known_from_before_are_known_wherever_they_go(album: Album) -> None:
    album.person(3)
    erase_faces(album.library, album.collection_id)
    known = known_files(album.library, album.collection_id, album.folder_id)
    record_scan(
        album.library, album.collection_id, album.folder_id,
        ScanResult(missing=[file.id for file in known]),
    )  # fmt: skip
    gone = known_files(album.library, album.collection_id, album.folder_id)
    assert [file.state for file in gone] == [PhotoState.GONE] * 3
    record_scan(
        album.library, album.collection_id, album.folder_id,
        ScanResult(returned=[file.id for file in gone]),
    )  # fmt: skip
    assert pending_photos(album.library, album.collection_id) == []
    store_look(album.library, gone[0].id, a_look("print0", a_face()))
    assert (Face.select().count(), Photo.select().count()) == (0, 3)
