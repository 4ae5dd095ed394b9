"""Parser: what the command line understands, every command once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from app import __version__
from app.cli.output import Answer
from app.cli.shared_words import Parser, add_shared_options
from app.settings import KINDS, option_named

Command = Callable[..., Answer]
"""Most are handed the house; those that mend or replace the library are handed its paths."""


def make_parser(words: Sequence[str] = ()) -> Parser:
    """The command line, as far as it is needed to understand `words`: of the commands those that
    are among them, with what carries them out; all of them where none is."""
    parser = Parser(
        prog="kinfolk",
        description="Your photos by person. With no command, the window opens; folders and "
        "photos given are added.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Kinfolk {__version__}")
    parser.set_defaults(library=None, collection_name="", json=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for options in (parser, shared := Parser(add_help=False)):
        add_shared_options(options)
    named = {word for word in words if word in COMMANDS}
    for make, names in _GROUPS.items():
        if not named or named.intersection(names):
            make(_Maker(commands, shared))
    return parser


def command_names() -> frozenset[str]:
    """Every command: what tells a call of the command line from paths for the window."""
    return COMMANDS


def _subparsers(parser: argparse.ArgumentParser) -> argparse._SubParsersAction[Parser]:
    return next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))


class _Maker:
    """Adds commands to a parser."""

    def __init__(self, commands: argparse._SubParsersAction[Parser], shared: Parser) -> None:
        self._commands = commands
        self._shared = shared

    def add(self, name: str, run: Command) -> argparse.ArgumentParser:
        """One command, described by the docstring of the function that runs it."""
        sentence = (run.__doc__ or "").strip()
        parser = self._commands.add_parser(
            name, parents=[self._shared], help=sentence, description=sentence, allow_abbrev=False
        )
        parser.set_defaults(run=run)
        return parser

    def group(self, name: str, sentence: str) -> tuple[argparse._SubParsersAction[Parser], Parser]:
        """A command that has commands of its own; and what they have in common."""
        made = self._commands.add_parser(
            name, help=sentence, description=sentence, allow_abbrev=False
        )
        return made.add_subparsers(dest="action", metavar="ACTION", required=True), self._shared


def _add_work(maker: _Maker) -> None:
    from app.cli import work

    index = maker.add("index", work.index)
    index.add_argument("paths", nargs="*", metavar="PATH", help="folders and photos to add")
    index.add_argument(
        "--again", action="store_true", help="look at every photo again, also at unchanged ones"
    )
    index.add_argument("--no-cluster", action="store_true", help="do not group faces afterwards")
    cluster = maker.add("cluster", work.cluster)
    cluster.add_argument("--rebuild", action="store_true", help="group everything afresh")
    for long in (index, cluster):
        long.add_argument(
            "--notify-command", default="", metavar="CMD",
            help="run this when a task has ended, too, with a JSON document on its standard input",
        )  # fmt: skip


def _add_album(maker: _Maker) -> None:
    from app.cli import album
    from app.library.queries.people import SORTS

    people = maker.add("people", album.people)
    people.add_argument("--sort", choices=SORTS, default="photos")
    people.add_argument("--hidden", action="store_true", help="include hidden people")
    photos = maker.add("photos", album.photos)
    _add_search(photos)
    photos.add_argument(
        "--sort", metavar="FIELD,...", help="a field of queries, or several; else newest first"
    )
    photos.add_argument("--order", default="", metavar="asc|desc,...", help="from which end on")
    for listing in (people, photos):
        listing.add_argument("--max-results", type=int, metavar="N", help="at most so many")
        listing.add_argument("--next-token", metavar="T", help="go on after the last answer")
    _add_dates(photos)
    maker.add("meta", album.meta).add_argument("photo", metavar="PHOTO")
    maker.add("faces", album.faces)
    maker.add("history", album.history)


def _add_export(maker: _Maker) -> None:
    from app.cli import export

    takeout = maker.add("export", export.export)
    _add_search(takeout, at_once=1)  # DIR follows
    export.add_options(takeout)
    _add_dates(takeout)


def _add_visitors(maker: _Maker) -> None:
    from app.cli import visitors
    from app.library.queries.visits import By

    count = maker.add("visitors", visitors.visitors)
    count.add_argument("--by", choices=[by.value for by in By], default=By.DAY.value)
    count.add_argument(
        "--window", type=float, metavar="MINUTES",
        help="who is not seen for longer comes again (the setting visit_minutes: 30)",
    )  # fmt: skip
    count.add_argument(
        "--without", action="extend", nargs="+", default=[], metavar="ID-OR-NAME",
        help="leave out these people; staff and hidden people are left out anyway",
    )  # fmt: skip
    count.add_argument("--list", action="store_true", help="every visit instead of numbers")
    count.add_argument("--csv", action="store_true", help="as CSV")
    _add_dates(count)


def _add_dates(dated: argparse.ArgumentParser) -> None:
    dated.add_argument(
        "--since", metavar="DATE", help="not older than this: 2019, 2019-06 or 2019-06-14"
    )
    dated.add_argument("--until", metavar="DATE", help="not newer than this")


def _add_search(parser: argparse.ArgumentParser, at_once: int | str = "+") -> None:
    """Which photos are meant, but for the dates; an option takes so many people at once."""
    for option, meaning in (
        ("--person", "only photos that show all of these people"),
        ("--any", "only photos that show at least one of these people"),
        ("--without", "no photos that show one of these people"),
    ):
        parser.add_argument(
            option, action="extend", nargs=at_once, default=[], metavar="ID-OR-NAME", help=meaning
        )
    parser.add_argument(
        "--only", action="store_true", help="no photos that show anybody else besides"
    )
    parser.add_argument("--folder", metavar="DIR", help="only photos in this directory or below")
    parser.add_argument(
        "--query", metavar="JSON|@FILE", help="only photos that meet it; see docs/queries.md"
    )


def _add_cameras(maker: _Maker) -> None:
    from app.cli import alerts

    listing = maker.add("alerts", alerts.alerts)
    listing.add_argument("--all", action="store_true", help="also those that were answered")
    one = maker.add("alert", alerts.alert)
    one.add_argument("alert", metavar="ALERT-ID", help="a number of `alerts`")
    said = one.add_mutually_exclusive_group()
    said.add_argument("--is", dest="name", metavar="NAME", help="who it is")
    said.add_argument("--ignore", action="store_true", help="no alerts about this person any more")
    said.add_argument("--seen", action="store_true", help="it was read")
    seen = maker.add("sightings", alerts.sightings)
    seen.add_argument("--since", metavar="DATE", help="not before 2019, 2019-06 or 2019-06-14")
    seen.add_argument("--until", metavar="DATE", help="not after this")
    for lines in (listing, seen):
        lines.add_argument("--max-results", type=_count, metavar="N", help="at most so many")
    watching = maker.add("watch", alerts.watch)
    watching.add_argument("--seconds", type=float, metavar="SECONDS", help="end after so long")


def _add_asking(maker: _Maker) -> None:
    from app.cli import asking
    from app.indexing.suggestions import Reply

    listing = maker.add("suggestions", asking.suggestions)
    listing.add_argument("--max-results", type=_count, metavar="N", help="at most so many")
    answer = maker.add("answer", asking.answer)
    answer.add_argument("suggestion", metavar="SUGGESTION-ID")
    answer.add_argument("reply", choices=[reply.value for reply in Reply])
    maker.add("why", asking.why).add_argument(
        "figure", metavar="FIGURE-ID", help="a face, as `meta PHOTO` names it"
    )


def _add_tasks(listing: argparse.ArgumentParser) -> None:
    from app.library.rows import TaskState, TaskType

    for option, words in (("--type", TaskType), ("--state", TaskState)):
        listing.add_argument(
            option, action="append", default=[], choices=[word.value for word in words],
            help="only those; may be given several times",
        )  # fmt: skip
    listing.add_argument("--max-results", type=int, metavar="N", help="at most so many")
    listing.add_argument("--next-token", metavar="T", help="go on after the last answer")


def _count(text: str) -> int:
    """A whole number from 1 on."""
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 on")
    return int(text)


def _days(text: str) -> int:
    """A whole number from 0 on."""
    if not (text.isascii() and text.isdigit()) or int(text) > option_named("stranger_days").most:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of days")
    return int(text)


def _add_sayings(maker: _Maker) -> None:
    from app.cli import sayings

    name = maker.add("name", sayings.name)
    name.add_argument("person", metavar="ID-OR-NAME")
    name.add_argument("name", metavar="NAME")
    born = maker.add("born", sayings.born)
    born.add_argument("person", metavar="ID-OR-NAME")
    born.add_argument("year", metavar="YEAR|none")
    merge = maker.add("merge", sayings.merge)
    merge.add_argument("people", nargs="+", metavar="ID-OR-NAME")
    different = maker.add("different", sayings.different)
    different.add_argument("person", metavar="ID-OR-NAME")
    different.add_argument("other", metavar="ID-OR-NAME")
    alone = (("hide", sayings.hide), ("show", sayings.show), ("forget", sayings.forget))
    for word, run in alone:
        maker.add(word, run).add_argument("person", metavar="ID-OR-NAME")
    staff = maker.add("staff", sayings.staff)
    staff.add_argument("person", metavar="ID-OR-NAME")
    staff.add_argument("--not", dest="is_not", action="store_true", help="they do not work here")
    with_faces = (
        ("confirm", sayings.confirm), ("reject", sayings.reject), ("move", sayings.move),
        ("split", sayings.split), ("notface", sayings.notface), ("stranger", sayings.stranger),
    )  # fmt: skip
    for word, run in with_faces:
        command = maker.add(word, run)
        if word not in ("notface", "stranger"):
            command.add_argument("person", metavar="ID-OR-NAME")
        command.add_argument(
            "figures", nargs="+", metavar="FIGURE-ID", help="a face, as `meta PHOTO` names it"
        )
        if word == "split":
            command.add_argument("--name", default="", metavar="NAME", help="of the new person")
    draw = maker.add("draw", sayings.draw)
    draw.add_argument("photo", metavar="PHOTO")
    for side in ("left", "top", "width", "height"):
        draw.add_argument(side, type=float, metavar=side.upper())
    draw.add_argument("--name", default="", metavar="NAME", help="who it is")
    draw.add_argument(
        "--at", type=float, metavar="SECONDS", help="in a video, the moment of the frame"
    )
    erase = maker.add("erase", sayings.erase)
    erase.add_argument("--yes", action="store_true", help="do it; nothing brings them back")
    erase.add_argument("--strangers", action="store_true", help="only those whom nobody has named")
    erase.add_argument(
        "--older-than", type=_days, metavar="DAYS",
        help="of strangers: whose photos were found so long ago; else as stranger_days says",
    )  # fmt: skip
    erase.add_argument("--dry-run", action="store_true", help="only tell how much would be erased")
    maker.add("undo", sayings.undo)
    maker.add("redo", sayings.redo)


def _add_housekeeping(maker: _Maker) -> None:
    from app.cli import housekeeping

    collection = maker.add("collection", housekeeping.collection)
    collection.add_argument("action", choices=("create", "list", "rename", "delete"))
    collection.add_argument("name", nargs="?", metavar="NAME")
    collection.add_argument(
        "--kind", choices=tuple(KINDS), default="album", help="of create: which settings it has"
    )
    collection.add_argument("new_name", nargs="?", metavar="NEW", help="of rename")
    folder = maker.add("folder", housekeeping.folder)
    folder.add_argument("action", choices=("add", "list", "remove"))
    folder.add_argument("path", nargs="?", metavar="PATH")
    task = maker.add("task", housekeeping.task)
    task.add_argument("id", metavar="ID")
    task.add_argument("--cancel", action="store_true", help="end it; what it did stays")
    _add_tasks(maker.add("tasks", housekeeping.tasks))
    skipped = maker.add("skipped", housekeeping.skipped)
    skipped.add_argument("--retry", action="store_true", help="look at them again, as index does")


def _add_backups(maker: _Maker) -> None:
    from app.cli import backups

    backup = maker.add("backup", backups.backup)
    backup.add_argument("into", nargs="?", metavar="DIR", help="not among the library's own")
    backup.add_argument("--list", action="store_true", help="show the backups there are")
    restore = maker.add("restore", backups.restore)
    restore.add_argument("backup", metavar="FILE", help="a backup, or its number in the list")


def _add_models(maker: _Maker) -> None:
    from app.cli import models

    models.add_models(maker.add("models", models.models))


def _add_settings(maker: _Maker) -> None:
    from app.cli import options

    choosing = maker.add("settings", options.settings)
    choosing.add_argument("name", nargs="?", metavar="SETTING", help="which one to change")
    choosing.add_argument("value", nargs="?", metavar="VALUE", help="what it is to be")
    choosing.add_argument(
        "--preview", action="store_true", help="only tell what groups and faces it would change"
    )


def _add_doctor(maker: _Maker) -> None:
    from app.cli import doctor

    check = maker.add("doctor", doctor.doctor)
    check.add_argument("--repair", action="store_true", help="mend what can be mended")
    check.add_argument(
        "--report", action="store_true", help="only tell what a bug report needs, without names"
    )


def _add_names(maker: _Maker) -> None:
    from app.cli import name_import, sidecars

    group, shared = maker.group(
        "names", "Take in names that other programs wrote, or write names for them."
    )
    name_import.add_import(group, shared)
    sidecars.add_write(group, shared)


_GROUPS: dict[Callable[[_Maker], None], tuple[str, ...]] = {
    _add_work: ("index", "cluster"),
    _add_album: ("people", "photos", "meta", "faces", "history"),
    _add_export: ("export",),
    _add_visitors: ("visitors",),
    _add_cameras: ("alerts", "alert", "sightings", "watch"),
    _add_asking: ("suggestions", "answer", "why"),
    _add_sayings: (
        "name", "born", "merge", "different", "hide", "show", "forget", "staff", "confirm",
        "reject", "move", "split", "notface", "stranger", "draw", "erase", "undo", "redo",
    ),
    _add_housekeeping: ("collection", "folder", "task", "tasks", "skipped"),
    _add_backups: ("backup", "restore"),
    _add_models: ("models",),
    _add_settings: ("settings",),
    _add_doctor: ("doctor",),
    _add_names: ("names",),
}  # fmt: skip
"""Who adds which commands. What carries a command out takes as long to load as many commands take
in all, so that only what was asked for is loaded."""
COMMANDS = frozenset(name for names in _GROUPS.values() for name in names)
