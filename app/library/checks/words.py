"""Words: the log agrees with itself, and the album with the log."""

from __future__ import annotations

from typing import Any

from app.library.anchors import read
from app.library.census import take_census
from app.library.checks.check import Check, told
from app.library.checks.dangling import make_husks
from app.library.checks.lost_people import bring_back, lost_people
from app.library.commands.forgetting import about_nothing
from app.library.database import Library
from app.library.models import Collection, Decision
from app.library.spoken import hold
from app.library.verbs import VERBS

_HOW_THEY_STAND = """
SELECT face.id, person_id, placed, is_face FROM face JOIN photo ON photo.id = face.photo_id
WHERE photo.fingerprint IN (SELECT fingerprint FROM decisionface)
"""


def word_checks(library: Library) -> list[Check]:
    """What can be wrong with the log, and with what the album makes of it."""
    return [
        Check(
            "log",
            _without_target,
            told(
                "1 undo or redo in the log does not say of what.",
                "{} undos and redos in the log do not say of what.",
            ),
            make_husks,
        ),
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
                "1 word of the log has lost the faces it was about, and says nothing any more.",
                "{} words of the log have lost the faces they were about, and say nothing any"
                " more.",
            ),
            make_husks,
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
            "faces",
            lambda: library.write(lambda: _hold(library, keep=False)),
            told(
                "1 face is not where the log says.",
                "{} faces are not where the log says.",
            ),
            lambda _: _hold(library, keep=True),
            needs_peace=True,
        ),
    ]


def _without_target() -> list[int]:
    aimless = Decision.kind.in_(["undo", "redo"]) & Decision.target.is_null()
    return [number for (number,) in Decision.select(Decision.id).where(aimless).tuples()]


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


def _hold(library: Library, *, keep: bool) -> list[int]:
    """The faces that `hold` moves or makes; within a transaction."""
    moved: list[int] = []
    for (collection,) in Collection.select(Collection.id).tuples():
        prints = {
            fingerprint
            for (fingerprint,) in read(
                "SELECT DISTINCT fingerprint FROM decisionface"
                " JOIN decision ON decision.id = decision_id WHERE collection_id = ?",
                (collection,),
            )
        }
        before = _standing_now()
        with library.undoable(keep=keep):
            take_census(library, hold(collection, prints))
            after = _standing_now()
        moved += [face for face, place in after.items() if before.get(face) != place]
    return moved


def _standing_now() -> dict[int, tuple[Any, ...]]:
    return {face: tuple(place) for face, *place in read(_HOW_THEY_STAND)}
