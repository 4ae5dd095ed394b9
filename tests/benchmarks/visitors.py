"""The benchmark of counting: `python -m tests.benchmarks.visitors --photos FOLDER`.

A day in a shop is made up out of labelled photos (see `shop_day`); Kinfolk indexes what its camera
saw, groups the faces and counts; the numbers are held against what is true. With `--pool DIR` many
days are drawn of faces that were indexed once (see `shop_pool`): of people on whom the numbers of
the counting were chosen, of others, and of all; as a good and as a poor camera sees them; and of
made-up embeddings, of more people than there are photos of, some of them siblings.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from app.errors import KnownError
from app.indexing.house import House
from app.library.queries.visits import By, Visitors, counted, total, visits
from tests.benchmarks.shop_day import CAMERAS, Day, Portraits, made_up, photograph, portraits
from tests.benchmarks.shop_pool import Pool, fill, made_up_pool, make_pool, open_shop, wait_for
from tests.benchmarks.table import columns

PROMISE = 0.05
"""Different people are counted within this share of the truth."""
CROWDS = (150, 300)
"""People of a made-up day."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What Kinfolk said of a day, and what was true."""

    true: int
    true_visits: int
    said: Visitors
    raw: int
    """People as they would be counted by groups and lone faces alone."""
    by_hour: float
    """Share of the people of each hour that was too many or too few."""

    @property
    def off(self) -> float:
        """Share by which too many different people were counted."""
        return (self.said.people - self.true) / self.true


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmark; gives the exit status."""
    told = _parser().parse_args(words)
    try:
        faces = portraits(told.photos.absolute())
        rows = list(_many(faces, told) if told.pool else _days(faces, told))
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    print(columns(rows, markdown=True))
    return 0


def _days(faces: Portraits, told: argparse.Namespace) -> Iterator[tuple[str, ...]]:
    """Days that are photographed, indexed and counted, each by itself."""
    yield ("people", "snapshots", "counted", "off", "new", "unclear faces", "visits", "counted",
           "people by hour, off")  # fmt: skip
    for wanted in told.people:
        for seed in range(told.days):
            day = made_up(sorted(faces), min(wanted, len(faces)), seed)
            with tempfile.TemporaryDirectory() as scratch:
                folder = Path(scratch) / "camera"
                photograph(day.snapshots, faces, folder, seed, CAMERAS[told.camera])

                def look(house: House, folder: Path = folder) -> None:
                    wait_for(house, house.indexer.index(house.collection.id, [folder]))

                one = _count(day, Path(scratch) / "library", look)
            yield (
                str(one.true), str(len(day.snapshots)), str(one.said.people), f"{one.off:+.1%}",
                str(one.said.new), str(one.said.unclear), str(one.true_visits),
                str(one.said.visits), f"{one.by_hour:.1%}",
            )  # fmt: skip


def _many(faces: Portraits, told: argparse.Namespace) -> Iterator[tuple[str, ...]]:
    """Days drawn of pools."""
    yield ("camera", "who", "people", "days", "mean", "mean size", "worst", f"over {PROMISE:.0%}",
           "groups and lone faces alone", "visits, mean", "unclear faces a day")  # fmt: skip
    parts = {
        "tuned on": [who for who in faces if _is_for_tuning(who)],
        "others": [who for who in faces if not _is_for_tuning(who)],
        "all": list(faces),
    }
    for camera in CAMERAS:
        pool = make_pool(faces, camera, told.pool / camera)
        for part, people in parts.items():
            wanted = 80 if part == "all" else 30
            yield _line(camera, part, pool, sorted(people), wanted, told.days)
    with tempfile.TemporaryDirectory() as scratch:
        house = open_shop(Path(scratch))
        try:
            pool = made_up_pool(house)
        finally:
            house.close()
    for wanted in CROWDS:
        yield _line("made up", "siblings", pool, sorted(pool.looks), wanted, told.days)


def _is_for_tuning(who: str) -> bool:
    """Half of the people, whatever they look like."""
    return hashlib.blake2b(who.encode(), digest_size=4).digest()[-1] % 2 == 0


def _line(
    camera: str, part: str, pool: Pool, people: Sequence[str], wanted: int, days: int
) -> tuple[str, ...]:
    found = []
    for seed in range(days):
        day = made_up(people, min(wanted, len(people)), seed)

        def take(house: House, day: Day = day) -> None:
            fill(house, pool, day.snapshots)

        with tempfile.TemporaryDirectory() as scratch:
            found.append(_count(day, Path(scratch), take))
    off = np.array([one.off for one in found])
    raw = np.array([(one.raw - one.true) / one.true for one in found])
    visited = np.array([(one.said.visits - one.true_visits) / one.true_visits for one in found])
    return (
        camera, part, str(found[0].true), str(days), f"{off.mean():+.1%}",
        f"{np.abs(off).mean():.1%}", f"{off[np.abs(off).argmax()]:+.1%}",
        str(int((np.abs(off) > PROMISE + 1e-9).sum())), f"{raw.mean():+.1%}",
        f"{visited.mean():+.1%}", f"{np.mean([one.said.unclear for one in found]):.1f}",
    )  # fmt: skip


def _count(day: Day, library: Path, put_in: Callable[[House], None]) -> Counted:
    """What Kinfolk says of a day that is put into a new library."""
    house = open_shop(library)
    try:
        house.indexer.start(watch=False)
        put_in(house)
        number = house.collection.id
        wait_for(house, house.indexer.cluster(number))
        came = house.turnstile.came(number)
        raw = total(visits(house.library, number))
    finally:
        house.close()
    said = total(came.visits, came.unclear)
    if said is None or raw is None:
        raise KnownError("Nobody was seen.")
    hours = {one.begin: one.people for one in counted(came.visits, By.HOUR)}
    true = _by_hour(day)
    off = sum(abs(true.get(hour, 0) - hours.get(hour, 0)) for hour in true | hours)
    return Counted(
        true=len({who for who, *_ in day.visits}), true_visits=len(day.visits), said=said,
        raw=raw.people, by_hour=off / sum(true.values()),
    )  # fmt: skip


def _by_hour(day: Day) -> dict[datetime, int]:
    people: dict[datetime, set[str]] = defaultdict(set)
    for who, begin, _ in day.visits:
        people[begin.replace(minute=0, second=0, microsecond=0)].add(who)
    return {hour: len(who) for hour, who in people.items()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.visitors", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--photos", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--people", type=int, nargs="+", default=[80], metavar="N")
    parser.add_argument("--days", type=int, default=3, help="made up of each (3)")
    parser.add_argument("--camera", choices=tuple(CAMERAS), default="good")
    parser.add_argument(
        "--pool", type=Path, metavar="DIR", help="draw the days of faces that are kept there"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
