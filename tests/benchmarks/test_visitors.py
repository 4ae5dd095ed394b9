"""The days that the benchmark of counting makes up are possible days, and say truly who came."""

from __future__ import annotations

import itertools
from collections import defaultdict
from pathlib import Path

import pytest
from PIL import Image

from tests.benchmarks.shop_day import APART, CAMERAS, SCENE, made_up, photograph

PEOPLE = [f"p{number:02}" for number in range(40)]


@pytest.mark.parametrize("seed", range(4))
def test_nobody_is_in_the_shop_twice_at_once(seed: int) -> None:
    day = made_up(PEOPLE, 25, seed)
    assert len({who for who, *_ in day.visits}) == 25
    by_who = defaultdict(list)
    for who, begin, end in day.visits:
        by_who[who].append((begin, end))
    for times in by_who.values():
        times.sort()
        assert all(b[0] - a[1] >= APART for a, b in itertools.pairwise(times))
    seen = {(who, one.taken) for one in day.snapshots for who in one.people}
    for who, begin, end in day.visits:
        assert {(who, begin), (who, end)} <= seen
    assert day == made_up(PEOPLE, 25, seed) != made_up(PEOPLE, 25, seed + 100)


def test_each_snapshot_is_a_file_of_its_time(tmp_path: Path) -> None:
    portrait = tmp_path / "face.png"
    Image.new("RGB", (400, 500), "peru").save(portrait)
    day = made_up(PEOPLE[:4], 2, 0)
    faces = {who: [(portrait, (150.0, 150.0, 100.0, 130.0))] for who in PEOPLE[:4]}
    for name, camera in CAMERAS.items():
        photograph(day.snapshots, faces, tmp_path / name, 0, camera)
        files = sorted((tmp_path / name).iterdir())
        assert len(files) == len(day.snapshots)
        assert files[0].stat().st_mtime == day.snapshots[0].taken.timestamp()
        with Image.open(files[0]) as image:
            assert image.size == SCENE
