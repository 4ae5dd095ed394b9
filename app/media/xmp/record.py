"""Record: what of a sidecar Kinfolk wrote, noted in the sidecar itself.

[Note: Record] A name that is taken back later must leave the sidecar, and what others wrote must
stay, even where it is the same name. So each item that Kinfolk adds is noted in a property of its
own, `kinfolk:Written`, which other programs keep as they keep all they do not know. An item is
Kinfolk's only while it still is as it was noted: once another program has changed it, it is theirs.
It stands in the sidecar and not in the library, since sidecars are copied, moved and restored on
their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.media.xmp.namespaces import KINFOLK, clark
from app.media.xmp.packet import Packet

WRITTEN: Final = clark(KINFOLK, "Written")
REGION: Final = "region"
"""A whole region."""
NAMED: Final = "named"
"""The name of a region that was there."""
WAS: Final = "was"
"""The name it had before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: what kind it is, its area if it is a region, and its text."""

    kind: str
    """The local name of the property that holds the keyword; else one of the words above."""
    text: str
    """The keyword, or the name."""
    place: str = ""
    """The area as it is written, 'x,y,w,h'."""

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.place, self.text) if part)

    @classmethod
    def read(cls, text: str) -> Entry | None:
        """As it was written; None for what is no entry."""
        kind, _, rest = text.partition(" ")
        if kind not in (REGION, NAMED, WAS):
            return cls(kind, rest) if rest else None
        place, _, name = rest.partition(" ")
        return cls(kind, name, place) if name else None


def entries_in(packet: Packet) -> dict[Entry, None]:
    """What Kinfolk noted in a packet, in order."""
    found = (Entry.read(text) for text in packet.texts(KINFOLK, "Written"))
    return dict.fromkeys(entry for entry in found if entry is not None)


def texts(entries: Iterable[Entry]) -> list[str]:
    """As they are written."""
    return [str(entry) for entry in entries]
