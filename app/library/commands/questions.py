"""What the user passed over among the questions, and answers taken back."""

from __future__ import annotations

from app.changes import Changes
from app.errors import UsageError
from app.library.database import Library
from app.library.decisions import last_standing, undo_last
from app.library.models import SkippedQuestion


def skip_question(library: Library, collection_id: int, suggestion_id: str) -> None:
    """Do not ask this again until it is taken back. It is no decision: nothing is said by it."""

    def work() -> None:
        SkippedQuestion.insert(collection=collection_id, key=suggestion_id).on_conflict(
            "IGNORE"
        ).execute()

    library.write(work)


def unskip_question(library: Library, collection_id: int, suggestion_id: str = "") -> None:
    """Ask this again, or everything that was skipped where none is named."""

    def work() -> None:
        query = SkippedQuestion.delete().where(SkippedQuestion.collection == collection_id)
        if suggestion_id:
            query = query.where(SkippedQuestion.key == suggestion_id)
        query.execute()

    library.write(work)


def take_back(library: Library, collection_id: int, word: int) -> Changes:
    """Undo this very word of the log.

    Raises UsageError when something else was said since: words are undone last in, first out.
    """

    def work() -> Changes:
        last = last_standing(collection_id)
        if last is None or last.id != word:
            raise UsageError("Something else was said since; Undo takes that back first.")
        return undo_last(library, collection_id)

    return library.write(work)
