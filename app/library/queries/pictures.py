"""Questions about which small pictures there should be, and which never again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from app.library.anchors import Box, read
from app.library.database import Library
from app.library.rows import PhotoState


@dataclass(frozen=True, slots=True)
class Expected:
    """The photos whose fingerprints begin alike, of every collection, and who is where in them."""

    photos: dict[str, bool] = field(default_factory=dict)
    """Fingerprint -> whether the album shows a photo of that content."""
    faces: dict[str, list[Box]] = field(default_factory=lambda: defaultdict(list))
    forgotten: dict[str, list[Box]] = field(default_factory=lambda: defaultdict(list))
    """Where somebody is who must not be learnt again."""


def modified(library: Library, photo_id: int) -> int:
    """In which second since 1970 the file of a photo was written, as of the last scan."""
    found = read("SELECT mtime_ns FROM photo WHERE id = ?", (photo_id,))
    return next((ns // 10**9 for (ns,) in found), 0)


def beginnings(library: Library) -> list[str]:
    """The first two letters of all fingerprints, of photos and of faces that are forgotten."""
    statement = (
        "SELECT SUBSTR(fingerprint, 1, 2) FROM photo WHERE fingerprint <> ''"
        " UNION SELECT SUBSTR(fingerprint, 1, 2) FROM decisionface"
    )
    return sorted(letters for (letters,) in read(statement))


def expected(library: Library, beginning: str) -> Expected:
    """What is known of the photos whose fingerprints begin so."""
    found = Expected()
    between = (beginning, beginning + chr(0x10FFFF))
    for fingerprint, is_shown in read(
        "SELECT fingerprint, MAX(state = ?) FROM photo WHERE fingerprint >= ? AND fingerprint < ?"
        " GROUP BY fingerprint",
        (PhotoState.LOOKED.value, *between),
    ):
        found.photos[fingerprint] = bool(is_shown)
    for fingerprint, *box in read(
        "SELECT fingerprint, x, y, w, h FROM photo JOIN face ON face.photo_id = photo.id"
        " WHERE fingerprint >= ? AND fingerprint < ?"
        # Of another pack's looks, so that the album has them at hand once it switches.
        " UNION ALL SELECT fingerprint, x, y, w, h FROM spare"
        " JOIN spareface ON spareface.spare_id = spare.id"
        " WHERE fingerprint >= ? AND fingerprint < ?",
        (*between, *between),
    ):
        found.faces[fingerprint].append((box[0], box[1], box[2], box[3]))
    for fingerprint, *box in read(
        "SELECT fingerprint, x, y, w, h FROM decisionface"
        " JOIN decision ON decision.id = decision_id"
        " WHERE fingerprint >= ? AND fingerprint < ? AND kind = 'forget' AND NOT undone",
        between,
    ):
        found.forgotten[fingerprint].append((box[0], box[1], box[2], box[3]))
    return found
