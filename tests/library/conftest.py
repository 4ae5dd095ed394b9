"""A real library in a temporary folder, and a hand to fill it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.people import name_person
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.database import Library
from app.library.models import Face
from app.library.queries.decisions import standing
from app.library.queries.faces import faces_in_photo, faces_of
from app.library.queries.folders import pending_photos
from app.library.queries.people import list_people, names
from app.library.rows import FaceRow, Look, NewFace, PersonRow, Standing
from tests.library.placing import Placement, store_groups

Box = tuple[float, float, float, float]
LEFT: Box = (0.1, 0.1, 0.2, 0.3)
RIGHT: Box = (0.6, 0.1, 0.2, 0.3)
BELOW: Box = (0.35, 0.5, 0.2, 0.3)


def a_face(box: Box = LEFT, seed: int = 0, version: str = "1", quality: float = 0.9) -> NewFace:
    """A face with a random embedding."""
    vector = np.random.default_rng(seed).normal(size=512).astype(np.float32)
    return NewFace(
        *box, landmarks=np.zeros((5, 2), np.float32), score=0.9,
        embedding=vector / np.linalg.norm(vector), quality=quality, sharpness=0.8, pixels=120,
        pack="compact", pack_version=version, pitch=1.0, yaw=2.0, roll=3.0, age=30.0,
        gender="female", gender_confidence=0.9,
    )  # fmt: skip


def a_look(fingerprint: str, *faces: NewFace, version: str = "1") -> Look:
    """What looking at a photo of 1000 x 800 pixels told."""
    return Look(
        fingerprint=fingerprint, width=1000, height=800, orientation=1,
        content_type="image/jpeg", taken=datetime(2020, 5, 4, 3, 2, 1), taken_from="exif",
        camera="Box", colour=0x112233, pack="compact", pack_version=version, faces=faces,
    )  # fmt: skip


@dataclass
class Album:
    """A library with one collection and one folder."""

    library: Library
    collection_id: int
    folder_id: int
    folder: Path

    def add(self, *names: str) -> list[int]:
        """Let a scan find files of these names; gives the ids of the photos to look at."""
        seen = [SeenFile(self.folder / name, 10, 10) for name in names]
        record_scan(self.library, self.collection_id, self.folder_id, ScanResult(added=seen))
        return [photo_id for photo_id, _ in pending_photos(self.library, self.collection_id)]

    def person(self, count: int, start: int = 0, box: Box = LEFT) -> PersonRow:
        """A group of faces in `count` photos of their own."""
        before = {row.id for row in self.people()}
        photos = self.add(*(f"{start + n}.jpg" for n in range(count)))
        places = []
        for n, photo_id in enumerate(photos, start):
            store_look(self.library, photo_id, a_look(f"print{n}", a_face(box, n)))
            face = faces_in_photo(self.library, photo_id)[0]
            places.append(Placement(face.id, None, -1, 0.7))
        store_groups(self.library, self.collection_id, places, 1)
        return next(row for row in self.people() if row.id not in before)

    def people(self) -> list[PersonRow]:
        """Everyone."""
        return list_people(self.library, self.collection_id, include_hidden=True)


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    """An empty album."""
    library = Library.open(tmp_path / "library.db")
    collection = ensure_collection(library, "Photos")
    folder = tmp_path / "pictures"
    folder.mkdir()
    row = add_folder(library, collection.id, folder)
    yield Album(library, collection.id, row.id, folder)
    assert library.problems() == []
    library.close()


class Cast:
    """Anna, Ben and Carl, three groups with names, to speak about."""

    def __init__(self, album: Album) -> None:
        self.album = album
        self.library, self.number = album.library, album.collection_id
        self.anna, self.ben, self.carl = (album.person(3, start=start) for start in (0, 10, 20))
        for row, name in ((self.anna, "Anna"), (self.ben, "Ben"), (self.carl, "Carl")):
            name_person(self.library, row.id, name)

    def faces(self, row: PersonRow) -> list[int]:
        """Ids of the faces that are with a person."""
        return [face.id for face in faces_of(self.library, row.id)]

    def lone(self, number: int = 0) -> int:
        """Id of a new face that is with nobody."""
        (photo_id,) = self.album.add(f"lone{number}.jpg")
        store_look(self.library, photo_id, a_look(f"lone{number}", a_face(LEFT, 500 + number)))
        return faces_in_photo(self.library, photo_id)[0].id

    def words(self) -> Standing:
        """What stands."""
        return standing(self.library, self.number)

    def face(self, face_id: int) -> FaceRow | None:
        """A face as the album shows it."""
        shown = faces_in_photo(self.library, face_id)
        return shown[0] if shown else None  # the first photos have one face each, of the same id

    def picture(self) -> tuple[object, ...]:
        """All that the words have made of the album, and what they say."""
        everyone = tuple(
            (row.key, row.name, row.hidden, row.staff, row.birth_year, row.cover and row.cover.id,
             tuple((f.id, f.placed) for f in faces_of(self.library, row.id)))
            for row in sorted(self.album.people(), key=lambda row: row.id)
        )  # fmt: skip
        words = self.words()
        nobody = tuple(
            (f.photo.fingerprint, f.x, f.y, f.w, f.h, f.placed, f.is_face, f.drawn)
            for f in Face.select().where(Face.person.is_null()).order_by(Face.photo, Face.x)
        )
        return (
            everyone, nobody, names(self.library, self.number), dict(words.said), words.refused,
            words.apart, words.denied, dict(words.births), words.firm, words.strangers,
        )  # fmt: skip

    def reopen(self) -> None:
        """Close the program and start it again."""
        self.library.close()
        self.library = self.album.library = Library.open(self.library.path)


@pytest.fixture
def cast(album: Album) -> Iterator[Cast]:
    """The people of these tests."""
    yield Cast(album)
