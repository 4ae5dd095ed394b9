"""Name import: names that other programs wrote come in: first what would happen, then that."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.errors import KnownError, UsageError
from app.indexing.chores import Chores
from app.indexing.foreign_names import (
    Gathered,
    Tell,
    contacts_files,
    gather,
    picasa_data,
    read_bounded,
)
from app.indexing.name_plan import Choices, Plan, chosen
from app.indexing.name_planner import Pictured, make_plan
from app.library.commands.importing import TakenIn, take_in_names
from app.library.database import Library
from app.library.queries.decisions import history, standing
from app.library.queries.naming import (
    Lying,
    boxes_banned,
    faces_standing,
    lying,
    people_known,
    people_of_faces,
)
from app.library.queries.search import directories
from app.library.rows import TaskType
from app.library.taken_in import IMPORT
from app.media.foreign import picasa
from app.progress import Cancelled


@dataclass(frozen=True, slots=True)
class Prospect:
    """What was found, and what would come of it."""

    plan: Plan
    gathered: Gathered


def look(
    library: Library,
    collection_id: int,
    tell: Tell,
    folders: Sequence[Path] = (),
    contacts: Path | None = None,
) -> Prospect:
    """Read what other programs wrote about the photos of a collection, or about those below these
    folders, and tell what taking it in would do; nothing is changed. Names that Picasa keeps apart
    are read from `contacts`, or from where it keeps them on this computer.

    Raises UsageError when a folder or a file is not there, and what `tell` raises.
    """
    people = people_known(library, collection_id)
    files = _below(lying(library, collection_id), folders)
    known = [one.name for one in people if one.name]
    found = gather(files, _contacts(contacts), known, tell)
    faces = faces_standing(library, found.names)
    banned = boxes_banned(library, collection_id)
    sizes = {file.photo_id: (file.width, file.height) for file in files}
    photos = [
        Pictured(number, *sizes[number], names, faces.get(number, ()), banned.get(number, ()))
        for number, names in sorted(found.names.items())
    ]
    words = standing(library, collection_id)
    refused = people_of_faces(library, {face for face, _ in words.refused})
    return Prospect(make_plan(photos, people, words, refused), found)


def take_in(
    chores: Chores, library: Library, collection_id: int, plan: Plan, choices: Choices
) -> TakenIn:
    """Take in what the plan says and the user chose, as a task and as one word.

    Raises UsageError when the collection is not there any more, and Cancelled when somebody ended
    the task before anything was said.
    """
    names = chosen(plan, choices)
    with chores.begin(TaskType.IMPORT, collection_id) as chore:
        chore.tell(0, len(names))
        if chore.is_over_wanted():
            raise Cancelled
        done = take_in_names(library, collection_id, names)
        chore.tell(len(names), len(names))
        chore.result = {"People": done.people, "Faces": done.faces, "Frames": done.frames}
    return done


def take_in_as_wanted(
    chores: Chores, library: Library, collection_id: int, plan: Plan, choices: Choices
) -> Changes:
    """As `take_in`, for a window: that somebody cancelled it is told like anything else that kept
    it from being done.

    Raises KnownError when it was cancelled.
    """
    try:
        return take_in(chores, library, collection_id, plan, choices).changes
    except Cancelled as cancelled:
        raise KnownError("It was cancelled; no name was taken in.") from cancelled


def to_be_shown(plan: Plan) -> list[int]:
    """The faces by which a plan is shown: one of each person, and that of each conflict."""
    people = (next(iter((*one.faces, *one.by_keyword)), None) for one in plan.people)
    return [face for face in people if face is not None] + [one.face_id for one in plan.conflicts]


def _below(files: list[Lying], folders: Sequence[Path]) -> list[Lying]:
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder.")
    if not folders:
        return files
    return [file for file in files if any(file.path.is_relative_to(one) for one in folders)]


def _contacts(path: Path | None) -> dict[str, str]:
    if path is not None:
        data = read_bounded(path)
        names = {} if data is None else picasa.read_contacts(data)
        if not names:
            raise UsageError(f"{path} is no contacts.xml of Picasa's.")
        return names
    local = os.environ.get("LOCALAPPDATA")
    names = {}
    for place in contacts_files(Path.home(), Path(local) if local else None):
        names = picasa.read_contacts(read_bounded(place) or b"") | names
    return names


def are_names_waiting(library: Library, collection_id: int) -> bool:
    """Whether Picasa left names beside photos of a collection into which no names were ever taken.
    Only Picasa's own files are asked: that costs next to nothing."""
    if any(word.kind == IMPORT for word in history(library, collection_id)):
        return False
    return any(
        (data := picasa_data(directory.path)) is not None and picasa.has_names(data)
        for directory in directories(library, collection_id)
    )
