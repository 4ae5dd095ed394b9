"""Sayings: what the rooms below say in English, known again and told in the user's language.

Reasons, errors and what the user has said are kept in the library as English sentences, so that a
library can be opened in any language and the command line tells the same. Each is known by its
pattern, such as "Renamed {0} to {1}"; what was filled in is put into the translation. What is
filled in may be such a sentence itself.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from app.ui.texts import Texts, number

tr = Texts("sayings")

ASSEMBLED = (
    "1 face is {0}",
    "{0} faces are {1}",
    "1 face is not {0}",
    "{0} faces are not {1}",
    "1 face is {0}, not {1}",
    "{0} faces are {1}, not {2}",
    "1 face is a stranger",
    "{0} faces are strangers",
    "1 face",
    "{0} faces",
    "1 photo",
    "{0} photos",
    "1 person",
    "{0} people",
    "{0} and {1}",
    "hid 1 unnamed person",
    "hid {0} unnamed people",
    "Hid 1 unnamed person",
    "Hid {0} unnamed people",
    "1 person is staff",
    "{0} people are staff",
    "1 person is not staff",
    "{0} people are not staff",
    "1 person is shown again",
    "{0} people are shown again",
    "1 new face",
    "{0} new faces",
    "1 file",
    "{0} files",
    "once",
    "{0} times",
    "not",
    "strangers",
    "{0} is staff",
    "{0} is not staff",
    "that it is {0}",
    "{0} looked at, {1} found",
    "{0} looked at, {1} found; {2} skipped",
    "{0} looked at; {1} skipped",
    "{0} is shown again",
    "{0} are shown again",
    "Someone",
    "Took in the names of 1 person, on 1 face",
    "Took in the names of 1 person, on {0} faces",
    "Took in the names of {0} people, on {1} faces",
    "that 1 of them is {0}",
    "that {0} of them are {1}",
    "{0} What was seen of it before is kept.",
    "It cannot be shown in a web album: there is no picture of it at hand.",
    "{0} failed.",
    "Cancelled",
    "Done",
    "it has lost something that you said",
    "the file is missing or empty",
    # Why a download broke off.
    "it ended before its end",
    "more came than was told",
    "nothing came any more",
    "the connection was cut",
    "the proxy cannot be reached",
    "the server answers something else than was asked",
    "the server cannot be reached",
    "the server is busy ({0})",
    # What the system and SQLite say, where they speak English.
    "Permission denied",
    "Operation not permitted",
    "No such file or directory",
    "File exists",
    "File name too long",
    "Not a directory",
    "Is a directory",
    "Input/output error",
    "No space left on device",
    "Disk quota exceeded",
    "Read-only file system",
    "Device or resource busy",
    "No such device",
    "Host is down",
    "Stale file handle",
    "Connection timed out",
    "Transport endpoint is not connected",
    "file is not a database",
    "database disk image is malformed",
    "unable to open database file",
    "attempt to write a readonly database",
    "disk I/O error",
    "database is locked",
)
"""Patterns of what is put together from pieces there, so that it stands nowhere as one text."""

_PIECE = re.compile(r"\\\{(\d)\\\}")
_ENDS = ("\n", ". ", "; ")
_DEPTH = 4
_LARGE = re.compile(r"\d{1,3}(?:,\d{3})+")
"""A number with its groups, as English has them."""
_SIGN = r"[\u4e00-\u9fff]"
"""A sign of Chinese."""


class Sayings:
    """Knows sayings by their patterns."""

    def __init__(self, patterns: list[str]) -> None:
        """`patterns` are the texts of this part in English, one for each saying."""
        plain = [one for one in patterns if "{" not in one]
        self._plain = frozenset(plain)
        # Of two that fit, the one that says more by itself.
        longest = sorted(set(patterns) - self._plain, key=lambda one: (-_weight(one), one))
        self._patterns = [(re.compile(_expression(one), re.DOTALL), one) for one in longest]
        self._long = [
            (expression, pattern)
            for expression, pattern in self._patterns
            if any(end in pattern.removesuffix(".") for end in _ENDS)
        ]
        """Those of several sentences, or of one with a semicolon."""

    def told(self, said: str, depth: int = 0) -> str:
        """A saying in the user's language; what is none stays as it is."""
        if not said or depth > _DEPTH:
            return said
        if _LARGE.fullmatch(said):
            return number(int(said.replace(",", "")))
        for form in _forms(said):
            if form in self._plain:
                return _stopped(tr.of(form), form, said)
        told = self._by_pattern(said, depth, self._long)
        if told is not None:
            return told
        for end in _ENDS:
            parts = said.split(end)
            if len(parts) > 1 and all(self.knows(part) for part in parts):
                return _joined([self.told(part, depth + 1) for part in parts], end)
        told = self._by_pattern(said, depth, self._patterns)
        return said if told is None else told

    def _by_pattern(
        self, said: str, depth: int, patterns: list[tuple[re.Pattern[str], str]]
    ) -> str | None:
        for expression, pattern in patterns:
            for form in _forms(said):
                found = expression.fullmatch(form)
                if found is not None:
                    pieces = _in_order(pattern, found)
                    told = [self.told(piece, depth + 1) for piece in pieces]
                    return _stopped(_filled(tr.of(pattern), form, pieces, told), form, said)
        return None

    def knows(self, said: str) -> bool:
        """Whether it is one saying as a whole, with or without its full stop."""
        return any(
            form in self._plain or any(one.fullmatch(form) for one, _ in self._patterns)
            for form in _forms(said)
        )


def _forms(said: str) -> tuple[str, ...]:
    """With and without its full stop: of sentences one after the other it may belong to what
    divides them."""
    return (said, said.removesuffix(".")) if said.endswith(".") else (said, f"{said}.")


def _stopped(told: str, form: str, said: str) -> str:
    """The translation of a form with the full stop that the saying has."""
    if len(form) < len(said):
        return _joined([told, ""], ".")
    return told if form == said else told.removesuffix(".").removesuffix("。")


def _joined(parts: list[str], end: str) -> str:
    """Sentences or parts of one with what divides them; Chinese has signs of its own for that."""
    is_chinese = re.search(f"{_SIGN}$", parts[0]) is not None
    own = {". ": "。", ".": "。", "; ": "；"}
    return (own.get(end, end) if is_chinese else end).join(parts)


def _filled(pattern: str, said: str, pieces: list[str], told: list[str]) -> str:
    """The translated pattern with its pieces. One that comes first there begins as the saying did,
    with a capital; but a name stays as the user wrote it."""
    first = re.match(r"\{(\d)\}", pattern)
    place = int(first[1]) if first else 0
    if first and said[:1].isupper() and told[place] != pieces[place]:
        told[place] = told[place][:1].upper() + told[place][1:]
    for place, piece in enumerate(told):
        if piece != pieces[place]:
            # Chinese puts a space beside a name, not beside its own words.
            before = rf"(?<={_SIGN}) (?=\{{{place}\}})" if re.match(_SIGN, piece) else "(?!)"
            after = rf"(?<=\{{{place}\}}) (?={_SIGN})" if re.search(f"{_SIGN}$", piece) else "(?!)"
            pattern = re.sub(f"{before}|{after}", "", pattern)
    return pattern.format(*told)


def _weight(pattern: str) -> int:
    return len(re.sub(r"\{\d\}", "", pattern))


def _expression(pattern: str) -> str:
    """Each piece as a group; the same piece twice has to be the same."""
    known = set[str]()

    def group(found: re.Match[str]) -> str:
        number = found.group(1)
        if number in known:
            return f"(?P=p{number})"
        known.add(number)
        return f"(?P<p{number}>.+?)"

    return _PIECE.sub(group, re.escape(pattern))


def _in_order(pattern: str, found: re.Match[str]) -> list[str]:
    numbers = sorted(set(re.findall(r"\{(\d)\}", pattern)))
    return [found.group(f"p{number}") for number in numbers]


_known = Sayings([])


def learn(resources: Path) -> None:
    """Read the patterns from the program's folder; without them sayings stay in English."""
    global _known
    try:
        lines = (resources / "translations" / "sayings.txt").read_text(encoding="utf-8")
    except OSError:
        lines = ""
    _known = Sayings([line.replace("\\n", "\n") for line in lines.splitlines() if line])
    translated.cache_clear()


def forget() -> None:
    """The user's language is English again, or another one than before."""
    global _known
    _known = Sayings([])
    translated.cache_clear()


@functools.lru_cache(maxsize=4096)
def translated(said: str) -> str:
    """What a room below said, in the user's language."""
    return _known.told(said)
