"""A pool of looks: real faces as a camera saw them, indexed once, of which many days are drawn.

To index a day takes minutes. So each portrait is photographed and indexed some times over, by the
whole pipeline, and a day then takes of each person the faces that Kinfolk found there. Grouping and
counting are done anew for every day, in a real library.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from app.bootstrap import DEFAULT_COLLECTION, build
from app.indexing.house import House
from app.indexing.model_packs import pack_cards
from app.library.models import Face, Folder, Photo
from tests.benchmarks.shop_day import CAMERAS, OPENS, SCENE, Portraits, Snapshot, photograph
from tests.benchmarks.synthetic import synthesise

LOOKS = 8
"""Of a person at least..."""
VIEWS = 2
"""...and so many of each photo..."""
PHOTOS = 12
"""...of which so many are taken of one person."""
COLLECTION = DEFAULT_COLLECTION

Look = tuple[dict[str, Any], ...]
"""The columns of the faces that were found in one portrait: one, none, or whatever else the
detector took for a face."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Person -> looks, in an order in which the same photo comes late again."""

    looks: dict[str, tuple[Look, ...]]


def open_shop(folder: Path) -> House:
    """A library that counts."""
    return build(str(folder), COLLECTION)


def wait_for(house: House, task_id: str) -> None:
    """Until a task has ended."""
    while not house.indexer.wait(task_id, 0.5):
        pass


def make_pool(faces: Portraits, camera: str, folder: Path, seed: int = 0) -> Pool:
    """The pool of a camera; it is kept in `folder`."""
    wanted = list(_wanted({who: found[:PHOTOS] for who, found in faces.items()}))
    random.Random(seed).shuffle(wanted)
    pairs = [wanted[at : at + 2] for at in range(0, len(wanted), 2)]
    pairs = [pair if len({who for who, _ in pair}) == len(pair) else pair[:1] for pair in pairs]
    house = open_shop(folder / "library")
    try:
        if not (folder / "indexed").exists():
            _index(house, faces, camera, folder, pairs, seed)
            (folder / "indexed").touch()
        return _read(pairs)
    finally:
        house.close()


def _wanted(faces: Portraits) -> Iterator[tuple[str, int]]:
    """Person and number of the photo, for each look."""
    for who, found in sorted(faces.items()):
        views = max(VIEWS, -(-LOOKS // len(found)))
        yield from ((who, photo) for _ in range(views) for photo in range(len(found)))


def _index(
    house: House,
    faces: Portraits,
    camera: str,
    folder: Path,
    pairs: Sequence[Sequence[tuple[str, int]]],
    seed: int,
) -> None:
    # Each portrait is a person of its own here, so that it is known which photo is where.
    of_photos = {
        f"{who} {number}": [photo]
        for who, found in faces.items()
        for number, photo in enumerate(found)
    }
    snapshots = [
        Snapshot(OPENS + timedelta(seconds=at), tuple(f"{who} {n}" for who, n in pair))
        for at, pair in enumerate(pairs)
    ]
    photograph(snapshots, of_photos, folder / "camera", seed, CAMERAS[camera])
    house.indexer.start(watch=False)
    wait_for(house, house.indexer.index(house.collection.id, [folder / "camera"]))


def _read(pairs: Sequence[Sequence[tuple[str, int]]]) -> Pool:
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    rows = (
        Face.select(Face, Photo.path).join(Photo, on=(Face.photo == Photo.id)).where(Face.is_face)
    )
    for face in rows:
        number = int(face.photo.path.stem.rpartition("-")[2])
        count = len(pairs[number])
        slot = min(count - 1, int((face.x + face.w / 2) * count))
        columns = {
            name: value for name, value in face.__data__.items()
            if name not in ("id", "photo", "person", "confidence", "grouped")
        }  # fmt: skip
        found[number, slot].append(columns)
    looks: dict[str, list[tuple[int, int, Look]]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        for slot, (who, photo) in enumerate(pair):
            before = sum(at == photo for _, at, _ in looks[who])
            looks[who].append((before, photo, tuple(found[number, slot])))
    return Pool({
        who: tuple(look for *_, look in sorted(some, key=lambda one: one[:2]))
        for who, some in looks.items()
    })  # fmt: skip


def fill(house: House, pool: Pool, snapshots: Sequence[Snapshot]) -> None:
    """Put a day's snapshots, and the faces in them, into an empty library."""
    seen: dict[str, int] = defaultdict(int)
    number = house.collection.id

    def work() -> None:
        folder = Folder.create(collection=number, path=Path("/nowhere"))
        for at, snapshot in enumerate(snapshots):
            photo = Photo.create(
                collection=number, folder=folder, path=Path(f"/nowhere/{at:05d}.jpg"),
                state="looked", size=1, mtime_ns=1, fingerprint=f"{at:064x}",
                width=SCENE[0], height=SCENE[1], taken=snapshot.taken, taken_from="file",
            )  # fmt: skip
            rows = []
            for who in snapshot.people:
                look = pool.looks[who][seen[who] % len(pool.looks[who])]
                seen[who] += 1
                rows += [{**columns, "photo": photo} for columns in look]
            for row in rows:
                Face.create(**row)

    house.library.write(work)


def made_up_pool(house: House, faces: int = 8_000, least: int = 4) -> Pool:
    """A pool of embeddings that are drawn as `synthetic` draws them, three in ten of whose people
    have a sibling: of everybody who has so many faces at least."""
    pack = next(c for c in pack_cards(house.paths, house.settings.pack) if c.in_use)
    data = synthesise(faces)
    looks: dict[str, list[Look]] = defaultdict(list)
    for row, person in enumerate(data.people.tolist()):
        columns = {
            "x": 0.4, "y": 0.4, "w": 0.1, "h": 0.15, "landmarks": np.zeros(10, np.float32),
            "score": 0.9, "quality": float(data.quality[row]), "sharpness": 0.5,
            "pixels": float(data.pixels[row]), "embedding": data.vectors[row].astype(np.float16),
            "pack": pack.name, "pack_version": pack.version,
        }  # fmt: skip
        looks[f"{person:05d}"].append((columns,))
    return Pool({who: tuple(some) for who, some in looks.items() if len(some) >= least})
