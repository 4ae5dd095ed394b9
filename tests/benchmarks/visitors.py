"""The benchmark of counting: `python -m tests.benchmarks.visitors --photos FOLDER`.

A day in a shop is made up out of labelled photos: so many people come, some of them again, alone or
by twos; a camera writes a few snapshots of each visit, no two alike: another photo of the person
where there is one, and in any case another scale, lean and light. Kinfolk indexes them, groups
the faces and counts; the numbers are held against what is true.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from app.bootstrap import DEFAULT_COLLECTION, build
from app.errors import KnownError, UsageError
from app.indexing.house import House
from app.library.queries.visits import By, Visitors, counted, total, visits
from tests.benchmarks.table import columns
from tests.benchmarks.truth import Box, TrueFace, read_truth

SCENE = (1280, 720)
"""Width and height of a snapshot."""
OPENS = datetime(2024, 5, 4, 9)
HOURS = 9
AGAIN = (0.7, 0.25, 0.05)
"""Shares of the people who come once, twice, three times."""
SNAPSHOTS = (1, 2, 3, 4)
FACE = (70, 160)
"""Height of a face in a snapshot, px."""
APART = timedelta(minutes=40)
"""Nobody comes again sooner after leaving."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the camera saw, and who it was."""

    taken: datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """Snapshots, and the visits that are true: person, begin, end."""

    snapshots: tuple[Snapshot, ...]
    visits: tuple[tuple[str, datetime, datetime], ...]


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; gives the exit status."""
    told = _parser().parse_args(words)
    rows = [("people", "snapshots", "", "people by hour, off", "visits", "people", "new", "off")]
    try:
        faces = _portraits(told.photos.absolute())
        for count in told.people:
            for seed in range(told.days):
                rows += _measure(faces, min(count, len(faces)), seed)
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    print(columns(rows, markdown=True))
    return 0


def _measure(
    faces: dict[str, list[tuple[Path, Box]]], count: int, seed: int
) -> list[tuple[str, ...]]:
    day = made_up(sorted(faces), count, seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "camera"
        photograph(day, faces, folder, seed)
        hours, everybody = _count(folder, Path(scratch) / "library")
    true_people = len({who for who, *_ in day.visits})
    true_hours = _by_hour(day)
    off_by_hour = sum(
        abs(true_hours.get(hour, 0) - hours.get(hour, 0)) for hour in true_hours | hours
    ) / sum(true_hours.values())
    return [
        (str(count), str(len(day.snapshots)), "true", "", str(len(day.visits)), str(true_people),
         str(true_people), ""),
        ("", "", "counted", f"{off_by_hour:.1%}", str(everybody.visits), str(everybody.people),
         str(everybody.new), f"{(everybody.people - true_people) / true_people:+.1%}"),
    ]  # fmt: skip


def made_up(people: Sequence[str], count: int, seed: int) -> Day:
    """A day on which so many of the people came."""
    chance = random.Random(seed)
    came = chance.sample(list(people), count)
    snapshots: list[Snapshot] = []
    true: list[tuple[str, datetime, datetime]] = []
    free: dict[str, datetime] = dict.fromkeys(came, OPENS)
    waiting = [who for who in came for _ in range(1 + chance.choices((0, 1, 2), AGAIN)[0])]
    chance.shuffle(waiting)
    while waiting:
        who = [waiting.pop()]
        other = next((one for one in waiting if one != who[0]), None)
        if other is not None and chance.random() < 0.2:
            waiting.remove(other)
            who.append(other)
        begin = OPENS + timedelta(minutes=chance.uniform(0, 60 * HOURS))
        if any(begin < free[one] for one in who):
            begin = max(free[one] for one in who) + timedelta(minutes=chance.uniform(0, 30))
        moments = [begin]
        for _ in range(chance.choice(SNAPSHOTS) - 1):
            moments.append(moments[-1] + timedelta(minutes=chance.uniform(0.1, 9)))
        snapshots += [Snapshot(moment, tuple(who)) for moment in moments]
        for one in who:
            true.append((one, moments[0], moments[-1]))
            # In any order they were made: nobody is in the shop twice at once.
            free[one] = max(free[one], moments[-1] + APART)
    return Day(tuple(sorted(snapshots, key=lambda one: one.taken)), tuple(true))


def photograph(day: Day, faces: dict[str, list[tuple[Path, Box]]], folder: Path, seed: int) -> None:
    """Write the snapshots, dated by their files' times as many a camera does."""
    folder.mkdir()
    chance = random.Random(seed + 1000)
    seen: dict[str, int] = defaultdict(int)
    for number, snapshot in enumerate(day.snapshots):
        scene = _background(chance)
        for place, who in enumerate(snapshot.people):
            path, box = faces[who][seen[who] % len(faces[who])]
            seen[who] += 1
            cell = SCENE[0] // len(snapshot.people)
            _paste(scene, _portrait(path, box, chance), place * cell, cell, chance)
        file = folder / f"snapshot-{number:04d}.jpg"
        scene.save(file, "JPEG", quality=chance.randint(75, 92))
        moment = snapshot.taken.timestamp()
        os.utime(file, (moment, moment))


def _background(chance: random.Random) -> Image.Image:
    noise = Image.effect_noise((SCENE[0] // 8, SCENE[1] // 8), 40).resize(SCENE)
    tint = tuple(chance.randint(90, 200) for _ in range(3))
    return ImageOps.colorize(noise.filter(ImageFilter.GaussianBlur(6)), "black", tint)


def _portrait(path: Path, box: Box, chance: random.Random) -> Image.Image:
    """Head and shoulders as the camera saw them now."""
    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    x, y, w, h = box
    shown = image.crop((
        max(0, round(x - 0.6 * w)), max(0, round(y - 0.6 * h)),
        min(image.width, round(x + 1.6 * w)), min(image.height, round(y + 1.9 * h)),
    ))  # fmt: skip
    scale = chance.uniform(*FACE) / h
    shown = shown.resize((max(1, round(shown.width * scale)), max(1, round(shown.height * scale))))
    shown = ImageEnhance.Brightness(shown).enhance(chance.uniform(0.75, 1.1))
    return shown.rotate(chance.uniform(-6, 6), Image.Resampling.BICUBIC, fillcolor=(90, 90, 90))


def _paste(
    scene: Image.Image, portrait: Image.Image, left: int, cell: int, chance: random.Random
) -> None:
    spare = max(0, cell - portrait.width), max(0, SCENE[1] - portrait.height)
    scene.paste(portrait, (left + chance.randint(0, spare[0]), chance.randint(0, spare[1])))


def _count(folder: Path, library: Path) -> tuple[dict[datetime, int], Visitors]:
    """What Kinfolk says: people by hour, and in all."""
    house = build(str(library), DEFAULT_COLLECTION)
    try:
        house.indexer.start(watch=False)
        number = house.collection.id
        _wait(house, house.indexer.index(number, [folder]))
        _wait(house, house.indexer.cluster(number))
        found = visits(house.library, number)
    finally:
        house.close()
    everybody = total(found)
    if everybody is None:
        raise KnownError("Nobody was seen.")
    return {one.begin: one.people for one in counted(found, By.HOUR)}, everybody


def _wait(house: House, task_id: str) -> None:
    while not house.indexer.wait(task_id, 0.5):
        pass


def _by_hour(day: Day) -> dict[datetime, int]:
    people: dict[datetime, set[str]] = defaultdict(set)
    for who, begin, _ in day.visits:
        people[begin.replace(minute=0, second=0, microsecond=0)].add(who)
    return {hour: len(who) for hour, who in people.items()}


def _portraits(photos: Path) -> dict[str, list[tuple[Path, Box]]]:
    """Of every named person in whole photos that show them once: the photos, and the face's box.

    Raises UsageError when there are none.
    """
    files = {f"{path.parent.name}/{path.name}": path for path in photos.rglob("*.*")}
    found: dict[str, list[tuple[Path, Box]]] = defaultdict(list)
    for face in read_truth(photos):
        if _is_fit(face) and face.photo in files:
            found[face.identity].append((files[face.photo], face.box))
    if not found:
        raise UsageError(f"{photos / 'truth.csv'} names nobody in a whole photo.")
    return found


def _is_fit(face: TrueFace) -> bool:
    return face.is_named and face.is_whole and not face.is_twice and face.box[3] >= FACE[0]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.visitors", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--photos", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--people", type=int, nargs="+", default=[80], metavar="N")
    parser.add_argument("--days", type=int, default=3, help="made up of each (3)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
