"""Decisions: the log of what the user said.

[Note: Decisions] A row is added for everything the user says, also for undo and redo; none is
ever changed but for `undone`, which mirrors the undo rows after it. The one exception is a person
who is to be forgotten: what the log holds of them is erased, and such a row is stepped over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import takewhile
from typing import Any

import peewee as pw

from app.changes import Changes
from app.errors import UsageError
from app.library.anchors import Box, HasId, add_anchors, anchors_of, found_by, read
from app.library.carrying import anchor, anchor_places
from app.library.census import take_census
from app.library.collecting import ABOUT, folders_about
from app.library.database import Library
from app.library.models import Decision, DecisionFace, Photo
from app.library.queries.shapes import chunks
from app.library.spoken import hold, keys_in
from app.library.stack_words import KINDS as ABOUT_STACKS
from app.library.stack_words import prints_about
from app.library.taken_in import IMPORT, drawn_prints
from app.library.verbs import VERBS

FINAL = ("forget",)
"""Kinds that are not said again by redo."""


def decide(
    library: Library,
    collection_id: int,
    kind: str,
    data: dict[str, Any],
    said: str,
    faces: Iterable[HasId] = (),
    overrides: str = "",
    places: Iterable[tuple[str, Box]] = (),
    anchors: Iterable[tuple[Any, ...]] = (),
) -> Changes:
    """Write a decision down and carry it out. To be called within a transaction.

    `overrides` tells, in a sentence of its own, which earlier words do not hold any more. `places`
    are where it makes faces: fingerprint and box. `anchors` are rows as `anchors.add_anchors` takes
    them, without the number of the decision.
    """
    decision = Decision.create(collection=collection_id, kind=kind, data=data, said=said)
    anchor(decision, faces)
    anchor_places(decision, places)
    add_anchors((decision.id, *row) for row in anchors)
    people = VERBS[kind].carry_out(decision)
    return _changes(library, decision, people, sentences(said, overrides))


def undo_last(library: Library, collection_id: int) -> Changes:
    """Take back the last decision that stands. To be called within a transaction.

    Raises UsageError when there is nothing to undo.
    """
    decision = last_standing(collection_id)
    if decision is None:
        raise UsageError("There is nothing to undo.")
    Decision.create(collection=collection_id, kind="undo", data={}, target=decision)
    Decision.update(undone=True).where(Decision.id == decision.id).execute()
    verb = VERBS[decision.kind]
    said = sentences(f"Undone: {decision.said}", verb.afterwards)
    return _changes(library, decision, verb.take_back(decision), said, again=True)


def redo_last(library: Library, collection_id: int) -> Changes:
    """Carry out again what was undone last. To be called within a transaction.

    Raises UsageError when nothing was undone, or something was decided since.
    """
    decision = last_undone(collection_id)
    if decision is None:
        raise UsageError("There is nothing to redo.")
    Decision.create(collection=collection_id, kind="redo", data={}, target=decision)
    Decision.update(undone=False).where(Decision.id == decision.id).execute()
    people = VERBS[decision.kind].carry_out(decision)
    return _changes(library, decision, people, f"Redone: {decision.said}", again=True)


def last_standing(collection_id: int) -> Decision | None:
    """The decision that undo would take back."""
    return (
        Decision.select()
        .where(
            Decision.collection == collection_id,
            Decision.kind.in_(list(VERBS)),
            ~Decision.undone,
        )
        .order_by(Decision.id.desc())
        .first()
    )


def last_undone(collection_id: int) -> Decision | None:
    """The decision that redo would carry out again: the last one undone, unless something else
    was said since."""
    waiting = redoable(collection_id)
    return Decision.get_by_id(waiting[0]) if waiting else None


def redoable(collection_id: int) -> list[int]:
    """The ids of the decisions that redo would carry out again, in this order."""
    mine = Decision.collection == collection_id
    newest = Decision.select(pw.fn.MAX(Decision.id)).where(mine, Decision.kind.in_(list(VERBS)))
    undone_since = Decision.select(Decision.target).where(
        mine, Decision.kind == "undo", Decision.id > newest
    )
    query = (
        Decision.select(Decision.id, Decision.kind)
        .where(Decision.undone, Decision.kind.in_(list(VERBS)), Decision.id.in_(undone_since))
        .order_by(Decision.id)
    )
    words = takewhile(lambda word: word[1] not in FINAL, query.tuples())
    return [number for number, _ in words]


def _changes(
    library: Library, decision: Decision, people: set[int], said: str, *, again: bool = False
) -> Changes:
    if decision.kind in ABOUT:
        number = decision.data["collection"]
        return Changes(folders=folders_about(decision), collections=frozenset({number}), said=said)
    concerned = _concerned(decision, again=again)
    people |= hold(decision.collection_id, concerned)
    take_census(library, people)
    return Changes(
        people=frozenset(people), photos=frozenset(_changed_photos(decision, concerned)),
        faces=frozenset(_changed_faces(decision)), said=said,
    )  # fmt: skip


def _changed_photos(decision: Decision, prints: set[str]) -> set[int]:
    """The photos in which a word makes faces, or lets them be found again; or that stood or stand
    with those that it stacks."""
    if decision.kind == IMPORT:
        prints = drawn_prints(decision)
    elif decision.kind in ABOUT_STACKS:
        prints = prints_about(decision)
    elif decision.kind not in ("draw", "forget"):
        return set()
    return {
        photo_id
        for chunk in chunks(sorted(prints))
        for (photo_id,) in Photo.select(Photo.id)
        .where(Photo.collection == decision.collection_id, Photo.fingerprint.in_(chunk))
        .tuples()
    }


def _changed_faces(decision: Decision) -> set[int]:
    """The faces of nobody that a word changes: no person tells of them."""
    if decision.kind != "stranger":
        return set()
    found = found_by(decision.collection_id, anchors_of(decision.id))
    return {face_id for ids in found for face_id in ids}


def _concerned(decision: Decision, *, again: bool) -> set[str]:
    """The photos in which a word may change what holds: those it is about; but a year of birth
    bears upon every face that was said to be that person, and a merge that is taken back or said
    again also upon faces that have come since."""
    words = [decision.id]
    is_merge_again = again and (decision.kind == "merge" or bool(decision.data.get("joined")))
    if decision.kind == "birth" or decision.data.get("birth") or is_merge_again:
        words += _words_about(decision)
    about = DecisionFace.select(DecisionFace.fingerprint).distinct()
    return {
        fingerprint
        for chunk in chunks(words)
        for (fingerprint,) in about.where(DecisionFace.decision.in_(chunk)).tuples()
    }


def _words_about(decision: Decision) -> list[int]:
    """The words about everyone a word is about, and about all who are one with them by merges,
    whether these stand or not."""
    log = read(
        "SELECT id, kind, data FROM decision WHERE collection_id = ?", (decision.collection_id,)
    )
    known = [(number, kind, keys_in(json.loads(data))) for number, kind, data in log]
    merges = [keys for _, kind, keys in known if kind == "merge"]
    merges += [
        {one, other}
        for _, kind, data in log
        if kind == IMPORT
        for one, other in json.loads(data)["joined"].items()
    ]
    everyone = keys_in(decision.data)
    while more := {key for keys in merges if keys & everyone for key in keys} - everyone:
        everyone |= more
    return [number for number, _, keys in known if keys & everyone]


def sentences(*parts: str) -> str:
    """The parts as one text: a single one as it is, several each with its full stop."""
    said = [part.rstrip(".") for part in parts if part]
    return said[0] if len(said) == 1 else ". ".join(said) + "."
