"""name, merge, confirm, draw, forget, undo and the like: what can be said of people and faces."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.changes import Changes
from app.cli import shapes
from app.cli.erasing import erase_some
from app.cli.output import Answer
from app.errors import UsageError
from app.indexing.chores import Chores
from app.indexing.house import House
from app.library.commands import faces as face_commands
from app.library.commands import people as people_commands
from app.library.commands import undo as undo_commands
from app.library.commands.folders import absolute
from app.library.film import film_y
from app.library.queries import people as people_queries
from app.library.queries import photos as photo_queries
from app.library.queries.erasing import face_data
from app.library.queries.faces import photos_of_faces
from app.library.rows import PersonRow


def name(house: House, arguments: argparse.Namespace) -> Answer:
    """Give a person a name."""
    person = _find(house, arguments.person)
    changes = people_commands.name_person(house.library, person.id, arguments.name)
    return _done(house, changes, person)


def born(house: House, arguments: argparse.Namespace) -> Answer:
    """Say in which year a person was born; none takes it back."""
    person = _find(house, arguments.person)
    changes = people_commands.set_birth_year(house.library, person.id, _year(arguments.year))
    return _done(house, changes, person)


def merge(house: House, arguments: argparse.Namespace) -> Answer:
    """Make several people one; the first keeps its id."""
    keep, *others = [_find(house, person) for person in arguments.people]
    changes = people_commands.merge_people(house.library, keep.id, [row.id for row in others])
    return _done(house, changes, keep)


def different(house: House, arguments: argparse.Namespace) -> Answer:
    """Say that two people are not the same."""
    one, other = _find(house, arguments.person), _find(house, arguments.other)
    return _done(house, people_commands.say_different(house.library, one.id, other.id), one)


def hide(house: House, arguments: argparse.Namespace) -> Answer:
    """Keep a person out of sight."""
    person = _find(house, arguments.person)
    return _done(house, people_commands.hide_person(house.library, person.id), person)


def show(house: House, arguments: argparse.Namespace) -> Answer:
    """Bring a hidden person back."""
    person = _find(house, arguments.person)
    return _done(house, people_commands.show_person(house.library, person.id), person)


def staff(house: House, arguments: argparse.Namespace) -> Answer:
    """Say that a person works here and is no visitor; with --not that they do not."""
    person = _find(house, arguments.person)
    changes = people_commands.say_staff(house.library, [person.id], not arguments.is_not)
    return _done(house, changes, person)


def forget(house: House, arguments: argparse.Namespace) -> Answer:
    """Erase a person with every face, and do not learn them again; the photos stay."""
    person = _find(house, arguments.person)
    chores = Chores(house.library)
    return _told(chores.forget(house.thumbnails, house.collection.id, person.id))


def erase(house: House, arguments: argparse.Namespace) -> Answer:
    """Erase all face data of the collection, for good: faces, people, names; or only that of
    strangers. The photos stay."""
    if arguments.strangers or arguments.older_than is not None or arguments.dry_run:
        return erase_some(house, arguments)
    if not arguments.yes:
        known = face_data(house.library, house.collection.id)
        raise UsageError(
            f"This would erase all face data of the collection {house.collection.name} for good, "
            f"in its backups, too: {known.faces} faces, {known.people} people and groups, of whom "
            f"{known.names} have a name, and {known.words} things that were said. The photos "
            "stay. Nothing was erased; to do it, say `kinfolk erase --yes`."
        )
    return _told(Chores(house.library).erase_faces(house.thumbnails, house.collection.id))


def confirm(house: House, arguments: argparse.Namespace) -> Answer:
    """Say that faces are this person."""
    person = _find(house, arguments.person)
    faces = _figures(house, arguments.figures)
    return _done(house, face_commands.confirm_faces(house.library, person.id, faces), person)


def reject(house: House, arguments: argparse.Namespace) -> Answer:
    """Say that faces are not this person."""
    person = _find(house, arguments.person)
    faces = _figures(house, arguments.figures)
    return _done(house, face_commands.reject_faces(house.library, person.id, faces), person)


def move(house: House, arguments: argparse.Namespace) -> Answer:
    """Say who faces are; a new name makes a new person."""
    faces = _figures(house, arguments.figures)
    try:
        to: int | str = _find(house, arguments.person).id
    except UsageError:
        if arguments.person.startswith("person-"):  # an id that nobody has is no name
            raise
        to = arguments.person
    return _told(face_commands.move_faces(house.library, faces, to))


def split(house: House, arguments: argparse.Namespace) -> Answer:
    """Let faces leave a person for a new one."""
    person = _find(house, arguments.person)
    changes = face_commands.split_faces(
        house.library, person.id, _figures(house, arguments.figures), arguments.name
    )
    return _done(house, changes, person)


def notface(house: House, arguments: argparse.Namespace) -> Answer:
    """Say that something is not a face."""
    faces = _figures(house, arguments.figures)
    return _told(face_commands.mark_not_a_face(house.library, faces))


def stranger(house: House, arguments: argparse.Namespace) -> Answer:
    """Say that faces are nobody you know; unnamed people they are with are hidden."""
    faces = _figures(house, arguments.figures)
    return _told(face_commands.say_strangers(house.library, faces))


def draw(house: House, arguments: argparse.Namespace) -> Answer:
    """Frame a face that was missed, in pixels of the upright photo, or of the frame of a video; the
    next index embeds it."""
    path = absolute(Path(arguments.photo))
    photo = photo_queries.find_photo(house.library, house.collection.id, path)
    if not (photo.width and photo.height):
        raise UsageError(f"{path} has not been looked at yet; `kinfolk index` does.")
    if arguments.at is not None and not 0 <= arguments.at <= (photo.duration or -1.0):
        raise UsageError(f"{path} has no such moment; --at is for videos.")
    top = arguments.top / photo.height
    box = (
        arguments.left / photo.width, top if arguments.at is None else film_y(top, arguments.at),
        arguments.width / photo.width, arguments.height / photo.height,
    )  # fmt: skip
    changes = face_commands.draw_face(house.library, photo.id, box, arguments.name)
    return _told(changes)


def undo(house: House, arguments: argparse.Namespace) -> Answer:  # noqa: ARG001
    """Take back the last thing said of people, faces and collections."""
    return _told(undo_commands.undo(house.library, house.collection.id))


def redo(house: House, arguments: argparse.Namespace) -> Answer:  # noqa: ARG001
    """Say again what was last taken back."""
    return _told(undo_commands.redo(house.library, house.collection.id))


def _find(house: House, id_or_name: str) -> PersonRow:
    if not id_or_name.strip():
        raise UsageError("Give the id or the name of a person; `kinfolk people` lists them.")
    return people_queries.find_person(house.library, house.collection.id, id_or_name)


def _figures(house: House, figures: Sequence[str]) -> list[int]:
    """The faces meant. Raises UsageError when one is not in the collection."""
    ids = {shapes.face_of(figure): figure for figure in figures}
    known = photos_of_faces(house.library, house.collection.id, list(ids))
    for number, figure in ids.items():
        if number not in known:
            raise UsageError(
                f"{figure} is no face of the collection {house.collection.name}; "
                "`kinfolk meta PHOTO` names those of a photo."
            )
    return list(ids)


def _year(text: str) -> int | None:
    if text == "none":
        return None
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f"“{text}” is no year; give one like 1975, or none.")
    return int(text)


def _told(changes: Changes) -> Answer:
    return Answer({"Done": changes.said}, [changes.said or "Nothing to change."])


def _done(house: House, changes: Changes, person: PersonRow) -> Answer:
    row = people_queries.person(house.library, person.id)
    cluster = shapes.cluster(row, house.collection.name, None)
    told = _told(changes)
    return Answer(told.document | {"FigureCluster": cluster}, told.lines)
