"""Tokens: what is typed into the search field, cut into words, quoted names and signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a token is."""

    WORD = "word"
    QUOTED = "quoted"
    SIGN = "sign"
    """One of , & | or a minus before a word."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; `start` and `end` say where it stands."""

    sort: Sort
    text: str
    """Without quotes, capitals folded away."""
    start: int
    end: int

    @property
    def key(self) -> tuple[Sort, str]:
        """What makes two tokens the same."""
        return self.sort, self.text


Keys = tuple[tuple[Sort, str], ...]

_PLAIN = {"−": "-", "–": "-", "，": ",", "、": ",", "；": ";"}
"""Signs that say the same as others do."""
_PIECE = re.compile(
    r"""
    (?P<place> in: (?=\S) )
    | (?P<quoted> "(?:[^"]|"")*" (?!") | “[^”]*” )
    | (?P<sign> [,&|;，、；] | (?<!\S) [-−–] (?=[^\s\d]) )
    | (?P<word> [^\s,&|;，、；]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    found = []
    for piece in _PIECE.finditer(text):
        sort, inner = Sort.WORD, piece.group()
        if piece["quoted"]:
            sort, inner = Sort.QUOTED, inner[1:-1].replace('""', '"')
        elif piece["sign"]:
            sort, inner = Sort.SIGN, _plain_sign(inner)
        found.append(Token(sort, folded(inner), piece.start(), piece.end()))
    return found


def _plain_sign(sign: str) -> str:
    return _PLAIN.get(sign, sign)


def folded(text: str) -> str:
    """The text as it is compared: single spaces, no capitals."""
    return " ".join(text.casefold().replace("’", "'").split())


def keys(text: str) -> Keys:
    """The keys of the tokens of a text."""
    if text.replace(" ", "").isalnum():  # most names: there are thousands
        return tuple((Sort.WORD, word) for word in text.casefold().split())
    return tuple(token.key for token in tokens(text))


def begins_with(row: Sequence[Token], phrases: Sequence[Keys]) -> int:
    """How many tokens of `row` the longest of the phrases takes up at its beginning; 0 for none."""
    fitting = [
        len(phrase)
        for phrase in phrases
        if phrase and tuple(token.key for token in row[: len(phrase)]) == phrase
    ]
    return max(fitting, default=0)


def quoted(text: str) -> str:
    """The text in quotes, so that it is one token whatever is in it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
