"""A shop's day, made up out of labelled photos: who came when, and what a camera saw of it.

So many people come, some of them again, alone or by twos; the camera writes a few snapshots of each
visit, no two alike: another photo of the person where there is one, and in any case another scale,
lean and light. A poor camera sees them smaller, darker and blurred.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from app.errors import UsageError
from tests.benchmarks.truth import Box, TrueFace, read_truth

SCENE = (1280, 720)
"""Width and height of a snapshot."""
OPENS = datetime(2024, 5, 4, 9)
HOURS = 9
AGAIN = (0.7, 0.25, 0.05)
"""Shares of the people who come once, twice, three times."""
SNAPSHOTS = (1, 2, 3, 4)
LEAST_FACE = 70
"""Height of a face in a photo that is of use, px."""
APART = timedelta(minutes=40)
"""Nobody comes again sooner after leaving."""


Portraits = Mapping[str, Sequence[tuple[Path, Box]]]
"""Of every person the photos, and where in them the face is."""


@dataclass(frozen=True, slots=True)
class Camera:
    """How well it sees."""

    face: tuple[int, int] = (70, 160)
    """Height of a face in a snapshot, px."""
    light: tuple[float, float] = (0.75, 1.1)
    blur: float = 0.0
    """Of the lens, px at most."""
    quality: tuple[int, int] = (75, 92)
    """Of the JPEGs."""


CAMERAS = {
    "good": Camera(),
    "poor": Camera(face=(36, 90), light=(0.45, 1.0), blur=1.6, quality=(40, 70)),
}


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


def photograph(
    snapshots: Sequence[Snapshot],
    faces: Portraits,
    folder: Path,
    seed: int,
    camera: Camera = CAMERAS["good"],
) -> None:
    """Write the snapshots, dated by their files' times as many a camera does."""
    folder.mkdir()
    chance = random.Random(seed + 1000)
    seen: dict[str, int] = defaultdict(int)
    for number, snapshot in enumerate(snapshots):
        scene = _background(chance)
        for place, who in enumerate(snapshot.people):
            path, box = faces[who][seen[who] % len(faces[who])]
            seen[who] += 1
            cell = SCENE[0] // len(snapshot.people)
            _paste(scene, _portrait(path, box, chance, camera), place * cell, cell, chance)
        file = folder / f"snapshot-{number:04d}.jpg"
        scene.save(file, "JPEG", quality=chance.randint(*camera.quality))
        moment = snapshot.taken.timestamp()
        os.utime(file, (moment, moment))


def _background(chance: random.Random) -> Image.Image:
    noise = Image.effect_noise((SCENE[0] // 8, SCENE[1] // 8), 40).resize(SCENE)
    tint = tuple(chance.randint(90, 200) for _ in range(3))
    return ImageOps.colorize(noise.filter(ImageFilter.GaussianBlur(6)), "black", tint)


def _portrait(path: Path, box: Box, chance: random.Random, camera: Camera) -> Image.Image:
    """Head and shoulders as the camera saw them now."""
    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    left, top, right, bottom = _head_and_shoulders(box)
    shown = image.crop((
        max(0, round(left)), max(0, round(top)),
        min(image.width, round(right)), min(image.height, round(bottom)),
    ))  # fmt: skip
    scale = chance.uniform(*camera.face) / box[3]
    shown = shown.resize((max(1, round(shown.width * scale)), max(1, round(shown.height * scale))))
    shown = ImageEnhance.Brightness(shown).enhance(chance.uniform(*camera.light))
    if camera.blur:
        shown = shown.filter(ImageFilter.GaussianBlur(chance.uniform(0, camera.blur)))
    return shown.rotate(chance.uniform(-6, 6), Image.Resampling.BICUBIC, fillcolor=(90, 90, 90))


def _paste(
    scene: Image.Image, portrait: Image.Image, left: int, cell: int, chance: random.Random
) -> None:
    spare = max(0, cell - portrait.width), max(0, SCENE[1] - portrait.height)
    scene.paste(portrait, (left + chance.randint(0, spare[0]), chance.randint(0, spare[1])))


def _head_and_shoulders(box: Box) -> tuple[float, float, float, float]:
    x, y, w, h = box
    return x - 0.6 * w, y - 0.6 * h, x + 1.6 * w, y + 1.9 * h


def portraits(photos: Path) -> dict[str, list[tuple[Path, Box]]]:
    """Of every named person in whole photos that show them once, and near them nobody else: the
    photos, and the face's box.

    Raises UsageError when there are none.
    """
    files = {f"{path.parent.name}/{path.name}": path for path in photos.rglob("*.*")}
    truth = read_truth(photos)
    here: dict[str, list[TrueFace]] = defaultdict(list)
    for face in truth:
        here[face.photo].append(face)
    found: dict[str, list[tuple[Path, Box]]] = defaultdict(list)
    for face in truth:
        if _is_fit(face) and face.photo in files and not _has_company(face, here[face.photo]):
            found[face.identity].append((files[face.photo], face.box))
    if not found:
        raise UsageError(f"{photos / 'truth.csv'} names nobody in a whole photo.")
    return found


def _is_fit(face: TrueFace) -> bool:
    return face.is_named and face.is_whole and not face.is_twice and face.box[3] >= LEAST_FACE


def _has_company(face: TrueFace, others: Sequence[TrueFace]) -> bool:
    """Whether the portrait would show more than a sliver of somebody else's face."""
    left, top, right, bottom = _head_and_shoulders(face.box)
    return any(
        other is not face
        and left < other.box[0] + 0.75 * other.box[2] and right > other.box[0] + 0.25 * other.box[2]
        and top < other.box[1] + 0.75 * other.box[3] and bottom > other.box[1] + 0.25 * other.box[3]
        for other in others
    )  # fmt: skip
