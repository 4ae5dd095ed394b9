"""A short form of the ordeal, and what the long one stands on."""

from __future__ import annotations

import hashlib
import os
import random
from pathlib import Path

import pytest

from app.errors import PhotoError
from app.media.read import open_photo
from tests.hostile.corpus import build
from tests.hostile.mutate import DAMAGES, parts
from tests.hostile.ordeal import report, suffer
from tests.hostile.valid import Valid, valid_files

COUNT = 120
MEGABYTES = 1500
ROOM = 700_000_000


def test_the_program_survives_a_hostile_folder(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    items = build(folder, COUNT, seed=7, is_short=True)
    assert sum(item.label != "good" for item in items) >= COUNT
    options = {"workers": 2, "photo_megabytes": MEGABYTES}
    outcome = suffer(items, folder, tmp_path / "work", options, seconds=100)
    print(report(outcome))
    assert outcome.troubles(MEGABYTES * 1_000_000 + ROOM) == []
    people = [path for path, _, error in outcome.notes if path.name == "people.jpg" and not error]
    assert len(people) == 2 and outcome.answer["Faces"] >= 12


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    def content(name: str) -> dict[Path, str]:
        folder = tmp_path / name
        items = build(folder, COUNT, seed=3, is_short=True)
        return {
            item.path.relative_to(folder): hashlib.sha256(item.path.read_bytes()).hexdigest()
            for item in items
            if item.label != "no file"
        }

    valid_files.cache_clear()
    first = content("first")
    valid_files.cache_clear()
    assert content("second") == first


@pytest.mark.parametrize("valid", valid_files(), ids=lambda valid: valid.name)
def test_what_is_damaged_was_whole(valid: Valid, tmp_path: Path) -> None:
    path = tmp_path / f"photo.{valid.ending}"
    path.write_bytes(valid.data)
    with open_photo(path, max_megapixels=1) as photo:
        assert photo.at(64).std() > 10
    places = parts(valid.kind, valid.data)
    assert places
    assert all(start < end <= len(valid.data) for start, end in places)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_damages(damage: str) -> None:
    rng = random.Random(5)
    files = valid_files()
    made = [DAMAGES[damage](rng, one, files[n - 7]) for n, one in enumerate(files)]
    changed = sum(new != one.data for new, one in zip(made, files, strict=True))
    assert changed == 0 if damage == "ending" else changed > len(files) * 0.8


def test_pictures_that_swell_are_refused_in_time(tmp_path: Path) -> None:
    from tests.hostile.special import SPECIALS

    for name, (expected, make) in SPECIALS.items():
        if not name.startswith(("giant", "bomb", "endless", "cyclic", "exif")):
            continue
        path = tmp_path / name
        path.write_bytes(make())
        try:
            with open_photo(path, max_megapixels=100) as photo:
                assert photo.at(16).shape[2] == 3
            became = "looked"
        except PhotoError as error:
            assert str(error).endswith(".") and os.fspath(path) not in str(error)
            became = "skipped"
        assert expected in ("any", became), name
