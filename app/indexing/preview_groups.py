"""What other settings would make of people, groups and faces: counted as the library counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.indexing.preview_effect import MOST_EXAMPLES, Example, GroupsEffect, Move
from app.library.database import FoundingRule
from app.library.queries.founding import Seen, Someone

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Placing:
    """Whom each of n faces is with, or would be."""

    people: Ids
    """(n,): a person's id; below 0 for a group that would be founded; 0 for nobody."""
    rule: FoundingRule


def groups_effect(
    seen: Seen,
    everyone: Mapping[int, Someone],
    now: FoundingRule,
    then: Placing,
    confirmed: NDArray[np.bool_],
) -> GroupsEffect:
    """What would change from how it is with the rule of `now` to `then`; `confirmed` (n,) are the
    faces of which the user said it themselves."""
    before, after = seen.people, then.people
    cards = cards_of(seen, before, now, everyone)
    later = cards_of(seen, after, then.rule, everyone)
    has_moved = before != after
    touched = np.unique(np.concatenate([before[has_moved], after[has_moved]]))
    touched = touched[touched > 0]
    come, go = np.setdiff1d(later, cards), np.setdiff1d(cards, later)
    named = [number for number in touched.tolist() if number in everyone and everyone[number].name]
    return GroupsEffect(
        faces=len(before),
        people_before=len(cards),
        people_after=len(later),
        groups_before=_count(before),
        groups_after=_count(after),
        cards_come=len(come),
        cards_go=len(go),
        joined=int((has_moved & (before == 0)).sum()),
        left=int((has_moved & (after == 0)).sum()),
        moved=int((has_moved & (before != 0) & (after != 0)).sum()),
        groups_touched=len(touched),
        named_touched=len(named),
        confirmed_moved=int((has_moved & confirmed).sum()),
        examples=_examples(seen, everyone, after, come, go),
    )


def cards_of(seen: Seen, people: Ids, rule: FoundingRule, everyone: Mapping[int, Someone]) -> Ids:
    """The people who have a card, in order: who has a name, and who has enough photos with a clear
    face; not those who are hidden."""
    here = np.unique(people[people != 0])
    clear = seen.is_clear(rule) & (people != 0)
    pairs = np.unique(np.stack([people[clear], seen.photos[clear]]), axis=1)
    owners, photos = np.unique(pairs[0], return_counts=True)
    counts = np.zeros(len(here), np.int64)
    counts[np.searchsorted(here, owners)] = photos
    known = [everyone.get(number) for number in here.tolist()]
    is_named = np.array([one is not None and bool(one.name) for one in known], np.bool_)
    is_hidden = np.array([one is not None and one.is_hidden for one in known], np.bool_)
    return np.asarray(here[(is_named | (counts >= rule.min_photos)) & ~is_hidden])


def _count(people: Ids) -> int:
    return len(np.unique(people[people != 0]))


def _examples(
    seen: Seen, everyone: Mapping[int, Someone], after: Ids, come: Ids, go: Ids
) -> tuple[Example, ...]:
    """Some of each kind, those with a name first and then the clearest; taken in turn."""
    before = seen.people
    moved = np.flatnonzero(before != after)

    def name(number: int) -> str:
        return everyone[number].name if number in everyone else ""

    is_named = np.array(
        [bool(name(a) or name(b)) for a, b in zip(before[moved], after[moved], strict=True)],
        np.bool_,
    )
    moved = moved[np.lexsort((moved, -seen.quality[moved], ~is_named))]
    kinds: dict[Move, list[Example]] = {move: [] for move in Move}
    for row in moved.tolist():
        was, becomes = int(before[row]), int(after[row])
        move = Move.JOINS if was == 0 else Move.LEAVES if becomes == 0 else Move.MOVES
        if len(kinds[move]) < MOST_EXAMPLES:
            kinds[move].append(Example(int(seen.ids[row]), move, name(was), name(becomes)))
    for move, people, placed in (
        (Move.CARD_COMES, come, after), (Move.CARD_GOES, go, before),
    ):  # fmt: skip
        for number in people[:MOST_EXAMPLES].tolist():
            face = _face_of(seen, everyone.get(number), placed == number)
            kinds[move].append(Example(face, move, name(number), name(number)))
    found: list[Example] = []
    while any(kinds.values()) and len(found) < MOST_EXAMPLES:
        found += [kinds[move].pop(0) for move in Move if kinds[move]]
    return tuple(found[:MOST_EXAMPLES])


def _face_of(seen: Seen, who: Someone | None, own: NDArray[np.bool_]) -> int:
    """The face that stands for somebody: their cover if it is theirs, or else the clearest."""
    rows = np.flatnonzero(own)
    if who is not None and who.cover_id in seen.ids[rows]:
        return who.cover_id
    return int(seen.ids[rows[np.argmax(seen.quality[rows])]])
