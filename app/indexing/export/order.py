"""Order: what is to be exported, where to, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class By(StrEnum):
    """Into which folders the photos are sorted."""

    PERSON = "person"
    YEAR = "year"
    MONTH = "month"
    PERSON_YEAR = "person/year"
    NONE = "none"

    @property
    def is_by_person(self) -> bool:
        """Whether everybody has a folder."""
        return self in (By.PERSON, By.PERSON_YEAR)


class Way(StrEnum):
    """How a photo gets there."""

    COPY = "copy"
    HARDLINK = "hardlink"
    """One more name for the same file: it takes no room, and whoever edits one edits both."""
    SYMLINK = "symlink"
    """A note that says where the file is."""
    NONE = "none"
    """Not at all: only a contact sheet or a web album is made."""

    @property
    def is_link(self) -> bool:
        """Whether the original is shown, and nothing is copied."""
        return self in (Way.HARDLINK, Way.SYMLINK)


class Sheet(StrEnum):
    """As what a contact sheet is made."""

    PDF = "pdf"
    JPG = "jpg"


class Web(StrEnum):
    """Which photos a web album shows."""

    SCALED = "scaled"
    """Smaller ones, written anew: without place, camera or any other metadata."""
    ORIGINALS = "originals"
    """The files themselves, with all that is in them."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for. Photos and people are row ids."""

    into: Path
    photos: tuple[int, ...]
    people: tuple[int, ...] = ()
    """Those whom it is about: they get the folders, and the contact sheet their names."""
    by: By = By.YEAR
    way: Way = Way.COPY
    companions: bool = True
    """Whether the moving parts of photos and the sidecars beside them go along."""
    sheet: Sheet | None = None
    web: Web | None = None
    into_watched: bool = False
    """Whether it may go into a folder that Kinfolk watches, where copies come back as photos."""
    falls_back: bool = False
    """Whether what cannot be linked is copied instead."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of an export."""

    files: int = 0
    """Photos that are there now, companions not counted."""
    copied: int = 0
    """Files that were copied."""
    linked: int = 0
    there: int = 0
    """Files that were there already, from an earlier export or as they are."""
    size: int = 0
    """Bytes that were copied or made."""
    skipped: tuple[tuple[Path, str], ...] = ()
    """What could not be exported, and why."""
    made: tuple[Path, ...] = ()
    """Contact sheets, and the page of the web album."""
    notes: tuple[str, ...] = ()
    """What the user should know of how it was done."""
