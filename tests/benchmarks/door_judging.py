"""How well a camera tells people it knows from strangers, over labelled photos: for
`python -m tests.benchmarks.door --judge`.

Half of the people who have several photos are known, by some of them; the other photos of them, and
those of everybody else, come to the door: a visit is a few views of one person, one after the
other, as `judging.judge` sees them. The album is made of the photos as they are; at the door they
are as they are, or as a cheap camera would have taken them.
"""

from __future__ import annotations

import csv
import random
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageFilter

from app.clustering.thresholds import Thresholds
from app.indexing.camera import judging
from app.indexing.camera.circle import Circle
from app.indexing.camera.judging import Rules, Verdict, judge, together
from app.library.queries.cameras import Known
from app.paths import Paths
from tests.benchmarks.data import looked_at
from tests.benchmarks.truth import TrueFace, match, photo_key, read_truth

ALBUM = 6
"""Photos by which a person is known, at most; and at most half of those there are."""
VIEWS = (1, 2, 3)
"""Views of one visit, at most."""
FACE = (40, 120)
"""Height of a face before a cheap camera, px."""


@dataclass(frozen=True, slots=True)
class Faces:
    """n labelled faces as the program sees them."""

    people: NDArray[np.str_]
    sources: NDArray[np.str_]
    """The photo that each was taken from."""
    vectors: NDArray[np.float32]
    quality: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody before the camera: rows of the faces, and whether the house knows them."""

    person: str
    rows: tuple[int, ...]
    is_known: bool


@dataclass(slots=True)
class Score:
    """What became of the visits."""

    known: int = 0
    alarms: int = 0
    """Visits of somebody known that raised an alert."""
    recognised: int = 0
    strangers: int = 0
    alerts: int = 0
    late: int = 0
    """Of these, those that are raised when the time is over: it may have been somebody known."""
    mistaken: int = 0
    """Strangers who were held to be somebody."""
    clear: int = 0
    """Strangers of whom enough views are good enough."""
    missed: int = 0
    """Of these, those who raised no alert."""

    def add(self, visit: Visit, verdict: Verdict, who: str, is_clear: bool) -> None:
        """Count one."""
        is_alert = verdict in (Verdict.STRANGER, Verdict.UNCLEAR)
        if visit.is_known:
            self.known += 1
            self.alarms += is_alert
            self.recognised += verdict is Verdict.KNOWN and who == visit.person
        else:
            self.strangers += 1
            self.alerts += is_alert
            self.late += verdict is Verdict.UNCLEAR
            self.mistaken += verdict is Verdict.KNOWN
            self.clear += is_clear
            self.missed += is_clear and not is_alert


def read_faces(photos: Path, cache: Path) -> Faces:
    """The labelled faces that the program finds in a folder with a truth.csv."""
    truth = read_truth(photos)
    words = """
        SELECT path, x * width, y * height, w * width, h * height, quality, embedding
        FROM face JOIN photo ON photo.id = photo_id ORDER BY path, x
    """
    database = Paths.under(looked_at(photos, cache)).database
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        rows = opened.execute(words).fetchall()
    keys = [photo_key(bytes(row[0]).decode("utf-8", "surrogateescape")) for row in rows]
    found = match(truth, [(key, row[1:5]) for key, row in zip(keys, rows, strict=True)])
    pairs = [(truth[row], number) for row, number in found.items()]
    pairs = [(face, number) for face, number in pairs if face.is_named and not face.is_twice]
    sources = _sources(photos)
    vectors = np.stack([np.frombuffer(rows[number][6], "<f2") for _, number in pairs])
    whole = vectors.astype(np.float32)
    return Faces(
        people=np.array([face.identity for face, _ in pairs]),
        sources=np.array([sources.get(face.photo, face.photo) for face, _ in pairs]),
        vectors=whole / np.linalg.norm(whole, axis=1, keepdims=True),
        quality=np.array([rows[number][5] for _, number in pairs], np.float32),
    )


def _sources(photos: Path) -> dict[str, str]:
    with (photos / "truth.csv").open(newline="", encoding="utf-8") as file:
        return {
            photo_key(row["path"]): row["source"] for row in csv.DictReader(file) if "source" in row
        }


def snapshots(photos: Path, into: Path, seed: int = 0) -> Path:
    """Every labelled face of a folder as a cheap camera would have taken it: small, in poor light,
    not quite sharp, and compressed. Gives the folder, which has a truth of its own."""
    done = into / "truth.csv"
    if done.exists():
        return into
    (into / "snapshots").mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    paths = {photo_key(str(path)): path for path in photos.rglob("*") if path.is_file()}
    rows = []
    for number, face in enumerate(read_truth(photos)):
        if face.is_named and not face.is_twice and face.photo in paths:
            name = f"snapshots/{number:04}.jpg"
            box = _take(paths[face.photo], face, into / name, chance)
            rows.append((name, face.identity, *box, face.photo))
    with done.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("path", "identity", "x", "y", "w", "h", "source"))
        writer.writerows(rows)
    return into


def _take(
    path: Path, face: TrueFace, into: Path, chance: random.Random
) -> tuple[float, float, float, float]:
    """Write one snapshot; gives where the face is in it."""
    x, y, w, h = face.box
    with Image.open(path) as image:
        whole = image.convert("RGB")
    scale = chance.uniform(*FACE) / h
    left, top = max(0.0, x - 1.5 * w), max(0.0, y - h)
    right, bottom = min(whole.width, x + 2.5 * w), min(whole.height, y + 2.5 * h)
    size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    seen = whole.resize(size, box=(left, top, right, bottom))
    seen = ImageEnhance.Brightness(seen).enhance(chance.uniform(0.45, 1.1))
    seen = seen.filter(ImageFilter.GaussianBlur(chance.uniform(0, 1.4)))
    noise = np.random.default_rng(chance.randrange(10**9)).normal(0, 6, (*size[::-1], 3))
    dirty = np.clip(np.asarray(seen, np.float32) + noise, 0, 255).astype(np.uint8)
    packed = BytesIO()
    Image.fromarray(dirty).save(packed, "JPEG", quality=chance.randrange(45, 80))
    into.write_bytes(packed.getvalue())
    return ((x - left) * scale, (y - top) * scale, w * scale, h * scale)


@dataclass(frozen=True, slots=True)
class Scene:
    """Whom the house knows, and who comes."""

    circle: Circle
    visits: tuple[Visit, ...]


def scene(album: Faces, door: Faces, seed: int, limits: Thresholds) -> Scene:
    """One way to part the people, and their photos."""
    chance = random.Random(seed)
    everyone = sorted(set(album.people.tolist()))
    chance.shuffle(everyone)
    several = [who for who in everyone if (album.people == who).sum() >= 4]
    people: list[Known] = []
    visits: list[Visit] = []
    known = set(several[: len(several) // 2])
    for who in everyone:
        taken: set[str] = set()
        if who in known:
            rows = np.flatnonzero(album.people == who).tolist()
            chance.shuffle(rows)
            rows = rows[: min(ALBUM, len(rows) // 2)]
            taken = {str(album.sources[row]) for row in rows}
            people.append(Known(len(people) + 1, who, album.vectors[rows].astype(np.float16)))
        mine = [
            r for r in np.flatnonzero(door.people == who).tolist() if door.sources[r] not in taken
        ]
        chance.shuffle(mine)
        while mine:
            count = chance.choice(VIEWS)
            visits.append(Visit(who, tuple(mine[:count]), who in known))
            mine = mine[count:]
    return Scene(Circle(people, limits), tuple(visits))


def score(made: Scene, door: Faces, rules: Rules, limits: Thresholds) -> Score:
    """What becomes of the visits of a scene."""
    found = Score()
    for visit in made.visits:
        rows = np.array(visit.rows)
        quality = door.quality[rows]
        verdict, who = outcome(made.circle, door.vectors[rows], quality, rules, limits)
        is_clear = (quality >= rules.quality).sum() >= rules.photos
        found.add(visit, verdict, who, bool(is_clear or (quality >= rules.excellent).any()))
    return found


def outcome(
    circle: Circle,
    vectors: NDArray[np.float32],
    quality: NDArray[np.float32],
    rules: Rules,
    limits: Thresholds,
) -> tuple[Verdict, str]:
    """What the porter makes of a visit: view after view, each with those before it. An alert that
    was raised stays; who may be somebody waits for what comes later."""
    waiting, rows_seen = Verdict.TOO_POOR, len(vectors)
    for last in range(rows_seen):
        views = vectors[: last + 1]
        rows = together(views, last, list(range(last + 1)), limits)
        found = judge(circle, circle.likenesses(views[rows]), quality[rows], rules)
        if found.verdict in (Verdict.KNOWN, Verdict.STRANGER):
            return found.verdict, found.like.name
        if found.verdict is Verdict.UNCLEAR:
            waiting = Verdict.UNCLEAR
    return waiting, ""


def total(scores: Sequence[Score]) -> Score:
    """All of them together."""
    counts: Counter[str] = Counter()
    for one in scores:
        counts.update({name: getattr(one, name) for name in Score.__slots__})
    return Score(**counts)


HEAD = (
    "sure", "doubt", "photos", "quality", "excellent", "known visits", "recognised", "false alerts",
    "strangers", "held to be known", "seen well", "missed of these", "told late",
)  # fmt: skip


def lines(
    album: Faces,
    door: Faces,
    seeds: Sequence[int],
    rules: Sequence[Rules],
    bounds: Sequence[tuple[float, float]],
    limits: Thresholds,
) -> list[tuple[str, ...]]:
    """A line of a table for each of some rules and bounds (sure, doubt)."""
    made = [scene(album, door, seed, limits) for seed in seeds]
    before = judging.SURE, judging.DOUBT
    found = []
    try:
        for judging.SURE, judging.DOUBT in bounds:
            for one in rules:
                all_ = total([score(part, door, one, limits) for part in made])
                found.append(_line(one, all_))
    finally:
        judging.SURE, judging.DOUBT = before
    return found


def _line(rules: Rules, all_: Score) -> tuple[str, ...]:
    return (
        f"{judging.SURE:.2f}", f"{judging.DOUBT:.2f}", str(rules.photos), f"{rules.quality:.2f}",
        f"{rules.excellent:.2f}", str(all_.known), f"{all_.recognised / all_.known:.1%}",
        f"{all_.alarms / all_.known:.1%}", str(all_.strangers),
        f"{all_.mistaken / all_.strangers:.1%}", str(all_.clear),
        f"{all_.missed / max(1, all_.clear):.1%}", f"{all_.late / max(1, all_.alerts):.1%}",
    )  # fmt: skip
