"""A real library over real files, and a hand that exports from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.indexing.export.exporter import Exporter
from app.indexing.export.order import Exported, Order
from app.indexing.export.pictures import Darkroom
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.people import hide_people, name_person
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.database import Library
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import pending_photos
from app.library.queries.people import list_people
from app.library.rows import Look, NewFace, PersonRow
from app.media.fingerprint import fingerprint
from app.media.thumbnails import ThumbnailCache
from tests.library.placing import Placement, store_groups

LONG_AGO = 1_200_000_000_123_456_789
"""When the files were last changed, ns."""


def a_face(place: int) -> NewFace:
    """A face that could found a person."""
    embedding = np.zeros(8, np.float32)
    embedding[0] = 1
    return NewFace(
        x=0.1 + 0.3 * place, y=0.3, w=0.2, h=0.25, landmarks=np.zeros((5, 2), np.float32),
        score=0.9, embedding=embedding, quality=0.9, sharpness=0.9, pixels=120.0, pack="test",
        pack_version="1", pitch=0.0, yaw=0.0, roll=0.0,
    )  # fmt: skip


class Shoot:
    """Takes photos of people, who are letters, and exports them."""

    def __init__(self, library: Library, folder: Path, cache: Path) -> None:
        self.library = library
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.number = ensure_collection(library, "Photos").id
        self.row = add_folder(library, self.number, folder)
        self.darkroom = Darkroom(ThumbnailCache(cache, 10_000_000), 100)
        self._count = 0
        self._groups: dict[str, int] = {}

    def take(
        self,
        name: str | bytes,
        who: str = "",
        taken: datetime | None = datetime(2019, 6, 14, 12),
        data: bytes | None = None,
        kind: str = "image/jpeg",
        size: tuple[int, int] = (320, 240),
    ) -> int:
        """A photo at a path within the folder, which shows these people from left to right."""
        path = self.folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._count += 1
        if data is None:
            self._draw(path, size)
        else:
            path.write_bytes(data)
        os.utime(path, ns=(LONG_AGO, LONG_AGO))
        status = path.stat()
        seen = SeenFile(path, status.st_size, status.st_mtime_ns)
        record_scan(self.library, self.number, self.row.id, ScanResult(added=[seen]))
        ((photo_id, _),) = pending_photos(self.library, self.number)
        look = Look(
            fingerprint=fingerprint(path.read_bytes()), width=size[0], height=size[1],
            orientation=1, content_type=kind, taken=taken, taken_from="exif", camera="Box",
            colour=0x507090, pack="test", pack_version="1",
            faces=tuple(a_face(place) for place in range(len(who))),
            duration=2.0 if kind.startswith("video/") else None,
        )  # fmt: skip
        store_look(self.library, photo_id, look)
        faces = faces_in_photo(self.library, photo_id)
        for face, letter in zip(faces, who, strict=True):
            known = self._groups.get(letter)
            founded = known is None
            store_groups(
                self.library, self.number,
                [Placement(face.id, None, -1 if known is None else known, 0.8)], int(founded),
            )  # fmt: skip
            if known is None:
                rows = list_people(self.library, self.number, include_hidden=True)
                (new,) = {row.id for row in rows} - set(self._groups.values())
                self._groups[letter] = new
        return photo_id

    def name(self, letter: str, name: str) -> int:
        """Name somebody; gives the id."""
        name_person(self.library, self._groups[letter], name)
        return self._groups[letter]

    def hide(self, letter: str) -> int:
        """Hide somebody; gives the id."""
        hide_people(self.library, (self._groups[letter],))
        return self._groups[letter]

    def person(self, letter: str) -> PersonRow:
        """Somebody as the library has them."""
        rows = list_people(self.library, self.number, include_hidden=True)
        return next(row for row in rows if row.id == self._groups[letter])

    def export(self, order: Order, check: Callable[[], None] = lambda: None) -> Exported:
        """Carry an order out."""
        return Exporter(self.library, self.darkroom, order, check=check).run()

    def _draw(self, path: Path, size: tuple[int, int]) -> None:
        image = Image.new("RGB", size, (60 + self._count % 180, 120, 90))
        ImageDraw.Draw(image).text((8, 8), str(self._count))
        image.save(path)


@pytest.fixture
def shoot(tmp_path: Path) -> Iterator[Shoot]:
    """An empty library, and a folder for photos."""
    (tmp_path / "library").mkdir()
    library = Library.open(tmp_path / "library" / "library.db")
    yield Shoot(library, tmp_path / "photos", tmp_path / "cache")
    library.close()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of the user's in a folder, by its path within, with what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kinfolk-export" not in path.parts
    }
