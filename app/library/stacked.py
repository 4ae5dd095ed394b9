"""Stacked: photos that stand together, one of them on top, and that it stays so.

[Note: Stacks] Each photo of a stack notes the photo on top, that one itself; who is alone notes
nothing. A photo that is gone, or became a copy, keeps its note until `settle`: what is shown never
relies on the top being there. Everything here is to be called within a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from app.library.anchors import read
from app.library.best_shot import best_first
from app.library.models import Photo
from app.library.queries.shapes import SHOWN, chunks

_MATES = """
SELECT id, stack_id FROM photo WHERE stack_id IN (
    SELECT stack_id FROM photo
    WHERE id IN (SELECT value FROM json_each(?)) AND stack_id IS NOT NULL)
"""
_STANDING = """
SELECT id, stack_word FROM photo WHERE stack_id = ? AND state IN ({}) ORDER BY id
"""


def mates(photo_ids: Iterable[int]) -> dict[int, int]:
    """Everyone in the stacks that these photos stand in, with the photo on top."""
    return dict(read(_MATES, (json.dumps(sorted(photo_ids)),)))


def put(tops: Mapping[int, int | None]) -> set[int]:
    """Let these photos stand under others, themselves for those on top, or alone: None. Gives those
    that did not stand so before."""
    before = stack_ids(tops)
    moved = {one: top for one, top in tops.items() if before.get(one, top) != top}
    for one, top in moved.items():
        Photo.update(stack=top).where(Photo.id == one).execute()
    return set(moved)


def stack_ids(photo_ids: Iterable[int]) -> dict[int, int | None]:
    """Under which photo these stand."""
    statement = "SELECT id, stack_id FROM photo WHERE id IN (SELECT value FROM json_each(?))"
    return dict(read(statement, (json.dumps(sorted(photo_ids)),)))


def settle(tops: Collection[int]) -> set[int]:
    """See that these stacks are ones still: of photos that are shown, two at least, one of them on
    top; whom the user wanted there, or the best one. Gives the photos that now stand otherwise."""
    moved: set[int] = set()
    for top in sorted(tops):
        moved |= _settle(top)
    return moved


def _settle(top: int) -> set[int]:
    everyone = [one for (one,) in read("SELECT id FROM photo WHERE stack_id = ?", (top,))]
    marks = ",".join("?" * len(SHOWN))
    words = dict(read(_STANDING.format(marks), (top, *SHOWN)))
    if len(words) < 2:
        return put(dict.fromkeys(everyone))
    wanted: dict[int, int | None] = {one: None for one in everyone if one not in words}
    if top not in words:
        top = chosen_top(words) or best_first(words)[0]
    return put(wanted | dict.fromkeys(words, top))


def chosen_top(words: Mapping[int, str]) -> int | None:
    """Whom the user's word wants on top of photos, of which each has its `stack_word`; the later
    word wins."""
    chosen = [
        (int(word.split()[1]), one) for one, word in words.items() if word.startswith(f"{TOP} ")
    ]
    return max(chosen)[1] if chosen else None


ALONE, WITH, TOP = "alone", "with", "top"
"""How a `stack_word` begins: by the user's word, this photo is in no stack; in that of the word
with the number that follows; on top of that."""


def compare_again(photo_ids: Iterable[int]) -> None:
    """Let these photos be held against all others once more."""
    for chunk in chunks(sorted(photo_ids)):
        Photo.update(compared=False).where(Photo.id.in_(chunk)).execute()
