"""The frames of a video come one after the other, from a moment on, out of a file or within one."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from app.errors import PhotoError
from app.media.motion import motion_at
from app.media.play import frames_from
from tests.media.films import HEIGHT, RATE, WIDTH, film, number_of, numbered
from tests.media.moving import container_photo, micro_video_photo

FRAMES = 30


@pytest.fixture(scope="module")
def mp4(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("films") / "a.mp4", map(numbered, range(FRAMES)))


def numbers(path: Path, seconds: float, begin: int = 0) -> list[int]:
    return [number_of(pixels) for _, pixels in frames_from(path, seconds, WIDTH, begin)]


def test_all_frames_come_in_their_order(mp4: Path) -> None:
    assert numbers(mp4, 0.0) == list(range(FRAMES))
    moments = [moment for moment, _ in frames_from(mp4, 0.0, WIDTH)]
    assert moments == pytest.approx([number / RATE for number in range(FRAMES)], abs=0.002)


@pytest.mark.parametrize("first", [0, 7, 20, FRAMES - 1])
def test_it_begins_with_what_is_shown_at_the_moment(mp4: Path, first: int) -> None:
    seconds = (first + 0.5) / RATE
    assert numbers(mp4, seconds) == list(range(first, FRAMES))
    assert next(frames_from(mp4, seconds, WIDTH))[0] == seconds


def test_frames_are_no_larger_than_asked_for(mp4: Path) -> None:
    ((_, pixels),) = islice(frames_from(mp4, 0.0, WIDTH // 2), 1)
    assert pixels.shape == (HEIGHT // 2, WIDTH // 2, 3)


@pytest.mark.parametrize("make", [container_photo, micro_video_photo])
def test_a_film_within_a_photo_plays_as_the_film_itself(mp4: Path, tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.jpg"
    make(path, mp4.read_bytes())
    begin = motion_at(path.read_bytes(), "JPEG")
    assert begin is not None
    assert numbers(path, 0.0, begin) == list(range(FRAMES))
    assert numbers(path, 10.2 / RATE, begin) == list(range(10, FRAMES))


def test_what_cannot_be_played_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\0" * 100)
    with pytest.raises(PhotoError, match="damaged"):
        list(frames_from(path, 0.0, WIDTH))
