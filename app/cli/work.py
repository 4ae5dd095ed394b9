"""index and cluster: the long commands, with progress and Ctrl+C."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from app.cli.notifying import notifying
from app.cli.output import Answer, duration, plain, say
from app.cli.running import done
from app.errors import LibraryError, UsageError
from app.indexing.chores import Chores
from app.indexing.errands import Errand
from app.indexing.grouping_past import Past
from app.indexing.house import House
from app.indexing.housekeeper import keep_house
from app.indexing.keeping import let_strangers_go
from app.library.commands.folders import absolute
from app.library.commands.photos import mark_all_stale
from app.library.rows import TaskRow, TaskState, TaskType

INTERRUPTED = 130
"""The usual exit status of a program ended by Ctrl+C."""


def index(house: House, arguments: argparse.Namespace) -> Answer:
    """Look at new and changed photos, then group their faces."""
    paths = [Path(path) for path in arguments.paths]
    with notifying(house, arguments.notify_command):
        return _index(house, paths, again=arguments.again, group=not arguments.no_cluster)


def index_files(house: House) -> Answer:
    """The same for every folder of the collection."""
    with notifying(house, ""):
        return _index(house, [], again=False, group=True)


def _index(house: House, paths: list[Path], *, again: bool, group: bool) -> Answer:
    _check(house, paths)
    if again:
        mark_all_stale(house.library, house.collection.id)
    whole = tuple(absolute(path) for path in paths)
    row = done(house, Errand(TaskType.INDEX, house.collection.name, whole))
    waiting = 0
    if row.state is TaskState.DONE and group:
        waiting = group_if_due(house)
    if row.state is TaskState.DONE:
        for told in (_strangers_gone(house), keep_house(house.library)):
            if told:
                say(told)
    clouds = row.result.get("InCloud", 0)
    document = {
        "TaskId": row.id,
        "Indexed": row.result.get("Indexed", 0),
        "Unchanged": row.result.get("Unchanged", 0),
        "Skipped": [{"URI": s.path.as_uri(), "Error": s.error} for s in row.skipped],
        "Faces": row.result.get("Faces", 0),
        "Seconds": row.result.get("Seconds", 0),
        **({"FacesWaiting": waiting} if waiting else {}),
        **({"InCloud": clouds} if clouds else {}),
    }
    summary = (
        f"{_counted(document['Indexed'], 'photo')} looked at, {document['Unchanged']} unchanged, "
        f"{_counted(document['Faces'], 'face')} found."
    )
    lines = [
        summary,
        *(
            [f"{clouds} in the cloud, not on this disk: `kinfolk skipped` lists them."]
            * bool(clouds)
        ),
        *(f"Skipped {plain(s.path)}: {s.error}" for s in row.skipped),
    ]
    return Answer(document, lines, _status(row))


def group_if_due(house: House) -> int:
    """Group new faces, if the collection is grouped now; else say so. Gives how many wait then."""
    settings = house.indexer.choices.of(house.collection.id)
    past = Past(house.library)
    since, between = past.seconds_since(house.collection.id), 60 * settings.group_minutes
    is_due = settings.group_when == "settled" or (
        settings.group_when == "interval" and since >= between
    )
    if is_due:
        done(house, Errand(TaskType.CLUSTER, house.collection.name), is_told=True)
        return 0
    waiting = past.waiting_faces(house.collection.id)
    if not waiting:
        return 0
    if settings.group_when == "asked":
        why = "The faces of this collection are grouped only when asked"
    else:
        why = (
            f"The faces of this collection are grouped every {settings.group_minutes} minutes, "
            f"next in {duration(between - since)}"
        )
    say(f"{why}; {waiting} wait. `kinfolk cluster` groups them now.")
    return waiting


def _counted(count: object, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _strangers_gone(house: House) -> str:
    """Erase the strangers who were kept for long enough; gives what was done, or why not."""
    try:
        chores = Chores(house.library)
        return let_strangers_go(house.library, house.thumbnails, house.settings, chores).said
    except LibraryError as error:
        return f"Strangers who are due to be erased are there still. {error}"


def cluster(house: House, arguments: argparse.Namespace) -> Answer:
    """Group new faces into people."""
    errand = Errand(TaskType.CLUSTER, house.collection.name, rebuild=arguments.rebuild)
    with notifying(house, arguments.notify_command):
        row = done(house, errand)
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


def _status(row: TaskRow) -> int:
    if row.state is TaskState.CANCELLED:
        return INTERRUPTED
    return 1 if row.skipped else 0
