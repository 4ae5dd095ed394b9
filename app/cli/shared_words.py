"""Shared words: what commands and the window understand alike, and how a wrong word is told."""

from __future__ import annotations

import argparse
from typing import NoReturn

from app.errors import UsageError


class Parser(argparse.ArgumentParser):
    """Tells a wrong call as UsageError, in one line, instead of ending the program."""

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(f"{message}; see `{self.prog} --help`.")


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
