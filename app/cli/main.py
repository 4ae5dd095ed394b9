"""Main: one call of the command line, from its words to its exit status."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Sequence

from app.cli.output import Answer, give, say
from app.cli.parser import make_parser
from app.errors import DamagedLibraryError, KnownError, LibraryError
from app.indexing.house import House
from app.paths import Paths

logger = logging.getLogger(__name__)

WRONG_CALL = 2
NO_LIBRARY = 3


MAKERS = ("index", "folder", "collection")
"""The commands that may begin a library where there is none; the others ask of one."""


def run(words: Sequence[str], build: Callable[[str | None, str, bool], House]) -> int:
    """Carry out one command; `build` opens the library in a folder, for a collection, and may
    make it or not.

    Gives the exit status: 0 done; 1 done, but files were skipped; 2 the call was wrong; 3 the
    library cannot be opened.
    """
    as_json = "--json" in words
    try:
        arguments = make_parser(words).parse_args(list(words))
        answer = _answer(arguments, build)
    except KnownError as error:
        tell(error, as_json)
        return status_of(error)
    give(answer, as_json)
    return answer.status


def _answer(
    arguments: argparse.Namespace, build: Callable[[str | None, str, bool], House]
) -> Answer:
    paths = Paths.named(arguments.library)
    if arguments.command == "models":
        from app.cli import models, switching

        if arguments.action not in switching.SWITCHING:
            return models.models(paths, arguments)
        arguments.run = switching.switching
    elif arguments.command == "settings":
        from app.cli import options, previewing

        if arguments.preview:
            arguments.run = previewing.preview
        elif arguments.collection_name:
            arguments.run = options.own_settings
        else:
            return options.settings(paths, arguments)
    elif arguments.command in ("restore", "backup"):
        from app.cli import backups

        if arguments.command == "restore":
            return backups.restore(_there(paths, arguments.library), arguments)
        if arguments.list:
            return backups.backups(_there(paths, arguments.library), arguments)
    try:
        return _at_home(arguments, build)
    except DamagedLibraryError as error:
        if arguments.command != "doctor":
            raise
        from app.cli import backups

        found = backups.repair_damage(paths, arguments, error)
        return backups.after(found, _at_home(arguments, build)) if arguments.repair else found


def _at_home(
    arguments: argparse.Namespace, build: Callable[[str | None, str, bool], House]
) -> Answer:
    """The answer of a command that asks of the open library."""
    house = build(arguments.library, arguments.collection_name, arguments.command in MAKERS)
    try:
        answer: Answer = arguments.run(house, arguments)
        return answer
    finally:
        house.close()


def _there(paths: Paths, named: str | None) -> Paths:
    """Raises LibraryError when a folder that is named is not there."""
    if named and not paths.data.is_dir():
        raise LibraryError(f"There is no library in {paths.data}; `kinfolk index` makes one.")
    paths.make()
    return paths


def tell(error: KnownError, as_json: bool) -> None:
    """Say what happened: a line on standard error, and the document if one was asked for."""
    say(f"kinfolk: {error}")
    give(Answer({"Error": {"Code": type(error).__name__, "Message": str(error)}}), as_json)


def status_of(error: KnownError) -> int:
    """The exit status for what happened."""
    return NO_LIBRARY if isinstance(error, LibraryError) else WRONG_CALL
