"""names write: the names of people go into the sidecars beside their photos, when asked."""

from __future__ import annotations

import argparse

from app.cli.album import document_of
from app.cli.output import Answer, ProgressLine, plain, say
from app.cli.shapes import Json
from app.cli.shared_words import Parser
from app.errors import UsageError
from app.indexing.chores import Chores
from app.indexing.house import House
from app.indexing.sidecars import Scope, Tally, foresee_names, write_all_names
from app.library.queries.ask import ask_photos
from app.library.queries.people import find_person
from app.library.queries.query import read_query
from app.library.rows import PhotoSearch, TaskState, TaskType
from app.progress import Cancelled, Progress

INTERRUPTED = 130
"""The usual exit status of a program ended by Ctrl+C."""
_FIRST = 20
"""So many conflicts are listed for people; --json has them all."""


def add_write(group: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    """Add the command to the group `names`."""
    sentence = (write.__doc__ or "").strip()
    parser = group.add_parser(
        "write", parents=[shared], help=sentence, description=sentence, allow_abbrev=False
    )
    parser.set_defaults(run=write)
    parser.add_argument(
        "--person", action="extend", nargs="+", default=[], metavar="ID-OR-NAME",
        help="only the names of these people, beside the photos that show one of them",
    )  # fmt: skip
    parser.add_argument(
        "--query", metavar="JSON|@FILE",
        help="everybody's names, but only beside photos that meet it; see docs/queries.md",
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help="only tell what would become of the sidecars"
    )
    parser.add_argument(
        "--overwrite", action="store_true",
        help="where another program gave the same face another name, put ours in its place",
    )  # fmt: skip


def write(house: House, arguments: argparse.Namespace) -> Answer:
    """Write the names of people into .xmp files beside their photos; photos are never changed."""
    scope = _scope(house, arguments)
    line = ProgressLine()

    def tell(done: int, total: int) -> None:
        running = TaskState.RUNNING.value
        line.show(Progress("", TaskType.WRITE.value, running, done, total))

    try:
        if arguments.dry_run:
            tally = foresee_names(house.library, scope, arguments.overwrite, lambda: None, tell)
        else:
            chores = Chores(house.library)
            tally = write_all_names(house.library, chores, scope, arguments.overwrite, tell)
    except (KeyboardInterrupt, Cancelled):
        line.clear()
        say("Stopped. What was written until now stays.")
        return Answer({"Stopped": True}, [], INTERRUPTED)
    finally:
        line.clear()
    status = 1 if tally.skipped else 0
    return Answer(_document(tally, arguments.dry_run), _lines(tally, arguments.dry_run), status)


def _scope(house: House, arguments: argparse.Namespace) -> Scope:
    """Raises UsageError for somebody who has no name, or is hidden: those never go out."""
    number = house.collection.id
    if arguments.person and arguments.query is not None:
        raise UsageError("Give either --person or --query.")
    if arguments.query is not None:
        query = read_query(document_of(arguments.query))
        return Scope(number, ask_photos(house.library, number, PhotoSearch(), query).ids)
    if not arguments.person:
        return Scope(number)
    people = [find_person(house.library, number, one) for one in arguments.person]
    for person in people:
        if not person.name:
            raise UsageError(f"{person.key} has no name yet; `kinfolk name` gives one.")
        if person.hidden:
            raise UsageError(f"{person.name} is hidden, so the name stays here.")
    return Scope.of_people(house.library, number, [person.id for person in people])


def _lines(tally: Tally, dry_run: bool) -> list[str]:
    would = "would be " if dry_run else ""
    summary = (
        f"Sidecars: {tally.new} {would}new, {tally.changed} {would}changed, "
        f"{tally.removed} {would}removed, {tally.unchanged} as they are."
    )
    lines = [summary]
    if dry_run and tally.files:
        lines.append(
            "The names leave the library that way: whoever gets the sidecars can read them."
        )
    if tally.conflict_count:
        faces = "1 face has" if tally.conflict_count == 1 else f"{tally.conflict_count} faces have"
        lines.append(f"{faces} another name there, which stays unless --overwrite:")
        lines += [
            f"  {plain(one.photo)}: {one.name} here, {one.other} there"
            for one in tally.conflicts[:_FIRST]
        ]
        if tally.conflict_count > _FIRST:
            lines.append(f"  and {tally.conflict_count - _FIRST} more")
    if tally.away:
        lines.append(f"{tally.away} photos cannot be reached now: their drive is not there.")
    return [*lines, *(f"Skipped {plain(s.path)}: {s.error}" for s in tally.skipped)]


def _document(tally: Tally, dry_run: bool) -> Json:
    return {
        "TaskId": tally.task_id,
        "DryRun": dry_run,
        **tally.document(),
        "ConflictList": [
            {
                "URI": one.photo.as_uri(),
                "Sidecar": one.sidecar.as_uri(),
                "Name": one.name,
                "Other": one.other,
            }
            for one in tally.conflicts
        ],
        "Skipped": [{"URI": s.path.as_uri(), "Error": s.error} for s in tally.skipped],
    }
