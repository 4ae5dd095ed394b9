"""Names go out as a task: cancelled, stopped, out of room, with drives away; and of videos."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from app.errors import KnownError
from app.indexing.chores import Chores
from app.indexing.sidecars import Scope, Tally, foresee_names, write_all_names
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.people import hide_people, name_person
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.commands.tasks import wish_cancel
from app.library.database import Library
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import pending_photos
from app.library.queries.people import list_people
from app.library.queries.tasks import task
from app.library.rows import Look, NewFace, PersonRow, TaskState
from app.media.xmp.keywords import keywords_in
from app.media.xmp.namespaces import MWG_RS
from app.media.xmp.sidecars import read_sidecar
from app.progress import Cancelled
from tests.library.placing import Placement, store_groups
from tests.media.xmp import made

COUNT = 6


@dataclass
class Album:
    """Some photos of two people, and a film."""

    library: Library
    folder: Path
    number: int
    chores: Chores

    def person(self, name: str) -> PersonRow:
        return next(p for p in list_people(self.library, self.number) if p.name == name)

    def write(self, **more: object) -> Tally:
        scope = Scope(self.number)
        return write_all_names(self.library, self.chores, scope, False, **more)  # type: ignore[arg-type]

    def foresee(self) -> Tally:
        scope = Scope(self.number)
        return foresee_names(self.library, scope, False, lambda: None, lambda *_: None)

    def sidecars(self) -> list[Path]:
        return sorted(self.folder.glob("*.xmp"))

    def there(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


def face(x: float, y: float = 0.2) -> NewFace:
    embedding = np.zeros(8, np.float32)
    embedding[0] = 1
    return NewFace(
        x=x, y=y, w=0.2, h=0.3, landmarks=np.zeros((5, 2), np.float32), score=0.9,
        embedding=embedding, quality=0.9, sharpness=0.9, pixels=120.0, pack="test",
        pack_version="1", pitch=0.0, yaw=0.0, roll=0.0,
    )  # fmt: skip


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(COUNT - 1):
        made.photo(folder / f"photo{number}.jpg")
    (folder / "film.jpg").write_bytes(b"the library says that it is a film")
    library = Library.open(tmp_path / "library.db")
    collection = ensure_collection(library, "Photos")
    row = add_folder(library, collection.id, folder)
    files = [SeenFile(p, p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.iterdir())]
    record_scan(library, collection.id, row.id, ScanResult(added=files))
    placements: list[Placement] = []
    for photo_id, path in pending_photos(library, collection.id):
        is_film = path.stem == "film"
        width, height = made.SIZE
        look = Look(
            fingerprint=path.stem, width=width, height=height, orientation=1,
            content_type="video/mp4" if is_film else "image/jpeg", taken=datetime(2020, 1, 1),
            taken_from="exif", camera="", colour=0, pack="test", pack_version="1",
            faces=(face(0.1, 7.2 if is_film else 0.2), face(0.6)),
            duration=9.0 if is_film else None,
        )  # fmt: skip
        store_look(library, photo_id, look)
        ordered = sorted(faces_in_photo(library, photo_id), key=lambda one: one.x)
        placements += [Placement(one.id, None, -1 - n, 0.8) for n, one in enumerate(ordered)]
    store_groups(library, collection.id, placements, 2)
    for person, name in zip(list_people(library, collection.id), ("Anna", "Ben"), strict=True):
        name_person(library, person.id, name)
    yield Album(library, folder, collection.id, Chores(library))
    library.close()


def test_what_is_foreseen_is_what_is_done(album: Album) -> None:
    foreseen = album.foresee()
    assert album.sidecars() == [] and foreseen.new == COUNT
    done = album.write()
    assert done.document() == foreseen.document() and len(album.sidecars()) == COUNT
    row = task(album.library, done.task_id)
    assert row.state is TaskState.DONE and row.result["Files"] == COUNT and row.is_asked


def test_of_a_film_is_told_who_is_in_it_and_nothing_of_where(album: Album) -> None:
    album.write()
    packet = read_sidecar(album.folder / "film.jpg.xmp")
    assert set(keywords_in(packet).people) == {"Anna", "Ben"}
    assert packet.get(MWG_RS, "Regions") is None
    assert read_sidecar(album.folder / "photo0.jpg.xmp").get(MWG_RS, "Regions") is not None


def test_hidden_people_stay_here(album: Album) -> None:
    album.write()
    hide_people(album.library, [album.person("Ben").id])
    assert album.write().changed == COUNT
    names = {name for path in album.sidecars() for name in keywords_in(read_sidecar(path)).people}
    assert names == {"Anna"}


def test_a_task_that_is_cancelled_leaves_what_is_whole(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.indexing.chores.HEED_EVERY", 0.0)

    def cancel(done: int, _: int) -> None:
        if done == 2:
            (number,) = album.chores.ours
            wish_cancel(album.library, number)

    with pytest.raises(Cancelled):
        album.write(tell=cancel)
    assert len(album.sidecars()) == 2
    assert all(keywords_in(read_sidecar(path)).people for path in album.sidecars())
    done = album.write()
    assert done.new + done.unchanged == COUNT and done.new > 0


def test_closing_the_window_ends_it_early(album: Album) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        album.write(stop=stop)
    assert len(album.sidecars()) == 3


def test_a_full_disk_ends_the_task_and_says_so(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    photos = album.there()
    monkeypatch.setattr("app.media.xmp.replacing.os.fsync", full)
    with pytest.raises(KnownError, match="disk is full"):
        album.write()
    monkeypatch.undo()
    left = album.there() - photos
    assert left == {path.name for path in album.sidecars()} and 0 < len(left) < COUNT
    assert album.write().unchanged == len(left)


def test_photos_on_a_drive_that_is_away_are_counted(album: Album) -> None:
    album.library.write(lambda: album.library.sql("UPDATE folder SET state = 'offline'") and None)
    done = album.write()
    assert (done.away, done.files, done.skipped) == (COUNT, 0, [])


def test_a_photo_that_is_gone_is_told_and_the_others_are_done(album: Album) -> None:
    (album.folder / "photo1.jpg").unlink()
    done = album.write()
    assert done.new == COUNT - 1
    (skipped,) = done.skipped
    assert skipped.path.name == "photo1.jpg" and "not there" in skipped.error
    assert task(album.library, done.task_id).skipped == (skipped,)
