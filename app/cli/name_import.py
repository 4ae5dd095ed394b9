"""names import: the names that other programs wrote, shown first and then taken in."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from app.cli import shapes
from app.cli.output import Answer, ProgressLine, plain, table
from app.cli.shapes import Json
from app.cli.shared_words import Parser
from app.cli.work import group_if_due
from app.errors import KnownError, UsageError
from app.indexing.chores import Chores
from app.indexing.house import House
from app.indexing.name_import import Prospect, look, take_in
from app.indexing.name_plan import Choices, Conflict, Found, Plan
from app.library.commands.folders import absolute
from app.library.commands.importing import TakenIn
from app.library.queries.naming import lying
from app.library.rows import TaskState, TaskType
from app.media.foreign.found import Origin, folded
from app.progress import Progress

_FIRST = 20
"""So many conflicts are listed for people; --json has them all."""
_ORIGINS = {
    Origin.PICASA: "Picasa",
    Origin.REGIONS: "face regions",
    Origin.MICROSOFT: "Microsoft's regions",
    Origin.DIGIKAM: "digiKam's database",
    Origin.KEYWORDS: "keywords",
    Origin.TAKEOUT: "Google Takeout",
}
_WHY = {
    "named": "is {ours} here",
    "refused": "is not this person, as you said",
    "denied": "is no face, as you said",
    "stranger": "is a stranger, as you said",
    "sources": "has several names there",
    "twice": "is one of several of that name in the photo",
}


def add_import(group: argparse._SubParsersAction[Parser], shared: Parser) -> None:
    """Add the command to the group `names`."""
    sentence = (import_names.__doc__ or "").strip()
    parser = group.add_parser(
        "import", parents=[shared], help=sentence, description=sentence, allow_abbrev=False
    )
    parser.set_defaults(run=import_names)
    parser.add_argument(
        "folders", nargs="*", metavar="DIR", help="only photos in these directories or below"
    )
    parser.add_argument("--contacts", metavar="CONTACTS", help="the contacts.xml of Picasa")
    parser.add_argument("--apply", action="store_true", help="take them in; one undo takes it back")
    parser.add_argument(
        "--frames", action="store_true", help="also frame the faces that Kinfolk did not find"
    )
    parser.add_argument(
        "--keywords", action="store_true",
        help="also name faces to which only a keyword leads, as nobody else is there",
    )  # fmt: skip
    parser.add_argument(
        "--theirs", action="store_true",
        help="in conflicts take the other program's name instead of ours",
    )  # fmt: skip
    parser.add_argument(
        "--without", action="extend", nargs="+", default=[], metavar="NAME",
        help="leave these people out",
    )  # fmt: skip


def import_names(house: House, arguments: argparse.Namespace) -> Answer:
    """Show which names other programs wrote would come in; --apply takes them in."""
    prospect = _look(house, arguments)
    choices = _choices(prospect.plan, arguments)
    where = _paths(house, prospect.plan)
    document = _document(prospect, where)
    lines = _told(prospect, where)
    if not arguments.apply:
        if prospect.plan.people:
            lines.append("Nothing was changed; `kinfolk names import --apply` takes them in.")
        return Answer({"Import": document | {"Applied": False}}, lines)
    done = take_in(
        Chores(house.library), house.library, house.collection.id, prospect.plan, choices
    )
    if done.people:
        group_if_due(house)  # the groups grow around the names
    return Answer(
        {"Import": document | {"Applied": True}, **_outcome(done)},
        [*lines, f"{done.changes.said or 'There was nothing new to take in'}."],
    )


def _look(house: House, arguments: argparse.Namespace) -> Prospect:
    line = ProgressLine()

    def tell(done: int, total: int) -> None:
        running = TaskState.RUNNING.value
        line.show(Progress("", TaskType.IMPORT.value, running, done, total))

    try:
        return look(
            house.library, house.collection.id, tell,
            [absolute(Path(folder)) for folder in arguments.folders],
            None if arguments.contacts is None else absolute(Path(arguments.contacts)),
        )  # fmt: skip
    except KeyboardInterrupt as stop:
        raise KnownError("Stopped; nothing was changed.") from stop
    finally:
        line.clear()


def _choices(plan: Plan, arguments: argparse.Namespace) -> Choices:
    """Raises UsageError for a name that is not among those found."""
    known = {one.key for one in plan.people}
    for name in arguments.without:
        if folded(name) not in known:
            raise UsageError(f"“{name}” is not among the names that were found.")
    choices = Choices(
        without={folded(name) for name in arguments.without},
        frames=arguments.frames,
        keywords=arguments.keywords,
    )
    if arguments.theirs:
        choices.theirs = {
            one.face_id: one.theirs[0] for one in plan.conflicts if len(one.theirs) == 1
        }
    return choices


def _paths(house: House, plan: Plan) -> dict[int, Path]:
    """The files of the photos with conflicts, by their ids."""
    wanted = {one.photo_id for one in plan.conflicts}
    files = lying(house.library, house.collection.id) if wanted else ()
    return {file.photo_id: file.path for file in files if file.photo_id in wanted}


def _told(prospect: Prospect, where: Mapping[int, Path]) -> list[str]:
    plan, found = prospect.plan, prospect.gathered
    if not found.names:
        return [*_besides(prospect), "No names were found that other programs wrote."]
    by = ", ".join(sorted(_ORIGINS[origin] for origin in found.origins))
    people, faces = _count(len(plan.people), "person", "people"), _count(plan.faces, "face")
    what = f"{people} on {faces}" if plan.people else "nobody new"
    lines = [f"Found {what} in {_count(plan.photos, 'photo')}, by {by}."]
    if plan.people:
        head = ("name", "faces", "with groups", "frames", "by keyword", "")
        lines += table([head, *(_row(one) for one in plan.people)])
    if plan.conflicts:
        lines.append(f"{_count(len(plan.conflicts), 'conflict')}; ours holds unless --theirs:")
        lines += [f"  {_sentence(one, where)}" for one in plan.conflicts[:_FIRST]]
        if len(plan.conflicts) > _FIRST:
            lines.append(f"  and {len(plan.conflicts) - _FIRST} more")
    return [*lines, *_besides(prospect)]


def _row(one: Found) -> tuple[object, ...]:
    numbers = (len(one.faces), one.along, len(one.frames), len(one.by_keyword))
    return (one.name, *(number or "" for number in numbers), "" if one.person_id else "new")


def _sentence(one: Conflict, where: Mapping[int, Path]) -> str:
    why = _WHY[one.why.value].format(ours=one.ours)
    path = f"{plain(where[one.photo_id])}: " if one.photo_id in where else ""
    return f"{path}{shapes.figure_id(one.face_id)} {why}, and there: {', '.join(one.theirs)}"


def _besides(prospect: Prospect) -> list[str]:
    plan, found = prospect.plan, prospect.gathered
    told = (
        (plan.already, "{} already so here"),
        (plan.frames, "{} on no face that Kinfolk found; --frames frames them"),
        (plan.by_keyword, "{} by keyword alone; --keywords takes them"),
        (plan.unclear, "{} among the keywords of photos with several faces, or none"),
        (plan.forgotten, "{} on somebody who was forgotten, and passed over"),
    )
    lines = [text.format(_count(number, "name")) + "." for number, text in told if number]
    if found.not_looked_at:
        lines.append(f"{_count(found.not_looked_at, 'photo')} with names not looked at yet.")
    if found.elsewhere:
        lines.append(f"{_count(found.elsewhere, 'photo')} with names not in the library.")
    if found.nameless:
        lines.append(
            f"{_count(found.nameless, 'face')} of Picasa's with a contact that has no name "
            "here; --contacts names its contacts.xml."
        )
    return lines


def _count(number: int, one: str, many: str = "") -> str:
    return f"1 {one}" if number == 1 else f"{number} {many or one + 's'}"


def _document(prospect: Prospect, where: Mapping[int, Path]) -> Json:
    plan, found = prospect.plan, prospect.gathered
    return {
        "Photos": plan.photos,
        "Faces": plan.faces,
        "People": [_person(one) for one in plan.people],
        "Conflicts": [
            {
                "Reason": one.why.value,
                "FigureId": shapes.figure_id(one.face_id),
                "URI": where[one.photo_id].as_uri() if one.photo_id in where else None,
                "Ours": one.ours,
                "Theirs": list(one.theirs),
            }
            for one in plan.conflicts
        ],
        "Origins": sorted(origin.value for origin in found.origins),
        "Already": plan.already,
        "Frames": plan.frames,
        "ByKeyword": plan.by_keyword,
        "Unclear": plan.unclear,
        "Forgotten": plan.forgotten,
        "NotLookedAt": found.not_looked_at,
        "Elsewhere": found.elsewhere,
        "Nameless": found.nameless,
    }


def _person(one: Found) -> Json:
    return {
        "Name": one.name,
        "New": one.person_id is None,
        "Faces": len(one.faces),
        "Groups": len(one.groups),
        "WithGroups": one.along,
        "Frames": len(one.frames),
        "ByKeyword": len(one.by_keyword),
        "Origins": sorted(origin.value for origin in one.origins),
    }


def _outcome(done: TakenIn) -> Json:
    return {
        "Done": done.changes.said, "People": done.people, "Faces": done.faces,
        "Frames": done.frames,
    }  # fmt: skip
