"""Questions about photos that stand together, and about those that may."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.library.anchors import read
from app.library.best_shot import best_first
from app.library.database import Library
from app.library.models import Face, Photo
from app.library.queries.shapes import ITEM, SHOWN, items
from app.library.rows import PhotoItem

if TYPE_CHECKING:  # a window shows rows before it needs numpy
    import numpy as np
    from numpy.typing import NDArray

_SHOWN = ",".join(repr(state) for state in SHOWN)
_TOPS = "SELECT id, stack_id FROM photo WHERE stack_id IS NOT NULL"
# The index of those that stand in stacks answers this alone.
_TOPS_OF = "SELECT id, stack_id FROM photo WHERE id IN (SELECT value FROM json_each(?))"
_TOPLESS = f"""
SELECT 1 FROM photo WHERE stack_id IN (SELECT value FROM json_each(?))
    AND +collection_id = ? AND +state IN ({_SHOWN}) LIMIT 1
"""
_MATES = f"""
SELECT id FROM photo WHERE state IN ({_SHOWN}) AND stack_id IN (
    SELECT stack_id FROM photo
    WHERE id IN (SELECT value FROM json_each(?)) AND stack_id IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Folded:
    """What is left of photos when of each stack only the best is shown."""

    hidden: frozenset[int] = frozenset()
    """The others."""
    under: Mapping[int, int] = field(default_factory=dict)
    """How many stand under a photo that is shown."""


def tops(library: Library, photo_ids: Sequence[int] | None = None) -> dict[int, int]:
    """Under which photo each of those stands that are in a stack; of these photos, or of all there
    are, in whatever state."""
    if photo_ids is None:
        return dict(library.sql(_TOPS))
    asked = (json.dumps(list(photo_ids)),)
    return {one: top for one, top in library.sql(_TOPS_OF, asked) if top is not None}


def counts_under(library: Library) -> dict[int, int]:
    """How many photos note that they stand under each that is on top, in whatever state."""
    statement = "SELECT stack_id, COUNT(*) - 1 FROM photo WHERE stack_id IS NOT NULL"
    found = library.sql(f"{statement} GROUP BY stack_id")  # the index answers this alone
    return {top: count for top, count in found if count > 0}


def are_topless(library: Library, collection_id: int, top_ids: Collection[int]) -> bool:
    """Whether a photo of the collection is shown that stands under one of these."""
    found = library.sql(_TOPLESS, (json.dumps(sorted(top_ids)), collection_id))
    return bool(found)


def fold(stacked: Mapping[int, int]) -> Folded:
    """Show of each stack the photo on top; the best of those there are where that is not among
    them. `stacked` tells of the photos that could be shown which one is on top of each."""
    stacks: defaultdict[int, list[int]] = defaultdict(list)
    for one, top in stacked.items():
        stacks[top].append(one)
    hidden: set[int] = set()
    under: dict[int, int] = {}
    for top, everyone in stacks.items():
        if len(everyone) > 1:
            shown = top if top in stacked else best_first(everyone)[0]
            hidden.update(everyone)
            hidden.remove(shown)
            under[shown] = len(everyone) - 1
    return Folded(frozenset(hidden), under)


def with_mates(library: Library, photo_ids: Iterable[int]) -> frozenset[int]:
    """These photos, and all that stand in a stack with one of them."""
    asked = list(photo_ids)
    found = library.sql(_MATES, (json.dumps(asked),))
    return frozenset([*asked, *(one for (one,) in found)])


def stack_of(library: Library, photo_id: int) -> list[int]:
    """The photos that stand in a stack with this one and are shown, the one on top first and then
    by time; none where it is alone."""
    top = "stack_id = id"
    found = library.sql(
        f"SELECT id FROM photo WHERE state IN ({_SHOWN}) AND stack_id ="
        f" (SELECT stack_id FROM photo WHERE id = ?) ORDER BY {top} DESC, taken, id",
        (photo_id,),
    )
    return [one for (one,) in found] if len(found) > 1 else []


def stacked_items(library: Library, photo_id: int) -> list[PhotoItem]:
    """As `stack_of`, as a grid shows them."""
    ids = stack_of(library, photo_id)
    found = {row.id: row for row in items(Photo.select(*ITEM).where(Photo.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


# -- for whoever compares them ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Likely:
    """A photo, as far as it tells whether it shows the same as another."""

    id: int
    fingerprint: str
    taken: float | None
    """s."""
    is_dated: bool
    """Whether the camera wrote down when it was taken."""
    camera: str
    width: int
    height: int
    likeness: int
    """64 bits, signed."""
    stack_id: int | None
    stack_word: str
    compared: bool
    """Whether it was held against all others since it was looked at."""


@dataclass(frozen=True, slots=True)
class LikelyFace:
    """A face, as far as it tells whether two photos show the same."""

    x: float
    y: float
    w: float
    h: float
    quality: float
    pixels: float
    maker: tuple[str, ...]
    """Pack and version."""
    embedding: NDArray[np.float32]
    """(d,), of length 1."""


# The + keeps SQLite from going through all photos: those that wait have an index of their own.
_UNCOMPARED = f"""
SELECT id FROM photo WHERE collection_id = ? AND NOT compared AND +state IN ({_SHOWN})
    AND +likeness IS NOT NULL AND duration IS NULL ORDER BY +taken, +id
"""
_UNSEEN = f"""
SELECT id, fingerprint FROM photo WHERE collection_id = ? AND NOT compared AND +state IN ({_SHOWN})
    AND +likeness IS NULL AND duration IS NULL LIMIT ?
"""
_FILMS = f"""
SELECT id FROM photo WHERE collection_id = ? AND NOT compared AND +state IN ({_SHOWN})
    AND duration IS NOT NULL LIMIT ?
"""
_NEAR = f"""
SELECT other.id FROM photo JOIN photo AS other
    ON other.collection_id = photo.collection_id AND other.state IN ({_SHOWN})
    AND other.taken BETWEEN photo.taken - ? AND photo.taken + ?
WHERE photo.id = ? AND other.likeness IS NOT NULL AND other.id <> photo.id LIMIT ?
"""
_LIKELY = f"""
SELECT id, fingerprint, taken, taken_from IN ('exif', 'xmp'), camera, width, height, likeness,
    stack_id, stack_word, compared
FROM photo WHERE id IN (SELECT value FROM json_each(?)) AND state IN ({_SHOWN})
    AND likeness IS NOT NULL AND duration IS NULL ORDER BY taken, id
"""
_SAID = f"""
WITH said (number) AS (
    SELECT DISTINCT CAST(SUBSTR(stack_word, INSTR(stack_word, ' ') + 1) AS INTEGER) FROM photo
    WHERE id IN (SELECT value FROM json_each(?)) AND INSTR(stack_word, ' '))
SELECT DISTINCT said.number, photo.id FROM said
JOIN decisionface ON decision_id = said.number
JOIN photo ON photo.fingerprint = decisionface.fingerprint
WHERE state IN ({_SHOWN}) AND INSTR(stack_word, ' ')
    AND CAST(SUBSTR(stack_word, INSTR(stack_word, ' ') + 1) AS INTEGER) = said.number
ORDER BY said.number, photo.id
"""
_FACES = """
SELECT photo_id, x, y, w, h, quality, pixels, pack, pack_version, embedding FROM face
WHERE photo_id IN (SELECT value FROM json_each(?)) AND is_face AND NOT drawn ORDER BY id
"""


def uncompared(library: Library, collection_id: int) -> list[int]:
    """The photos that wait to be held against all others, the oldest first."""
    return [one for (one,) in library.sql(_UNCOMPARED, (collection_id,))]


def unseen(library: Library, collection_id: int, limit: int) -> list[tuple[int, str]]:
    """Photos of which nobody knows what they look like: looked at by an earlier version; with
    their fingerprints."""
    return [(one, told) for one, told in library.sql(_UNSEEN, (collection_id, limit))]


def films(library: Library, collection_id: int, limit: int) -> list[int]:
    """Videos that nobody has said yet are in no stack."""
    return [one for (one,) in library.sql(_FILMS, (collection_id, limit))]


def likenesses(
    library: Library, collection_id: int
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """The ids (n,) of all photos of which it is known what they look like, also of those that are
    gone, and the 64 bits (n,)."""
    import numpy as np

    ids, bits = array("q"), array("q")
    # The index that it is in answers this alone.
    cursor = library.rows(
        "SELECT id, likeness FROM photo WHERE collection_id = ? AND likeness IS NOT NULL",
        (collection_id,),
    )
    while rows := cursor.fetchmany(5000):
        ids.extend(one for one, _ in rows)
        bits.extend(told for _, told in rows)
    return np.array(ids, np.int64), np.array(bits, np.int64).view(np.uint64)


def said_together(library: Library, photo_ids: Collection[int]) -> list[list[int]]:
    """The photos that the user stacked with each other, each of these with all of them."""
    rows = library.sql(_SAID, (json.dumps(sorted(photo_ids)),))
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, one in rows:
        found[number].append(one)
    return list(found.values())


def near_in_time(library: Library, photo_id: int, seconds: float, limit: int) -> list[int]:
    """Photos that were taken so shortly before or after this one."""
    found = library.sql(_NEAR, (seconds, seconds, photo_id, limit))
    return [one for (one,) in found]


def likely(library: Library, photo_ids: Collection[int]) -> dict[int, Likely]:
    """What there is to know of those of these photos that are shown, by id."""
    found = library.sql(_LIKELY, (json.dumps(sorted(photo_ids)),))
    return {row[0]: Likely(*row) for row in found}


def likely_faces(library: Library, photo_ids: Collection[int]) -> dict[int, list[LikelyFace]]:
    """The faces in these photos that have an embedding, by photo."""
    import numpy as np

    found: defaultdict[int, list[LikelyFace]] = defaultdict(list)
    asked = (json.dumps(sorted(photo_ids)),)
    for photo_id, x, y, w, h, quality, pixels, *maker, embedding in read(_FACES, asked):
        vector = np.asarray(Face.embedding.python_value(embedding), np.float32)
        length = float(np.linalg.norm(vector)) if vector.size else 0.0
        if length > 0:
            unit = (vector / length).astype(np.float32)
            found[photo_id].append(LikelyFace(x, y, w, h, quality, pixels, tuple(maker), unit))
    return found
