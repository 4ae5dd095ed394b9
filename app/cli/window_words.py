"""Window words: what may be said when the window is opened; the commands are not loaded for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MIRRORED = "-reverse"
"""As in all programs of Qt: the window runs from right to left. It is read where that is made."""


class WindowWords(NamedTuple):
    """What was said."""

    library: str | None = None
    """The folder of the library; None for the user's own."""
    collection: str = ""
    """By name; empty for Photos, or the oldest."""
    paths: tuple[str, ...] = ()
    """Folders and photos to add."""
    as_json: bool = False
    """Whether one JSON document is wanted for an answer."""


def read_window_words(words: Sequence[str]) -> WindowWords:
    """What was said when the window is to be opened.

    Raises UsageError for what cannot be understood.
    """
    words = [word for word in words if word != MIRRORED]
    return _plain(words) or _parsed(words)


def _plain(words: Sequence[str]) -> WindowWords | None:
    """What nearly every start says, options and then paths, as the parser would read it; None for
    all else. To load and make a parser takes a tenth of what Kinfolk has until it shows people."""
    said = {"--library": None, "--collection": ""}
    rest = list(words)
    while len(rest) > 1 and rest[0] in said and not rest[1].startswith("-"):
        option = rest.pop(0)
        said[option] = rest.pop(0)
    if any(word.startswith("-") for word in rest):
        return None
    return WindowWords(said["--library"], said["--collection"] or "", tuple(rest))


def _parsed(words: Sequence[str]) -> WindowWords:
    from app.cli.shared_words import Parser, add_shared_options

    parser = Parser(prog="kinfolk", allow_abbrev=False)
    parser.set_defaults(library=None, collection_name="", json=False)
    add_shared_options(parser)
    parser.add_argument("paths", nargs="*", metavar="PATH")
    told = parser.parse_args(list(words))
    return WindowWords(told.library, told.collection_name, tuple(told.paths), told.json)
