"""The benchmark of the door camera: `python -m tests.benchmarks.door`.

Without options it measures how long it takes from a file on the disk to the alert: a library with
so many named people, a camera's folder that is watched, and snapshots dropped into it as a camera
does it, each of a stranger of their own; from the moment the file has its name to the moment the
alert is told. The first snapshot after the start is told apart.

`--judge` measures how well people are told from strangers, and prints the table of docs/door.md.
Both need labelled photos, `--photos FOLDER` with a truth.csv.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image

from app.bootstrap import build
from app.clustering.thresholds import Thresholds
from app.errors import KnownError, UsageError
from app.faces.packs import describe_pack
from app.indexing.camera.judging import DOUBT, SURE, Rules
from app.indexing.events import Event, Noticed
from app.indexing.house import House
from app.indexing.notices import NoticeKind
from app.library.commands.collections import set_own
from app.library.commands.faces import move_faces
from app.library.commands.folders import add_folder, create_collection
from app.library.queries.faces import faces_of_photos
from app.library.queries.photos import photos_by_id, timeline
from app.library.queries.tasks import task
from app.library.rows import TaskState
from app.paths import Paths, resources
from app.settings import Settings
from tests.benchmarks.door_judging import HEAD, Faces, lines, read_faces, snapshots
from tests.benchmarks.table import columns
from tests.benchmarks.truth import Box, read_truth

SCENE = (1280, 720)
"""Width and height of a snapshot."""
PATIENCE = 10.0
"""Seconds after which an alert is given up."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; gives the exit status."""
    told = _parser().parse_args(words)
    try:
        if told.judge:
            _judge(told)
        else:
            _time(told)
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


# -- how well ------------------------------------------------------------------------------------


def _judge(told: argparse.Namespace) -> None:
    photos = told.photos.absolute()
    cache = told.cache or Paths.for_user().cache / "benchmarks"
    pack = describe_pack(Settings().pack, Paths.for_user().models, resources())
    limits = Thresholds.of(pack.thresholds)
    album = read_faces(photos, cache)
    cheap = read_faces(snapshots(photos, cache / f"snapshots-{photos.name}"), cache)
    seeds = range(told.seed, told.seed + told.scenes)
    for title, door in (("The photos as they are", album), ("A cheap camera", cheap)):
        print(f"\n{title}: {_told(door)}\n")
        print(columns([HEAD, *_sweep(album, door, seeds, limits, told.sweep)], markdown=True))


def _sweep(
    album: Faces, door: Faces, seeds: range, limits: Thresholds, is_wide: bool
) -> list[tuple[str, ...]]:
    plain = Rules()
    if not is_wide:
        return lines(album, door, seeds, [plain], [(SURE, DOUBT)], limits)
    found = []
    bounds = [(sure, doubt) for sure in (0.8, 0.9, 0.95, 0.97) for doubt in (0.1, 0.3)]
    found += lines(album, door, seeds, [plain], bounds, limits)
    rules = [Rules(2, quality, plain.excellent) for quality in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)]
    rules += [Rules(2, plain.quality, excellent) for excellent in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)]
    rules += [Rules(3, plain.quality, plain.excellent)]
    return found + lines(album, door, seeds, rules, [(SURE, DOUBT)], limits)


def _told(door: Faces) -> str:
    parts = np.percentile(door.quality, (5, 25, 50, 75, 95))
    return f"{len(door.people)} faces, quality " + ", ".join(f"{part:.2f}" for part in parts)


# -- how soon ------------------------------------------------------------------------------------


def _time(told: argparse.Namespace) -> None:
    portraits = _portraits(told.photos.absolute())
    if len(portraits) < 2:
        raise UsageError(f"{told.photos} names too few people.")
    people = sorted(portraits)
    count = min(told.people, len(people) - min(told.snapshots, len(people) // 4))
    known, strangers = people[:count], people[count:]
    with tempfile.TemporaryDirectory() as scratch:
        house = _furnish(Path(scratch), {who: portraits[who] for who in known})
        try:
            camera = Path(scratch) / "door"
            _camera(house, camera, told.old)
            house.indexer.start()
            time.sleep(told.settle)
            times, late = _drop(house, camera, [portraits[who] for who in strangers], told)
            if not times:
                raise KnownError("No alert was raised.")
            print(f"{count} people known; the first alert, {told.settle:g} s after the start: "
                  f"{times[0]:.2f} s")  # fmt: skip
            middle, end = np.percentile(times[1:] or times, (50, 95))
            print(f"{len(times)} alerts: p50 {middle:.2f} s, p95 {end:.2f} s, longest "
                  f"{max(times):.2f} s; {late} raised none at once")  # fmt: skip
        finally:
            house.close()


def _furnish(scratch: Path, known: dict[str, list[tuple[Path, Box]]]) -> House:
    """A library in which these people have names."""
    library, album = scratch / "library", scratch / "album"
    library.mkdir()
    album.mkdir()
    (library / "settings.json").write_text(json.dumps({"workers": 2}))
    for who, photos in known.items():
        for place, (path, box) in enumerate(photos[:6]):
            _snapshot(path, box).save(album / f"{who}-{place}.jpg", quality=92)
    house = build(str(library), "Photos")
    house.indexer.start(watch=False)
    task_id = house.indexer.index(house.collection.id, [album])
    while not house.indexer.wait(task_id, 0.5):
        pass
    if task(house.library, task_id).state is not TaskState.DONE:
        raise KnownError("Looking at the photos was ended.")
    photos = timeline(house.library, house.collection.id)
    faces = faces_of_photos(house.library, [photo.id for photo in photos])
    for row in photos_by_id(house.library, list(faces)):
        if faces[row.id]:
            best = max(faces[row.id], key=lambda face: face.w * face.h)
            move_faces(house.library, [best.id], row.path.stem.rsplit("-", 1)[0])
    # Another process, as it were: what follows begins with nothing at hand.
    house.close()
    return build(str(library), "Photos")


def _camera(house: House, folder: Path, old: int) -> None:
    """A collection that watches a folder, in which so many old snapshots lie."""
    folder.mkdir()
    row = create_collection(house.library, "Door", "camera")
    set_own(house.library, row.id, "excellent_quality", 0)
    set_own(house.library, row.id, "stranger_quality", 0)
    add_folder(house.library, row.id, folder)
    long_ago = datetime(2024, 1, 1, tzinfo=UTC).timestamp()
    for number in range(old):
        path = folder / f"old-{number:06}.jpg"
        Image.new("RGB", (64, 64), (number % 256, number // 256 % 256, 90)).save(path)
        os.utime(path, (long_ago, long_ago))


def _drop(
    house: House,
    folder: Path,
    strangers: Sequence[list[tuple[Path, Box]]],
    told: argparse.Namespace,
) -> tuple[list[float], int]:
    """Drop snapshots of strangers, one after the other; gives the seconds until the alert of each,
    and how many raised none at once: they may have been somebody known."""
    heard: dict[str, float] = {}

    def hear(event: Event) -> None:
        if isinstance(event, Noticed) and event.notice.kind is NoticeKind.ALERT:
            name = str(event.notice.document["URI"]).rsplit("/", 1)[-1]
            heard.setdefault(name, time.monotonic())

    leave = house.indexer.subscribe(hear)
    times: list[float] = []
    late = 0
    for place, photos in enumerate(strangers[: told.snapshots]):
        name = f"{place:04}.jpg"
        beside = folder / f"{place}.part"
        _snapshot(*photos[0]).save(beside, "JPEG", quality=90)
        begin = time.monotonic()
        beside.rename(folder / name)
        while name not in heard and time.monotonic() - begin < PATIENCE:
            time.sleep(0.005)
        if name in heard:
            times.append(heard[name] - begin)
        else:
            late += 1
        time.sleep(told.pause)
    leave()
    return times, late


def _portraits(photos: Path) -> dict[str, list[tuple[Path, Box]]]:
    """The labelled people, each with their photos and where they are in them."""
    paths = {"/".join(path.parts[-2:]): path for path in photos.rglob("*") if path.is_file()}
    found: dict[str, list[tuple[Path, Box]]] = {}
    for face in read_truth(photos):
        if face.is_named and not face.is_twice and face.photo in paths and face.box[3] >= 80:
            found.setdefault(face.identity, []).append((paths[face.photo], face.box))
    return found


def _snapshot(path: Path, box: Box) -> Image.Image:
    """Somebody before a camera: a scene with a face about 150 pixels high."""
    x, y, w, h = box
    with Image.open(path) as image:
        whole = image.convert("RGB")
    scale = 150 / h
    left, top = max(0.0, x - 1.5 * w), max(0.0, y - h)
    right, bottom = min(whole.width, x + 2.5 * w), min(whole.height, y + 3 * h)
    size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    scene = Image.new("RGB", SCENE, (112, 118, 122))
    scene.paste(whole.resize(size, box=(left, top, right, bottom)), (400, 80))
    return scene


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.door", description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="with a truth.csv")
    parser.add_argument("--people", type=int, default=100, help="who have a name")
    parser.add_argument("--snapshots", type=int, default=30, help="strangers who come")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two of them")
    parser.add_argument("--settle", type=float, default=8.0, help="seconds after the start")
    parser.add_argument("--old", type=int, default=0, help="snapshots that lie there already")
    parser.add_argument("--judge", action="store_true", help="measure how well, not how soon")
    parser.add_argument("--sweep", action="store_true", help="with other thresholds, too")
    parser.add_argument("--scenes", type=int, default=10)
    parser.add_argument("--seed", type=int, default=100)
    parser.add_argument("--cache", type=Path, help="where looked-at photos are kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
