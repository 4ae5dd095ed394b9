"""Keywords: who and what is said to be in a photo without saying where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.media.xmp.namespaces import (
    DC,
    DIGIKAM,
    IPTC_EXT,
    LIGHTROOM,
    MICROSOFT_PHOTO,
    MICROSOFT_PHOTO_BARE,
    clark,
)
from app.media.xmp.packet import Packet, items_of, text_of

_PATHS: Final = (
    (DIGIKAM, "TagsList", "/"),
    (LIGHTROOM, "hierarchicalSubject", "|"),
    (MICROSOFT_PHOTO, "LastKeywordXMP", "/"),
    (MICROSOFT_PHOTO_BARE, "LastKeywordXMP", "/"),
)


@dataclass(frozen=True, slots=True)
class Keywords:
    """All keywords of a packet, in order and each once."""

    people: tuple[str, ...]
    """Names that are said to be of people shown (Iptc4xmpExt:PersonInImage)."""
    paths: tuple[tuple[str, ...], ...]
    """Keywords of a tree, from its root on: ('People', 'Family', 'Anna')."""
    flat: tuple[str, ...]
    """Plain keywords (dc:subject), of people, places and all else."""


def keywords_in(packet: Packet) -> Keywords:
    """The keywords of a packet."""
    people = [*packet.texts(IPTC_EXT, "PersonInImage")]
    for detailed in items_of(packet.get(IPTC_EXT, "PersonInImageWDetails")):
        if isinstance(detailed, dict):
            people.append(text_of(detailed.get(clark(IPTC_EXT, "PersonName"))))
    paths = [
        tuple(part.strip() for part in text.split(separator) if part.strip())
        for namespace, name, separator in _PATHS
        for text in packet.texts(namespace, name)
    ]
    return Keywords(
        tuple(dict.fromkeys(name for name in people if name)),
        tuple(dict.fromkeys(path for path in paths if path)),
        tuple(dict.fromkeys(packet.texts(DC, "subject"))),
    )
