"""Answers: what was said in this sitting, so that the last of it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a window opens without what asks
    from app.indexing.suggestions import Reply, Suggestion

PENDING = -1
"""The number of a word that is still on its way into the log."""
NO_WORD = 0
"""Of a skip, or of an answer that said nothing new: nothing in the log to take back."""


@dataclass(eq=False, slots=True)
class Answer:
    """One question and what was said to it; None for a skip."""

    asked: Suggestion
    reply: Reply | int | str | None
    before: Sequence[Suggestion]
    """The open questions as they were."""
    closed: frozenset[str] = field(default_factory=frozenset)
    """The ids of the questions it made moot, its own among them."""
    word: int = PENDING

    @property
    def is_skip(self) -> bool:
        """Whether nothing was said."""
        return self.reply is None

    def settles(self, other: Suggestion) -> bool:
        """Whether it makes another question moot: by its faces, or since somebody became part of
        somebody else."""
        if other.id == self.asked.id:
            return True
        if self.is_skip:
            return False
        from app.indexing.suggestions import Reply

        if not set(self.asked.face_ids).isdisjoint(other.face_ids):
            return self.reply is not Reply.NO or self.asked.doubts
        ended = self._ended()
        return ended is not None and ended in {other.other.id, other.person and other.person.id}

    def _ended(self) -> int | None:
        from app.indexing.suggestions import Reply

        joins = self.reply is Reply.YES or not isinstance(self.reply, Reply)
        person = self.asked.person
        if not self.asked.doubts and person is not None and joins:
            return person.id
        return None


def restored(now: Sequence[Suggestion], answer: Answer) -> list[Suggestion]:
    """The open questions after an answer was taken back: as they were before it, its own first;
    what became moot or known otherwise since then stays so."""
    back = {one.id: one for one in answer.before if one.id in answer.closed}
    mine = back.pop(answer.asked.id, answer.asked)
    rest = {one.id: one for one in now if one.id != mine.id}
    rank = {one.id: place for place, one in enumerate(answer.before)}
    both = [*rest.values(), *(one for number, one in back.items() if number not in rest)]
    return [mine, *sorted(both, key=lambda one: rank.get(one.id, len(rank)))]


def arranged(
    now: Sequence[Suggestion], fresh: Sequence[Suggestion], in_sight: bool
) -> list[Suggestion]:
    """What was asked anew, in an order that moves nothing under the user's eyes.

    The question in sight stays, also when it is not asked any more; the next one, which is loaded
    already, comes next.
    """
    by_id = {one.id: one for one in fresh}
    first = [one for one in now[:1] if in_sight or one.id in by_id]
    first += [by_id[one.id] for one in now[1:2] if one.id in by_id]
    kept = {one.id for one in first}
    return [*first, *(one for one in fresh if one.id not in kept)]
