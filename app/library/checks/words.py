"""Words: the log agrees with itself, and the album with the log."""

from __future__ import annotations

import json
from typing import Any

from app.library.anchors import add_anchors, read
from app.library.census import take_census
from app.library.checks.check import Check, rehearsed, told
from app.library.checks.told_people import bring_back, change_back, changed_people, lost_people
from app.library.commands.forgetting import about_nothing
from app.library.database import Library
from app.library.erased import make_husks
from app.library.journal import read_words
from app.library.models import Collection, Decision
from app.library.spoken import hold
from app.library.verbs import VERBS

_HOW_THEY_STAND = """
SELECT face.id, person_id, is_face, CASE WHEN person_id IS NULL THEN placed END
FROM face JOIN photo ON photo.id = face.photo_id
WHERE photo.fingerprint IN (SELECT fingerprint FROM decisionface)
"""
# Who placed a face with a person is all one, as long as it is that person.


def aim_check() -> Check:
    """Whether every undo and redo says of what."""
    return Check(
        "log",
        _aimless,
        told(
            "1 undo or redo in the log does not say of what.",
            "{} undos and redos in the log do not say of what.",
        ),
        _aim,
    )


def word_checks(library: Library) -> list[Check]:
    """What can be wrong with the log, and with the people that it made."""
    return [
        Check(
            "log",
            _wrong_flags,
            told(
                "1 word of the log is marked as taken back, or not, against what came after it.",
                "{} words of the log are marked as taken back, or not, against what came after.",
            ),
            _set_flags,
        ),
        Check(
            "log",
            _about_nothing,
            told(
                "1 word of the log has lost the faces it was about.",
                "{} words of the log have lost the faces they were about.",
            ),
            lambda found: _find_again(library, found),
        ),
        Check(
            "people",
            lost_people,
            told(
                "1 person of whom the log speaks is missing.",
                "{} people of whom the log speaks are missing.",
            ),
            bring_back,
        ),
        Check(
            "people",
            changed_people,
            told(
                "1 person is not as the log says: name, year of birth, hidden, staff or merged.",
                "{} people are not as the log says: name, year of birth, hidden, staff or merged.",
            ),
            change_back,
        ),
    ]


def hold_check(library: Library) -> Check:
    """Whether the faces are where the log says."""
    return Check(
        "faces",
        lambda: rehearsed(library, lambda: _hold(library)),
        told(
            "1 face or cover is not where the log says.",
            "{} faces or covers are not where the log says.",
        ),
        lambda _: _hold(library),
        needs_peace=True,
    )


def _aimless() -> list[tuple[int, int | None]]:
    """The undos and redos whose word is not known; and which it was, as far as flags tell."""
    aimless = read(
        "SELECT undo.id, undo.kind FROM decision AS undo"
        " LEFT JOIN decision AS word ON word.id = undo.target_id"
        " WHERE undo.kind IN ('undo', 'redo') AND word.id IS NULL ORDER BY undo.id"
    )
    if not aimless:
        return []
    flagged = [(number, is_undone) for number, is_undone in _wrong_flags() if not is_undone]
    if len(flagged) != len(aimless) or any(kind == "redo" for _, kind in aimless):
        return [(number, None) for number, _ in aimless]
    # Words are taken back the last one first.
    words = sorted((number for number, _ in flagged), reverse=True)
    return [(number, word) for (number, _), word in zip(aimless, words, strict=True)]


def _aim(found: list[tuple[int, int | None]]) -> None:
    make_husks([number for number, word in found if word is None])
    for number, word in found:
        if word is not None:
            Decision.update(target=word).where(Decision.id == number).execute()


def _wrong_flags() -> list[tuple[int, bool]]:
    """The words whose flag is not what the last undo or redo of them says; and what that is."""
    is_undone: dict[int, bool] = {}
    flags: dict[int, bool] = {}
    for number, kind, target, undone in read(
        "SELECT id, kind, target_id, undone FROM decision ORDER BY id"
    ):
        if kind in VERBS:
            flags[number] = bool(undone)
        elif kind in ("undo", "redo") and target is not None:
            is_undone[target] = kind == "undo"
    return [
        (number, is_undone.get(number, False))
        for number, flag in flags.items()
        if flag != is_undone.get(number, False)
    ]


def _set_flags(found: list[tuple[int, bool]]) -> None:
    for number, is_undone in found:
        Decision.update(undone=is_undone).where(Decision.id == number).execute()


def _about_nothing() -> list[int]:
    return [
        number
        for (collection,) in Collection.select(Collection.id).tuples()
        for number in about_nothing(collection)
    ]


def _find_again(library: Library, found: list[int]) -> None:
    """Take the faces from the journal, or one that was set aside. Words whose faces these do not
    know, either, say nothing any more."""
    told = {
        (word.id, word.kind, word.at): word.anchors
        for path in sorted(library.path.parent.glob("journal*.jsonl"), reverse=True)
        for word in read_words(path)
        if word.anchors
    }
    lost = read(
        "SELECT id, kind, at FROM decision WHERE id IN (SELECT value FROM JSON_EACH(?))",
        (json.dumps(found),),
    )
    known = {word[0]: told[word] for word in lost if word in told}
    add_anchors((number, *anchor) for number, anchors in known.items() for anchor in anchors)
    make_husks([number for number in found if number not in known])


def _hold(library: Library) -> list[Any]:
    """The faces that `hold` moves or makes, and the people whose covers it changes; within a
    transaction."""
    moved: list[Any] = []
    for (collection,) in Collection.select(Collection.id).tuples():
        prints = {
            fingerprint
            for (fingerprint,) in read(
                "SELECT DISTINCT fingerprint FROM decisionface"
                " JOIN decision ON decision.id = decision_id WHERE collection_id = ?",
                (collection,),
            )
        }
        before = _as_they_stand()
        people = hold(collection, prints)
        after = _as_they_stand()
        take_census(library, people)
        moved += [what for what, place in after.items() if before.get(what) != place]
    return moved


def _as_they_stand() -> dict[Any, tuple[Any, ...]]:
    covers = read("SELECT key, cover_id, cover_chosen FROM person")
    faces = read(_HOW_THEY_STAND)
    return {what: tuple(place) for what, *place in (*faces, *covers)}
