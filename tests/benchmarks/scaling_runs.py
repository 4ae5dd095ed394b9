"""Scaling runs: what is measured on one library, in a process of its own.

    python -m tests.benchmarks.scaling_runs nothing LIBRARY
    python -m tests.benchmarks.scaling_runs adding LIBRARY PHOTOS
    python -m tests.benchmarks.scaling_runs dbscan LIBRARY
    python -m tests.benchmarks.scaling_runs program LIBRARY PICTURE

Prints one document of plain values.
"""

from __future__ import annotations

import json
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from app.bootstrap import build
from app.changes import Changes
from app.clustering.thresholds import Thresholds
from app.faces.packs import describe_pack
from app.indexing.clusterer import Clusterer
from app.indexing.events import Changed, Event
from app.indexing.house import House
from app.indexing.model_packs import pack_cards
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import pending_photos
from app.library.queries.people import people_now
from app.library.rows import Look, NewFace
from app.paths import resources
from tests.benchmarks import density
from tests.benchmarks.measures import bcubed
from tests.benchmarks.scaling_album import LATER, TRUTH
from tests.benchmarks.trial import peak_bytes

PATIENCE = 600.0
"""s."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """All faces of a library grouped for the first time."""

    faces: int
    groups: int
    seconds: float
    """From asking to grouped and stored, the opening of the gallery included."""
    cpu_seconds: float
    peak_megabytes: float
    """Of the whole process, 1e6 bytes."""
    f1: float
    """BCubed, against the truth."""


@dataclass(frozen=True, slots=True)
class Adding:
    """Photos added one by one to a library that is grouped."""

    photos: int
    faces: int
    first_seconds: float
    """The first after the program has started."""
    median_seconds: float
    worst_seconds: float
    seconds_per_face: float
    cpu_seconds_per_face: float
    """All threads together: also on a busy machine it is what it costs."""
    peak_megabytes: float


@dataclass(frozen=True, slots=True)
class Rival:
    """The embeddings of a library grouped by DBSCAN, as scikit-learn has it."""

    faces: int
    seconds: float
    """Of the grouping alone: reading and storing are not counted."""
    setting: str
    peak_megabytes: float
    f1: float


@dataclass(frozen=True, slots=True)
class Program:
    """One photo file that was put into a folder while the program ran."""

    seconds: float
    """From the indexer hearing of the file to the changes with its person."""
    looking_seconds: float
    """Of these until its faces were stored, by a worker that was running."""
    faces: int
    peak_megabytes: float


@contextmanager
def opened(folder: Path) -> Iterator[tuple[House, Clusterer]]:
    """A library with its clusterer, and nothing that works by itself."""
    house = build(str(folder), "Photos")
    cards = pack_cards(house.paths, house.settings.pack)
    pack = next(card for card in cards if card.in_use)
    said = describe_pack(pack.name, house.paths.models, resources()).thresholds
    clusterer = Clusterer(house.library, pack.name, pack.version, Thresholds.of(said))
    try:
        yield house, clusterer
    finally:
        clusterer.let_go()
        house.close()


def from_nothing(folder: Path) -> Nothing:
    """Group a library in which no face has been grouped yet."""
    with opened(folder) as (house, clusterer):
        began, spent = time.perf_counter(), time.process_time()
        done = clusterer.run(house.collection.id)
        seconds, cpu = time.perf_counter() - began, time.process_time() - spent
        peak = peak_bytes() / 1e6
        return Nothing(
            done.new_faces, done.groups, seconds, cpu, peak, _worth(house, folder / TRUTH)
        )


def _worth(house: House, truth: Path) -> float:
    people = np.load(truth)["people"]
    rows = house.library.sql("SELECT id, COALESCE(person_id, -1) FROM face ORDER BY id")
    given = np.full(len(people), -1)
    for number, person in rows:
        if number <= len(given):
            given[number - 1] = person
    return bcubed(people, given)[2]


def adding(folder: Path, photos: int) -> Adding:
    """Add photos of known and unknown people one by one: from the look being stored until queries
    show their faces with their people, and these with them."""
    later = np.load(folder / LATER)
    numbers = np.unique(later["photos"])[: photos + 1].tolist()
    took: list[float] = []
    faces, spent = 0, 0.0
    with opened(folder) as (house, clusterer):
        maker = (clusterer._pack, clusterer._version)
        for number in numbers:
            rows = np.flatnonzero(later["photos"] == number)
            photo, look = _find(house, number, rows, later, maker)
            began, spent_before = time.perf_counter(), time.process_time()
            store_look(house.library, photo, look)
            changes = clusterer.run(house.collection.id).changes
            _see(house, photo, changes)
            took.append(time.perf_counter() - began)
            if len(took) > 1:
                faces += len(rows)
                spent += time.process_time() - spent_before
        peak = peak_bytes() / 1e6
    rest = took[1:] or took
    return Adding(
        len(took), faces, took[0], statistics.median(rest), max(rest), sum(rest) / max(1, faces),
        spent / max(1, faces), peak,
    )  # fmt: skip


def dbscan(folder: Path) -> Rival:
    """Group by density, as suits it best on these faces."""
    people = np.load(folder / TRUTH)["people"]
    with opened(folder) as (house, clusterer):
        vectors = clusterer.gallery(house.collection.id).faces.vectors.astype(np.float32)
    found = density.best(vectors, people)
    return Rival(
        len(vectors), found.seconds, str(found), peak_bytes() / 1e6, found.bcubed_f1,
    )  # fmt: skip


def _find(
    house: House, number: int, rows: np.ndarray, later: np.lib.npyio.NpzFile, maker: tuple[str, str]
) -> tuple[int, Look]:
    """Let a scan find a photo; gives its row, and what looking at it will tell."""
    path = Path(f"/nowhere/photos/later-{number}.jpg")
    scan = ScanResult(added=[SeenFile(path, 10, 10)])
    record_scan(house.library, house.collection.id, 1, scan)
    pending = pending_photos(house.library, house.collection.id)
    photo = next(row for row, where in pending if where == path)
    faces = tuple(
        NewFace(
            0.05 + 0.25 * place, 0.2, 0.2, 0.25, landmarks=np.zeros((5, 2), np.float32),
            score=0.9, embedding=later["vectors"][row], quality=float(later["quality"][row]),
            sharpness=0.8, pixels=120, pack=maker[0], pack_version=maker[1], pitch=1.0, yaw=2.0,
            roll=3.0, age=30.0, gender="female", gender_confidence=0.9,
        )
        for place, row in enumerate(rows.tolist())
    )  # fmt: skip
    taken = datetime.fromtimestamp(float(later["taken"][rows[0]]), UTC).replace(tzinfo=None)
    return photo, Look(
        fingerprint=f"later {number}", width=4032, height=3024, orientation=1,
        content_type="image/jpeg", taken=taken, taken_from="exif", camera="Box", colour=1,
        pack=maker[0], pack_version=maker[1], faces=faces,
    )  # fmt: skip


def _see(house: House, photo: int, changes: Changes) -> int:
    """How many faces of a photo are with somebody by now. What the window reads when it hears of
    changes is read: the faces of the photo, and the cards of all people concerned."""
    shown = [face for face in faces_in_photo(house.library, photo) if face.person_id is not None]
    cards = people_now(house.library, changes.people)
    for face in shown:
        card = cards[face.person_id or 0]
        assert card is not None and card.cover is not None
        assert card.face_count >= card.photo_count > 0
    return len(shown)


class _Listener:
    """Hears what the program tells, and when."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._heard = threading.Condition()
        self._seen: list[tuple[float, Changes]] = []
        house.indexer.subscribe(self._hear)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Changed):
            with self._heard:
                self._seen.append((time.perf_counter(), event.changes))
                self._heard.notify_all()

    def wait(self, is_it: Callable[[Changes], bool], since: float) -> float:
        """When the first such changes after a moment were told."""
        with self._heard:
            while True:
                for when, changes in self._seen:
                    if when > since and is_it(changes):
                        return when
                assert self._heard.wait(PATIENCE), "nothing is told"


def program(folder: Path, picture: Path, times: int = 3) -> list[Program]:
    """Put a photo with faces into a watched folder of the running program, several times (each a
    file of its own content), and wait for the changes that show its people."""
    album = folder / "album"
    album.mkdir(exist_ok=True)
    house = build(str(folder), "Photos")
    found: list[Program] = []
    try:
        listener = _Listener(house)
        house.indexer.start()
        number = house.collection.id
        content = picture.read_bytes()
        for turn in range(times + 1):
            file = album / f"{time.time_ns()}.jpg"
            file.write_bytes(content + turn.to_bytes(4, "big") + file.name.encode())
            began = time.perf_counter()
            task = house.indexer.index(number, [album])
            stored = listener.wait(lambda changes: bool(changes.photos), began)
            shown = listener.wait(lambda changes: changes.regrouped, stored)
            assert house.indexer.wait(task, PATIENCE)
            photo = house.library.sql("SELECT MAX(id) FROM photo")[0][0]
            faces = len(faces_in_photo(house.library, photo))
            found.append(Program(shown - began, stored - began, faces, peak_bytes() / 1e6))
    finally:
        house.close()
    return found


def measure(words: Sequence[str]) -> object:
    """What is asked for, as plain values."""
    what, folder, *rest = words[0], Path(words[1]), *words[2:]
    match what:
        case "nothing":
            return asdict(from_nothing(folder))
        case "adding":
            return asdict(adding(folder, int(rest[0])))
        case "dbscan":
            return asdict(dbscan(folder))
        case _:
            return [asdict(run) for run in program(folder, Path(rest[0]))]


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1:])))
