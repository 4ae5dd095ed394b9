"""Tracks: faces of many frames become the few people they are, and a few good faces of each."""

from __future__ import annotations

import numpy as np
import pytest

from app.faces.tracks import (
    FACES_KEPT,
    MOST_PEOPLE,
    WEAK,
    Limits,
    Seen,
    Sighting,
    Track,
    best_faces,
    follow,
    spans,
    worth_keeping,
)
from app.faces.types import Box, Face, Maker, Pose, Vector

LIMITS = Limits(same=0.5, follows=0.2, one=0.45)
MAKER = Maker("pack", "1")


def vector(*parts: float) -> Vector:
    whole = np.zeros(16, np.float32)
    whole[: len(parts)] = parts
    return whole / np.float32(np.linalg.norm(whole))


ANNA, BEN = vector(1, 0), vector(0, 1)


def face(embedding: Vector, x: float = 0.1, quality: float = 0.8, yaw: float = 0.0) -> Face:
    return Face(
        box=Box(x, 0.3, 0.2, 0.2), landmarks=np.zeros((5, 2), np.float32), score=0.9,
        embedding=embedding, quality=quality, sharpness=0.5, pixels=80, maker=MAKER,
        pose=Pose(0.0, yaw, 0.0),
    )  # fmt: skip


def seen(*frames: tuple[float, list[Face]], cuts: tuple[float, ...] = ()) -> list[Seen]:
    keys = iter(range(1000))
    return [
        Seen(moment, [Sighting(moment, one, next(keys)) for one in faces], moment in cuts)
        for moment, faces in frames
    ]


def moments(track: Track) -> list[float]:
    return [one.moment for one in track.sightings]


def test_the_same_person_in_many_frames_is_one() -> None:
    frames = seen(*((t, [face(ANNA), face(BEN, 0.6)]) for t in range(50)))
    anna, ben = follow(frames, LIMITS)
    assert moments(anna) == moments(ben) == list(range(50))
    assert len(best_faces(anna)) == 1


def test_two_who_look_alike_in_one_frame_are_two() -> None:
    twin = vector(1, 0.3)
    frames = seen((0, [face(ANNA), face(twin, 0.6)]), (1, [face(ANNA), face(twin, 0.6)]))
    assert [moments(track) for track in follow(frames, LIMITS)] == [[0, 1], [0, 1]]


def test_where_somebody_was_a_moment_ago_less_likeness_is_enough() -> None:
    turned = vector(0.4, 0, 0.9)
    near = seen((0, [face(ANNA)]), (0.5, [face(turned)]))
    assert len(follow(near, LIMITS)) == 1
    for far in (
        seen((0, [face(ANNA)]), (5.0, [face(turned)])),
        seen((0, [face(ANNA)]), (0.5, [face(turned, 0.6)])),
        seen((0, [face(ANNA)]), (0.5, [face(turned)]), cuts=(0.5,)),
        seen((0, [face(ANNA)]), (0.5, [face(BEN)])),
    ):
        assert len(follow(far, LIMITS)) == 2


def test_whoever_comes_back_is_the_same_person() -> None:
    back = vector(0.9, 0, 0.5)
    frames = seen((0, [face(ANNA)]), (9, [face(BEN)]), (18, [face(back, 0.7)]), cuts=(9, 18))
    anna, ben = follow(frames, LIMITS)
    assert (moments(anna), moments(ben)) == ([0, 18], [9])


def test_tracks_that_are_one_on_average_are_made_one() -> None:
    """Too little alike for one face by itself, enough for all of two tracks, unless a frame shows
    both."""
    other = vector(0.47, 0, (1 - 0.47**2) ** 0.5)
    frames = seen((0, [face(ANNA)]), (10, [face(other)]), (20, [face(other)]))
    (anna,) = follow(frames, LIMITS)
    assert moments(anna) == [0, 10, 20]
    assert len(follow(frames, Limits(same=0.5, follows=0.2, one=0.48))) == 2
    both = seen((0, [face(ANNA)]), (10, [face(other)]), (20, [face(other), face(ANNA, 0.6)]))
    assert len(follow(both, LIMITS)) == 2


def test_a_few_good_faces_stay_that_show_other_sides() -> None:
    yaws = [0, 5, 25, -25, 50, -50, 10]
    frames = seen(*((t, [face(ANNA, yaw=yaw)]) for t, yaw in enumerate(yaws)))
    (anna,) = follow(frames, LIMITS)
    kept = best_faces(anna)
    assert len(kept) == FACES_KEPT
    assert [one.face.pose.yaw for one in kept if one.face.pose] == [0, 25, -25]
    frames = seen((0, [face(ANNA)]), (1, [face(ANNA, yaw=40, quality=0.2)]))
    (anna,) = follow(frames, LIMITS)
    assert [one.moment for one in best_faces(anna)] == [0], "a poor one is no other side"


def test_what_the_user_spoke_of_stays() -> None:
    frames = seen(*((t, [face(ANNA, quality=0.9 - 0.1 * t)]) for t in range(6)))
    spoken = [Sighting(one.moment, one.face, one.key, one.moment in (3, 5))
              for frame in frames for one in frame.sightings]  # fmt: skip
    frames = [Seen(one.moment, [one]) for one in spoken]
    (anna,) = follow(frames, LIMITS)
    assert [one.moment for one in best_faces(anna)] == [3, 5]


def test_useless_faces_are_left_out_but_not_those_that_were_spoken_of() -> None:
    poor = face(ANNA, quality=WEAK / 2)
    assert worth_keeping(follow(seen((0, [poor])), LIMITS)) == []
    assert len(worth_keeping(follow(seen((0, [poor]), (1, [poor])), LIMITS))) == 1
    spoken = [Seen(0, [Sighting(0, poor, 0, is_kept=True)])]
    assert len(worth_keeping(follow(spoken, LIMITS))) == 1


def test_of_a_crowd_those_who_are_seen_best_stay() -> None:
    rng = np.random.default_rng(1)
    crowd = [
        face((v / np.linalg.norm(v)).astype(np.float32), i / 1000, 0.3 + i / 1000)
        for i, v in enumerate(rng.normal(size=(MOST_PEOPLE + 20, 512)))
    ]
    kept = worth_keeping(follow(seen((0, crowd)), LIMITS))
    assert len(kept) == MOST_PEOPLE
    assert min(track.clearest[0].face.quality for track in kept) > 0.31


@pytest.mark.parametrize(
    ("there", "cuts", "told"),
    [
        ((0, 1, 2, 3), (), [(0.0, 4.0)]),
        ((1, 2), (), [(0.5, 2.5)]),
        ((0, 3), (), [(0.0, 0.5), (2.5, 4.0)]),
        ((2, 3), (2,), [(2.0, 4.0)]),
        ((0, 1, 2, 3), (2,), [(0.0, 4.0)]),  # of a second that parts them nobody speaks
    ],
)
def test_the_times_in_which_somebody_is_there(
    there: tuple[int, ...], cuts: tuple[float, ...], told: list[tuple[float, float]]
) -> None:
    frames = seen(*((t, [face(ANNA)] if t in there else []) for t in range(4)), cuts=cuts)
    (anna,) = follow(frames, LIMITS)
    assert list(spans(anna, frames, 4.0)) == told


def test_far_apart_nobody_is_taken_to_be_there_for_long() -> None:
    frames = seen((10, []), (40, [face(ANNA)]), (70, []))
    (anna,) = follow(frames, LIMITS)
    assert spans(anna, frames, 100.0) == ((39.0, 41.0),)


def test_while_nothing_moves_everybody_stays() -> None:
    frames = [*seen((0, [face(ANNA)])), Seen(30, (), is_still=True), Seen(60, (), is_still=True)]
    (anna,) = follow(frames, LIMITS)
    assert spans(anna, frames, 61.0) == ((0.0, 61.0),)
    assert len(anna.sightings) == 1


def test_limits_follow_the_pack() -> None:
    assert Limits.of({"merge_average": 0.3}).one < Limits.of({}).one
