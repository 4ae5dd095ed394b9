"""How well a camera tells people it knows from strangers, over labelled photos: for
`python -m tests.benchmarks.door --judge`.

Half of the people are known, by some of their photos; the other photos of them, and those of the
other half, come to the door: each visit is a few photos of one person, one after the other, as
`judging.judge` sees them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.clustering.thresholds import Thresholds
from app.indexing.camera import judging
from app.indexing.camera.circle import Circle
from app.indexing.camera.judging import Rules, Verdict, judge, together
from app.library.queries.cameras import Known
from tests.benchmarks.dataset import NOBODY, Dataset

ALBUM = 6
"""Photos by which a person is known, at most; and at most half of those there are."""
VIEWS = (1, 2, 3)
"""Photos of one visit."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody before the camera: rows of the dataset, and whether the house knows them."""

    person: int
    rows: tuple[int, ...]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """Whom the house knows, and who comes."""

    circle: Circle
    people: tuple[int, ...]
    """Whom the circle knows, by the number that stands for their row id."""
    visits: tuple[Visit, ...]


@dataclass(slots=True)
class Score:
    """What became of the visits."""

    known: int = 0
    alarms: int = 0
    """Visits of somebody known that raised an alert."""
    recognised: int = 0
    mistaken: int = 0
    """Visits of anybody that were logged as somebody else."""
    strangers: int = 0
    alerts: int = 0
    unclear: int = 0
    """Strangers that raise an alert only after the window, since they may be somebody known."""
    seen: int = 0
    """Visits of strangers in which any view is good enough by itself."""

    def add(self, visit: Visit, verdict: Verdict, is_right: bool) -> None:
        """Count one."""
        alert = verdict in (Verdict.STRANGER, Verdict.UNCLEAR)
        self.mistaken += verdict is Verdict.KNOWN and not is_right
        if visit.is_known:
            self.known += 1
            self.alarms += alert
            self.recognised += verdict is Verdict.KNOWN and is_right
        else:
            self.strangers += 1
            self.alerts += alert
            self.unclear += verdict is Verdict.UNCLEAR


def scenes(data: Dataset, seeds: Sequence[int], album: int = ALBUM) -> list[Scene]:
    """One for each seed: other halves, other photos."""
    return [_scene(data, seed, album) for seed in seeds]


def _scene(data: Dataset, seed: int, album: int) -> Scene:
    chance = random.Random(seed)
    rows: dict[int, list[int]] = {}
    for row in np.flatnonzero((data.people != NOBODY) & data.in_truth & ~data.twice).tolist():
        rows.setdefault(int(data.people[row]), []).append(row)
    everyone = sorted(rows)
    chance.shuffle(everyone)
    several = [person for person in everyone if len(rows[person]) >= 4]
    known = set(several[: len(several) // 2])
    people: list[Known] = []
    visits: list[Visit] = []
    for person in everyone:
        mine = rows[person][:]
        chance.shuffle(mine)
        if person in known:
            count = min(album, len(mine) // 2)
            vectors = data.vectors[mine[:count]].astype(np.float16)
            people.append(Known(person + 1, str(person), vectors))
            mine = mine[count:]
        visits += _visits(person, mine, person in known, chance)
    limits = Thresholds.of(data.thresholds)
    return Scene(Circle(people, limits), tuple(sorted(known)), tuple(visits))


def _visits(person: int, rows: list[int], is_known: bool, chance: random.Random) -> list[Visit]:
    found = []
    while rows:
        count = min(chance.choice(VIEWS), len(rows))
        found.append(Visit(person, tuple(rows[:count]), is_known))
        rows = rows[count:]
    return found


def score(data: Dataset, scene: Scene, rules: Rules) -> Score:
    """What becomes of the visits of a scene."""
    found = Score()
    limits = Thresholds.of(data.thresholds)
    for visit in scene.visits:
        rows = np.array(visit.rows)
        verdict, who = outcome(scene.circle, data.vectors[rows], data.quality[rows], rules, limits)
        found.add(visit, verdict, who == visit.person + 1)
    return found


def outcome(
    circle: Circle,
    vectors: NDArray[np.float32],
    quality: NDArray[np.float32],
    rules: Rules,
    limits: Thresholds,
) -> tuple[Verdict, int]:
    """What the porter makes of a visit: photo after photo, each with those before it. Gives the
    last word, an alert at once before all that comes later; and who it was held to be."""
    alerted = Verdict.TOO_POOR
    best = 0
    for last in range(len(vectors)):
        views = vectors[: last + 1]
        rows = together(views, last, list(range(last + 1)), limits)
        found = judge(circle, circle.likenesses(views[rows]), quality[rows], rules)
        if found.verdict is Verdict.KNOWN:
            return (alerted if alerted is Verdict.STRANGER else Verdict.KNOWN), found.like.person_id
        if found.verdict in (Verdict.STRANGER, Verdict.UNCLEAR) and alerted is not Verdict.STRANGER:
            alerted, best = found.verdict, 0
    return alerted, best


def total(scores: Sequence[Score]) -> Score:
    """All of them together."""
    counts: Counter[str] = Counter()
    for one in scores:
        counts.update({name: getattr(one, name) for name in Score.__slots__})
    return Score(**counts)


def table(data: Dataset, seeds: Sequence[int], rules: Sequence[Rules]) -> list[tuple[str, ...]]:
    """A line for each of some rules."""
    made = scenes(data, seeds)
    lines = [
        (
            "photos", "quality", "excellent", "sure", "doubt", "known visits", "recognised",
            "false alerts", "strangers", "missed", "late", "mistaken",
        )
    ]  # fmt: skip
    for one in rules:
        all_ = total([score(data, scene, one) for scene in made])
        lines.append(
            (
                str(one.photos), f"{one.quality:.2f}", f"{one.excellent:.2f}",
                f"{judging.SURE:.2f}", f"{judging.DOUBT:.2f}", str(all_.known),
                f"{all_.recognised / all_.known:.1%}", f"{all_.alarms / all_.known:.1%}",
                str(all_.strangers), f"{1 - all_.alerts / all_.strangers:.1%}",
                f"{all_.unclear / all_.strangers:.1%}",
                f"{all_.mistaken / (all_.known + all_.strangers):.2%}",
            )
        )  # fmt: skip
    return lines
