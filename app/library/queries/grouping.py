"""Questions about what waits to be grouped."""

from __future__ import annotations

from datetime import datetime

from app.library.database import Library
from app.library.models import Task
from app.library.queries.shapes import SHOWN
from app.library.rows import Placed, TaskState

_GROUPING = ("cluster", "rebuild")
"""The types of tasks that group all that is new."""

_WAITING = f"""
SELECT COUNT(*) FROM face CROSS JOIN photo ON photo.id = face.photo_id
WHERE NOT face.grouped AND face.is_face AND NOT face.drawn
AND photo.collection_id = ? AND photo.state = '{SHOWN[0]}'
AND NOT (face.person_id IS NULL AND face.placed = '{Placed.USER.value}')
"""
# CROSS keeps SQLite from going through the photos first: that takes five times as long.


def waiting_faces(library: Library, collection_id: int) -> int:
    """How many faces no grouping has considered yet. It goes through all faces there are,
    a million in about a second."""
    return int(library.sql(_WAITING, (collection_id,))[0][0])


def last_grouped(library: Library, collection_id: int) -> datetime | None:
    """When the last grouping that was told as a task ended well, in UTC; None when there was none
    for as long as tasks are kept."""
    last = _last_grouping(collection_id)
    return None if last is None else last.finished


def is_grouping_owed(library: Library, collection_id: int) -> bool:
    """Whether photos were looked at since the last grouping that was told as a task began; as far
    back as tasks are kept."""
    last = _last_grouping(collection_id)
    looked = Task.select(Task.id).where(
        Task.collection == collection_id, Task.type == "index", Task.done > 0,
        Task.finished.is_null(False),
    )  # fmt: skip
    if last is not None:
        looked = looked.where(Task.finished >= (last.started or last.created))
    return bool(looked.exists())


def _last_grouping(collection_id: int) -> Task | None:
    found: Task | None = (
        Task.select()
        .where(
            Task.collection == collection_id, Task.type.in_(_GROUPING),
            Task.state == TaskState.DONE.value, Task.finished.is_null(False),
        )
        .order_by(Task.finished.desc())
        .first()
    )  # fmt: skip
    return found
