"""Sampling: few frames of long videos, a look after every change of scene, always the same ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.media import sampling
from app.media.sampling import Sample, regular_count, samples
from app.media.video import Video
from tests.media.films import ffmpeg, film

Pixels = NDArray[np.uint8]


def noise(seed: int) -> Pixels:
    """A picture with large patches, different for each seed."""
    patches = np.random.default_rng(seed).integers(0, 256, (6, 10, 3), np.uint8)
    return patches.repeat(16, axis=0).repeat(16, axis=1)


def scene(seed: int, frames: int) -> list[Pixels]:
    """One picture in which a little goes on."""
    return [np.roll(noise(seed), number, axis=1) for number in range(frames)]


def looks(path: Path, most: int = 300) -> list[Sample]:
    with Video(path, 100) as video:
        return list(samples(video, most))


def test_longer_videos_are_looked_at_more_often_but_not_in_proportion() -> None:
    counts = [regular_count(seconds, 300) for seconds in (0.1, 2, 10, 60, 600, 7200, 36000)]
    assert counts == [1, 6, 13, 31, 98, 200, 200]


@pytest.mark.parametrize("is_short", [True, False])
def test_every_scene_is_looked_at_just_after_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_short: bool
) -> None:
    """Whether all frames are decoded or only the key frames, where the encoder saw the scene."""
    if not is_short:
        monkeypatch.setattr(sampling, "LITTLE", 0)
        monkeypatch.setattr(sampling, "_SPARSE", 100.0)
    lengths = [30, 7, 13, 50, 20]
    frames = [frame for seed, n in enumerate(lengths) for frame in scene(seed, n)]
    options = ("-g", "250", "-x264-params", "scenecut=40:keyint=250:min-keyint=1")
    path = film(tmp_path / "a.mp4", frames, 25, ("-preset", "medium", *options))
    found = looks(path)
    moments = np.array([sample.moment for sample in found])
    assert (np.diff(moments) > 0).all()
    for begin in np.cumsum([0, *lengths[:-1]]) / 25:
        after = moments[moments >= begin - 0.001]
        assert after[0] - begin < (0.35 if is_short else 0.6)
    if is_short:
        assert sum(sample.is_cut for sample in found) == len(lengths) - 1
    assert [sample.moment for sample in looks(path)] == list(moments)


def test_what_stands_still_is_told_and_black_is_left_out(tmp_path: Path) -> None:
    black = [np.zeros((96, 160, 3), np.uint8)] * 50
    path = film(tmp_path / "a.mp4", [*black, *[noise(1)] * 100], 25)
    found = looks(path)
    assert found[0].moment >= 1.9
    assert not found[0].is_still and all(sample.is_still for sample in found[1:])
    only_black = looks(film(tmp_path / "b.mp4", black, 25))
    assert len(only_black) == 1, "of a video that shows nothing, there is still something to show"


def test_no_video_gets_more_looks_than_allowed_and_the_end_has_its_share(tmp_path: Path) -> None:
    frames = [noise(number // 3) for number in range(150)]
    path = film(tmp_path / "a.mp4", frames, 25)
    found = looks(path, 12)
    assert len(found) <= 12
    assert found[-1].moment > 4.5
    assert len(looks(path, 1)) == 1


def test_a_single_frame_is_a_video(tmp_path: Path) -> None:
    (found,) = looks(film(tmp_path / "a.mp4", [noise(1)], 25))
    assert found.moment == 0


def test_of_a_long_video_only_key_frames_are_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.mp4"
    ffmpeg(
        "-f", "lavfi", "-i", "testsrc2=size=160x96:rate=10:duration=600", "-c:v", "libx264",
        "-preset", "ultrafast", "-g", "20", str(path),
    )  # fmt: skip
    monkeypatch.setattr(sampling, "LITTLE", 0)
    monkeypatch.setattr(Video, "every", lambda _: pytest.fail("all frames were decoded"))
    found = looks(path)
    assert 90 <= len(found) <= 110
    assert max(np.diff([sample.moment for sample in found])) < 13
