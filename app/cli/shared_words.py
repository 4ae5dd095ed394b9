"""Shared words: what commands and the window understand alike, and how a wrong word is told."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from app.errors import UsageError


class Parser(argparse.ArgumentParser):
    """Tells a wrong call as UsageError, in one line, instead of ending the program."""

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(f"{message}; see `{self.prog} --help`.")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse has it, but a choice that may be left out takes no word that is none of its
        own: `--web DIR` is the album there."""
        return super().parse_known_args(None if args is None else self._complete(args), namespace)

    def _complete(self, words: Sequence[str]) -> list[str]:
        may_choose = {
            option: action
            for action in self._actions
            if action.nargs == "?" and action.choices
            for option in action.option_strings
        }
        whole: list[str] = []
        for place, word in enumerate(words):
            whole.append(word)
            action = may_choose.get(word)
            if action is not None and [*words, ""][place + 1] not in (action.choices or ()):
                whole.append(str(action.const))
        return whole


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
