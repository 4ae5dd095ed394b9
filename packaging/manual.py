"""Manual: the page of `man kinfolk`, written from what the command line understands, so that it
tells of every command and option there is and of no other."""

from __future__ import annotations

import argparse
import os
import re
import textwrap
from datetime import UTC, datetime

from app import __version__
from app.cli.parser import make_parser

_WIDTH = 78
_TAIL = r"""
.SH FILES
Where the library lies, unless
.B \-\-library
or
.B KINFOLK_LIBRARY
says otherwise:
.TP
.I ~/.local/share/kinfolk
The library, its journal, its backups, and model packs that the user put there.
.TP
.I ~/.cache/kinfolk
Small pictures; they can be made again.
.TP
.I ~/.local/state/kinfolk/log
What happened, without names of people, photos or folders.
.SH ENVIRONMENT
.TP
.B KINFOLK_LIBRARY
The folder of the library.
.SH EXIT STATUS
0 when all went well, 1 when something is amiss, 2 when the words were not
understood or the library cannot do that, 3 when there is no library to be had.
.SH PRIVACY
Everything happens on this computer: photos are only read, and nothing is sent
anywhere.
"""


def manual() -> str:
    """The page in the language of man(7)."""
    parser = make_parser()
    page = [
        f'.TH KINFOLK 1 {_day()} "Kinfolk {__version__}" "User Commands"',
        ".SH NAME",
        r"kinfolk \- an album that shows you your photos by person",
        ".SH SYNOPSIS",
        ".B kinfolk",
        r"[\fIOPTION\fR]... [\fIFOLDER\fR|\fIPHOTO\fR]...",
        ".br",
        ".B kinfolk",
        r"[\fIOPTION\fR]... \fICOMMAND\fR [\fIWORD\fR]...",
        ".SH DESCRIPTION",
        _escaped(parser.description or ""),
        ".SH OPTIONS",
    ]
    everywhere = _options(parser)
    for action in everywhere:
        page += _option(action)
    known = {tuple(action.option_strings) for action in everywhere}
    page.append(".SH COMMANDS")
    for name, command in _commands(parser).items():
        page += [f".SS {_escaped(_synopsis(name, command, known))}"]
        page.append(_escaped(command.description or ""))
        for action in command._actions:
            if tuple(action.option_strings) not in known and _told(action):
                page += _option(action)
    return "\n".join(page) + _TAIL


def _day() -> str:
    """When the source was last changed, so that the same source makes the same page: as
    SOURCE_DATE_EPOCH says, else today."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    day = datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)
    return day.strftime("%Y-%m-%d")


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (action,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings]


def _told(action: argparse.Action) -> bool:
    """Whether there is something to say of it but its name, which the synopsis has."""
    return bool(action.option_strings) or bool(action.help or action.choices)


def _synopsis(name: str, command: argparse.ArgumentParser, known: set[tuple[str, ...]]) -> str:
    words = [name]
    if any(tuple(action.option_strings) not in known for action in _options(command)):
        words.append("[OPTION]...")
    for action in command._actions:
        if not action.option_strings:
            words.append(_metavar(action))
    return " ".join(words)


def _metavar(action: argparse.Action) -> str:
    told = action.metavar or action.dest.upper()
    word = told if isinstance(told, str) else " ".join(told)
    match action.nargs:
        case "?":
            return f"[{word}]"
        case "*":
            return f"[{word}]..."
        case "+":
            return f"{word}..."
        case 0:
            return ""
    return word


def _option(action: argparse.Action) -> list[str]:
    word = _metavar(action)
    if action.choices is not None and not action.metavar:
        word = "|".join(map(str, action.choices))
    if not action.option_strings:
        return [".TP", rf"\fI{_escaped(_metavar(action))}\fR", _escaped(_meaning(action))]
    names = ", ".join(rf"\fB{_escaped(name)}\fR" for name in action.option_strings)
    value = rf" \fI{_escaped(word)}\fR" if word else ""
    return [".TP", names + value, _escaped(_meaning(action)) or r"\&"]


def _meaning(action: argparse.Action) -> str:
    choices = ""
    if action.choices is not None and (not action.option_strings or action.metavar):
        choices = "One of: " + ", ".join(map(str, action.choices)) + "."
    help_ = (action.help or "").replace("%%", "%")
    help_ = help_[:1].upper() + help_[1:]
    if help_ and not help_.endswith((".", ")")):
        help_ += "."
    return " ".join(filter(None, (help_, choices)))


def _escaped(text: str) -> str:
    """A text that groff takes for nothing but text, in lines that anybody can read."""
    text = re.sub(r"\s+", " ", text).strip()
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("`", r"\(ga")
    lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(re.sub(r"^([.'])", r"\\&\1", line) for line in lines)


if __name__ == "__main__":
    print(manual(), end="")
