"""python -m app: choose a front door."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(words: Sequence[str] | None = None) -> int:
    """Run Kinfolk with these words, the program's own by default; gives the exit status.

    A command goes to the command line; no command, or paths only, open the window.
    """
    words = list(sys.argv[1:] if words is None else words)
    # Imported here, because the worker processes import this module, too.
    from app.private import be_private

    be_private()
    from app.bootstrap import build
    from app.cli.main import run

    if _wants_window(words):
        return _open_window(words)
    try:
        return run(words, build)
    except BrokenPipeError:  # the reader of our output has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _open_window(words: Sequence[str]) -> int:
    """Open the window; folders and photos given are added. Gives the exit status."""
    from app.bootstrap import build
    from app.cli.main import status_of, tell
    from app.errors import KnownError, UsageError

    try:
        # Before anything of the window is loaded: a wrong word is told where there is no screen.
        arguments = _window_arguments(words)
    except UsageError as error:
        tell(error, "--json" in words)
        return status_of(error)
    from app.ui.application import check_screen, complain, run

    house = None
    try:
        check_screen()
        house = build(arguments.library, arguments.collection_name)
        house.indexer.start()
        return run(house, [Path(path) for path in arguments.paths])
    except KnownError as error:
        tell(error, as_json=False)
        # A dialog is for whoever has no terminal to read; a script must never wait for one.
        if not isinstance(error, UsageError) and not sys.stderr.isatty():
            complain(str(error))
        return status_of(error)
    finally:
        if house is not None:
            house.close()


def _window_arguments(words: Sequence[str]) -> argparse.Namespace:
    """What was said when the window is to be opened.

    Raises UsageError for what is no option, and for a path where nothing is.
    """
    from app.cli.parser import make_window_parser
    from app.errors import UsageError

    arguments = make_window_parser().parse_args(list(words))
    if "--json" in words:
        raise UsageError("--json needs a command; see `kinfolk --help`.")
    for path in arguments.paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path} is neither a command nor a file; see `kinfolk --help`.")
    return arguments


def _wants_window(words: Sequence[str]) -> bool:
    """Whether the first word that is no option, or value of one, is no command."""
    from app.cli.parser import command_names

    rest = list(words)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option in ("-h", "--help", "--version"):
            return False
        if option in ("--library", "--collection") and rest:
            rest.pop(0)
    return not rest or rest[0] not in command_names()


if __name__ == "__main__":
    sys.exit(main())
