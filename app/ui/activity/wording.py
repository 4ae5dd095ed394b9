"""Wording: what is being done and what was done, in sentences for the user."""

from __future__ import annotations

from datetime import UTC

from app.library.rows import TaskRow, TaskState, TaskType
from app.progress import Progress
from app.ui import words
from app.ui.sayings import translated
from app.ui.texts import Texts

tr = Texts("activity")

ICONS = {
    TaskType.INDEX: "images",
    TaskType.CLUSTER: "users-round",
    TaskType.REBUILD: "refresh-cw",
    TaskType.BACKUP: "archive",
    TaskType.RESTORE: "archive-restore",
    TaskType.ERASE: "eraser",
    TaskType.REPAIR: "wrench",
    TaskType.EXPORT: "folder-output",
    TaskType.IMPORT: "tags",
    TaskType.WRITE: "file-pen",
    TaskType.DOWNLOAD: "download",
    TaskType.SWITCH: "arrow-right-left",
}
_HOUR, _MINUTE = 3600, 60


def doing(progress: Progress, goes_on: bool = False) -> str:
    """What is being done; `goes_on` where an earlier task was interrupted."""
    kind, state = TaskType(progress.type), TaskState(progress.state)
    if progress.by_other:
        return _done_by_other(kind, state)
    if state is TaskState.WAITING:
        return tr("Waiting until another Kinfolk is done")
    if state is TaskState.PAUSED:
        return tr("Paused")
    if kind is TaskType.INDEX:
        if progress.total and goes_on:
            return tr("Going on where it stopped")
        return tr("Looking at photos") if progress.total else tr("Searching for photos")
    return _work(kind)


def _work(kind: TaskType) -> str:
    """What a task is about, as the beginning of a sentence."""
    return {
        TaskType.INDEX: tr("Looking at photos"),
        TaskType.CLUSTER: tr("Putting faces together"),
        TaskType.REBUILD: tr("Grouping all faces anew"),
        TaskType.BACKUP: tr("Making a backup"),
        TaskType.RESTORE: tr("Restoring a backup"),
        TaskType.ERASE: tr("Erasing face data"),
        TaskType.REPAIR: tr("Repairing the library"),
        TaskType.EXPORT: tr("Exporting photos"),
        TaskType.IMPORT: tr("Taking in names"),
        TaskType.WRITE: tr("Writing names into sidecars"),
        TaskType.DOWNLOAD: tr("Downloading models"),
        TaskType.SWITCH: tr("Looking at photos with another model pack"),
    }[kind]


def _done_by_other(kind: TaskType, state: TaskState) -> str:
    if state is TaskState.PAUSED:
        return tr("Another Kinfolk has paused")
    return {
        TaskType.INDEX: tr("Another Kinfolk is looking at photos"),
        TaskType.CLUSTER: tr("Another Kinfolk is putting faces together"),
        TaskType.REBUILD: tr("Another Kinfolk is grouping all faces anew"),
        TaskType.BACKUP: tr("Another Kinfolk is making a backup"),
        TaskType.RESTORE: tr("Another Kinfolk is restoring a backup"),
        TaskType.ERASE: tr("Another Kinfolk is erasing face data"),
        TaskType.REPAIR: tr("Another Kinfolk is repairing the library"),
        TaskType.EXPORT: tr("Another Kinfolk is exporting photos"),
        TaskType.IMPORT: tr("Another Kinfolk is taking in names"),
        TaskType.WRITE: tr("Another Kinfolk is writing names into sidecars"),
        TaskType.DOWNLOAD: tr("Another Kinfolk is downloading models"),
        TaskType.SWITCH: tr("Another Kinfolk is looking at photos with another model pack"),
    }[kind]


def facts(progress: Progress) -> list[str]:
    """How far it is, how fast, and how long it still takes, where that is known."""
    kind, state = TaskType(progress.type), TaskState(progress.state)
    told: list[str] = []
    if progress.total and kind.is_indexing:
        done, total = words.number(progress.done), words.number(progress.total)
        told.append(tr("{0} of {1}").format(done, total))
    elif progress.total and kind is TaskType.DOWNLOAD:
        done, total = words.size(progress.done), words.size(progress.total)
        told.append(tr("{0} of {1}").format(done, total))
    elif progress.total:
        told.append(tr("{0} %").format(words.number(100 * progress.done // progress.total)))
    if state is not TaskState.PAUSED and kind in (TaskType.INDEX, TaskType.SWITCH):
        if progress.per_second >= 1:
            speed = words.number(round(progress.per_second))
            told.append(tr("{0} a second").format(speed))
        elif progress.per_second > 0:
            speed = words.number(max(1, round(progress.per_second * _MINUTE)))
            told.append(tr("{0} a minute").format(speed))
        if progress.seconds_left is not None:
            told.append(words.duration(progress.seconds_left))
    return told


def done(row: TaskRow) -> str:
    """What a task did, in a sentence; why it failed, if it did."""
    if row.state is TaskState.FAILED:
        if not row.error:
            return tr("{0} failed").format(_work(row.type))
        return tr("{0} failed: {1}").format(_work(row.type), translated(row.error))
    if row.state is TaskState.DONE:
        return _did(row)
    what = (
        tr("{0} was cancelled") if row.state is TaskState.CANCELLED else tr("{0} was interrupted")
    )
    told = what.format(_work(row.type))
    if row.type is TaskType.INDEX and row.total:
        told += tr(", after {0}").format(_looked_at(row))
    return told


def _did(row: TaskRow) -> str:
    if row.type is TaskType.INDEX:
        return _indexed(row)
    if row.type in (TaskType.CLUSTER, TaskType.REBUILD):
        return _grouped(row)
    if row.type is TaskType.BACKUP:
        size = words.size(_number(row, "Size"))
        daily = row.result.get("Reason") == "daily"
        return (tr("Made the daily backup, {0}") if daily else tr("Made a backup, {0}")).format(
            size
        )
    if row.type is TaskType.RESTORE:
        return tr("Restored a backup with {0}").format(words.photos(_number(row, "Photos")))
    if row.type is TaskType.ERASE:
        told = {"person": tr("Forgot a person"), "strangers": tr("Erased strangers")}
        return told.get(str(row.result.get("What")), tr("Erased all face data"))
    if row.type is TaskType.REPAIR:
        return _repaired(row)
    if row.type is TaskType.SWITCH:
        return _switched(row)
    return _exchanged(row)


def _exchanged(row: TaskRow) -> str:
    """What went to other programs or came from them."""
    if row.type is TaskType.EXPORT:
        return tr("Exported {0}").format(words.photos(_number(row, "Files")))
    if row.type is TaskType.IMPORT:
        return tr("Took in names for {0}").format(words.faces(_number(row, "Faces")))
    if row.type is TaskType.DOWNLOAD:
        size = words.size(_number(row, "Size"))
        return tr("Downloaded the models {0}, {1}").format(row.result.get("Pack", ""), size)
    return tr("Wrote names beside {0}").format(words.photos(_number(row, "Files")))


def _indexed(row: TaskRow) -> str:
    if not (row.done or row.skip_count):
        return tr("Looked for photos: nothing was new")
    told = tr("{0} looked at").format(_looked_at(row))
    if row.skip_count:
        told += tr.counted(", 1 skipped", ", {0} skipped", row.skip_count)
    found = _number(row, "Faces")
    if found:
        told += tr(", {0} found").format(words.faces(found))
    return told


def _grouped(row: TaskRow) -> str:
    groups, fresh = _number(row, "FigureClusters"), _number(row, "NewFaces")
    there = tr.counted("1 person or group now", "{0} people and groups now", groups)
    if row.type is TaskType.REBUILD:
        return tr("Grouped all faces anew: {0}").format(there)
    if not fresh:
        return tr("Grouped faces, none of them new: {0}").format(there)
    return tr.counted("Grouped 1 new face: {1}", "Grouped {0} new faces: {1}", fresh, there)


def _repaired(row: TaskRow) -> str:
    problems, mended = _number(row, "Problems"), _number(row, "Mended")
    if not problems:
        return tr("Looked the library over: everything is in order")
    return tr.counted(
        "Looked the library over: 1 problem, {1} mended",
        "Looked the library over: {0} problems, {1} mended",
        problems,
        words.number(mended),
    )


def _switched(row: TaskRow) -> str:
    photos = words.photos(_number(row, "Photos"))
    if row.result.get("Undone"):
        return tr("Went back to the model pack {0}: {1}").format(row.result.get("Pack", ""), photos)
    return tr("Switched to the model pack {0}: {1}").format(row.result.get("Pack", ""), photos)


def _looked_at(row: TaskRow) -> str:
    return words.photos(max(0, row.done - row.skip_count))


def _number(row: TaskRow, name: str) -> int:
    value = row.result.get(name, 0)
    return value if isinstance(value, int) else 0


def more(row: TaskRow) -> str:
    """What there is to say of a task besides the sentence: who wanted it and when it began; of one
    that was not done, why."""
    if row.error:
        return translated(row.error)
    wanted = tr("You asked for this.") if row.is_asked else tr("Kinfolk did this by itself.")
    if row.started is None:
        return wanted
    begun = row.started.replace(tzinfo=UTC).astimezone()
    return f"{wanted} {tr('It began at {0}.').format(words.time_of_day(begun))}"


def standing(row: TaskRow) -> str:
    """How a task ended, in a word; empty for one that was done."""
    return {
        TaskState.FAILED: tr("Failed"),
        TaskState.CANCELLED: tr("Cancelled"),
        TaskState.INTERRUPTED: tr("Interrupted"),
    }.get(row.state, "")


def length(row: TaskRow) -> str:
    """How long a task took: 12 s, 3 min, 1 h 20 min."""
    seconds = row.seconds
    if seconds is None:
        return ""
    if seconds < 1:
        return tr("under 1 s")
    if seconds < _MINUTE:
        return tr("{0} s").format(words.number(round(seconds)))
    minutes = round(seconds / _MINUTE)
    if minutes < _HOUR // _MINUTE:
        return tr("{0} min").format(words.number(minutes))
    hours, minutes = divmod(minutes, 60)
    return tr("{0} h {1} min").format(words.number(hours), words.number(minutes))
