"""An album of six people over years, to which anything may happen, with the real clusterer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import peewee as pw
from numpy.typing import NDArray

from app.clustering.thresholds import Thresholds
from app.indexing.clusterer import Clusterer, Grouped
from app.library.anchors import best_match
from app.library.commands.folders import add_folder, ensure_collection, remove_folder
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.database import Library
from app.library.models import Face, Person, Photo
from app.library.queries.decisions import drawn_boxes
from app.library.queries.faces import faces_in_photo
from app.library.queries.people import list_people
from app.library.rows import FaceRow, Look, NewFace, PersonRow

Box = tuple[float, float, float, float]
LEFT: Box = (0.1, 0.1, 0.2, 0.3)
RIGHT: Box = (0.6, 0.1, 0.2, 0.3)
BELOW: Box = (0.35, 0.5, 0.2, 0.3)
"""Where no machine finds anybody."""
LIMITS = Thresholds()
PEOPLE = 6
STATUE = PEOPLE
"""Nobody: what stands in the background of some photos, each time nearly the same."""
BROKEN = PEOPLE + 1
"""An embedding that is not finite, or zero."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo and who is in it, from left to right; `twin` is a mirror, the same face twice."""

    name: str
    who: tuple[int, ...]
    year: int | None = None
    twin: bool = False


def album_shots() -> tuple[Shot, ...]:
    """4 to 8 faces of each, some of them together, with dates over 30 years or none at all."""
    rng = np.random.default_rng(5)
    shots = []
    for who, count in enumerate((8, 4, 6, 5, 4, 7)):
        for n in range(count):
            year = None if n % 4 == 3 else 1985 + int(rng.integers(30))
            beside = ((who + 1) % PEOPLE,) if n == 0 else (STATUE,) if n == 1 and who < 3 else ()
            shots.append(Shot(f"{who}-{n}.jpg", (who, *beside), year))
    shots += [Shot("nan.jpg", (BROKEN,), 1999), Shot("zero.jpg", (BROKEN, 1), 2001)]
    shots.append(Shot("mirror.jpg", (2, 2), 2003, twin=True))
    return tuple(shots)


def embedding(shot: Shot, slot: int, version: str) -> NDArray[np.float32]:
    """What a maker makes of a face; those of two makers do not compare."""
    who = shot.who[slot]
    seed = sum(ord(c) * 31**n for n, c in enumerate(shot.name)) + (0 if shot.twin else slot)
    rng = np.random.default_rng([seed % 2**31, int(version)])
    centre = np.random.default_rng([who, int(version)]).normal(size=256)
    spread = 0.1 if who == STATUE else rng.uniform(0.7, 1.45)
    vector = centre + spread * rng.normal(size=256)
    if who == BROKEN:
        vector = np.full(256, np.nan if shot.name == "nan.jpg" else 0.0)
        return vector.astype(np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def look_of(shot: Shot, version: str, edition: int = 0) -> Look:
    """What looking at the photo tells; another maker draws other boxes, and an edited photo is
    another edition."""
    shift = 0.02 if version == "2" else 0.0
    boxes = ((LEFT[0] + shift, *LEFT[1:]), (RIGHT[0] - shift, *RIGHT[1:]))
    rng = np.random.default_rng(len(shot.name) + sum(map(ord, shot.name)))
    faces = tuple(
        NewFace(
            *boxes[slot], landmarks=np.zeros((5, 2), np.float32), score=0.9,
            embedding=embedding(shot, slot, version), quality=float(rng.uniform(0.3, 0.95)),
            sharpness=0.8, pixels=120, pack="compact", pack_version=version, pitch=1.0, yaw=2.0,
            roll=3.0, age=30.0, gender="female", gender_confidence=0.9,
        )
        for slot in range(len(shot.who))
    )  # fmt: skip
    taken = datetime(shot.year or 2024, 5, 4, 3, 2, 1)
    return Look(
        fingerprint=f"print of {shot.name}" + "+" * edition, width=1000, height=800, orientation=1,
        content_type="image/jpeg", taken=taken, taken_from="exif" if shot.year else "file",
        camera="Box", colour=0x112233, pack="compact", pack_version=version, faces=faces,
    )  # fmt: skip


def with_frames(look: Look, drawn: list[Box]) -> Look:
    """The look of a worker who was told where faces are drawn: they are as they were drawn, in
    place of what was found there."""
    found = [face for face in look.faces if best_match((face.x, face.y, face.w, face.h), drawn)
             is None]  # fmt: skip
    spare = found[0] if found else look.faces[0]
    framed = [
        replace(
            spare, **dict(zip("xywh", box, strict=True)), drawn=True, pixels=100,
            embedding=embedding(Shot(f"{look.fingerprint}{box}", (0,)), 0, look.pack_version),
        )
        for box in drawn
    ]  # fmt: skip
    return replace(look, faces=(*found, *framed))


class Crowded:
    """The album, open; whoever makes it closes its library."""

    def __init__(self, path: Path) -> None:
        self.library = Library.open(path)
        self.number = ensure_collection(self.library, "Photos").id
        self.folder = add_folder(self.library, self.number, path.parent)
        self.shots = {shot.name: shot for shot in album_shots()}
        self.version = "1"
        self.editions: dict[str, int] = {}

    def fill(self, *shots: Shot) -> None:
        """Find and look at photos: these, or all of the album."""
        wanted = shots or tuple(self.shots.values())
        seen = [SeenFile(self.folder.path / shot.name, 10, 10) for shot in wanted]
        record_scan(self.library, self.number, self.folder.id, ScanResult(added=seen))
        self.shots |= {shot.name: shot for shot in wanted}
        for shot in wanted:
            self.look(shot.name)

    def photo(self, name: str) -> Photo:
        """The photo of a shot, wherever it was moved."""
        names = Photo.select(Photo.id, Photo.path).tuples()
        return Photo.get_by_id(next(number for number, path in names if path.name == name))

    def another(self, who: int, number: int) -> Shot:
        """A new photo of someone, to be found."""
        return Shot(f"{who}-{number}.jpg", (who,), (None, 1990, 2010)[number % 3])

    def has(self, name: str) -> bool:
        """Whether this photo was found."""
        return any(photo.path.name == name for photo in Photo.select())

    def look(self, name: str, version: str = "", knowing: bool = True) -> None:
        """Look at a photo, as the album's maker of now or as another; `knowing` where the user
        drew faces, or too early for that."""
        edition = self.editions.get(name, 0)
        look = look_of(self.shots[name], version or self.version, edition)
        number = self.photo(name).id
        if knowing:
            look = with_frames(look, drawn_boxes(self.library, number, look.fingerprint))
        store_look(self.library, number, look)

    def look_at_all(self, version: str, part: int = 1) -> None:
        """Another maker looks at every photo, or at every part-th."""
        self.version = version
        for photo in list(Photo.select().order_by(Photo.id))[::part]:
            self.look(photo.path.name)

    def scan(self, **found: object) -> None:
        """Let a scan find this."""
        record_scan(self.library, self.number, self.folder.id, ScanResult(**found))  # type: ignore[arg-type]

    def edit(self, name: str) -> None:
        """The photo was edited: the same faces, another content."""
        self.editions[name] = self.editions.get(name, 0) + 1
        self.look(name)

    def remove_and_add(self) -> None:
        """The folder is removed, and added again later."""
        names = [photo.path.name for photo in Photo.select(Photo.path)]
        remove_folder(self.library, self.folder.id)
        self.folder = add_folder(self.library, self.number, self.folder.path)
        self.fill(*(self.shots[name] for name in names))

    def move(self, name: str) -> None:
        """The file is in another folder now."""
        photo = self.photo(name)
        path = photo.path.parent / "moved" / name
        self.scan(moved=[(photo.id, SeenFile(path, 10, 11))])

    def run(self, rebuild: bool = False) -> Grouped:
        """Group, by what the maker of now tells."""
        return Clusterer(self.library, "compact", self.version, LIMITS).run(self.number, rebuild)

    def faces(self, *names: str) -> list[FaceRow]:
        """The faces of these photos."""
        return [
            face for name in names for face in faces_in_photo(self.library, self.photo(name).id)
        ]

    def face(self, name: str, slot: int = 0) -> FaceRow:
        """One face as the album shows it."""
        return self.faces(name)[slot]

    def of(self, who: int) -> list[FaceRow]:
        """The faces that truly are one person's."""
        return [
            self.face(name, slot)
            for name, shot in self.shots.items()
            for slot in range(len(shot.who))
            if shot.who[slot] == who
        ]

    def people(self) -> list[PersonRow]:
        """Everyone."""
        return list_people(self.library, self.number, include_hidden=True)

    def with_whom(self, name: str, slot: int = 0) -> int:
        """Id of the person a face is with."""
        found = self.face(name, slot).person_id
        assert found is not None
        return found

    def placements(self) -> dict[tuple[str, float], tuple[str | None, bool]]:
        """Where every face is, named by content, by the key of its person."""
        rows = (
            Face.select(Photo.fingerprint, Face.x, Person.key, Face.is_face)
            .join(Photo, on=(Face.photo == Photo.id))
            .join(Person, pw.JOIN.LEFT_OUTER, on=(Face.person == Person.id))
            .tuples()
        )
        return {(name, round(x, 1)): (key, bool(is_face)) for name, x, key, is_face in rows}
