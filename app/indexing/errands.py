"""Errands: what a process may ask of the one that indexes the library, and how it hears of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import LibraryBusyError, UsageError
from app.indexing.doorbell import ring
from app.library.database import Library
from app.library.queries.folders import collection
from app.library.queries.tasks import is_task
from app.library.rows import TaskRow, TaskType
from app.progress import Progress

if TYPE_CHECKING:
    from app.indexing.indexer import Indexer


@dataclass(frozen=True, slots=True)
class Errand:
    """A task to be begun, by whoever indexes the library."""

    kind: TaskType
    collection: str
    """By name."""
    paths: tuple[Path, ...] = ()
    """Of an index task; none: every folder."""
    rebuild: bool = False
    """Of a cluster task."""
    choice: str = ""
    """Of a switch task: the pack to switch to; none: back to the one before."""

    def begin(self, indexer: Indexer, library: Library, task_id: str = "") -> str:
        """Begin it; gives the task, which has the id that is named, if any is."""
        if self.kind is TaskType.SWITCH:
            switch = indexer.switch
            return switch.begin(self.choice, task_id) if self.choice else switch.undo(task_id)
        number = collection(library, self.collection).id
        if self.kind is TaskType.INDEX:
            return indexer.index(number, self.paths, task_id)
        return indexer.cluster(number, self.rebuild, task_id)

    def message(self, task_id: str = "") -> dict[str, Any]:
        """The errand as it goes through the doorbell. Whoever asks chooses the id of the task, so
        that one who has to ask again, since the answer was late, gets no second one."""
        return {
            "task": task_id,
            "do": self.kind.value,
            "collection": self.collection,
            "paths": [str(path) for path in self.paths],
            "rebuild": self.rebuild,
            "choice": self.choice,
        }

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> Errand:
        """The errand that a message speaks of.

        Raises UsageError for a message that cannot be understood.
        """
        try:
            return cls(
                TaskType(message["do"]), str(message["collection"]),
                tuple(Path(str(path)) for path in message["paths"]), bool(message["rebuild"]),
                str(message.get("choice", "")),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError("Another version of Kinfolk has this library open.") from error


CANCEL = "cancel"
HEED_SETTINGS = "heed settings"


def cancellation(task_id: str) -> dict[str, Any]:
    """The message that ends a task."""
    return {"do": CANCEL, "task": task_id}


def carry_out(message: Mapping[str, Any], indexer: Indexer, library: Library) -> dict[str, Any]:
    """Do what another process asks; gives the answer for it.

    Raises UsageError for what cannot be done.
    """
    if message.get("do") == CANCEL:
        indexer.cancel(str(message.get("task")))
        return {}
    if message.get("do") == HEED_SETTINGS:
        indexer.choices.heed()
        return {}
    task_id = str(message.get("task", ""))
    if not (task_id and is_task(library, task_id)):  # else it is asked for once more
        task_id = Errand.of(message).begin(indexer, library, task_id)
    return {"task": task_id}


def ask_other(bell: Path, message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask the process that hung out this bell for something; gives its answer.

    Raises LibraryBusyError when it does not answer, UsageError when it refuses.
    """
    try:
        return ring(bell, message)
    except ConnectionError as error:
        raise LibraryBusyError(
            "Another Kinfolk has this library open to look at photos, and does not answer. "
            "Wait a moment or close it; listing and naming people works meanwhile."
        ) from error


class Pursuit:
    """How far a task is that another process does, by what that writes into the library."""

    def __init__(self) -> None:
        self._begun: float | None = None
        self._done_then = 0

    def progress(self, row: TaskRow) -> Progress:
        """How far it is, with the speed since it was first looked at."""
        now = time.monotonic()
        if self._begun is None:
            self._begun, self._done_then = now, row.done
        speed = (row.done - self._done_then) / max(now - self._begun, 1.0)
        left = (row.total - row.done) / speed if speed > 0 else None
        return Progress(
            row.id, row.type.value, row.state.value, row.done, row.total, len(row.skipped), speed,
            left, row.error, by_other=True,
        )  # fmt: skip
