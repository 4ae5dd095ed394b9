"""Which keywords a sidecar gets and which it loses, for the people in a photo.

Four properties, since no program reads all of them: Iptc4xmpExt:PersonInImage is the standard's own
word for who is shown; digiKam:TagsList and lr:hierarchicalSubject put the name below People, as
digiKam, Lightroom and darktable do; and dc:subject is what everything else reads, and without which
Lightroom does not take up the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.errors import XmpError
from app.media.xmp.namespaces import DC, DIGIKAM, IPTC_EXT, LIGHTROOM, clark
from app.media.xmp.packet import Packet, Value
from app.media.xmp.record import Entry
from app.media.xmp.wish import Wish, plain_name

PEOPLE: Final = "People"
"""The root of the tree of keywords, as digiKam and Lightroom call it in English."""
_LISTS: Final = (
    (IPTC_EXT, "PersonInImage", ""),
    (DIGIKAM, "TagsList", "/"),
    (LIGHTROOM, "hierarchicalSubject", "|"),
    (DC, "subject", ""),
)


@dataclass(slots=True)
class ListChange:
    """What happens to one list of a sidecar."""

    name: str
    """'{namespace}name' of the property."""
    before: list[Value] | None
    """None where the sidecar has none."""
    after: list[Value]
    removed: set[int] = field(default_factory=set)
    """Places in `before`."""
    added: list[Value] = field(default_factory=list)
    """At the end; where there was no list, with all that the photo's own file has in its."""

    @property
    def is_any(self) -> bool:
        """Whether anything happens."""
        return bool(self.removed or self.added)


def plan_keywords(
    packet: Packet, embedded: Packet, wish: Wish, ours: dict[Entry, None]
) -> tuple[list[ListChange], list[Entry]]:
    """What happens to the lists of keywords, and what is ours in them afterwards.

    Raises XmpError when a list is written in a way that is not to be touched.
    """
    known = {plain_name(face.name) for face in wish.faces}
    changes, kept = [], []
    for namespace, local, separator in _LISTS:
        name = clark(namespace, local)
        before = _list(packet.get(namespace, local), local)
        change = ListChange(name, before, [])
        for place, item in enumerate(before or []):
            entry = Entry(local, item.strip()) if isinstance(item, str) else None
            if entry is None or entry not in ours:
                change.after.append(item)
            elif plain_name(_leaf(entry.text, separator)) in known:
                change.after.append(item)
                kept.append(entry)
            else:
                change.removed.add(place)
        hidden = _list(embedded.get(namespace, local), local) if before is None else None
        there = [*change.after, *(hidden or [])]
        leaves = {plain_name(_leaf(item, separator)) for item in there if isinstance(item, str)}
        new = [
            _keyword(name, separator)
            for name in wish.names
            if plain_name(name) not in leaves and not (separator and separator in name)
        ]
        if new:
            # A list in a sidecar hides that of the photo's file from programs that read both.
            change.added = [*(hidden or []), *new]
            change.after += change.added
            kept += [Entry(local, text) for text in new]
        changes.append(change)
    return changes, kept


def _list(value: Value | None, local: str) -> list[Value] | None:
    if value is None or isinstance(value, list):
        return value
    raise XmpError(f"The keywords there ({local}) are written in a way Kinfolk does not change.")


def _leaf(text: str, separator: str) -> str:
    return text.rpartition(separator)[2].strip() if separator else text.strip()


def _keyword(name: str, separator: str) -> str:
    return f"{PEOPLE}{separator}{name}" if separator else name
