"""Big library: a library of a size that families reach, made up in bulk, with its small pictures.

One person is in a twentieth of as many photos as there are faces, the others fall off behind; a
third of the people have names. Every small picture is there: the same few dozen JPEGs of the real
sizes under all the names that ThumbnailCache would look for, so that each is read and decoded.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from app.bootstrap import build
from app.indexing.house import House
from app.indexing.model_packs import pack_cards
from app.library.commands.faces import confirm_faces, reject_faces
from app.library.commands.people import name_person
from app.library.queries.faces import faces_of
from app.media.thumbnails import ThumbnailCache, encode_thumbnail

FIRST = 1_100_000_000
"""When the first photo was taken, in seconds since 1970."""
YEARS = 20
_KINDS = 48
"""Different pictures."""
_DIMENSIONS = 512
_LONE = 0.12
"""Share of the faces that belong to nobody."""
_FIRST_NAMES = (
    "Anna", "Ben", "Carl", "Dora", "Emil", "Frida", "Georg", "Hanna", "Igor", "Julia", "Klara",
    "Luis", "Mara", "Nils", "Olga", "Paul", "Rosa", "Simon", "Tessa", "Uwe", "Vera", "Willi",
)  # fmt: skip
_LAST_NAMES = tuple(
    first + last
    for first in ("Ad", "Ber", "Con", "Dahl", "En", "Fink", "Gra", "Haas", "Im", "Jung", "Kel")
    for last in ("bach", "berg", "felder", "hofer", "linger", "mann", "ner", "stein", "wald")
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much a library holds."""

    people: int = 5_000
    faces: int = 100_000
    photos: int = 200_000
    decisions: int = 300

    @property
    def largest(self) -> int:
        """How many photos show the person who is in most of them."""
        return max(2, self.faces // 20)


def make_library(folder: Path, size: Size, seed: int = 0) -> None:
    """Make a library of this size in an empty folder."""
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text('{"theme": "light", "cache_megabytes": 1000000}')
    house = build(str(folder), "Photos")
    try:
        pack = next(
            (card.name, card.version)
            for card in pack_cards(house.paths, house.settings.pack)
            if card.in_use
        )
    finally:
        house.close()
    database = sqlite3.connect(folder / "library.db")
    database.execute("PRAGMA synchronous = off")
    with database:
        prints = _add_photos(database, size, pack, random)
        boxes = _add_faces(database, size, pack, random)
        _add_people(database, size, random)
        _count(database)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    _add_pictures(folder / "cache", prints, boxes, random)
    house = build(str(folder), "Photos")
    try:
        _say(house, size.decisions)
    finally:
        house.close()


def _add_photos(
    database: sqlite3.Connection, size: Size, pack: tuple[str, str], random: np.random.Generator
) -> list[str]:
    """The photos, in a folder that is not there; gives their fingerprints."""
    root = b"/nowhere/photos"
    database.execute(
        "INSERT INTO folder (id, collection_id, path, state, is_mount)"
        " VALUES (1, 1, ?, 'watching', 0)",
        (root,),
    )
    prints = [
        hashlib.blake2b(str(n).encode(), digest_size=32).hexdigest() for n in range(size.photos)
    ]
    taken = FIRST + random.random(size.photos) * YEARS * 365.25 * 86400
    colours = random.integers(0, 1 << 24, size.photos)
    rows = (
        (
            number + 1, 1, 1, root + b"/%06d.jpg" % number, "looked", 0, "", 3_000_000, 0,
            prints[number], 4032, 3024, 1, "image/jpeg", when, "exif", "Box", colour, *pack, when,
            None, None, when,
        )
        for number, (when, colour) in enumerate(zip(taken.tolist(), colours.tolist(), strict=True))
    )  # fmt: skip
    _insert(database, "photo", 24, rows)
    return prints


def _insert(
    database: sqlite3.Connection, table: str, count: int, rows: Iterable[tuple[object, ...]]
) -> None:
    """Rows of the first columns of a table; nothing is known of the others."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")][:count]
    marks = ",".join("?" * count)
    database.executemany(f"INSERT INTO {table} ({','.join(columns)}) VALUES ({marks})", rows)


def _sizes(size: Size) -> NDArray[np.int64]:
    """How many faces each person has: one very many, the others fewer and fewer, all at least
    two where there are enough."""
    known = round(size.faces * (1 - _LONE))
    least = 2 if size.people * 2 <= known - size.largest else 1
    shape = 1 / np.arange(1, size.people) ** 0.8
    spare = known - size.largest - least * (size.people - 1)
    others = least + np.floor(shape / shape.sum() * max(0, spare)).astype(np.int64)
    return np.concatenate([[size.largest], np.minimum(others, size.photos // 2)])


def _places(size: Size) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The person (0 for nobody) and the photo of each face; nobody is twice in a photo."""
    sizes = _sizes(size)
    people = np.repeat(np.arange(1, len(sizes) + 1), sizes)
    rank = np.concatenate([np.arange(count) for count in sizes])
    lone = size.faces - len(people)
    people = np.concatenate([people, np.zeros(max(0, lone), np.int64)])
    rank = np.concatenate([rank, np.arange(max(0, lone))])
    step = next(s for s in range(size.photos * 3 // 8 | 1, size.photos * 2, 2)
                if np.gcd(s, size.photos) == 1)  # fmt: skip
    return people, (people * 7919 + rank * step) % size.photos


def _add_faces(
    database: sqlite3.Connection, size: Size, pack: tuple[str, str], random: np.random.Generator
) -> dict[int, list[tuple[float, float, float, float]]]:
    """The faces; gives the boxes in each photo by its place."""
    people, photos = _places(size)
    count = len(people)
    strength = np.exp(-np.arange(_DIMENSIONS) / 120).astype(np.float32)
    centres = _unit(random.standard_normal((size.people + 1, _DIMENSIONS), np.float32) * strength)
    left = np.round(random.uniform(0.02, 0.7, (count, 2)), 4)
    side = np.round(random.uniform(0.05, 0.25, count), 4)
    quality = random.beta(2.6, 0.75, count)
    angles = random.normal(0, 15, (count, 3))
    ages = random.uniform(3, 80, count)
    landmarks = np.zeros((5, 2), "<f4").tobytes()
    boxes: dict[int, list[tuple[float, float, float, float]]] = {}

    def rows() -> Iterator[tuple[object, ...]]:
        for start in range(0, count, 5000):
            part = slice(start, start + 5000)
            noise = random.standard_normal((len(people[part]), _DIMENSIONS), np.float32) * strength
            vectors = _unit(
                0.8 * centres[people[part]] * (people[part] > 0)[:, None] + 0.6 * _unit(noise)
            )
            for number, vector in enumerate(vectors.astype("<f2"), start):
                x, y, s = *left[number].tolist(), float(side[number])
                boxes.setdefault(int(photos[number]), []).append((x, y, s, s))
                person = int(people[number]) or None
                yield (
                    number + 1, int(photos[number]) + 1, x, y, s, s, landmarks, 0.9,
                    float(quality[number]), 0.8, 120.0, *angles[number].tolist(),
                    float(ages[number]), "female" if number % 2 else "male", 0.9,
                    vector.tobytes(), *pack, person, 0.7 if person else None, "machine", 1, 1, 0,
                    None, None, None, None,
                )  # fmt: skip

    _add_bare_people(database, size)
    _insert(database, "face", 30, rows())
    return boxes


def _add_bare_people(database: sqlite3.Connection, size: Size) -> None:
    rows = ((n, 1, f"person-{n}", "", "small", 0, None, 0, 0, None, 0, FIRST, FIRST)
            for n in range(1, size.people + 1))  # fmt: skip
    database.executemany(
        "INSERT INTO person (id, collection_id, key, name, kind, hidden, merged_into_id,"
        " face_count, photo_count, cover_id, cover_chosen, created, updated)"
        f" VALUES ({','.join('?' * 13)})",
        rows,
    )


def _add_people(database: sqlite3.Connection, size: Size, random: np.random.Generator) -> None:
    """Names for a third of the people, a few of whom are hidden."""
    names = [f"{first} {last}" for last, first in product(_LAST_NAMES, _FIRST_NAMES)]
    named = [n for n in range(1, size.people + 1) if n % 3 == 1][: len(names)]
    database.executemany("UPDATE person SET name = ? WHERE id = ?", zip(names, named, strict=False))
    hidden = random.choice(np.arange(2, size.people + 1), max(1, size.people // 50), replace=False)
    database.executemany("UPDATE person SET hidden = 1 WHERE id = ?", [(int(n),) for n in hidden])


def _count(database: sqlite3.Connection) -> None:
    """What follows for the people from their faces."""
    database.execute(
        "UPDATE person SET (face_count, photo_count, cover_id, average_age, min_age, max_age,"
        " last_seen) = (SELECT COUNT(*), COUNT(DISTINCT photo_id), MIN(face.id), AVG(age),"
        " MIN(age), MAX(age), MAX(taken) FROM face JOIN photo ON photo.id = photo_id"
        " WHERE person_id = person.id)"
    )
    database.execute(
        "UPDATE person SET kind = CASE WHEN name <> '' THEN 'named'"
        " WHEN photo_count > 3 THEN 'group' ELSE 'small' END"
    )


def _add_pictures(
    folder: Path,
    prints: Sequence[str],
    boxes: dict[int, list[tuple[float, float, float, float]]],
    random: np.random.Generator,
) -> None:
    """The small pictures, each a name of one of a few dozen files."""
    cache = ThumbnailCache(folder, 1 << 40)
    photos = [_picture(random, 512, 384) for _ in range(_KINDS)]
    crops = [_picture(random, 440, 440) for _ in range(_KINDS)]
    first = [cache.put_photo(f"{n:04d}", made) for n, made in enumerate(photos)]
    square = [cache.put_photo(f"9{n:04d}", made) for n, made in enumerate(crops)]
    ready: set[Path] = set()

    def link(source: Path, target: Path) -> None:
        if target.parent not in ready:
            target.parent.mkdir(parents=True, exist_ok=True)
            ready.add(target.parent)
        os.link(source, target)

    for place, fingerprint in enumerate(prints):
        link(first[place % _KINDS], cache.photo_path(fingerprint))
        for number, box in enumerate(dict.fromkeys(boxes.get(place, ()))):
            link(square[(place + number) % _KINDS], cache.face_path(fingerprint, box))


def _picture(random: np.random.Generator, width: int, height: int) -> bytes:
    """A JPEG of about the size on disk that a photo's small picture has."""
    coarse = random.integers(0, 256, (height // 32, width // 32, 3), np.uint8)
    image = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    grain = random.normal(0, 14, (height, width, 3))
    noisy = np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)
    image = Image.fromarray(noisy).filter(ImageFilter.GaussianBlur(0.7))
    return encode_thumbnail(np.asarray(image), max(width, height))


def _say(house: House, decisions: int) -> None:
    """A log: names, and some faces that are and are not somebody."""
    library = house.library
    for number in range(decisions):
        person = 2 + number * 7 % 997
        faces = [face.id for face in faces_of(library, person)[:2]]
        if not faces:
            continue
        if number % 3 == 0:
            name_person(library, person, f"Someone {number}")
        elif number % 3 == 1:
            confirm_faces(library, person, faces)
        else:
            reject_faces(library, person, faces[:1])


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


if __name__ == "__main__":
    make_library(Path(sys.argv[1]), Size(*map(int, sys.argv[2:])))
