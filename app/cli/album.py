"""people, photos, meta, faces, name, merge, hide, undo: the album's own commands."""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from pathlib import Path
from typing import Any

from app.changes import Changes
from app.cli import shapes
from app.cli.output import Answer, plain, table
from app.cli.pages import page
from app.errors import UsageError
from app.indexing.house import House
from app.library.commands import people as people_commands
from app.library.commands import undo as undo_commands
from app.library.commands.folders import absolute
from app.library.queries import people as people_queries
from app.library.queries import photos as photo_queries
from app.library.queries.faces import face_boxes, faces_in_photo, faces_of_photos
from app.library.rows import PersonKind, PersonRow, PhotoItem

_KINDS = [PersonKind.NAMED, PersonKind.GROUP, PersonKind.SMALL]


def people(house: House, arguments: argparse.Namespace) -> Answer:
    """List people: named ones first, then groups."""
    everyone = people_queries.list_people(
        house.library, house.collection.id, sort=arguments.sort,
        include_hidden=arguments.hidden,
    )  # fmt: skip
    order = arguments.sort
    shown, token = page(
        f"people by {order}", everyone, lambda row: _place(row, order), arguments.max_results,
        arguments.next_token,
    )  # fmt: skip
    covers = {
        row.id: row
        for row in photo_queries.photos_by_id(
            house.library, [p.cover.photo_id for p in shown if p.cover is not None]
        )
    }
    document = {
        "FigureClusters": [
            shapes.cluster(
                person, house.collection.name, covers.get(person.cover.photo_id)
            ) if person.cover else shapes.cluster(person, house.collection.name, None)
            for person in shown
        ],
        "NextToken": token,
        "TotalCount": len(everyone),
    }  # fmt: skip
    rows = [(p.key, f"{p.photo_count} photos", p.name or f"({p.kind.value})") for p in shown]
    return Answer(document, table(rows) if rows else ["Nobody yet. `kinfolk index` adds photos."])


def _place(row: PersonRow, sort: str) -> list[Any]:
    kind = _KINDS.index(row.kind)
    if sort == "name":
        return [kind, row.name.casefold(), -row.photo_count, row.id]
    if sort == "recent":
        return [kind, -row.updated.timestamp(), row.id]
    return [kind, -row.photo_count, row.name.casefold(), row.id]


def photos(house: House, arguments: argparse.Namespace) -> Answer:
    """List photos, newest first; with --person those that show all of the people named."""
    wanted = [
        people_queries.find_person(house.library, house.collection.id, name).id
        for name in arguments.person
    ]
    if wanted:
        found = photo_queries.photos_of(house.library, wanted)
    else:
        found = photo_queries.timeline(house.library, house.collection.id)
    shown, token = page("photos", found, _when, arguments.max_results, arguments.next_token)
    ids = [item.id for item in shown]
    faces = faces_of_photos(house.library, ids)
    rows = photo_queries.photos_by_id(house.library, ids)
    document = {
        "Files": [shapes.file(row, faces[row.id]) for row in rows],
        "NextToken": token,
    }
    return Answer(document, [plain(row.path) for row in rows])


def _when(item: PhotoItem) -> list[Any]:
    taken = None if item.taken is None else (item.taken - item.taken.min).total_seconds()
    return [-taken if taken is not None else 0.0, -item.id]


def meta(house: House, arguments: argparse.Namespace) -> Answer:
    """Show everything known of one photo."""
    row = photo_queries.find_photo(
        house.library, house.collection.id, absolute(Path(arguments.photo))
    )
    faces = faces_in_photo(house.library, row.id)
    lines = [
        f"{plain(row.path)}: {row.width} x {row.height}, {row.content_type or row.state.value}",
        f"taken {row.taken or 'at an unknown time'}"
        + (f" with {row.camera}" if row.camera else ""),
        *([f"skipped: {row.error}"] if row.error else []),
        *(f"{face.person_name or face.person_key or 'someone'}" for face in faces),
    ]
    return Answer(shapes.file(row, faces), lines)


def faces(house: House, arguments: argparse.Namespace) -> Answer:
    """List every face as CSV: path, box in pixels of the upright image, id of its person."""
    rows = list(face_boxes(house.library, house.collection.id))
    if arguments.json:
        names = ("URI", "Left", "Top", "Width", "Height", "FigureClusterId")
        return Answer({
            "Faces": [
                dict(zip(names, (path.as_uri(), *map(round, box), key), strict=True))
                for path, *box, key in rows
            ]
        })  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("path", "x", "y", "w", "h", "cluster_id"))
    for path, *box, key in rows:
        writer.writerow((path, *(f"{value:.1f}" for value in box), key))
    # A path is bytes, not text: it leaves as it is.
    sys.stdout.flush()
    sys.stdout.buffer.write(os.fsencode(text.getvalue()))
    sys.stdout.buffer.flush()
    return Answer({})


def name(house: House, arguments: argparse.Namespace) -> Answer:
    """Give a person a name."""
    person = _find(house, arguments.person)
    return _done(
        house, people_commands.name_person(house.library, person.id, arguments.name), person
    )


def merge(house: House, arguments: argparse.Namespace) -> Answer:
    """Make several people one; the first keeps its id."""
    keep, *others = [_find(house, person) for person in arguments.people]
    changes = people_commands.merge_people(house.library, keep.id, [row.id for row in others])
    return _done(house, changes, keep)


def hide(house: House, arguments: argparse.Namespace) -> Answer:
    """Keep a person out of sight."""
    person = _find(house, arguments.person)
    return _done(house, people_commands.hide_person(house.library, person.id), person)


def show(house: House, arguments: argparse.Namespace) -> Answer:
    """Bring a hidden person back."""
    person = _find(house, arguments.person)
    return _done(house, people_commands.show_person(house.library, person.id), person)


def undo(house: House, arguments: argparse.Namespace) -> Answer:  # noqa: ARG001
    """Take back the last thing said of people and faces."""
    changes = undo_commands.undo(house.library, house.collection.id)
    return Answer({"Done": changes.said}, [changes.said])


def redo(house: House, arguments: argparse.Namespace) -> Answer:  # noqa: ARG001
    """Say again what was last taken back."""
    changes = undo_commands.redo(house.library, house.collection.id)
    return Answer({"Done": changes.said}, [changes.said])


def _find(house: House, id_or_name: str) -> PersonRow:
    if not id_or_name.strip():
        raise UsageError("Give the id or the name of a person; `kinfolk people` lists them.")
    return people_queries.find_person(house.library, house.collection.id, id_or_name)


def _done(house: House, changes: Changes, person: PersonRow) -> Answer:
    row = people_queries.person(house.library, person.id)
    document = {
        "Done": changes.said,
        "FigureCluster": shapes.cluster(row, house.collection.name, None),
    }
    return Answer(document, [changes.said or "Nothing to change."])
