"""Following: which folders are watched: those that are there, by the one who indexes."""

from __future__ import annotations

from functools import partial

from app.indexing.choices import Choices
from app.indexing.watcher import Watcher
from app.library.database import Library
from app.library.queries.folders import folders


def follow(watcher: Watcher, library: Library, choices: Choices, folder_id: int) -> None:
    """Watch a folder that is there, now or again, and no other."""
    row = next((row for row in folders(library, counted=False) if row.id == folder_id), None)
    if row is None or row.state.is_away:
        watcher.forget(folder_id)
    elif not watcher.is_watching(folder_id):
        watcher.watch(folder_id, row.path, partial(_is_camera, choices, row.collection_id))


def _is_camera(choices: Choices, collection_id: int) -> bool:
    return choices.of(collection_id).alerts == "on"
