"""Alike: which photos show the same, by what they look like, when they were taken and who is there.

[Note: Alike] Two photos are a burst when one camera took them within seconds and they look alike,
and the same picture when they look so very alike that time does not matter: an edited copy, one
that a messenger made smaller, a RAW file and its JPEG. Who is in them must not speak against it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.library.queries.stacks import Likely, LikelyFace

BURST_SECONDS = 8.0
"""Cameras write whole seconds; who holds the button or presses again because somebody blinked is
done within these. What is taken later is another moment to whoever took it."""
BURST_BITS = 18
"""Of 64 may differ within a burst. Of photos whose frame moved by up to 4 % of its width, 94 % are
within it, and of pairs of photos that have nothing to do with each other 0.4 %."""
SAME_BITS = 8
"""Of 64 may differ between two versions of a picture. All that were made smaller, brighter or of
more contrast are within it, and 93 % of those cut by 3 %; of other pairs 1 in 100,000."""
SAME_EDGES = 0.6
"""-1..1: the edges of two versions of a picture agree by at least so much. Of those made smaller 99
in 100 do, and no two other photos within SAME_BITS agree by more than 0.56."""
SAME_SHAPE = 1.2
"""How many times as wide for its height one photo may be as the other: a version cut for a
screen is, a portrait beside a landscape is not."""
CLEAR = 0.3
"""0..1: of a face of less quality it cannot be said who it is, so it contradicts nothing."""
BURST_FACE = 0.4
"""-1..1: two faces this alike may be one person. Within simulated bursts the same face stays alike
by 0.88; of 31 portraits of one studio, with other people in each, none reaches 0.32 in another."""
SAME_FACE = 0.25
"""And in two versions of a picture, whose edges agree: a face of 20 pixels in a poor copy is like
itself by no more than 0.29."""
SEEN_PIXELS = 40.0
"""A face that would be so large in the other photo would have been found there."""
_BANDS = SAME_BITS + 1
"""Bits that differ in SAME_BITS places leave one of so many bands as it is."""
_FEW = 40
"""So many photos are sooner held against all others than looked for by bands."""
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
_AT_ONCE = 1 << 21
"""Pairs that are compared in one go: 16 MB."""

Bits = NDArray[np.uint64]
Rows = NDArray[np.intp]
Edges = NDArray[np.float32]


class Index:
    """Finds among very many likenesses (n,) those that differ in SAME_BITS places at most.

    [Note: Bands] The 64 bits are cut into one band more than bits may differ, so that at least one
    band is the same in both. Only photos that share a band are compared: a fourteenth of all.
    """

    def __init__(self, bits: Bits) -> None:
        self._bits = bits
        edges = np.linspace(0, 64, _BANDS + 1).round().astype(int).tolist()
        self._cuts = list(pairwise(edges))

    def near(self, rows: Rows) -> list[tuple[int, int]]:
        """Each of these rows with every other row that it may be the same picture as."""
        if len(rows) <= _FEW:
            return sorted(self._compare(rows, np.arange(len(self._bits))))
        found: set[tuple[int, int]] = set()
        for band in range(_BANDS):
            keys = self._keys(self._bits, band)
            order = np.argsort(keys, kind="stable")
            keys, asked = keys[order], self._keys(self._bits[rows], band)
            for key in np.unique(asked):
                first, last = (int(np.searchsorted(keys, key, side)) for side in _SIDES)
                found.update(self._compare(rows[asked == key], order[first:last]))
        return sorted(found)

    def _compare(self, some: Rows, others: Rows) -> Iterator[tuple[int, int]]:
        step = max(1, _AT_ONCE // max(1, len(others)))
        for start in range(0, len(some), step):
            part = some[start : start + step]
            apart = np.bitwise_count(self._bits[part][:, None] ^ self._bits[others][None, :])
            for a, b in np.argwhere(apart <= SAME_BITS).tolist():
                if part[a] != others[b]:
                    yield int(part[a]), int(others[b])

    def _keys(self, bits: Bits, band: int) -> NDArray[np.uint8]:
        """The bits of a band; as bytes they are sorted in one walk."""
        low, high = self._cuts[band]
        return ((bits >> np.uint64(low)) & np.uint64((1 << (high - low)) - 1)).astype(np.uint8)


class Judge:
    """Says of two photos whether they show the same. `edges` gives those of a photo's small
    picture, None where there is none; `faces` those in it. Both are asked once a photo at most."""

    def __init__(
        self,
        edges: Callable[[Likely], Edges | None],
        faces: Callable[[Likely], Sequence[LikelyFace]],
    ) -> None:
        self._read_edges = edges
        self._read_faces = faces
        self._edges: dict[int, Edges | None] = {}
        self._faces: dict[int, Sequence[LikelyFace]] = {}

    def are_alike(self, one: Likely, other: Likely) -> bool:
        """Whether they are shots of one burst, or versions of one picture."""
        return self._are_burst(one, other) or self.are_versions(one, other)

    def are_versions(self, one: Likely, other: Likely) -> bool:
        """Whether they are versions of one picture, whenever they were made."""
        return (
            bits_apart(one.likeness, other.likeness) <= SAME_BITS
            and have_one_shape(one, other)
            and self._have_same_edges(one, other)
            and not self._have_others(one, other, is_strict=True)
        )

    def _are_burst(self, one: Likely, other: Likely) -> bool:
        return (
            bits_apart(one.likeness, other.likeness) <= BURST_BITS
            and are_one_moment(one, other)
            and have_one_shape(one, other)
            and not self._have_others(one, other, is_strict=False)
        )

    def _have_same_edges(self, one: Likely, other: Likely) -> bool:
        a, b = self._edges_of(one), self._edges_of(other)
        return a is not None and b is not None and float(a @ b) >= SAME_EDGES

    def _have_others(self, one: Likely, other: Likely, *, is_strict: bool) -> bool:
        """Whether somebody else is in the other photo; `is_strict`, also if somebody is not there
        who would be seen."""
        mine, theirs = self._faces_of(one), self._faces_of(other)
        lost = _strangers_to(mine, theirs, one, other, is_strict=is_strict)
        came = _strangers_to(theirs, mine, other, one, is_strict=is_strict)
        return (lost or came) if is_strict else (lost and came)

    def _edges_of(self, photo: Likely) -> Edges | None:
        if photo.id not in self._edges:
            self._edges[photo.id] = self._read_edges(photo)
        return self._edges[photo.id]

    def _faces_of(self, photo: Likely) -> Sequence[LikelyFace]:
        if photo.id not in self._faces:
            self._faces[photo.id] = self._read_faces(photo)
        return self._faces[photo.id]


def bits_apart(one: int, other: int) -> int:
    """In how many of 64 bits two likenesses differ."""
    return ((one ^ other) & 0xFFFF_FFFF_FFFF_FFFF).bit_count()


def have_one_shape(one: Likely, other: Likely) -> bool:
    """Whether both are about as wide for their height."""
    if not (one.width and one.height and other.width and other.height):
        return False
    times = one.width * other.height / (one.height * other.width)
    return abs(math.log(times)) <= math.log(SAME_SHAPE)


def are_one_moment(one: Likely, other: Likely) -> bool:
    """Whether one camera took both within a few seconds; the time of a file is none: whole folders
    are copied within a second."""
    if one.taken is None or other.taken is None or not (one.is_dated and other.is_dated):
        return False
    if one.camera and other.camera and one.camera != other.camera:
        return False
    return abs(one.taken - other.taken) <= BURST_SECONDS


def _strangers_to(
    faces: Sequence[LikelyFace],
    others: Sequence[LikelyFace],
    here: Likely,
    there: Likely,
    *,
    is_strict: bool,
) -> bool:
    """Whether a clear face is nobody's among the others: that would have been found there."""
    scale = there.width / max(1, here.width) if is_strict else 1.0
    least = SAME_FACE if is_strict else BURST_FACE
    return any(
        face.quality >= CLEAR
        and face.pixels * scale >= SEEN_PIXELS
        and not any(_may_be_one(face, other, least) for other in others)
        for face in faces
    )


def _may_be_one(face: LikelyFace, other: LikelyFace, least: float) -> bool:
    if face.maker != other.maker or len(face.embedding) != len(other.embedding):
        return True  # they cannot be compared
    return float(face.embedding @ other.embedding) >= least
