"""Rare rows: those of rows.py that a window can open without. Ask rows.py for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.library.dated import DATED
from app.library.rows import PhotoState

if TYPE_CHECKING:  # a window shows rows before it needs numpy
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Shot:
    """What the camera wrote of the moment beside its time; None and empty when not known."""

    taken_offset: int | None = None
    """Minutes by which the local time of `taken` is ahead of UTC."""
    latitude: float | None = None
    """Degrees, north positive."""
    longitude: float | None = None
    """Degrees, east positive."""
    altitude: float | None = None
    """Metres above the sea."""
    lens: str = ""
    exposure_time: float | None = None
    """s."""
    f_number: float | None = None
    iso: int | None = None
    focal_length: float | None = None
    """mm, of the lens itself."""


_NOTHING = Shot()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of a photo beside its picture; as in PhotoRow."""

    taken: datetime | None
    taken_from: str
    camera: str
    shot: Shot = _NOTHING


@dataclass(frozen=True, slots=True)
class Looks:
    """How a person looks to the machine, by all their faces. An estimate, no fact."""

    youngest: int | None
    """Four of five faces look between this age and `oldest`; None when no face tells."""
    oldest: int | None
    gender: str | None
    """male, female; None when the faces do not agree."""
    faces: int
    """How many faces told something."""
    average: int | None = None
    """Of all their ages; `least` and `most` are the ends of them."""
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo with everything that is known of it."""

    id: int
    collection_id: int
    folder_id: int | None
    path: Path
    state: PhotoState
    error: str
    """Why it was skipped; empty otherwise."""
    fingerprint: str
    size: int
    modified: datetime
    width: int
    height: int
    orientation: int
    content_type: str
    taken: datetime | None
    taken_from: str
    """Where `taken` comes from: exif, xmp, video, name (of the file), file (its own time)."""
    camera: str
    face_count: int
    is_offline: bool = False
    """Whether its file lies on a drive that is not connected, or in a folder that is not there."""
    copies: tuple[Path, ...] = ()
    """The other files of the same content."""
    note: str = ""
    """What of the file could not be shown, in a sentence; empty when all of it is."""
    duration: float | None = None
    """Of a video, s; None for a picture."""
    motion: Path | None = None
    """The file that has the moving part of it; the photo itself where that is within it."""
    motion_at: int | None = None
    """The byte of the photo's file at which its moving part begins."""
    shot: Shot = _NOTHING
    stack_id: int | None = None
    """The photo on top of those that it stands with."""

    @property
    def is_dated(self) -> bool:
        """Whether `taken` is when it was taken, and not just the time of its file."""
        return self.taken is not None and self.taken_from in DATED

    @property
    def is_video(self) -> bool:
        """Whether it is a video, and no picture."""
        return self.content_type.startswith("video/")

    @property
    def name(self) -> str:
        """The file's name, fit to be shown."""
        return shown_name(self.path)


def shown_name(path: Path) -> str:
    """The name of a file, fit to be shown: it need not be text."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that a task passed over, and why."""

    path: Path
    error: str


@dataclass(frozen=True, slots=True)
class CollectionNumbers:
    """How much a collection holds."""

    folders: int
    photos: int
    people: int
    """Those who have a card: named, or founded by enough faces."""
    bytes: int
    """Of the photos' files."""


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A copy of the library file, made by Kinfolk."""

    path: Path
    at: datetime
    """When it was made, UTC, without zone."""
    reason: str
    """daily, migration, restore, asked: why it was made."""
    size: int
    """Bytes."""
    photos: int
    people: int
    """With a name."""
    words: int
    """Rows of the log of what the user said."""
    problem: str
    """Why it cannot be restored; empty when it can."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the user's standing words say of the faces and people there are now, by row ids.

    Faces of photos that are gone are among them.
    """

    last: int
    """The newest row of the log; 0 when nothing was said."""
    said: Mapping[int, int]
    """Face -> the person it is; a later word wins."""
    firm: frozenset[int]
    """The faces of `said` that the user placed one by one; the others went with their person."""
    refused: frozenset[tuple[int, int]]
    """Pairs of a face and a person it is not."""
    apart: frozenset[tuple[int, int]]
    """Pairs of people, the smaller id first, who are different people."""
    denied: frozenset[int]
    """Faces that are not faces."""
    strangers: frozenset[int]
    """Faces of nobody the user knows."""
    kept: frozenset[int]
    """People the user has spoken about: no grouping may merge or dissolve them."""
    anchored: frozenset[int]
    """Those of them whom `said` tells by faces of their own; the others are whom their faces are
    with now."""
    births: Mapping[int, int]
    """Person -> year of birth."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One thing the user said."""

    id: int
    at: datetime
    """UTC, without zone."""
    kind: str
    said: str
    undone: bool


@dataclass(frozen=True, slots=True)
class NewFace:
    """A face to be stored. Arrays: landmarks (5, 2) float32 normalised; embedding (D,) float32
    of length 1."""

    x: float
    y: float
    w: float
    h: float
    landmarks: NDArray[np.float32]
    score: float
    embedding: NDArray[np.float32]
    quality: float
    sharpness: float
    pixels: float
    pack: str
    pack_version: str
    pitch: float | None = None
    yaw: float | None = None
    roll: float | None = None
    age: float | None = None
    gender: str | None = None
    gender_confidence: float | None = None
    drawn: bool = False
    mouth: str | None = None
    mouth_confidence: float | None = None
    eyes: str | None = None
    eyes_confidence: float | None = None
    seen: tuple[tuple[float, float], ...] = ()
    """In a video: from when until when this face is there, s. Of videos, y tells the moment, too:
    see film.py."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that looking at one photo told."""

    fingerprint: str
    width: int
    height: int
    orientation: int
    content_type: str
    taken: datetime | None
    taken_from: str
    camera: str
    colour: int
    pack: str
    pack_version: str
    faces: tuple[NewFace, ...]
    shot: Shot = _NOTHING
    duration: float | None = None
    note: str = ""
    motion_at: int | None = None
    likeness: int | None = None
    """64 bits, signed: pictures that look alike differ in few of them."""
    sharpness: float | None = None
    """Of the whole picture, 0..1."""
