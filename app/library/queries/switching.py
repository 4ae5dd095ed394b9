"""Questions about a switch from one model pack to another."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.library.database import Library
from app.library.fields import MomentField, PathField
from app.library.models import Photo, Spare, Switch
from app.library.rows import PhotoState

Maker = tuple[str, str]
"""Pack and version."""

_SHOWN = f"""
FROM photo WHERE photo.state = '{PhotoState.LOOKED.value}' AND photo.pack <> ''
    AND photo.collection_id IN (SELECT id FROM collection WHERE deleted IS NULL)
"""
_LEFT = f"""
{_SHOWN} AND (photo.pack <> ?1 OR photo.pack_version <> ?2)
    AND NOT EXISTS (
        SELECT 1 FROM spare WHERE spare.photo_id = photo.id AND spare.pack = ?1
        AND spare.pack_version = ?2 AND spare.fingerprint = photo.fingerprint)
"""
_TODO = f"""
SELECT photo.id, photo.path, photo.collection_id, photo.fingerprint {_LEFT} ORDER BY photo.id
"""


class Phase:
    """How far a switch is, as the library knows it."""

    LOOKING = "looking"
    STOPPED = "stopped"
    """Cancelled: what was looked at is kept for a while."""
    SWITCHED = "switched"
    UNDONE = "undone"
    SETTLED = "settled"
    """Switched, with no way back; there only is something left to be done."""


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """The switch that there is, or was last."""

    phase: str
    choice: str
    """What the pack is called in the settings."""
    maker: Maker
    choice_before: str
    maker_before: Maker
    owed: str
    """What the setting `pack` has to become still; empty when it is that."""
    ungrouped: tuple[int, ...]
    """Collections that were not grouped anew since."""
    until: datetime | None
    """UTC; until then what is spare is kept."""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a library file that nobody here has open tells of a switch."""

    phase: str
    choice: str
    choice_before: str
    until: datetime | None
    """UTC; until then what is spare is kept."""
    done: int
    """Photos that the pack to come has looked at..."""
    total: int
    """...of so many."""


@dataclass(frozen=True, slots=True)
class ToLook:
    """A photo that another pack has to look at."""

    id: int
    path: Path
    collection: int
    fingerprint: str


def switch(library: Library) -> SwitchRow | None:
    """The switch that there is, or was last; None where there never was one."""
    row = Switch.get_or_none()
    if row is None:
        return None
    return SwitchRow(
        row.phase, row.choice, (row.pack, row.pack_version), row.choice_before,
        (row.pack_before, row.version_before), row.owed, tuple(row.ungrouped), row.until,
    )  # fmt: skip


def to_look(library: Library, maker: Maker) -> list[ToLook]:
    """The photos shown that this pack has not looked at, in the order they were found."""
    return [
        ToLook(number, path, collection, fingerprint)
        for number, raw, collection, fingerprint in library.sql(_TODO, maker)
        if (path := PathField().python_value(raw)) is not None
    ]


def left(library: Library, maker: Maker) -> int:
    """How many these are."""
    ((count,),) = library.sql(f"SELECT COUNT(*) {_LEFT}", maker)
    return int(count)


def can_look(library: Library, maker: Maker) -> bool:
    """Whether this pack has looked at any photo, ahead or not."""
    pack, version = maker
    ahead = (Spare.pack == pack) & (Spare.pack_version == version) & (Spare.error == "")
    if Spare.select().where(ahead).exists():
        return True
    return Photo.select().where(Photo.pack == pack, Photo.pack_version == version).exists()


def looked_at(library: Library) -> int:
    """How many photos are shown with what some pack saw in them."""
    ((count,),) = library.sql(f"SELECT COUNT(*) {_SHOWN}")
    return int(count)


def glimpse(database: Path) -> Glimpse | None:
    """How the switch stands in a library file, which need not be open; None where there is none,
    and where the file cannot be read or is older than that."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as file:
            columns = "phase, choice, choice_before, until, pack, pack_version"
            row = file.execute(f"SELECT {columns} FROM switch").fetchone()
            if row is None:
                return None
            phase, choice, before, until, *maker = row
            ((total,),) = file.execute(f"SELECT COUNT(*) {_SHOWN}")
            ((to_do,),) = file.execute(f"SELECT COUNT(*) {_LEFT}", maker)
    except sqlite3.Error:
        return None
    end = MomentField().python_value(until)
    return Glimpse(phase, choice, before, end, total - to_do, total)
