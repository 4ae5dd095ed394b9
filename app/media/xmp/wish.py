"""What a sidecar is to say of the people in a photo, and what came of that."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from app.media.orientation import Area
from app.media.xmp.regions import Frame


@dataclass(frozen=True, slots=True)
class KnownFace:
    """A face whose name Kinfolk knows."""

    name: str
    area: Area | None = None
    """In the upright image; None where no place can be told, as in a video."""
    is_wanted: bool = True
    """Whether the name is to go out now. Else it only tells whose the face is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """All named faces of a photo."""

    faces: tuple[KnownFace, ...]
    frame: Frame
    overwrite: bool = False
    """Whether names that others wrote at the same faces give way."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are to go out, each once."""
        return tuple(dict.fromkeys(face.name for face in self.faces if face.is_wanted))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A face that has another name already."""

    name: str
    """Kinfolk's."""
    other: str
    """What stands there."""
    area: Area


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, however their letters and spaces are written."""
    return plain_name(one) == plain_name(other)


def plain_name(name: str) -> str:
    """A name as it is compared."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()
