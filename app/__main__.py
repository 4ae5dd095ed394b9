"""python -m app: choose a front door."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.cli.window_words import WindowWords
    from app.errors import KnownError
    from app.indexing.doorway import Doorway
    from app.indexing.house import House
    from app.paths import Paths


_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""With which the desktop lets a window that it started come to the front."""
INTERRUPTED = 130
"""The exit status of a program that was told to end."""


def main(words: Sequence[str] | None = None) -> int:
    """Run Kinfolk with these words, the program's own by default; gives the exit status.

    A command goes to the command line; no command, or paths only, open the window.
    """
    words = list(sys.argv[1:] if words is None else words)
    # Imported here, because the worker processes import this module, too.
    from app.private import be_private

    be_private()
    _end_by_word()
    if _wants_window(words):
        return _open_window(words)
    from app.bootstrap import build
    from app.cli.main import run

    try:
        return run(words, build)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _end_by_word() -> None:
    """Whatever else tells a program to end, a logout or a terminal that is closed, is as Ctrl+C:
    what was done stays, and no child is left. What whoever started it has silenced stays so."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            with contextlib.suppress(ValueError):  # not the main thread, to which signals come
                signal.signal(number, signal.default_int_handler)


def _open_window(words: Sequence[str]) -> int:
    """Open the window, or raise the one that is open; folders and photos given are added. Gives
    the exit status."""
    from app.errors import KnownError, UsageError

    try:
        # Before anything of the window is loaded: a wrong word is told where there is no screen.
        arguments = _window_arguments(words)
    except UsageError as error:
        return _tell(error, "--json" in words)
    from app.ui.screen import check_screen

    # What is loaded stays: to look through it again and again for garbage takes a tenth of the time
    # until the window is there. Its Sweeper collects from then on.
    gc.disable()
    try:
        check_screen()
        return _enter(arguments)
    except KeyboardInterrupt:  # before the window was there
        return INTERRUPTED
    except KnownError as error:
        status = _tell(error)
        # A dialog is for whoever has no terminal to read; a script must never wait for one.
        if not isinstance(error, UsageError) and not sys.stderr.isatty():
            from app.ui.mending import complain

            complain(str(error))
        return status
    finally:
        gc.enable()


def _tell(error: KnownError, as_json: bool = False) -> int:
    """Say on standard error what happened; gives the exit status."""
    from app.cli.main import status_of, tell

    tell(error, as_json)
    return status_of(error)


def _enter(arguments: WindowWords) -> int:
    """Go through the doorway: behind it is a window of this process, or the one that is open."""
    from app.indexing.doorway import Arrival, Doorway
    from app.paths import Paths

    paths = Paths.named(arguments.library)
    paths.make(looks_at_pictures=False)
    asked = [Path(os.path.abspath(path)) for path in arguments.paths]  # noqa: PTH100 - links stay
    # Once handed on it is spent: no program that this one starts may use it again.
    tokens = {name: os.environ.pop(name, "") for name in _TOKENS}
    token = next(filter(None, tokens.values()), "")
    doorway = Doorway(paths)
    try:
        if not doorway.enter(Arrival(arguments.collection, tuple(asked), token)):
            return 0
        # The window is ours: Qt comes to the front with it, and ends the desktop's waiting.
        os.environ.update({name: value for name, value in tokens.items() if value})
        return _live(arguments, paths, asked, doorway)
    finally:
        doorway.close()


def _live(arguments: WindowWords, paths: Paths, asked: list[Path], doorway: Doorway) -> int:
    """Show the window, and again after the library was restored; gives the exit status."""
    from app.ui.application import run

    news = ""
    while True:
        house = _build(arguments, paths)
        if house is None:
            return _no_library()
        try:
            ending = run(house, asked, doorway, news)
        finally:
            house.close()
        asked, news = [], ""
        arguments = arguments._replace(collection="")  # the user may have gone elsewhere since
        if ending.restore is not None:
            news = _restore(paths, ending.restore)
        elif not ending.is_damaged:
            return ending.status
        elif not _mend(paths):
            return _no_library()


def _open(arguments: WindowWords, paths: Paths) -> House:
    """The library, at the collection that was named, or else was in sight last."""
    from app.bootstrap import open_house
    from app.ui.window_state import WindowState

    last = None if arguments.collection else WindowState(paths.window).collection
    return open_house(arguments.library, arguments.collection, last)


def _build(arguments: WindowWords, paths: Paths) -> House | None:
    """The open library, mended first if it is damaged and the user wants that; None if not."""
    from app.errors import DamagedLibraryError

    try:
        return _open(arguments, paths)
    except DamagedLibraryError:
        from app.ui.mending import can_ask

        if not can_ask():
            raise
    if not _mend(paths):
        return None
    return _open(arguments, paths)


def _mend(paths: Paths) -> bool:
    """Whether the user could be asked and wanted the library mended, and it is there again."""
    from app.library.commands.backups import recover_library
    from app.ui.mending import can_ask, mend

    return can_ask() and mend(paths, recover_library)


def _restore(paths: Paths, backup: Path) -> str:
    """Let a backup take the place of the library; gives what became of it, for the user."""
    from app.library.commands.backups import restore_backup
    from app.ui.mending import restore

    return restore(paths, backup, restore_backup)


def _no_library() -> int:
    from app.cli.main import NO_LIBRARY

    return NO_LIBRARY


def _window_arguments(words: Sequence[str]) -> WindowWords:
    """What was said when the window is to be opened.

    Raises UsageError for what is no option, and for a path where nothing is.
    """
    from app.cli.window_words import read_window_words
    from app.errors import UsageError

    arguments = read_window_words(words)
    if arguments.as_json:
        raise UsageError("--json needs a command; see `kinfolk --help`.")
    for path in arguments.paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path} is neither a command nor a file; see `kinfolk --help`.")
    return arguments


def _wants_window(words: Sequence[str]) -> bool:
    """Whether the first word that is no option, or value of one, is no command."""
    rest = list(words)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option in ("-h", "--help", "--version"):
            return False
        if option in ("--library", "--collection") and rest:
            rest.pop(0)
    if not rest or os.sep in rest[0]:  # a path; what lists all commands need not be loaded
        return True
    from app.cli.parser import command_names

    return rest[0] not in command_names()


if __name__ == "__main__":
    sys.exit(main())
