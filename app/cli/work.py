"""index and cluster: the long commands, with progress and Ctrl+C."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from app.cli.output import Answer, ProgressLine, plain, say
from app.errors import KnownError, UsageError
from app.indexing.events import Event, Progressed
from app.indexing.house import House
from app.library.commands.folders import absolute
from app.library.commands.photos import mark_all_stale
from app.library.queries.tasks import task
from app.library.rows import TaskRow, TaskState

INTERRUPTED = 130
"""The usual exit status of a program ended by Ctrl+C."""


def index(house: House, arguments: argparse.Namespace) -> Answer:
    """Look at new and changed photos, then group their faces."""
    paths = [Path(path) for path in arguments.paths]
    _check(house, paths)
    house.indexer.start(watch=False)
    if arguments.again:
        mark_all_stale(house.library, house.collection.id)
    row = _wait(house, house.indexer.index(house.collection.id, paths))
    if row.state is TaskState.DONE and not arguments.no_cluster:
        _wait(house, house.indexer.cluster(house.collection.id))
    document = {
        "TaskId": row.id,
        "Indexed": row.result.get("Indexed", 0),
        "Unchanged": row.result.get("Unchanged", 0),
        "Skipped": [{"URI": s.path.as_uri(), "Error": s.error} for s in row.skipped],
        "Faces": row.result.get("Faces", 0),
        "Seconds": row.result.get("Seconds", 0),
    }
    summary = (
        f"{document['Indexed']} photos looked at, {document['Unchanged']} unchanged, "
        f"{document['Faces']} faces found."
    )
    lines = [
        summary,
        *(f"Skipped {plain(s.path)}: {s.error}" for s in row.skipped),
    ]
    return Answer(document, lines, _status(row))


def cluster(house: House, arguments: argparse.Namespace) -> Answer:
    """Group new faces into people."""
    house.indexer.start(watch=False)
    row = _wait(house, house.indexer.cluster(house.collection.id, arguments.rebuild))
    document = {
        "TaskId": row.id,
        "NewFaces": row.result.get("NewFaces", 0),
        "FigureClusters": row.result.get("FigureClusters", 0),
        "Seconds": row.result.get("Seconds", 0),
    }
    lines = [f"{document['NewFaces']} new faces, {document['FigureClusters']} people and groups."]
    return Answer(document, lines, _status(row))


def _check(house: House, paths: list[Path]) -> None:
    for path in map(absolute, paths):
        if not os.path.lexists(path):
            raise UsageError(f"{path} does not exist.")
        if house.paths.data == path or house.paths.data in path.parents:
            raise UsageError(f"{path} is the library itself; give a folder of photos.")


def _wait(house: House, task_id: str) -> TaskRow:
    """Wait for a task to end, showing how far it is; Ctrl+C cancels it."""
    line = ProgressLine()

    def hear(event: Event) -> None:
        if isinstance(event, Progressed) and event.progress.task_id == task_id:
            line.show(event.progress)

    leave = house.indexer.subscribe(hear)
    try:
        while not house.indexer.wait(task_id, 0.2):
            pass
    except KeyboardInterrupt:
        say("Stopping. What was done until now stays.")
        house.indexer.cancel(task_id)
        while not house.indexer.wait(task_id, 0.2):
            pass
    finally:
        leave()
        line.clear()
    row = task(house.library, task_id)
    if row.state is TaskState.FAILED:
        raise KnownError(row.error)
    return row


def _status(row: TaskRow) -> int:
    if row.state is TaskState.CANCELLED:
        return INTERRUPTED
    return 1 if row.skipped else 0
