"""Window words: what may be said when the window is opened; the commands are not loaded for it."""

from __future__ import annotations

import argparse
from typing import NoReturn

from app.errors import UsageError


class Parser(argparse.ArgumentParser):
    """Tells a wrong call as UsageError, in one line, instead of ending the program."""

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(f"{message}; see `{self.prog} --help`.")


def make_window_parser() -> Parser:
    """What may be said when the window is opened."""
    parser = Parser(prog="kinfolk", allow_abbrev=False)
    parser.set_defaults(library=None, collection_name="")
    add_shared_options(parser)
    parser.add_argument("paths", nargs="*", metavar="PATH")
    return parser


def add_shared_options(parser: argparse.ArgumentParser) -> None:
    """The options that may stand before and after the command."""
    group = parser.add_argument_group("everywhere")
    quiet = argparse.SUPPRESS
    group.add_argument("--library", metavar="DIR", default=quiet, help="where the library lies")
    group.add_argument(
        "--collection", metavar="NAME", dest="collection_name", default=quiet,
        help="which collection is meant: Photos, or the oldest, if none is named",
    )  # fmt: skip
    group.add_argument(
        "--json", action="store_true", default=quiet, help="answer with one JSON document"
    )
