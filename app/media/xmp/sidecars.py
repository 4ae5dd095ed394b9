"""Sidecars: the `.xmp` files that programs lay beside a photo.

Two ways to name them are about: `IMG_1.xmp` (Adobe's, for raw pictures) and `IMG_1.JPG.xmp`
(darktable, digiKam). The first may be about any file of that stem; Adobe's say in
photoshop:SidecarForExtension about which.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import XmpError
from app.media.xmp.find import read_embedded
from app.media.xmp.namespaces import PHOTOSHOP
from app.media.xmp.opening import open_plain
from app.media.xmp.packet import MAX_BYTES, Packet, read_packet

SUFFIX: Final = ".xmp"


@dataclass(frozen=True, slots=True)
class Description:
    """What one file says about a photo."""

    path: Path
    """The photo itself or a sidecar."""
    packet: Packet
    error: str = ""
    """Why it could not be read; the packet is empty then."""


def sidecars_of(photo: Path) -> list[Path]:
    """The sidecars there are beside a photo, by name alone: the one with its whole name first."""
    names = [photo.name + SUFFIX, photo.name + SUFFIX.upper()]
    if photo.stem != photo.name:
        names += [photo.stem + SUFFIX, photo.stem + SUFFIX.upper()]
    found: list[Path] = []
    for name in names:
        path = photo.with_name(name)
        if os.path.isfile(path) and not _is_among(path, found):  # noqa: PTH113 - never raises
            found.append(path)
    return found


def _is_among(path: Path, found: list[Path]) -> bool:
    """Whether it is one of them by another spelling, on a disk that knows no capitals."""
    try:
        return any(path.samefile(other) for other in found if other.suffix != path.suffix)
    except OSError:
        return False


def read_sidecar(path: Path) -> Packet:
    """What a sidecar says. Raises XmpError."""
    return read_packet(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The content of a sidecar. Raises XmpError, also when it is too large to be one."""
    with open_plain(path) as stream:
        try:
            data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise XmpError("The sidecar cannot be read.") from error
    if len(data) > MAX_BYTES:
        raise XmpError("The sidecar is too large.")
    return data


def is_about(packet: Packet, photo: Path) -> bool:
    """Whether a sidecar named by the stem alone may be about this photo, and not only about another
    file of that stem."""
    extension = packet.text(PHOTOSHOP, "SidecarForExtension")
    return not extension or extension.lower() == photo.suffix[1:].lower()


def describe(photo: Path) -> list[Description]:
    """All that is said about a photo in XMP: its sidecars first, which as a rule are newer, then
    what is within the file. What says nothing is left out; what cannot be read has an error."""
    found = []
    for path in sidecars_of(photo):
        try:
            packet = read_sidecar(path)
        except XmpError as error:
            found.append(Description(path, Packet(), str(error)))
            continue
        if packet.properties and is_about(packet, photo):
            found.append(Description(path, packet))
    try:
        embedded = read_embedded(photo)
    except XmpError as error:
        found.append(Description(photo, Packet(), str(error)))
    else:
        if embedded.properties:
            found.append(Description(photo, embedded))
    return found


def read_xmp(photo: Path) -> Packet:
    """The same as one packet; what a sidecar says goes before what the file says. Empty where
    nothing is said, or nothing can be read."""
    whole = Packet()
    for description in describe(photo):
        whole = whole.beside(description.packet)
    return whole
