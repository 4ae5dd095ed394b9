"""Notices: what a user wants to hear of while they look elsewhere - a task ended, a stranger came.

A notice goes to whoever listens, so that a window can show it on the desktop. The doors of the
house give none themselves: who does the work does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.indexing.events import Announcer


class NoticeKind(StrEnum):
    """What a notice is about, and so which page says more."""

    TASK = "task"
    """A piece of work ended."""
    ALERT = "alert"
    """Somebody unknown was seen."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told to people, and to programs."""

    kind: NoticeKind
    collection_id: int
    """0 for what belongs to none."""
    collection: str
    """By name; empty for what belongs to none."""
    title: str
    """A few words, without a full stop."""
    text: str
    """One sentence for people."""
    document: Mapping[str, Any] = field(default_factory=dict)
    """What programs are told besides; it can be written as JSON."""
    picture: Path | None = None
    """An image file to be shown beside it: a crop. None where there is nothing to see."""
    seconds: float = 0.0
    """How long the user had to wait for it: of a task, from its beginning to its end."""

    def whole(self) -> dict[str, Any]:
        """The document that programs are given: what every notice tells, and its own."""
        return {
            "Event": self.kind.value,
            "DatasetName": self.collection,
            "Title": self.title,
            "Text": self.text,
            **self.document,
        }


class Notices:
    """Takes notices, on any thread, and hands them on; it returns at once."""

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer

    def give(self, notice: Notice) -> None:
        """Tell everybody who listens: `Noticed` among the events."""
        from app.indexing.events import Noticed

        self._announcer.tell(Noticed(notice))
