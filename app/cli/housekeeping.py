"""collection, folder, task, tasks, skipped: the commands around the album."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from app.changes import Changes
from app.cli import shapes
from app.cli.output import Answer, plain, table
from app.cli.pages import page
from app.cli.work import index_files
from app.errors import UsageError
from app.indexing.house import House
from app.library.commands import collections as commands
from app.library.commands import folders as folder_commands
from app.library.commands.photos import retry_skipped
from app.library.commands.tasks import may_cancel
from app.library.queries import folders as folder_queries
from app.library.queries import tasks as task_queries
from app.library.queries.collections import numbers
from app.library.queries.photos import cloud_photos, noted_photos, skipped_photos
from app.library.rows import CollectionRow, TaskRow, TaskType

_PATIENCE = 5.0
"""Seconds in which a task that is cancelled has mostly ended."""
_EVERY = 0.1


def collection(house: House, arguments: argparse.Namespace) -> Answer:
    """Create, list, rename or delete collections; undo brings one that was deleted back."""
    said = ""
    if arguments.action == "create":
        folder_commands.create_collection(house.library, _needed(arguments.name), arguments.kind)
    elif arguments.action != "list":
        row = folder_queries.collection(house.library, _needed(arguments.name))
        said = _change_collection(house, row, arguments).said
    rows = folder_queries.collections(house.library)
    held = [(row, numbers(house.library, row.id)) for row in rows]
    document: shapes.Json = {"Datasets": [shapes.collection(row, known) for row, known in held]}
    if said:
        document["Done"] = said
    lines = [("collection", "kind", "folders", "photos", "people")] + [
        (row.name, row.kind, str(known.folders), str(known.photos), str(known.people))
        for row, known in held
    ]
    return Answer(document, [said, *table(lines)] if said else table(lines))


def _change_collection(house: House, row: CollectionRow, arguments: argparse.Namespace) -> Changes:
    here = house.collection.id
    if arguments.action == "rename":
        wanted = _needed(arguments.new_name)
        return commands.rename_collection(house.library, row.id, wanted, said_in=here)
    return commands.delete_collection(house.library, row.id, said_in=here)


def folder(house: House, arguments: argparse.Namespace) -> Answer:
    """Add, list or remove the folders of a collection."""
    if arguments.action == "add":
        folder_commands.add_folder(
            house.library, house.collection.id, Path(_needed(arguments.path))
        )
    elif arguments.action == "remove":
        wanted = folder_commands.absolute(Path(_needed(arguments.path)))
        rows = folder_queries.folders(house.library, house.collection.id)
        found = next((row for row in rows if row.path == wanted), None)
        if found is None:
            raise UsageError(f"{wanted} is not a folder of this collection.")
        folder_commands.remove_folder(house.library, found.id)
    rows = folder_queries.folders(house.library, house.collection.id)
    lines = [(plain(row.path), row.state.value, f"{row.photo_count} photos") for row in rows]
    return Answer({"Bindings": [shapes.folder(row) for row in rows]}, table(lines) if lines else [])


def task(house: House, arguments: argparse.Namespace) -> Answer:
    """Show one task; with --cancel end it, whichever Kinfolk is at it."""
    if arguments.cancel:
        _cancel(house, arguments.id)
    row = task_queries.task(house.library, arguments.id)
    lines = [
        f"{row.type.value}: {row.state.value}, {_how_far(row)}",
        *([row.error] if row.error else []),
        *(f"Skipped {plain(s.path)}: {s.error}" for s in row.skipped),
    ]
    return Answer(shapes.task(row), lines)


def tasks(house: House, arguments: argparse.Namespace) -> Answer:
    """List the tasks of the last 7 days, newest first."""
    kinds, states = sorted(set(arguments.type)), sorted(set(arguments.state))
    rows = task_queries.tasks(house.library, house.collection.id, kinds, states)
    question = f"tasks {' '.join([*kinds, *states])}"
    shown, token = page(
        question, rows, _place, arguments.max_results, arguments.next_token
    )  # fmt: skip
    lines = [(row.id, row.type.value, row.state.value, _how_far(row)) for row in shown]
    document = {"Tasks": [shapes.task(row) for row in shown], "NextToken": token}
    return Answer(document, table(lines) if lines else [])


def _how_far(row: TaskRow) -> str:
    """Photos are counted; of what is made of other steps only the share says something."""
    if row.type is TaskType.INDEX:
        return f"{row.done} of {row.total}"
    return f"{row.percent} %"


def _place(row: TaskRow) -> list[Any]:
    return [-(row.created - row.created.min).total_seconds(), row.id]


def _cancel(house: House, task_id: str) -> None:
    """Have the Kinfolk that does a task end it, and wait a moment for that.

    Raises UsageError when it has ended or must be done, LibraryBusyError when nobody answers.
    """
    may_cancel(house.library, task_id)
    house.indexer.cancel(task_id)
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if task_queries.task(house.library, task_id).state not in task_queries.ALIVE:
            return
        time.sleep(_EVERY)


def skipped(house: House, arguments: argparse.Namespace) -> Answer:
    """List the files that could not be looked at, and why, those that are shown in part, and those
    in the cloud; with --retry look again at what could not be looked at."""
    number = house.collection.id
    if arguments.retry and retry_skipped(house.library, number):
        return index_files(house)
    files = skipped_photos(house.library, number)
    partly, clouds = noted_photos(house.library, number), cloud_photos(house.library, number)
    document = shapes.known({
        "Skipped": [{"URI": one.path.as_uri(), "Error": one.error} for one in files],
        "Partly": [{"URI": one.path.as_uri(), "Note": one.error} for one in partly] or None,
        "InCloud": [{"URI": path.as_uri()} for path in clouds] or None,
    })  # fmt: skip
    lines = [f"{plain(one.path)}: {one.error}" for one in files] or ["No file is skipped."]
    lines += [f"Shown, but not in full: {plain(one.path)}: {one.error}" for one in partly]
    lines += [f"In the cloud, not on this disk: {plain(path)}" for path in clouds]
    return Answer(document, lines)


def _needed(value: str | None) -> str:
    if not value:
        raise UsageError("The name or path is missing; see `kinfolk --help`.")
    return value
