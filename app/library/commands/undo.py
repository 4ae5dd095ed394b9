"""Undo and redo: the last word taken back, and said again; also after a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from app.changes import Changes
from app.errors import UsageError
from app.library.database import Library
from app.library.decisions import (
    last_standing,
    last_undone,
    redo_last,
    sentences,
    undo_last,
)
from app.library.verbs import VERBS
from app.progress import Steps


def undo(library: Library, collection_id: int) -> Changes:
    """Take back the last thing the user said.

    Raises UsageError when there is nothing to undo.
    """
    return library.write(lambda: undo_last(library, collection_id))


def redo(library: Library, collection_id: int) -> Changes:
    """Say again what was last taken back.

    Raises UsageError when there is nothing to redo.
    """
    return library.write(lambda: redo_last(library, collection_id))


def undo_after(library: Library, collection_id: int, decision_id: int, steps: Steps) -> Changes:
    """Take back everything that was said after a decision and stands, the last word first.

    Each word is a transaction of its own, so that the wish to stop is heard between two of them.
    Raises UsageError when nothing stands after it.
    """
    advice: set[str] = set()

    def step() -> Changes | None:
        found = last_standing(collection_id)
        if found is None or found.id <= decision_id:
            return None
        advice.add(VERBS[found.kind].afterwards)
        return undo_last(library, collection_id)

    changes = _repeat(library, step, steps, "There is nothing to undo.")
    return _counted(changes, "Took back", steps.done, advice)


def redo_through(library: Library, collection_id: int, decision_id: int, steps: Steps) -> Changes:
    """Say again what was taken back, up to a decision and with it, the oldest word first.

    Raises UsageError when there is nothing to say again.
    """

    def step() -> Changes | None:
        found = last_undone(collection_id)
        if found is None or found.id > decision_id:
            return None
        return redo_last(library, collection_id)

    changes = _repeat(library, step, steps, "There is nothing to redo.")
    return _counted(changes, "Said again", steps.done, ())


def _repeat(
    library: Library, step: Callable[[], Changes | None], steps: Steps, nothing: str
) -> Changes:
    changes = Changes()
    try:
        while not steps.token.is_cancelled:
            one = library.write(step)
            if one is None:
                break
            changes |= one
            steps.done += 1
    finally:
        steps.is_over = True
    if not steps.done and not steps.token.is_cancelled:
        raise UsageError(nothing)
    return changes


def _counted(changes: Changes, what: str, count: int, advice: Iterable[str]) -> Changes:
    """The same with one sentence for all, and what the user should know of it."""
    if count < 2:
        return changes
    return replace(changes, said=sentences(f"{what} {count} things", *sorted(advice)))
