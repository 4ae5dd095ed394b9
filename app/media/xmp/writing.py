"""Writing: the names of people into the sidecar of a photo, and never into the photo."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.errors import XmpError
from app.media.xmp import replacing
from app.media.xmp.find import read_embedded
from app.media.xmp.merging import merge
from app.media.xmp.namespaces import PHOTOSHOP
from app.media.xmp.packet import Packet, read_packet
from app.media.xmp.replacing import OldSidecar
from app.media.xmp.sidecars import SUFFIX, sidecars_of
from app.media.xmp.wish import Conflict, Wish

_OURS: Final = b"urn:kinfolk:"


class Outcome(StrEnum):
    """What becomes of a sidecar."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    """It is there and says it all."""
    REMOVED = "removed"
    """It had nothing but what Kinfolk wrote, which is true no more."""
    NONE = "none"
    """There is none and need be none."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What became of a sidecar, or would."""

    sidecar: Path
    outcome: Outcome
    conflicts: tuple[Conflict, ...] = ()


def write_names(photo: Path, wish: Wish, dry_run: bool = False) -> Writing:
    """Write the names of people into the sidecar of a photo, which is made where there is none.

    Raises XmpError when the sidecar cannot be read, changed or written; it is as it was then.
    """
    path = sidecar_for(photo)
    if path is None:
        path, old = photo.with_name(photo.name + SUFFIX), None
    else:
        old = OldSidecar.read(path)
    if not wish.names and (old is None or not _may_be_ours(old.data)):
        return Writing(path, Outcome.NONE if old is None else Outcome.UNCHANGED)
    merged = merge(None if old is None else old.data, _embedded(photo), wish)
    outcome = _outcome(old, merged.data)
    if not dry_run:
        _carry_out(outcome, path, old, merged.data)
    return Writing(path, outcome, merged.conflicts)


def sidecar_for(photo: Path) -> Path | None:
    """The sidecar that names go into; None where one is to be made, named `IMG_1.JPG.xmp`.

    One that has the name of the photo's stem alone counts when nobody else can be meant: no other
    file of that stem lies there, or the sidecar says that it is about this kind of file.
    """
    whole = (photo.name + SUFFIX).lower()
    for path in sidecars_of(photo):
        if path.name.lower() == whole or _is_alone(photo, path):
            return path
    return None


def _is_alone(photo: Path, sidecar: Path) -> bool:
    try:
        packet = read_packet(OldSidecar.read(sidecar).data)
    except XmpError:
        return False
    extension = packet.text(PHOTOSHOP, "SidecarForExtension")
    if extension:
        return extension.lower() == photo.suffix[1:].lower()
    stem = photo.stem.lower()
    try:
        with os.scandir(photo.parent) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return False
    return not any(
        Path(name).stem.lower() == stem and name != photo.name and not name.lower().endswith(SUFFIX)
        for name in names
    )


def _may_be_ours(data: bytes) -> bool:
    """Whether Kinfolk may have written into a sidecar, found without reading it as XML."""
    return _OURS in data.replace(b"\0", b"")


def _embedded(photo: Path) -> Packet:
    """What the photo's own file says; broken XMP there is as good as none.

    Raises XmpError when the photo is not there: nobody needs a sidecar of nothing.
    """
    if not photo.exists():
        raise XmpError("The photo is not there now.")
    return read_embedded(photo)


def _outcome(old: OldSidecar | None, data: bytes | None) -> Outcome:
    if old is None:
        return Outcome.NONE if data is None else Outcome.NEW
    if data is None:
        return Outcome.REMOVED
    return Outcome.UNCHANGED if data == old.data else Outcome.CHANGED


def _carry_out(outcome: Outcome, path: Path, old: OldSidecar | None, data: bytes | None) -> None:
    if outcome is Outcome.NEW and data is not None:
        replacing.create(path, data)
    elif outcome is Outcome.CHANGED and data is not None and old is not None:
        replacing.replace(old, data)
    elif outcome is Outcome.REMOVED and old is not None:
        replacing.remove(old)
