"""The names and directories that the search field knows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from app.ui.search.tokens import Keys, Sort, Token, begins_with, folded, keys

_LONGEST_BEGINNING = 6
"""Words of a name that are looked at when only its beginning was typed."""


class Known:
    """The names and the directories that may be typed."""

    def __init__(
        self, names: Sequence[tuple[str, int]] = (), directories: Sequence[Path] = ()
    ) -> None:
        """`names`: each with the id of its person, the likelier of two that begin alike first."""
        self.names = dict(names)
        self._people: dict[str, int] = {}
        self._phrases: dict[tuple[Sort, str], list[tuple[Keys, int]]] = {}
        self._words: list[tuple[str, int, int]] = []
        """Each word of a name, with the number of the name and the place of the word in it."""
        self._names = [(name, keys(name)) for name in self.names]
        for number, (name, phrase) in enumerate(self._names):
            self._people.setdefault(folded(name), self.names[name])
            self._phrases.setdefault(phrase[0], []).append((phrase, self.names[name]))
            self._words += [(text, number, place) for place, (_, text) in enumerate(phrase)]
        self._words.sort()
        self.labels = labels(directories)
        self._directories = {folded(label): path for path, label in self.labels.items()}
        self._directory_phrases = {keys(label): path for path, label in self.labels.items()}

    def person_at(self, row: Sequence[Token]) -> tuple[int, int] | None:
        """Whose whole name the row begins with, and how many tokens it takes; longest first."""
        if not row:
            return None
        if row[0].sort is Sort.QUOTED and row[0].text in self._people:
            return self._people[row[0].text], 1
        found = [
            (len(phrase), -place, person)
            for place, (phrase, person) in enumerate(self._phrases.get(row[0].key, ()))
            if tuple(token.key for token in row[: len(phrase)]) == phrase
        ]
        if not found:
            return None
        length, _, person = max(found)
        return person, length

    def beginning_at(self, row: Sequence[Token]) -> tuple[list[str], int]:
        """The names that have a word which begins as the row does, and how many tokens that is."""
        for length in range(min(len(row), _LONGEST_BEGINNING), 0, -1):
            wanted = tuple(token.key for token in row[:length])
            if any(sort is Sort.SIGN for sort, _ in wanted):
                continue
            found = self._with_words(wanted)
            if found:
                return found, length
        return [], 0

    def _with_words(self, wanted: Keys) -> list[str]:
        """The names with these words in a row, the last of which may be only begun."""
        first, is_last = wanted[0][1], len(wanted) == 1
        found = set()
        start = bisect_left(self._words, (first, -1, -1))
        for text, number, place in islice(self._words, start, None):
            if not (text.startswith(first) if is_last else text == first):
                break
            piece = self._names[number][1][place : place + len(wanted)]
            is_whole = len(piece) == len(wanted) and piece[:-1] == wanted[:-1]
            if is_whole and piece[-1][1].startswith(wanted[-1][1]):
                found.add(number)
        return [self._names[number][0] for number in sorted(found)]

    def directory_at(self, row: Sequence[Token]) -> tuple[Path, int] | None:
        """The directory whose name the row begins with, and how many tokens it takes."""
        if row and row[0].sort is Sort.QUOTED and row[0].text in self._directories:
            return self._directories[row[0].text], 1
        length = begins_with(row, list(self._directory_phrases))
        wanted = tuple(token.key for token in row[:length])
        return (self._directory_phrases[wanted], length) if length else None


def labels(directories: Iterable[Path]) -> dict[Path, str]:
    """What each directory is called: its name, with as much of its path as tells it apart."""
    found: dict[Path, str] = {}
    waiting = dict.fromkeys(directories, 1)
    while waiting:
        by_label: dict[str, list[Path]] = {}
        for path, length in waiting.items():
            by_label.setdefault(folded(_tail(path, length)), []).append(path)
        again = {}
        for paths in by_label.values():
            for path in paths:
                if len(paths) == 1 or waiting[path] >= len(path.parts):
                    found[path] = _tail(path, waiting[path])
                else:
                    again[path] = waiting[path] + 1
        waiting = again
    return found


def _tail(path: Path, length: int) -> str:
    text = "/".join(path.parts[-length:]).replace("//", "/") or str(path)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
