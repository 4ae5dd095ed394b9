"""The task of a restore. Nobody has the library open meanwhile, so it is written into the files
themselves: the old library knows of it until it is done, and the new one that it was done.

What a backup says of tasks that were under way when it was made, and that no indexing takes up
again, is of another time and goes; that very backup is one of them.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.library.rows import TaskState, TaskType

_ALIVE = (TaskState.WAITING.value, TaskState.RUNNING.value, TaskState.PAUSED.value)
_BESIDE = tuple(kind.value for kind in TaskType if not kind.is_indexing)


def moment() -> float:
    """Now, as the library keeps it: seconds since 1970."""
    return datetime.now(UTC).timestamp()


def note_begun(live: Path, task_id: str, started: float) -> None:
    """Write into the library that is to be replaced that this goes on.

    Raises sqlite3.Error when it cannot be written.
    """
    with closing(_opened(live)) as library, library:
        _insert(library, task_id, TaskState.RUNNING, started, {})


def note_failed(live: Path, task_id: str, error: str) -> None:
    """Write into the library that stays that nothing came of it.

    Raises sqlite3.Error when it cannot be written.
    """
    with closing(_opened(live)) as library, library:
        library.execute(
            "UPDATE task SET state = ?, finished = ?, error = ? WHERE id = ?",
            (TaskState.FAILED.value, moment(), error, task_id),
        )


def note_done(
    library: sqlite3.Connection, task_id: str, started: float, result: dict[str, object]
) -> None:
    """Write into the library that took the other's place where it comes from.

    Raises sqlite3.Error when it cannot be written.
    """
    marks = ", ".join("?" * len(_ALIVE)), ", ".join("?" * len(_BESIDE))
    with library:
        library.execute(
            f"DELETE FROM task WHERE state IN ({marks[0]}) AND type IN ({marks[1]})",
            (*_ALIVE, *_BESIDE),
        )
        _insert(library, task_id, TaskState.DONE, started, result)


def _opened(live: Path) -> sqlite3.Connection:
    """The library, if it is there; none is made."""
    return sqlite3.connect(f"{live.absolute().as_uri()}?mode=rw", uri=True, timeout=30)


def _insert(
    library: sqlite3.Connection,
    task_id: str,
    state: TaskState,
    started: float,
    result: dict[str, object],
) -> None:
    """A file of an older version is brought up to date when it is opened next."""
    (home,) = library.execute("SELECT MIN(id) FROM collection").fetchone()
    if home is None:
        return
    row = {
        "id": task_id, "collection_id": home, "type": TaskType.RESTORE.value, "state": state.value,
        "done": 0, "total": 0, "created": started, "error": "", "result": json.dumps(result),
        "finished": None if state is TaskState.RUNNING else moment(),
        "started": started, "is_asked": 1, "is_cancel_wanted": 0,
    }  # fmt: skip
    there = {str(column[1]) for column in library.execute("PRAGMA table_info(task)")}
    known = {name: value for name, value in row.items() if name in there}
    names, marks = ", ".join(known), ", ".join("?" * len(known))
    library.execute(f"INSERT INTO task ({names}) VALUES ({marks})", tuple(known.values()))
