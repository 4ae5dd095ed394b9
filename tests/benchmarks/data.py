"""Data: a folder of labelled photos, looked at by the program itself, as a dataset."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from app.bootstrap import DEFAULT_COLLECTION, build
from app.errors import KnownError, UsageError
from app.faces.packs import PackInfo, describe_pack
from app.library.database import Library
from app.library.queries.folders import collection
from app.library.queries.tasks import task
from app.library.rows import TaskState
from app.paths import Paths, resources
from app.settings import Settings
from tests.benchmarks.dataset import NOBODY, Dataset
from tests.benchmarks.truth import TrueFace, match, photo_key, read_truth
from tests.library.columns import FaceColumns, face_columns

DONE = "benchmark.done"
"""Lies in a cached library whose photos were all looked at."""


def load(photos: Path, library: Path | None, cache: Path | None) -> Dataset:
    """The faces of a folder with a truth.csv, looked at now or in an earlier run.

    `library` is the folder of a library that knows these photos already; else one is made below
    `cache`, by default in this user's cache. Raises KnownError when that is not possible.
    """
    photos = photos.absolute()
    truth = read_truth(photos)
    if library is None:
        library = looked_at(photos, cache or Paths.for_user().cache / "benchmarks")
    paths = Paths.under(library)
    if not paths.database.exists():
        raise UsageError(f"There is no library in {library}.")
    pack = _pack(Settings.load(paths.settings), paths)
    opened = Library.open(paths.database)
    try:
        row = collection(opened, DEFAULT_COLLECTION)
        columns = face_columns(opened, row.id, pack.name, pack.version)
    finally:
        opened.close()
    return _dataset(photos.name, columns, _details(paths.database), truth, pack)


def looked_at(photos: Path, cache: Path) -> Path:
    """A library below `cache` that has looked at the photos; it grouped nothing."""
    mine = Paths.for_user()
    settings = Settings.load(mine.settings)
    pack = _pack(settings, mine)
    library = cache / f"{pack.name}-{pack.version}-{_content(photos)}"
    if not (library / DONE).exists():
        library.mkdir(parents=True, exist_ok=True)
        # A pack that lies among this user's models is found from the other library, too.
        name = settings.pack if settings.pack == pack.name else str(pack.folder)
        settings.but(pack=name).save(Paths.under(library).settings)
        _look(photos, library)
        (library / DONE).touch()
    return library


def _pack(settings: Settings, paths: Paths) -> PackInfo:
    return describe_pack(settings.pack, paths.models, resources())


def _content(photos: Path) -> str:
    """Changes when a file comes, goes or changes."""
    digest = hashlib.sha256()
    for path in sorted(p for p in photos.rglob("*") if p.is_file() and p.name != "truth.csv"):
        said = path.stat()
        line = f"{path.relative_to(photos).as_posix()}\0{said.st_size}\0{said.st_mtime_ns}\n"
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def _look(photos: Path, library: Path) -> None:
    """Have the program look at the photos, as `kinfolk index --no-cluster` does."""
    house = build(str(library), DEFAULT_COLLECTION)
    try:
        house.indexer.start(watch=False)
        task_id = house.indexer.index(house.collection.id, [photos])
        while not house.indexer.wait(task_id, 0.5):
            pass
        done = task(house.library, task_id)
    finally:
        house.close()
    if done.state is not TaskState.DONE:
        raise KnownError(done.error or "Looking at the photos was ended.")


def _details(database: Path) -> dict[int, tuple[object, ...]]:
    """What the queries do not give as columns, by a face's id: path, size, box, quality, pose."""
    words = """
        SELECT face.id, path, width, height, x, y, w, h, quality, pixels, pitch, yaw, roll, taken
        FROM face JOIN photo ON photo.id = face.photo_id
    """
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        return {row[0]: row[1:] for row in opened.execute(words)}


def _dataset(
    name: str,
    columns: FaceColumns,
    details: dict[int, tuple[object, ...]],
    truth: list[TrueFace],
    pack: PackInfo,
) -> Dataset:
    """The columns in order of path, each face with its row of the truth."""
    ids = sorted(columns.ids.tolist(), key=lambda face: (details[face][0], details[face][3], face))
    table = [details[face] for face in ids]
    keys = [photo_key(bytes(row[0]).decode("utf-8", "surrogateescape")) for row in table]
    numbers = np.array([row[1:] for row in table], dtype=np.float64).reshape(len(ids), 12)
    size, box = numbers[:, [0, 1, 0, 1]], numbers[:, 2:6]
    boxes = [tuple(row) for row in (box * size).tolist()]
    matched = match(truth, list(zip(keys, boxes, strict=True)))
    named = {who: n for n, who in enumerate(sorted({t.identity for t in truth if t.is_named}))}
    known = {face: truth[row] for row, face in matched.items()}
    told = [known.get(face) for face in range(len(ids))]
    missed = [t for row, t in enumerate(truth) if t.is_named and row not in matched]
    rows = np.searchsorted(columns.ids, ids)
    return Dataset(
        name=name,
        vectors=columns.vectors[rows].astype(np.float32),
        photos=columns.photos[rows],
        people=np.array([named.get(t.identity, NOBODY) if t else NOBODY for t in told], np.int64),
        quality=numbers[:, 6].astype(np.float32),
        pixels=numbers[:, 7].astype(np.float32),
        pose=numbers[:, 8:11].astype(np.float32),
        taken=numbers[:, 11],
        in_truth=np.array([t is not None for t in told], np.bool_),
        twice=np.array([t is not None and t.is_twice for t in told], np.bool_),
        whole=np.array([t is not None and t.is_whole for t in told], np.bool_),
        missed=np.array([named[t.identity] for t in missed], np.int64),
        missed_whole=np.array([t.is_whole for t in missed], np.bool_),
        thresholds=pack.thresholds,
    )
