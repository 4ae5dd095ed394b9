"""export: photos of a person or of a search, copied into a folder; a contact sheet, a web album."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.album import document_of, search_of
from app.cli.output import Answer, ProgressLine, plain, say, table
from app.errors import KnownError, UsageError
from app.indexing.chores import Chores
from app.indexing.export.exporter import Weight, weigh
from app.indexing.export.order import By, Exported, Order, Sheet, Way, Web
from app.indexing.export.pictures import Darkroom
from app.indexing.export.room import WatchedError, told_size
from app.indexing.house import House
from app.library.commands.folders import absolute
from app.library.queries.ask import ask_photos
from app.library.queries.query import read_query
from app.progress import Cancelled, Progress

Json = dict[str, Any]
_RUNNING = "running"


def export(house: House, arguments: argparse.Namespace) -> Answer:
    """Copy photos into a folder, all or those of people, times and places; nothing is changed."""
    order = _order(house, arguments)
    try:
        if arguments.dry_run:
            return _weighed(order, weigh(house.library, order))
        return _told(order, _carried_out(house, order))
    except WatchedError as error:
        raise UsageError(f"{error} With --into-watched it goes there nevertheless.") from error


def _carried_out(house: House, order: Order) -> Exported:
    line = ProgressLine("files")

    def tell(done: int, total: int) -> None:
        line.show(Progress("", "export", _RUNNING, done, total))

    darkroom = Darkroom(house.thumbnails, house.settings.photo_megapixels)
    chores = Chores(house.library)
    try:
        return chores.export(order, darkroom, house.collection.id, tell=tell)
    except (KeyboardInterrupt, Cancelled):
        raise KnownError(
            "Stopped. What was exported stays; the same call goes on from there."
        ) from None
    finally:
        line.clear()


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be said of an export besides which photos."""
    parser.add_argument("into", metavar="DIR", help="where to; it is made if it is not there")
    parser.add_argument(
        "--by", choices=[one.value for one in By], default=By.YEAR.value,
        help="into which folders the photos are sorted",
    )  # fmt: skip
    parser.add_argument(
        "--as", dest="way", choices=[one.value for one in Way], default=Way.COPY.value,
        help="hardlink and symlink take no room; none makes only a contact sheet or web album",
    )  # fmt: skip
    parser.add_argument(
        "--no-companions", action="store_true",
        help="leave out the sidecars (.xmp) and moving parts that lie beside photos",
    )  # fmt: skip
    parser.add_argument(
        "--contact-sheet", nargs="?", choices=[one.value for one in Sheet], const=Sheet.PDF.value,
        help="pages with small pictures by month, to print",
    )  # fmt: skip
    parser.add_argument(
        "--web", nargs="?", choices=[one.value for one in Web], const=Web.SCALED.value,
        help="a small web album; scaled photos hold no place and no other metadata",
    )  # fmt: skip
    parser.add_argument(
        "--into-watched", action="store_true",
        help="also into a folder that Kinfolk watches, where copies come back as copies",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be exported")


def _order(house: House, arguments: argparse.Namespace) -> Order:
    search = search_of(house, arguments)
    query = None if arguments.query is None else read_query(document_of(arguments.query))
    found = ask_photos(house.library, house.collection.id, search, query)
    if not found.ids:
        raise UsageError("No photo is like that; `kinfolk photos` lists them all.")
    return Order(
        into=absolute(Path(arguments.into)),
        photos=found.ids,
        people=tuple(dict.fromkeys((*search.all_of, *search.any_of))),
        by=By(arguments.by),
        way=Way(arguments.way),
        companions=not arguments.no_companions,
        sheet=Sheet(arguments.contact_sheet) if arguments.contact_sheet else None,
        web=Web(arguments.web) if arguments.web else None,
        into_watched=arguments.into_watched,
    )


def _told(order: Order, done: Exported) -> Answer:
    document: Json = {
        "Folder": order.into.as_uri(),
        "Exported": done.files,
        "Copied": done.copied,
        "Linked": done.linked,
        "Unchanged": done.there,
        "Size": done.size,
        "Made": [path.as_uri() for path in done.made],
        "Notes": list(done.notes),
        "Skipped": _skipped(done.skipped),
    }
    lines = [f"{_photos(done.files)} in {plain(order.into)}: {_counts(done)}."]
    lines += [f"Made {plain(path)}." for path in done.made]
    lines += done.notes
    _say_skipped(done.skipped)
    return Answer(document, lines, 1 if done.skipped else 0)


def _photos(count: int) -> str:
    return "1 photo" if count == 1 else f"{count} photos"


def _counts(done: Exported) -> str:
    parts = [
        f"{count} {'file' if count == 1 else 'files'} {word}"
        for count, word in (
            (done.copied, "copied"), (done.linked, "linked"), (done.there, "there already")
        )
        if count
    ]  # fmt: skip
    return ", ".join([*parts, f"{told_size(done.size)} written"])


def _weighed(order: Order, weight: Weight) -> Answer:
    document: Json = {
        "Folder": order.into.as_uri(),
        "Photos": weight.photos,
        "Size": weight.size,
        "Free": weight.free,
        "Unchanged": weight.there,
        "Files": [{"URI": item.sources[0].as_uri(), "Path": item.path} for item in weight.items],
        "Skipped": _skipped(weight.skipped),
    }
    lines = table([(item.path, "from", plain(item.sources[0])) for item in weight.items])
    size = told_size(weight.size)
    lines.append(f"{_photos(weight.photos)}, {size} to write; nothing was exported yet.")
    _say_skipped(weight.skipped)
    return Answer(document, lines, 1 if weight.skipped else 0)


def _skipped(skipped: tuple[tuple[Path, str], ...]) -> list[Json]:
    return [{"URI": path.as_uri(), "Error": reason} for path, reason in skipped]


def _say_skipped(skipped: tuple[tuple[Path, str], ...]) -> None:
    for path, reason in skipped:
        say(f"skipped {plain(path)}: {reason}")
