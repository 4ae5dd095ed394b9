"""Tracks: the faces of many frames of one video as the few people they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.faces.types import Face, Vector

Span = tuple[float, float]
"""From when until when, s."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Similarities are cosines of embeddings, -1..1, and belong to a pack: see `of`."""

    same: float
    """A face is of a track whose most alike face is this alike."""
    follows: float
    """And this is enough where its box is where the last one was a moment ago."""
    one: float
    """Two tracks are one person when their faces are this alike on average."""

    @classmethod
    def of(cls, thresholds: Mapping[str, float]) -> Limits:
        """By what the pack says of groups.

        Measured with tests/benchmarks/films.py, see docs/videos.md: with these no track of 60 films
        held two people, with `same` or `one` 0.05 lower one did. A video has few people, so a face
        may go to a track that it is as alike as the faces of a group are.
        """
        merge = float(thresholds.get("merge_average", 0.41))
        return cls(same=merge, follows=merge - 0.21, one=merge + 0.02)


OVERLAP = 0.3
"""Intersection over union, 0..1, from which a box is where another one was."""
RECENT = 1.5
"""Seconds after which where a face was says nothing."""
FACES_KEPT = 3
"""Of one person in one video, at most."""
OTHER_VIEW = 20.0
"""Degrees between two heads from which the second shows another side..."""
WORTH = 0.6
"""...which is kept when its quality is this share of the best one's."""
EXEMPLARS = 12
"""Faces of a track that others are compared with, the clearest ones."""
WEAK = 0.15
"""Quality, 0..1, of a face that is seen once and of no use: it is left out, where one of a
photo is kept. Of 300 frames there are many such, of passers-by and of what is no face."""
MOST_PEOPLE = 60
"""In one video: those who are seen best and most."""
_SHORT = 2.0
"""Seconds between two frames that show somebody, in which a new scene does not matter."""
_REACH = 1.0
"""Seconds by which somebody is taken to have been there before and after they were seen."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face at a moment of a video, s. `key` is whatever the caller knows it by."""

    moment: float
    face: Face
    key: int
    is_kept: bool = False
    """Whether it stays whatever else is better: the user spoke of it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in one frame."""

    moment: float
    sightings: Sequence[Sighting]
    is_cut: bool = False
    """Whether another scene began before it."""
    is_still: bool = False
    """Whether it is just like the frame before, and was not looked at: all are still there."""


@dataclass(slots=True)
class Track:
    """One person in a video."""

    sightings: list[Sighting] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    """The numbers of the frames that show them."""
    clearest: list[Sighting] = field(default_factory=list)
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 1), np.float32))
    """(n, d): of the clearest."""

    def add(self, sighting: Sighting, frame: int) -> None:
        """One more face of theirs."""
        self.sightings.append(sighting)
        self.frames.append(frame)
        self._sort([*self.clearest, sighting])

    def absorb(self, other: Track) -> None:
        """Take over another one's faces."""
        self.sightings += other.sightings
        self.frames += other.frames
        self._sort([*self.clearest, *other.clearest])

    def _sort(self, faces: list[Sighting]) -> None:
        faces.sort(key=lambda one: (-one.face.quality, one.moment))
        self.clearest = faces[:EXEMPLARS]
        self.vectors = np.stack([one.face.embedding for one in self.clearest])

    def nearest(self, vector: Vector) -> float:
        """How alike a face is to the most alike of the clearest, or to the last one."""
        last = self.sightings[-1].face.embedding
        return float(max((self.vectors @ vector).max(), last @ vector))

    def average(self, other: Track) -> float:
        """How alike the clearest faces of two are on average, by their quality."""
        here, there = (
            np.array([max(one.face.quality, 0.05) for one in track.clearest], np.float32)
            for track in (self, other)
        )
        alike = self.vectors @ other.vectors.T
        return float(here @ alike @ there / (here.sum() * there.sum()))


def follow(frames: Sequence[Seen], limits: Limits) -> list[Track]:
    """The people in the frames of a video, in order of time; the one first seen first."""
    tracks: list[Track] = []
    last: list[Track] = []
    for number, frame in enumerate(frames):
        if frame.is_still:
            for track in last:
                track.frames.append(number)
            continue
        last = _place(frame, number, tracks, frames, limits)
    return _united(tracks, limits.one)


def _place(
    frame: Seen, number: int, tracks: list[Track], frames: Sequence[Seen], limits: Limits
) -> list[Track]:
    """Give each face of a frame to a track, each of which takes one; gives them."""
    offers = []
    for i, sighting in enumerate(frame.sightings):
        for j, track in enumerate(tracks):
            likeness = track.nearest(sighting.face.embedding)
            shared = 0.0
            if not frame.is_cut and frame.moment - frames[track.frames[-1]].moment <= RECENT:
                shared = track.sightings[-1].face.box.iou(sighting.face.box)
            least = limits.follows if shared >= OVERLAP else limits.same
            if likeness >= least:
                offers.append((likeness + 0.5 * shared, i, j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(offers, key=lambda offer: (-offer[0], offer[1:])):
        if i not in taken and j not in taken.values():
            taken[i] = j
    found = []
    for i, sighting in enumerate(frame.sightings):
        if i in taken:
            track = tracks[taken[i]]
        else:
            track = Track()
            tracks.append(track)
        track.add(sighting, number)
        found.append(track)
    return found


def _united(tracks: list[Track], least: float) -> list[Track]:
    """Tracks that are surely one person made one, the most alike first; two that are in one frame
    are two people."""
    alike = {
        (i, j): tracks[i].average(tracks[j]) for j in range(len(tracks)) for i in range(j)
    }  # fmt: skip
    while alike:
        i, j = max(alike, key=lambda pair: (alike[pair], pair))
        if alike[i, j] < least:
            break
        if set(tracks[i].frames) & set(tracks[j].frames):
            del alike[i, j]
            continue
        tracks[i].absorb(tracks[j])
        alike = {pair: value for pair, value in alike.items() if j not in pair}
        for pair in [pair for pair in alike if i in pair]:
            alike[pair] = tracks[pair[0]].average(tracks[pair[1]])
        tracks[j] = Track()
    return [track for track in tracks if track.sightings]


def worth_keeping(tracks: Iterable[Track]) -> list[Track]:
    """Without those of whom there is but one useless face, and those beyond `MOST_PEOPLE`."""
    left = [
        track
        for track in tracks
        if len(track.frames) > 1
        or track.clearest[0].face.quality >= WEAK
        or any(one.is_kept for one in track.sightings)
    ]
    ranked = sorted(
        left,
        key=lambda track: (
            not any(one.is_kept for one in track.sightings),
            -track.clearest[0].face.quality * np.log2(1 + len(track.frames)),
            track.frames[0],
        ),
    )
    chosen = {id(track) for track in ranked[:MOST_PEOPLE]}
    return [track for track in left if id(track) in chosen]


def best_faces(track: Track) -> list[Sighting]:
    """The few faces of a person that stay: the best one, those that show another side as well, and
    those that the user spoke of; in order of time."""
    chosen = [one for one in track.sightings if one.is_kept]
    best = track.clearest[0]
    for one in track.clearest:
        if len(chosen) >= max(1, FACES_KEPT) and chosen:
            break
        if one in chosen:
            continue
        is_good = one.face.quality >= WORTH * best.face.quality
        if not chosen or (is_good and all(_is_other_side(one.face, had.face) for had in chosen)):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.moment)


def _is_other_side(one: Face, other: Face) -> bool:
    if one.pose is None or other.pose is None:
        return False
    turned = np.hypot(one.pose.yaw - other.pose.yaw, one.pose.pitch - other.pose.pitch)
    return bool(turned >= OTHER_VIEW)


def spans(track: Track, frames: Sequence[Seen], end: float) -> tuple[Span, ...]:
    """From when until when a person is there, s. Between two frames next to each other that show
    them they are, unless another scene began and they are far apart; before the first and behind
    the last for half the time to the next frame, or until the scene ends, at most a second. `end`
    is that of the video."""
    found: list[list[float]] = []
    numbers = sorted(set(track.frames))
    for place, number in enumerate(numbers):
        frame = frames[number]
        before = frames[number - 1].moment if number else 0.0
        until = min(_until(frames, number, end), end)
        is_new_scene = frame.is_cut and frame.moment - before > _SHORT
        if place and numbers[place - 1] == number - 1 and not is_new_scene:
            found[-1][1] = until
            continue
        middle = (before + frame.moment) / 2 if number else 0.0
        begin = frame.moment if frame.is_cut else max(frame.moment - _REACH, middle)
        found.append([begin, max(begin, until)])
    return tuple((round(begin, 3), round(until, 3)) for begin, until in found)


def _until(frames: Sequence[Seen], number: int, end: float) -> float:
    """Until when somebody is there who is seen in a frame last."""
    moment, is_last = frames[number].moment, number + 1 == len(frames)
    after = end if is_last else frames[number + 1].moment
    if is_last or frames[number + 1].is_cut:  # until the scene ends
        return min(moment + _REACH, after)
    return min(moment + _REACH, (moment + after) / 2)
