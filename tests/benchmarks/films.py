"""The benchmark of videos: `python -m tests.benchmarks.films --photos FOLDER`.

It makes small films out of labelled photos (a slow pan and zoom over each, cuts between them, the
people of a film in two photos each), has the program look at them as it does, and tells how well a
film's faces are told apart: how many tracks are of one person alone, of how many tracks a person
is, whom nobody found, how many faces stay, and how well the times are right in which somebody is
there. With `--limits` other thresholds are tried on the same looks.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from app.errors import KnownError, UsageError
from app.faces.analyser import FaceAnalyser
from app.faces.packs import open_pack
from app.faces.tracks import Limits, Seen, Sighting, Track, best_faces, follow, spans, worth_keeping
from app.faces.types import Box
from app.media.sampling import samples
from app.media.video import Video
from app.paths import Paths, resources
from tests.benchmarks.table import columns
from tests.benchmarks.truth import ENOUGH_OVERLAP, TrueFace, read_truth
from tests.media.films import film

WIDTH, HEIGHT, RATE = 960, 540, 15
PEOPLE = 3
"""In a film, who are in two photos each; and whoever else is in these."""
SECONDS = (2.0, 5.0)
"""Of a shot."""
TRIED = ((-0.1, -0.05, 0.0, 0.06), (-0.21,), (-0.12, -0.08, -0.04, 0.02))
"""How far above the pack's `merge_average` each of the limits is tried."""
LEAST = 40
"""Pixels of a face in the photo, of those who are counted."""

MOST_OF_IT = 0.7
"""Share of a face that has to be seen for somebody to be there."""

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shot:
    """A part of a film that goes over one photo: `views`, one a frame, are what is seen of it as
    x, y, width and height in pixels of the photo."""

    faces: tuple[TrueFace, ...]
    views: NDArray[np.float64]


@dataclass(slots=True)
class Filmed:
    """A film, what it shows, and what a look at it told."""

    shots: list[Shot]
    seconds: float = 0.0
    frames: list[Seen] = field(default_factory=list)
    who: dict[int, str] = field(default_factory=dict)
    """Key of a sighting -> who it is; empty for somebody unnamed, absent for what is no face."""
    took: float = 0.0
    looks: int = 0

    def shot_at(self, moment: float) -> tuple[Shot, NDArray[np.float64]]:
        """The shot of a moment, and what is seen of its photo then."""
        number = min(round(moment * RATE), sum(len(shot.views) for shot in self.shots) - 1)
        for shot in self.shots:
            if number < len(shot.views):
                return shot, shot.views[number]
            number -= len(shot.views)
        raise AssertionError

    def present(self) -> dict[str, list[float]]:
        """Named person -> the moments, one a frame, in which they are seen."""
        found: defaultdict[str, list[float]] = defaultdict(list)
        number = 0
        for shot in self.shots:
            for view in shot.views:
                for face in shot.faces:
                    if face.is_named and _is_inside(face, view):
                        found[face.identity].append(number / RATE)
                number += 1
        return dict(found)


def _is_inside(face: TrueFace, view: NDArray[np.float64]) -> bool:
    """Whether most of a face is in what is seen."""
    x, y, w, h = face.box
    left, top, wide, high = view
    across = min(x + w, left + wide) - max(x, left)
    down = min(y + h, top + high) - max(y, top)
    return bool(across > 0 and down > 0 and across * down >= MOST_OF_IT * w * h)


def plan(folder: Path, count: int, seed: int) -> Iterator[list[tuple[Path, tuple[TrueFace, ...]]]]:
    """The photos of each film, with the faces in them."""
    rng = np.random.default_rng(seed)
    by_photo: defaultdict[str, list[TrueFace]] = defaultdict(list)
    for face in read_truth(folder):
        by_photo[face.photo].append(face)
    whole = {
        photo: tuple(faces)
        for photo, faces in by_photo.items()
        if all(face.is_whole and not face.is_twice for face in faces)
        and all(min(face.box[2:]) >= LEAST for face in faces if face.is_named)
    }
    by_person: defaultdict[str, list[str]] = defaultdict(list)
    for photo, faces in whole.items():
        for face in faces:
            if face.is_named:
                by_person[face.identity].append(photo)
    often = sorted(person for person, photos in by_person.items() if len(set(photos)) >= 2)
    if len(often) < PEOPLE:
        raise UsageError(f"{folder} has too few people who are in two whole photos.")
    for _ in range(count):
        cast = rng.choice(often, PEOPLE, replace=False)
        photos = [
            str(photo)
            for person in cast
            for photo in rng.choice(sorted(set(by_person[person])), 2, replace=False)
        ]
        order = rng.permutation(len(set(photos)))
        unique = sorted(set(photos))
        yield [(folder / unique[place], whole[unique[place]]) for place in order]


def shoot(
    photos: Sequence[tuple[Path, tuple[TrueFace, ...]]], path: Path, rng: np.random.Generator
) -> list[Shot]:
    """Make a film of some photos."""
    shots, frames = [], []
    for photo, faces in photos:
        with Image.open(photo) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGB")
        before = image.width
        views = _views(image.size, round(rng.uniform(*SECONDS) * RATE), rng)
        shots.append(Shot(faces, views))
        image.thumbnail((2 * WIDTH, 2 * WIDTH))
        views = views * (image.width / before)
        for x, y, w, h in views:
            part = image.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR, (x, y, x + w, y + h))
            frames.append(np.asarray(part))
    film(path, frames, RATE, ("-preset", "veryfast", "-crf", "26", "-g", "30"))
    return shots


def _views(size: tuple[int, int], count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """A slow way from one part of a photo to another, held by a hand; (count, 4)."""
    wide, high = size
    most = min(wide, high * WIDTH / HEIGHT)
    widths = np.linspace(*rng.uniform(0.6, 1.0, 2) * most, count)
    heights = widths * HEIGHT / WIDTH
    way = np.linspace(rng.uniform(0, 1, 2), rng.uniform(0, 1, 2), count)
    way += 0.01 * np.cumsum(rng.normal(size=(count, 2)), axis=0) / np.sqrt(count)
    way = np.clip(way, 0, 1)
    return np.stack(
        [way[:, 0] * (wide - widths), way[:, 1] * (high - heights), widths, heights], axis=1
    )


def look(made: Filmed, path: Path, analyser: FaceAnalyser, most: int) -> None:
    """Look at a film as a worker does."""
    begin = time.process_time()
    with Video(path, 100) as video:
        made.seconds = video.duration
        for sample in samples(video, most):
            if sample.is_still and made.frames:
                made.frames.append(Seen(sample.moment, (), is_still=True))
                continue
            faces = analyser.analyse(video.picture(sample.frame))
            made.looks += 1
            here = [
                Sighting(sample.moment, face, len(made.who) + 10_000 * len(made.frames) + number)
                for number, face in enumerate(faces)
            ]
            made.frames.append(Seen(sample.moment, here, sample.is_cut))
            shot, view = made.shot_at(sample.moment)
            for sighting in here:
                if (name := _who(sighting.face.box, shot, view)) is not None:
                    made.who[sighting.key] = name
    made.took = time.process_time() - begin


def _who(box: Box, shot: Shot, view: NDArray[np.float64]) -> str | None:
    left, top, wide, high = view
    there = Box(left + box.x * wide, top + box.y * high, box.w * wide, box.h * high)
    best = max(shot.faces, key=lambda face: there.iou(Box(*face.box)), default=None)
    if best is None or there.iou(Box(*best.box)) < ENOUGH_OVERLAP:
        return None
    return best.identity if best.is_named else ""


@dataclass(slots=True)
class Sum:
    """What is counted over all films."""

    films: int = 0
    people: int = 0
    found: int = 0
    tracks: int = 0
    """Of named people."""
    mixed: int = 0
    """Tracks that hold faces of two named people."""
    sightings: int = 0
    strays: int = 0
    """Faces of somebody else than most of their track."""
    kept: int = 0
    kept_strays: int = 0
    junk: int = 0
    """Faces kept that are of nobody named."""
    overlap: float = 0.0
    """Sum over people of the share of time that is told rightly, intersection over union."""

    def row(self) -> tuple[str, ...]:
        """As a line of a table."""
        return (
            f"{self.found}/{self.people}",
            f"{self.tracks / max(1, self.found):.3f}",
            f"{self.mixed}",
            f"{1 - self.strays / max(1, self.sightings):.4f}",
            f"{self.kept / max(1, self.found):.2f}",
            f"{self.kept_strays}",
            f"{self.junk / max(1, self.films):.2f}",
            f"{self.overlap / max(1, self.found):.3f}",
        )


HEAD = ("people found", "tracks each", "mixed", "purity", "kept each", "kept of another",
        "others a film", "time right")  # fmt: skip


def count(made: Filmed, limits: Limits, total: Sum) -> None:
    """Count one film in."""
    tracks = worth_keeping(follow(made.frames, limits))
    mine: defaultdict[str, list[Track]] = defaultdict(list)
    total.films += 1
    for track in tracks:
        names = Counter(made.who[one.key] for one in track.sightings if made.who.get(one.key))
        kept = best_faces(track)
        if not names:
            total.junk += len(kept)
            continue
        name, _ = names.most_common(1)[0]
        mine[name].append(track)
        total.tracks += 1
        total.mixed += len(names) > 1
        total.sightings += names.total()
        total.strays += names.total() - names[name]
        total.kept += len(kept)
        total.kept_strays += sum(made.who.get(one.key, name) != name for one in kept)
    for name, there in made.present().items():
        total.people += 1
        if mine[name]:
            total.found += 1
            total.overlap += _overlap(mine[name], made, there)


def _overlap(tracks: Sequence[Track], made: Filmed, there: Sequence[float]) -> float:
    moments = np.arange(0, made.seconds, 1 / RATE)
    told = np.zeros(len(moments), np.bool_)
    for track in tracks:
        for begin, end in spans(track, made.frames, made.seconds):
            told |= (moments >= begin) & (moments <= end)
    true = np.zeros(len(moments), np.bool_)
    true[np.minimum(np.round(np.array(there) * RATE).astype(int), len(moments) - 1)] = True
    return float((told & true).sum() / max(1, (told | true).sum()))


def run(arguments: argparse.Namespace) -> None:
    """Make the films, look at them, and print what came of it."""
    rng = np.random.default_rng(arguments.seed)
    pack = open_pack(arguments.pack, Paths.for_user().models, resources())
    analyser = FaceAnalyser(pack)
    films: list[Filmed] = []
    with tempfile.TemporaryDirectory() as place:
        for photos in plan(arguments.photos, arguments.films, arguments.seed):
            path = Path(place) / "film.mp4"
            made = Filmed(shoot(photos, path, rng))
            look(made, path, analyser, arguments.most)
            films.append(made)
    seconds, took = sum(one.seconds for one in films), sum(one.took for one in films)
    looks = sum(one.looks for one in films)
    print(f"{len(films)} films of {seconds:.0f} s: {looks} looks, {took:.0f} s of processor time")
    usual = Limits.of(pack.thresholds)
    tried = [usual]
    if arguments.limits:
        merge = float(pack.thresholds.get("merge_average", 0.41))
        tried = [
            Limits(merge + same, merge + follows, merge + one)
            for same, follows, one in product(*TRIED)
        ]
    lines = [("same", "follows", "one", *HEAD)]
    for limits in tried:
        total = Sum()
        for made in films:
            count(made, limits, total)
        named = tuple(f"{value:.2f}" for value in (limits.same, limits.follows, limits.one))
        lines.append((*named, *total.row()))
    print(columns(lines, markdown=False))


def main(words: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    parser = argparse.ArgumentParser(prog="films", description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--films", type=int, default=20, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--most", type=int, default=300, metavar="N", help="looks at a film")
    parser.add_argument("--pack", default="compact", metavar="NAME")
    parser.add_argument("--limits", action="store_true", help="try other thresholds, too")
    try:
        run(parser.parse_args(words))
    except KnownError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
