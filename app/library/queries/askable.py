"""Askable: what a query may ask of a photo and of its faces, by the names of the cloud service.

The values are those that the command line prints for a photo, so that what was read off one answer
finds its photo again.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

import peewee as pw

from app.errors import UsageError
from app.library.database import Library
from app.library.models import Face, Person, Photo
from app.library.rare_rows import shown_name

FIGURES = "Figures"
"""What the names of everything that is asked of a face begin with."""


class Kind(StrEnum):
    """What sort of value a field has."""

    TEXT = "a text"
    NUMBER = "a number"
    MOMENT = "a date or time"
    """As printed: what the clock of the camera or of this computer showed."""
    INSTANT = "a date and time"
    """Of this computer, as nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that can be asked of a photo, or of a face in it."""

    name: str
    kind: Kind
    column: Any
    """What Peewee makes SQL of; NULL where it is not known."""
    is_of_face: bool = False


def field(name: object) -> Field:
    """The field of this name.

    Raises UsageError when there is none.
    """
    found = _FIELDS.get(name) if isinstance(name, str) else None
    if found is not None:
        return found
    meant = str(name).casefold()
    close = [one for one in _FIELDS if one.casefold().rpartition(".")[2] == meant]
    close += get_close_matches(str(name), list(_FIELDS), 1)
    raise UsageError(
        f"There is no field {_quoted(name)}"
        + (f"; did you mean {close[0]}?" if close else f"; there are {', '.join(_FIELDS)}.")
    )


def teach(library: Library) -> None:
    """Let the SQL of this thread know the functions that some fields and operations need."""
    for name, function in _FUNCTIONS.items():
        library.define(name, function)


def holds(text: str | None, words: str) -> bool:
    """Whether a text holds each of these words somewhere, whatever their case and accents."""
    if text is None:
        return False
    plain = _plain(text)
    return all(word in plain for word in _plain(words).split())


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def _filename(path: bytes) -> str:
    return shown_name(Path(os.fsdecode(path)))


def _uri(path: bytes) -> str:
    return Path(os.fsdecode(path)).as_uri()


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "kinfolk_filename": _filename,
    "kinfolk_uri": _uri,
    "kinfolk_holds": holds,
}


def _quoted(value: object) -> str:
    return "without a name" if value is None else f"“{value}”"


def _text(column: Any) -> Any:
    """Unknown where it is empty."""
    return pw.fn.NULLIF(column, "")


def _size(column: Any) -> Any:
    """Unknown where it is 0."""
    return pw.fn.NULLIF(column, 0)


def _rounded(column: Any) -> Any:
    """As it is printed."""
    return pw.fn.ROUND(column, 4)


def _media_type(column: Any) -> Any:
    is_video = column.startswith("video/")
    return pw.Case(
        None, ((is_video, pw.Value("video", converter=False)),), pw.Value("image", converter=False)
    )


_PHOTO = (
    Field("URI", Kind.TEXT, pw.fn.kinfolk_uri(Photo.path)),
    Field("Filename", Kind.TEXT, pw.fn.kinfolk_filename(Photo.path)),
    Field("Size", Kind.NUMBER, Photo.size),
    Field("MediaType", Kind.TEXT, _media_type(Photo.content_type)),
    Field("Duration", Kind.NUMBER, pw.fn.ROUND(Photo.duration, 3)),
    Field("ContentType", Kind.TEXT, _text(Photo.content_type)),
    Field("ProduceTime", Kind.MOMENT, Photo.taken),
    Field("FileModifiedTime", Kind.INSTANT, Photo.mtime_ns),
    Field("ImageWidth", Kind.NUMBER, _size(Photo.width)),
    Field("ImageHeight", Kind.NUMBER, _size(Photo.height)),
    Field("Orientation", Kind.NUMBER, Photo.orientation),
    Field("FileHash", Kind.TEXT, _text(Photo.fingerprint)),
    Field("Camera", Kind.TEXT, _text(Photo.camera)),
)
_FACE = (
    ("FigureClusterId", Kind.TEXT, Person.key),
    ("FigureClusterName", Kind.TEXT, _text(Person.name)),
    ("FigureClusterConfidence", Kind.NUMBER, _rounded(Face.confidence)),
    ("FigureConfidence", Kind.NUMBER, _rounded(Face.score)),
    ("FaceQuality", Kind.NUMBER, _rounded(Face.quality)),
    ("Sharpness", Kind.NUMBER, _rounded(Face.sharpness)),
    ("HeadPose.Pitch", Kind.NUMBER, _rounded(Face.pitch)),
    ("HeadPose.Roll", Kind.NUMBER, _rounded(Face.roll)),
    ("HeadPose.Yaw", Kind.NUMBER, _rounded(Face.yaw)),
    ("Age", Kind.NUMBER, pw.fn.ROUND(Face.age)),
    ("Gender", Kind.TEXT, Face.gender),
    ("GenderConfidence", Kind.NUMBER, _rounded(Face.gender_confidence)),
    ("Mouth", Kind.TEXT, Face.mouth),
    ("MouthConfidence", Kind.NUMBER, _rounded(Face.mouth_confidence)),
    ("Eyes", Kind.TEXT, Face.eyes),
    ("EyesConfidence", Kind.NUMBER, _rounded(Face.eyes_confidence)),
)
_FIELDS = {one.name: one for one in _PHOTO} | {
    f"{FIGURES}.{name}": Field(f"{FIGURES}.{name}", kind, column, is_of_face=True)
    for name, kind, column in _FACE
}
FIELDS = tuple(_FIELDS.values())
"""All of them, those of photos first."""
