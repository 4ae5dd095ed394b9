"""Scaling album: the faces of people who never were, written into a real library piece by piece.

The faces are drawn as in `synthetic.py`; only a piece of them is in memory at a time, so that a
million take as little of it as a thousand. Some photos are held back, to be added one by one later.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bootstrap import build
from app.indexing.model_packs import pack_cards
from tests.benchmarks import synthetic
from tests.benchmarks.model import Model

PIECE = 20_000
"""Faces in memory at a time."""
HELD = 48
"""Photos held back, of 1 to 3 faces each."""
TRUTH, LATER = "truth.npz", "later.npz"
"""Whose the faces in the library are, by id; and the photos held back."""
_ROOT = b"/nowhere/photos"


@dataclass(frozen=True, slots=True)
class Plan:
    """Faces in order of photo, n of them; what they look like is drawn when they are written."""

    looks: NDArray[np.float32]
    """(looks, d)."""
    look: NDArray[np.int64]
    people: NDArray[np.int64]
    photos: NDArray[np.int64]
    quality: NDArray[np.float32]
    fidelity: NDArray[np.float32]
    taken: NDArray[np.float64]
    held: NDArray[np.bool_]
    """Whether its photo is held back."""

    def pieces(self, seed: int) -> Iterator[tuple[slice, NDArray[np.float16]]]:
        """The embeddings, a piece of rows at a time."""
        for number, start in enumerate(range(0, len(self.people), PIECE)):
            rows = slice(start, start + PIECE)
            random = np.random.default_rng([seed, number])
            share = self.fidelity[rows, None]
            vectors = self.looks[self.look[rows]] * share
            noise = synthetic._directions(len(vectors), random, Model())
            vectors += noise * np.sqrt(1 - share**2)
            yield rows, synthetic._unit(vectors).astype(np.float16)


def plan(faces: int, seed: int = 0) -> Plan:
    """So many faces that are written, and those held back."""
    model, random = Model(), np.random.default_rng(seed)
    sizes = synthetic._sizes(faces + 2 * HELD, model)
    people = np.repeat(np.arange(len(sizes)), sizes)
    looks, owner, taken = synthetic._looks(sizes, random, model)
    look = synthetic._choose_looks(people, owner, random)
    quality = synthetic._quality(sizes[people] == 1, random)
    fidelity = synthetic._fidelity(people, quality, random, model)
    when = taken[look] + random.normal(0, synthetic.YEAR / 2, len(people))
    order, photos = synthetic._photos(people, when, random)
    counts = np.bincount(photos)
    small = np.flatnonzero(counts <= 3)
    # As many as it takes for the library to hold what was asked for.
    drawn = random.permutation(small)
    last = int(np.searchsorted(np.cumsum(counts[drawn]), len(people) - faces, side="right"))
    held = np.isin(photos, drawn[:last])
    return Plan(
        looks, look[order], people[order], photos, quality[order], fidelity[order], when[order],
        held,
    )  # fmt: skip


def make_library(folder: Path, faces: int, seed: int = 0) -> None:
    """Make a library in an empty folder, in which no face has been grouped yet."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps({"cluster_delay_seconds": 0}))
    house = build(str(folder), "Photos")
    try:
        cards = pack_cards(house.paths, house.settings.pack)
        pack = next((card.name, card.version) for card in cards if card.in_use)
    finally:
        house.close()
    made = plan(faces, seed)
    database = sqlite3.connect(folder / "library.db")
    database.execute("PRAGMA synchronous = off")
    with database:
        database.execute(
            "INSERT INTO folder (id, collection_id, path, state, is_mount)"
            " VALUES (1, 1, ?, 'offline', 0)",
            (_ROOT,),
        )
        _insert(database, "photo", _PHOTO, _photos(made, pack))
        later = _write_faces(database, made, pack, seed)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    np.savez(folder / TRUTH, people=made.people[~made.held], photos=made.photos[~made.held])
    np.savez(
        folder / LATER, vectors=later, people=made.people[made.held],
        photos=made.photos[made.held], quality=made.quality[made.held],
        taken=made.taken[made.held],
    )  # fmt: skip


_PHOTO = (
    "id", "collection_id", "folder_id", "path", "state", "is_stale", "error", "size", "mtime_ns",
    "fingerprint", "width", "height", "orientation", "content_type", "taken", "taken_from",
    "camera", "colour", "pack", "pack_version", "added",
)  # fmt: skip
_FACE = (
    "id", "photo_id", "x", "y", "w", "h", "landmarks", "score", "quality", "sharpness", "pixels",
    "pitch", "yaw", "roll", "age", "gender", "gender_confidence", "embedding", "pack",
    "pack_version", "placed", "is_face", "grouped", "drawn",
)  # fmt: skip


def _insert(
    database: sqlite3.Connection, table: str, names: tuple[str, ...], rows: Iterator[object]
) -> None:
    marks = ",".join("?" * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
    database.executemany(statement, rows)  # type: ignore[arg-type]


def print_of(photo: int) -> str:
    """The fingerprint of a photo by its number."""
    return hashlib.blake2b(str(photo).encode(), digest_size=32).hexdigest()


def _photos(made: Plan, pack: tuple[str, str]) -> Iterator[tuple[object, ...]]:
    numbers, first = np.unique(made.photos, return_index=True)
    for number, row in zip(numbers.tolist(), first.tolist(), strict=True):
        if made.held[row]:
            continue
        when = float(made.taken[row])
        yield (
            number + 1, 1, 1, _ROOT + b"/%07d.jpg" % number, "looked", 0, "", 3_000_000, 0,
            print_of(number), 4032, 3024, 1, "image/jpeg", when, "exif", "Box", number % (1 << 24),
            *pack, when,
        )  # fmt: skip


def _write_faces(
    database: sqlite3.Connection, made: Plan, pack: tuple[str, str], seed: int
) -> NDArray[np.float16]:
    """Write what is not held back; gives the embeddings of what is."""
    random = np.random.default_rng([seed, 1 << 32])
    landmarks = np.zeros((5, 2), "<f4").tobytes()
    later, number = [np.empty((0, synthetic.DIMENSIONS), np.float16)], 0
    place = np.arange(len(made.photos)) - np.searchsorted(made.photos, made.photos)
    for rows, vectors in made.pieces(seed):
        held = made.held[rows]
        later.append(vectors[held])
        values = (made.photos[rows], place[rows], made.quality[rows])
        angles = random.normal(0, [8, 18, 9], (len(vectors), 3)).tolist()
        ages = random.uniform(3, 80, len(vectors)).tolist()

        def lines(
            number: int = number, vectors: NDArray[np.float16] = vectors,
            held: NDArray[np.bool_] = held, values: tuple[NDArray[np.generic], ...] = values,
            angles: list[list[float]] = angles, ages: list[float] = ages,
        ) -> Iterator[tuple[object, ...]]:  # fmt: skip
            photos, places, qualities = (column.tolist() for column in values)
            for row in np.flatnonzero(~held).tolist():
                number += 1
                yield (
                    number, photos[row] + 1, 0.05 + 0.15 * places[row], 0.2, 0.12, 0.15, landmarks,
                    0.9, qualities[row], 0.8, 120.0, *angles[row], ages[row],
                    "female" if row % 2 else "male", 0.9, vectors[row].tobytes(), *pack,
                    "machine", 1, 0, 0,
                )  # fmt: skip

        _insert(database, "face", _FACE, lines())
        number += int((~held).sum())
    return np.concatenate(later)


if __name__ == "__main__":
    make_library(Path(sys.argv[1]), int(sys.argv[2]))
