"""What is told of a task that has ended."""

from __future__ import annotations

from app.indexing.documents import task as document
from app.indexing.notice import Notice, NoticeKind
from app.library.rows import CollectionRow, TaskRow, TaskState, TaskType

_TITLES = {
    "index": "Photos looked at",
    "cluster": "Faces grouped",
    "rebuild": "Faces grouped afresh",
    "backup": "Backup made",
    "restore": "Backup restored",
    "erase": "Face data erased",
    "repair": "Library checked",
    "export": "Photos exported",
    "import": "Names taken in",
    "write": "Names written into sidecars",
    "download": "Model pack downloaded",
    "switch": "Switched to another model pack",
}
"""By the type of the task, of one that was done."""
_WORK = {
    "index": "Looking at photos",
    "cluster": "Grouping faces",
    "rebuild": "Grouping all faces afresh",
    "backup": "Making a backup",
    "restore": "Restoring a backup",
    "erase": "Erasing face data",
    "repair": "Checking the library",
    "export": "Exporting photos",
    "import": "Taking in names",
    "write": "Writing names into sidecars",
    "download": "Downloading a model pack",
    "switch": "Looking at photos with another model pack",
}


def task_notice(row: TaskRow, collection: CollectionRow | None) -> Notice | None:
    """What there is to tell of the end of a task; None where it goes on by itself when the program
    is started again, and so has not ended for the user."""
    if row.state is TaskState.INTERRUPTED:
        return None
    begun = row.started or row.created
    seconds = (row.finished - begun).total_seconds() if row.finished is not None else 0.0
    return Notice(
        kind=NoticeKind.TASK,
        collection_id=0 if collection is None else collection.id,
        collection="" if collection is None else collection.name,
        title=_title(row),
        text=_text(row),
        document=document(row),
        seconds=max(0.0, seconds),
    )


def _title(row: TaskRow) -> str:
    if row.state is TaskState.FAILED:
        return "The work stopped"
    if row.state is TaskState.CANCELLED:
        return "Cancelled"
    return _TITLES.get(row.type.value, "Done")


def _text(row: TaskRow) -> str:
    work = _WORK.get(row.type.value, "The work")
    if row.state is TaskState.FAILED:
        return row.error or f"{work} failed."
    if row.state is TaskState.CANCELLED:
        return row.error or f"{work} was cancelled; what it did until then stays."
    if row.type is TaskType.INDEX:
        return _looked(row)
    if "NewFaces" in row.result:
        new, groups = _number(row, "NewFaces"), _number(row, "FigureClusters")
        now = (
            "There is 1 person or group"
            if groups == 1
            else f"There are {groups:,} people and groups"
        )
        return f"{_many(new, 'new face')} grouped. {now} now."
    return f"{work} is done."


def _looked(row: TaskRow) -> str:
    text = f"{_many(_number(row, 'Indexed'), 'photo')} looked at"
    if faces := _number(row, "Faces"):
        text += f", {_many(faces, 'face')} found"
    if row.skipped:
        text += f"; {_many(len(row.skipped), 'file')} skipped"
    return f"{text}."


def _number(row: TaskRow, name: str) -> int:
    value = row.result.get(name, 0)
    return value if isinstance(value, int) else 0


def _many(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"
