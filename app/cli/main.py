"""Main: one call of the command line, from its words to its exit status."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from app.cli.output import Answer, give, say
from app.cli.parser import make_parser
from app.errors import KnownError, LibraryError
from app.indexing.house import House

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
    house: House | None = None
    try:
        arguments = make_parser().parse_args(list(words))
        answer: Answer
        if arguments.alone:
            answer = arguments.run(arguments)
        else:
            may_create = arguments.command in MAKERS
            house = build(arguments.library, arguments.collection_name, may_create)
            answer = arguments.run(house, arguments)
    except KnownError as error:
        tell(error, as_json)
        return status_of(error)
    finally:
        if house is not None:
            house.close()
    give(answer, as_json)
    return answer.status


def tell(error: KnownError, as_json: bool) -> None:
    """Say what happened: a line on standard error, and the document if one was asked for."""
    say(f"kinfolk: {error}")
    give(Answer({"Error": {"Code": type(error).__name__, "Message": str(error)}}), as_json)


def status_of(error: KnownError) -> int:
    """The exit status for what happened."""
    return NO_LIBRARY if isinstance(error, LibraryError) else WRONG_CALL
