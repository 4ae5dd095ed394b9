"""Rows: the frozen records in which the library answers. No Peewee object leaves this room.

Those that no window needs to open are in rare_rows.py, and loaded when they are asked for here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.library.film import film_moment, in_frame
from app.library.task_kinds import TaskState as TaskState
from app.library.task_kinds import TaskType as TaskType

if TYPE_CHECKING:
    from app.library.rare_rows import BackupRow as BackupRow
    from app.library.rare_rows import CollectionNumbers as CollectionNumbers
    from app.library.rare_rows import DecisionRow as DecisionRow
    from app.library.rare_rows import Facts as Facts
    from app.library.rare_rows import Look as Look
    from app.library.rare_rows import Looks as Looks
    from app.library.rare_rows import NewFace as NewFace
    from app.library.rare_rows import PhotoRow as PhotoRow
    from app.library.rare_rows import Shot as Shot
    from app.library.rare_rows import SkippedFile as SkippedFile
    from app.library.rare_rows import Standing as Standing

_RARE = (
    "BackupRow",
    "CollectionNumbers",
    "DecisionRow",
    "Facts",
    "Look",
    "Looks",
    "NewFace",
    "PhotoRow",
    "Shot",
    "SkippedFile",
    "Standing",
)


def __getattr__(name: str) -> Any:
    if name not in _RARE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from app.library import rare_rows

    return getattr(rare_rows, name)


class PhotoState(StrEnum):
    """How a photo stands in the library."""

    PENDING = "pending"
    LOOKED = "looked"
    SKIPPED = "skipped"
    GONE = "gone"
    """Its file was deleted; what is known of it is kept for 30 days."""
    COPY = "copy"
    """Its file has the same content as that of another photo, which stands for both: a copy has
    no faces of its own."""
    MOTION = "motion"
    """Its file is the moving part of a photo, and shown with that."""
    CLOUD = "cloud"
    """Its file is in the cloud only: it was never looked at, since that would download it."""


class FolderState(StrEnum):
    """How a folder stands."""

    WATCHING = "watching"
    SCANNING = "scanning"
    OFFLINE = "offline"
    """It lies on a drive that is not connected: its photos and people stay as they are."""
    MISSING = "missing"
    """Its drive is there and the folder is not: it was renamed, moved or deleted."""

    @property
    def is_away(self) -> bool:
        """Whether the photos of such a folder cannot be read now."""
        return self in (FolderState.OFFLINE, FolderState.MISSING)


class PersonKind(StrEnum):
    """How sure Kinfolk is that a person is worth a card."""

    NAMED = "named"
    GROUP = "group"
    """Not named yet; founded by enough high-definition faces."""
    SMALL = "small"
    """Two photos, or only lesser faces."""


class Placed(StrEnum):
    """Who put a face with its person."""

    MACHINE = "machine"
    USER = "user"


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A separate set of photos with its own people."""

    id: int
    name: str
    created: datetime
    kind: str = "album"


@dataclass(frozen=True, slots=True)
class CollectionSize:
    """How much a collection holds, as a list of collections says it."""

    photos: int = 0
    people: int = 0
    """Named ones and groups, without those kept out of sight."""


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A directory that a collection watches."""

    id: int
    collection_id: int
    path: Path
    state: FolderState
    photo_count: int


@dataclass(frozen=True, slots=True)
class FaceRow:
    """One face in a photo. The box is normalised 0..1 to the upright image; see film.py."""

    id: int
    photo_id: int
    fingerprint: str
    """Of the photo: with the box it names the face by content."""
    x: float
    y: float
    w: float
    h: float
    score: float
    quality: float
    sharpness: float
    pixels: float
    pitch: float | None
    yaw: float | None
    roll: float | None
    age: float | None
    gender: str | None
    gender_confidence: float | None
    person_id: int | None
    person_key: str | None
    person_name: str
    """Empty when the person has no name yet."""
    confidence: float | None
    """Similarity to the person's other faces, -1..1."""
    placed: Placed
    drawn: bool = False
    """Whether the user drew its frame: nobody else is recognised by it."""
    mouth: str | None = None
    """open, close; the same of the eyes."""
    mouth_confidence: float | None = None
    eyes: str | None = None
    eyes_confidence: float | None = None
    seen: tuple[tuple[float, float], ...] = ()
    """In a video: from when until when this face is there, s."""

    @property
    def moment(self) -> float:
        """The moment of the video whose frame it is in, s; 0 in pictures."""
        return film_moment(self.y)

    @property
    def frame_y(self) -> float:
        """Top edge within the frame, 0..1."""
        return in_frame(self.y)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x, y, width, height, normalised."""
        return (self.x, self.y, self.w, self.h)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """The faces believed to be one human."""

    id: int
    key: str
    """Stable for ever: the ObjectId of the command line."""
    name: str
    """Empty when not named yet."""
    kind: PersonKind
    hidden: bool
    face_count: int
    photo_count: int
    cover: FaceRow | None
    created: datetime
    updated: datetime
    gender: str | None = None
    average_age: float | None = None
    min_age: float | None = None
    max_age: float | None = None
    birth_year: int | None = None
    """As the user said."""
    last_seen: datetime | None = None
    """When the newest photo of them was taken."""
    staff: bool = False
    """Whether they work here, by the user's word, and so are no visitor."""
    video_count: int = 0
    """How many of the photos are videos."""


@dataclass(frozen=True, slots=True)
class PhotoItem:
    """What a grid needs to know of a photo: light, so that 200,000 of them fit."""

    id: int
    fingerprint: str
    width: int
    height: int
    taken: datetime | None
    """Local time of the camera, or of the file when nothing better is known."""
    colour: int
    """Dominant colour 0xRRGGBB: the placeholder while the picture loads."""
    is_dated: bool = True
    """Whether the camera wrote down when it was taken; else `taken` is the file's own time."""
    is_offline: bool = False
    """Whether its file lies on a drive that is not connected, or in a folder that is not there."""
    copies: int = 0
    """How many more files have the same content."""
    duration: float | None = None
    """Of a video, s; None for a picture."""
    stack: int = 0
    """How many photos stand under this one, which is the best of them."""


@dataclass(frozen=True, slots=True)
class PhotoSearch:
    """Which photos to show. People are row ids; an empty condition lets every photo through."""

    all_of: tuple[int, ...] = ()
    """Everyone of these is in the photo."""
    any_of: tuple[int, ...] = ()
    """At least one of these is."""
    none_of: tuple[int, ...] = ()
    """Nobody of these is."""
    only: bool = False
    """Nobody but those of `all_of` and `any_of` is in the photo, named or not."""
    since: date | None = None
    """The first day."""
    until: date | None = None
    """The last day; it is included."""
    folder: Path | None = None
    """The photo lies in this directory or below."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One piece of background work."""

    id: str
    type: TaskType
    state: TaskState
    done: int
    total: int
    created: datetime
    finished: datetime | None
    error: str
    result: dict[str, object] = field(default_factory=dict)
    skipped: tuple[SkippedFile, ...] = ()
    """Not in a list that only counts them."""
    started: datetime | None = None
    """None while it waits for its turn."""
    skip_count: int = 0
    is_asked: bool = False
    """Whether the user asked for it, and not Kinfolk itself."""

    @property
    def can_cancel(self) -> bool:
        """Whether it goes on, and can be ended early."""
        return self.finished is None and self.type.can_cancel

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it goes on, and where it never began."""
        if self.started is None or self.finished is None:
            return None
        return max(0.0, (self.finished - self.started).total_seconds())

    @property
    def percent(self) -> int:
        """How far it is."""
        if self.state is TaskState.DONE:
            return 100
        return min(100, 100 * self.done // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers beside the sidebar's entries."""

    people: int
    photos: int
    unnamed_faces: int
    hidden_people: int
    pending: int
    skipped: int
    gone: int = 0
    copies: int = 0
    erased: int = 0
    """Photos whose face data was erased: they are looked at again only when the user asks."""
    cloud: int = 0
    """Photos that are in the cloud only, and were never looked at."""
    in_part: int = 0
    """Photos of whose file not all is shown."""

    @property
    def is_aside(self) -> bool:
        """Whether there is any file that is not in the album, or not in full."""
        return bool(self.skipped or self.cloud or self.in_part)
