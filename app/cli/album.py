"""people, photos, meta, faces, history: what the album shows."""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.cli import facts, shapes
from app.cli.output import Answer, plain, table
from app.cli.pages import check_limit, page, read_token, write_token
from app.errors import UsageError
from app.indexing.house import House
from app.library.commands.folders import absolute
from app.library.queries import decisions as decision_queries
from app.library.queries import people as people_queries
from app.library.queries import photos as photo_queries
from app.library.queries.ask import NEWEST_FIRST, ask_photos, read_sort
from app.library.queries.faces import face_boxes, faces_in_photo, faces_of_photos, told_faces
from app.library.queries.query import read_query
from app.library.queries.search import day_span
from app.library.queries.stacks import stack_of
from app.library.rows import (
    FaceRow,
    PersonKind,
    PersonRow,
    PhotoRow,
    PhotoSearch,
)

_KINDS = [PersonKind.NAMED, PersonKind.GROUP, PersonKind.SMALL]
_KIND_WORDS = {
    PersonKind.NAMED: "",
    PersonKind.GROUP: "(unnamed)",
    PersonKind.SMALL: "(seen only a few times)",
}


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
    rows = [(p.key, _shown_in(p), p.name or _KIND_WORDS[p.kind]) for p in shown]
    return Answer(document, table(rows) if rows else ["Nobody yet. `kinfolk index` adds photos."])


def _photos(count: int) -> str:
    return "1 photo" if count == 1 else f"{count} photos"


def _videos(count: int) -> str:
    return "1 video" if count == 1 else f"{count} videos"


def _shown_in(person: PersonRow) -> str:
    films, photos = person.video_count, person.photo_count - person.video_count
    parts = [_photos(photos)] if photos or not films else []
    return ", ".join([*parts, _videos(films)] if films else parts)


def _place(row: PersonRow, sort: str) -> list[Any]:
    kind = _KINDS.index(row.kind)
    if sort == "name":
        return [kind, row.name.casefold(), -row.photo_count, row.id]
    if sort == "recent":
        return [kind, -row.updated.timestamp(), row.id]
    return [kind, -row.photo_count, row.name.casefold(), row.id]


def photos(house: House, arguments: argparse.Namespace) -> Answer:
    """List photos, newest first: all of them, or those that meet every condition given."""
    check_limit(arguments.max_results)
    if arguments.order and not arguments.sort:
        raise UsageError("--order needs --sort: which field is to be ordered.")
    search = search_of(house, arguments)
    asked = query = None
    if arguments.query is not None:
        asked = document_of(arguments.query)
        query = read_query(asked)
    sort = read_sort(arguments.sort, arguments.order) if arguments.sort else NEWEST_FIRST
    question = _question(search, asked, arguments.sort, arguments.order)
    after = read_token(arguments.next_token, question) if arguments.next_token else None
    found = ask_photos(
        house.library, house.collection.id, search, query, sort, arguments.max_results, after
    )
    faces = faces_of_photos(house.library, found.ids)
    rows = photo_queries.photos_by_id(house.library, found.ids)
    document = {
        "Files": [shapes.file(row, faces[row.id]) for row in rows],
        "NextToken": "" if found.last is None else write_token(question, found.last),
    }
    return Answer(document, [plain(row.path) for row in rows])


def search_of(house: House, arguments: argparse.Namespace) -> PhotoSearch:
    """The search that the options say.

    Raises UsageError for somebody who is not there, and for what is no date.
    """

    def people_called(names: Sequence[str]) -> tuple[int, ...]:
        ask = people_queries.find_person
        return tuple(ask(house.library, house.collection.id, name).id for name in names)

    since, until = (days(text) for text in (arguments.since, arguments.until))
    return PhotoSearch(
        all_of=people_called(arguments.person),
        any_of=people_called(arguments.any),
        none_of=people_called(arguments.without),
        only=arguments.only,
        since=None if since is None else since[0],
        until=None if until is None else until[1],
        folder=None if arguments.folder is None else absolute(Path(arguments.folder)),
    )


def days(text: str | None) -> tuple[date, date] | None:
    """The first and the last day of what an option says.

    Raises UsageError for what is no date.
    """
    if text is None:
        return None
    span = day_span(text)
    if span is None:
        raise UsageError(f"“{text}” is no date; write 2019, 2019-06 or 2019-06-14.")
    return span


def document_of(text: str) -> object:
    """The JSON that was given, or that lies in the file after an @.

    Raises UsageError when it is none.
    """
    try:
        if text.startswith("@"):
            text = Path(text[1:]).read_text(encoding="utf-8")
        return json.loads(text)
    except OSError as error:
        raise UsageError(f"The query cannot be read from {text[1:]}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{text[1:]} is no text in UTF-8.") from error
    except (ValueError, RecursionError) as error:
        why = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep"
        raise UsageError(f"--query takes JSON such as {_EXAMPLE}; this is none: {why}.") from error


_EXAMPLE = '{"Field":"Figures.Age","Operation":"lt","Value":10}'


def _question(*asked: object) -> str:
    """A short word for what was asked, the same for the same question."""
    text = json.dumps(asked, sort_keys=True, default=str)
    return f"photos {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def meta(house: House, arguments: argparse.Namespace) -> Answer:
    """Show everything known of one photo."""
    row = photo_queries.find_photo(
        house.library, house.collection.id, absolute(Path(arguments.photo))
    )
    faces = faces_in_photo(house.library, row.id)
    lines = [
        f"{plain(row.path)}: {facts.kind(row)}"
        + ("" if row.duration is None else f", {clock(row.duration)}"),
        *facts.taken(row),
        *facts.shot(row.shot),
        *([f"skipped: {row.error}"] if row.error else []),
        *([f"shown, but not in full: {row.note}"] if row.note else []),
        *(["it cannot be read now: its drive or folder is not there"] if row.is_offline else []),
        *facts.motion(row),
        *(f"a duplicate: {plain(path)}" for path in row.copies),
        *(f"in a stack with {plain(path)}" for path in _stacked_with(house, row)),
        *(f"{shapes.figure_id(face.id)}: {_who(face)}{_when(face)}" for face in faces),
    ]
    return Answer(shapes.file(row, faces), lines)


def _when(face: FaceRow) -> str:
    """When somebody is there in a video."""
    spans = ", ".join(f"{clock(begin)} to {clock(end)}" for begin, end in face.seen)
    return f", {spans}" if spans else ""


def clock(seconds: float) -> str:
    """A moment of a video as a player shows it: 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _stacked_with(house: House, row: PhotoRow) -> list[Path]:
    """The photos that stand in a stack with one, that on top first."""
    others = [one for one in stack_of(house.library, row.id) if one != row.id]
    return [other.path for other in photo_queries.photos_by_id(house.library, others)]


def _who(face: FaceRow) -> str:
    who = face.person_name or face.person_key or "someone"
    return f"{who} (drawn)" if face.drawn else who


def faces(house: House, arguments: argparse.Namespace) -> Answer:
    """List every face as CSV: path, box in pixels of the upright image, id of its person."""
    if arguments.json:
        return Answer({
            "Faces": [
                {
                    "URI": path.as_uri(),
                    "FigureId": shapes.figure_id(face.id),
                    **shapes.boundary(face, width, height),
                    "FigureClusterId": face.person_key or "",
                    **shapes.attributes(face),
                }
                for path, width, height, face in told_faces(house.library, house.collection.id)
            ]
        })  # fmt: skip
    rows = list(face_boxes(house.library, house.collection.id))
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


def history(house: House, arguments: argparse.Namespace) -> Answer:  # noqa: ARG001
    """List what was said of people and faces, newest first."""
    rows = decision_queries.history(house.library, house.collection.id)
    lines = [
        (shapes.moment(row.at), row.said + (" (taken back)" if row.undone else ""))
        for row in rows
    ]  # fmt: skip
    document = {"Decisions": [shapes.decision(row) for row in rows]}
    return Answer(document, table(lines) if lines else ["Nothing was said yet."])
