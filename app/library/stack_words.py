"""Stack words: what the user said of photos that stand together, and that it holds.

[Note: Whole photos] These words are about photos, not faces: the anchor has the fingerprint, and a
box without size, which frames no face. Everything here is to be called within a transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from app.library.anchors import Box, anchors_of, read
from app.library.best_shot import best_first
from app.library.models import Decision, Photo
from app.library.queries.shapes import SHOWN, chunks
from app.library.stacked import ALONE, TOP, WITH, chosen_top, put, settle, stack_ids

STACK, UNSTACK = "stack", "unstack"
"""The kinds of these words. Both tell `was`: each photo of the stacks concerned, by fingerprint,
and which was on top of it before, if any. A stack tells its `top`, too."""
KINDS = (STACK, UNSTACK)
WHOLE: Box = (0.0, 0.0, 0.0, 0.0)
"""The place of a whole photo: no box of a face overlaps it, so no face is ever taken for it."""

_STANDING = """
SELECT fingerprint, decision.id, kind, data
FROM decisionface JOIN decision ON decision.id = decision_id
WHERE fingerprint IN ({}) AND collection_id = ? AND kind IN ('stack', 'unstack') AND NOT undone
ORDER BY decision.id
"""
# The + keeps SQLite from looking the photos up by collection, which is all of them.
_PHOTOS = """
SELECT id, fingerprint, stack_word FROM photo
WHERE fingerprint IN ({}) AND +collection_id = ? AND state IN ({})
"""


def hold_stack_words(collection_id: int, prints: Collection[str]) -> None:
    """Note at the photos of these fingerprints what the standing words say of them; those of which
    they say something else than before are held against all others again."""
    said: dict[str, str] = {}
    for chunk in chunks(sorted(prints)):
        marks = ",".join("?" * len(chunk))
        for fingerprint, number, kind, data in read(
            _STANDING.format(marks), (*chunk, collection_id)
        ):
            is_top = fingerprint == json.loads(data).get("top")
            word = f"{TOP if is_top else WITH} {number}"
            said[fingerprint] = ALONE if kind == UNSTACK else word
    for photo_id, fingerprint, before in _photos(collection_id, prints):
        word = said.get(fingerprint, "")
        if word != before:
            Photo.update(stack_word=word, compared=False).where(Photo.id == photo_id).execute()


def carry_out_stack(decision: Decision) -> set[int]:
    """Let the photos stand together; nobody is touched by it."""
    prints = _prints(decision)
    hold_stack_words(decision.collection_id, prints)
    words = {one: word for one, _, word in _photos(decision.collection_id, prints)}
    left = set(stack_ids(words).values()) - {None}
    if len(words) > 1:
        top = chosen_top(words) or best_first(words)[0]
        put(dict.fromkeys(words, top))
    settle(_tops(left))
    return set()


def carry_out_unstack(decision: Decision) -> set[int]:
    """Let the photos stand alone."""
    prints = _prints(decision)
    hold_stack_words(decision.collection_id, prints)
    photos = [one for one, _, _ in _photos(decision.collection_id, prints)]
    left = stack_ids(photos)
    put(dict.fromkeys(photos))
    settle(_tops(left.values()))
    return set()


def take_back(decision: Decision) -> set[int]:
    """Let everybody concerned stand as before."""
    was: dict[str, str] = decision.data["was"]
    prints = {*was, *_prints(decision)}
    hold_stack_words(decision.collection_id, prints)
    rows = _photos(decision.collection_id, prints)
    ids = {fingerprint: one for one, fingerprint, _ in rows}
    now = set(stack_ids(ids.values()).values())
    put({one: ids.get(was.get(fingerprint, "")) for fingerprint, one in ids.items()})
    settle(_tops(now | set(stack_ids(ids.values()).values())))
    return set()


def prints_about(decision: Decision) -> set[str]:
    """The fingerprints of all photos that stood, or stand, in the stacks concerned."""
    return {*decision.data.get("was", ()), *_prints(decision)}


def _prints(decision: Decision) -> set[str]:
    return {anchor.fingerprint for anchor in anchors_of(decision.id)}


def _tops(found: Iterable[int | None]) -> set[int]:
    return {one for one in found if one is not None}


def _photos(collection_id: int, prints: Iterable[str]) -> list[tuple[int, str, str]]:
    """Id, fingerprint and word of the photos that are shown."""
    found: list[tuple[int, str, str]] = []
    for chunk in chunks(sorted(prints)):
        statement = _PHOTOS.format(",".join("?" * len(chunk)), ",".join("?" * len(SHOWN)))
        found += [(a, b, c) for a, b, c in read(statement, (*chunk, collection_id, *SHOWN))]
    return found
