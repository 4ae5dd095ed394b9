"""Looking at a video: what was said of its faces is known, and misbehaving ones cost themselves."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.faces.raster import interpolate
from app.faces.tracks import Limits
from app.faces.types import Box, Face, Maker, Picture
from app.indexing.film import Screening, Watched
from app.indexing.house import House
from app.library.film import film_y, in_frame
from app.library.rows import TaskState
from app.media.video import Video
from tests.indexing import errands
from tests.indexing.test_workers import index, reasons
from tests.media.films import RATE, WIDTH, film, number_of, numbered

FRAMES = 50
ANNA, BEN = Box(0.1, 0.1, 0.2, 0.3), Box(0.6, 0.1, 0.2, 0.3)
Place = tuple[float, float, float, float]


class Numbers:
    """An analyser that sees two people in every frame, best in the frame of a number; it reads the
    number off the picture."""

    def __init__(self, best: int, seen_from: int = 0) -> None:
        self._best = best
        self._from = seen_from
        self.looked_at: list[int] = []

    def analyse(self, picture: Picture, frames: Sequence[Box] = ()) -> list[Face]:
        number = number_of(picture.at(WIDTH))
        self.looked_at.append(number)
        good = 0.9 - 0.01 * abs(number - self._best)
        found = [self._face(ANNA, 0, good)]
        found += [self._face(BEN, 1, good)] if number >= self._from else []
        return found + [self._face(box, 2, 0.5, drawn=True) for box in frames]

    def _face(self, box: Box, who: int, quality: float, drawn: bool = False) -> Face:
        vector = np.zeros(8, np.float32)
        vector[who] = 1
        return Face(
            box=box, landmarks=np.zeros((5, 2), np.float32), score=0.9, embedding=vector,
            quality=quality, sharpness=0.5, pixels=60, maker=Maker("pack", "1"), drawn=drawn,
        )  # fmt: skip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clip")
    return film(folder / "a.mp4", map(numbered, range(FRAMES)))


@pytest.fixture
def watch(clip: Path) -> Callable[..., Watched]:
    def watch(analyser: Numbers, **places: Any) -> Watched:
        stand_in: Any = analyser
        screening = Screening(stand_in, Limits(0.5, 0.2, 0.45), 64, interpolate)
        with Video(clip, 100) as video:
            return screening.watch(video, 300, **places)

    return watch


def place(number: int, box: Box) -> Place:
    """Where a face of a frame is kept."""
    return (box.x, film_y(box.y, number / RATE), box.w, box.h)


def places(watched: Watched) -> list[Place]:
    return [kept.box for kept in watched.faces]


def test_of_each_person_the_best_face_stays_and_the_crop_shows_that_frame(
    watch: Callable[..., Watched],
) -> None:
    analyser = Numbers(best=20)
    watched = watch(analyser)
    best = min(analyser.looked_at, key=lambda number: abs(number - 20))
    assert places(watched) == [place(best, ANNA), place(best, BEN)]
    assert len(analyser.looked_at) < 12
    assert watched.poster is not None and number_of(watched.poster.at(WIDTH)) == best
    assert all(kept.seen == ((0.0, FRAMES / RATE),) for kept in watched.faces)
    for kept, colour in zip(watched.faces, ((200, 30, 30), (30, 200, 30)), strict=True):
        with Image.open(io.BytesIO(kept.crop)) as crop:
            shown = np.asarray(crop)[20:30, 20:44].reshape(-1, 3).mean(axis=0)
        assert np.abs(shown - colour).max() < 25


def test_what_was_spoken_of_stays_when_another_pack_likes_other_moments(
    watch: Callable[..., Watched],
) -> None:
    (anna, ben) = places(watch(Numbers(best=3)))
    other = places(watch(Numbers(best=45)))
    assert set(other).isdisjoint({anna, ben}), "or else this shows nothing"
    again = watch(Numbers(best=45), spoken=[anna])
    assert places(again) == [anna, other[1]]
    elsewhere = place(23, BEN)  # a frame that is not among the regular ones
    analyser = Numbers(best=45)
    assert places(watch(analyser, spoken=[elsewhere])) == [elsewhere, other[0]]
    assert 23 in analyser.looked_at


def test_whoever_is_banned_is_left_out_in_all_frames(watch: Callable[..., Watched]) -> None:
    (anna, ben) = places(watch(Numbers(best=3)))
    assert {box[0] for box in places(watch(Numbers(best=45), banned=[anna]))} == {BEN.x}
    assert places(watch(Numbers(best=45), banned=[anna, ben])) == []


def test_faces_are_drawn_in_the_frame_of_their_moment_alone(
    watch: Callable[..., Watched],
) -> None:
    drawn = place(23, Box(0.35, 0.6, 0.2, 0.3))
    watched = watch(Numbers(best=3), drawn=[drawn])
    assert [kept.box for kept in watched.faces if kept.face.drawn] == [drawn]
    assert len(watched.faces) == 3
    odd = (0.35, film_y(0.6, 0.933), 0.2, 0.3)  # between two frames, by a hand or a rounding
    watched = watch(Numbers(best=3), drawn=[odd])
    assert [kept.box for kept in watched.faces if kept.face.drawn] == [odd]


def test_who_comes_later_is_told_from_when_on(watch: Callable[..., Watched]) -> None:
    watched = watch(Numbers(best=40, seen_from=25))
    ((begin, end),) = next(kept.seen for kept in watched.faces if kept.box[0] == BEN.x)
    assert begin == pytest.approx(1.0, abs=0.3) and end == FRAMES / RATE
    assert all(0 <= in_frame(kept.box[1]) < 1 for kept in watched.faces)


def test_a_video_that_kills_or_holds_up_a_worker_costs_itself_alone(
    open_house: Callable[..., House], clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.indexing.workers._look", errands.look)
    folder = tmp_path / "odd"
    folder.mkdir()
    for name in ("fine1", "hang", "fine2", "crash", "killed2"):
        (folder / f"{name}.mp4").write_bytes(clip.read_bytes() + name.encode())
    house = open_house(workers=2, photo_seconds=600, video_seconds=3)
    row = index(house, folder)
    assert (row.state, row.result["Indexed"]) == (TaskState.DONE, 3)
    assert reasons(house) == {
        "hang": "Looking at it took longer than 3 seconds, twice. "
        "The setting video_seconds can allow more.",
        "crash": "Opening it crashed the picture decoder, twice.",
    }
