"""Undo and redo: the last word taken back, and said again; also after a restart."""

from __future__ import annotations

from app.changes import Changes
from app.library.database import Library
from app.library.decisions import last_standing, last_undone, redo_last, undo_last


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


def can_undo(library: Library, collection_id: int) -> str | None:
    """What undo would take back, in a sentence; None where there is nothing."""
    decision = last_standing(collection_id)
    return decision.said if decision else None


def can_redo(library: Library, collection_id: int) -> str | None:
    """What redo would say again, in a sentence; None where there is nothing."""
    decision = last_undone(collection_id)
    return decision.said if decision else None
