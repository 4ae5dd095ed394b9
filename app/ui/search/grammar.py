"""The grammar of the search field: what is typed becomes a search.

anna ben -carl       with Anna and Ben, without Carl
anna or ben          with one of them; | says the same
only anna ben        with nobody else
"Ben B." 2017..2019  a name in quotes, and dates
anna in:Holiday      in a folder
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.library.rows import PhotoSearch
from app.ui.search.dates import Days, read_days, tr
from app.ui.search.known import Known
from app.ui.search.tokens import Keys, Sort, Token, begins_with, keys, tokens

IN_SIGN = "in:"
_NAMED_IN_TROUBLE = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a text."""

    search: PhotoSearch
    rest: str = ""
    """What was not."""
    trouble: str = ""
    """Why, in a sentence; empty when everything was understood."""


def read(text: str, known: Known, base: PhotoSearch | None = None) -> Reading:
    """Add to the search `base` what a text says."""
    return _Reader(text, known, base or PhotoSearch()).read()


def said(*words: str) -> tuple[Keys, ...]:
    """Words of the grammar, marked, in English and in the user's language."""
    return tuple(keys(form) for word in words for form in (word, tr.of(word)))


def everyone(search: PhotoSearch) -> tuple[int, ...]:
    """Everybody whom a search names, in whatever condition."""
    return (*search.all_of, *search.any_of, *search.none_of)


def with_people(search: PhotoSearch, person: int, condition: str) -> PhotoSearch:
    """The search with somebody in one of its conditions, by the name of the field, and in no
    other; in none for the empty name."""
    lists: dict[str, Any] = {
        name: tuple(one for one in getattr(search, name) if one != person)
        for name in ("all_of", "any_of", "none_of")
    }
    if condition:
        was: tuple[int, ...] = getattr(search, condition)
        lists[condition] = was if person in was else (*was, person)
    return replace(search, **lists)


def within(search: PhotoSearch, days: Days) -> PhotoSearch:
    """The search between these days; one bound alone leaves the other where it can stay."""
    since, until = days
    if since is not None and until is None and search.until is not None:
        until = search.until if search.until >= since else None
    elif until is not None and since is None and search.since is not None:
        since = search.since if search.since <= until else None
    return replace(search, since=since, until=until)


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, text: str, known: Known, base: PhotoSearch) -> None:
        self._text = text
        self._known = known
        self._row = tokens(text)
        self._search = base
        self._last: int | None = (base.any_of or base.all_of or (None,))[-1]
        """Whom an `or` would offer a choice with."""
        self._or = self._minus = self._joined = False
        self._without = self._has_left_out = False
        # A minus holds for one name; `without` for all that commas, and, or join to the first.
        self._left: list[tuple[int, int]] = []
        """Where the pieces stand that were not understood."""
        self._trouble = ""

    def read(self) -> Reading:
        """Everything that the text says."""
        place = 0
        while place < len(self._row):
            row = self._row[place:]
            taken = self._take_word(row) or self._take_condition(row)
            if not taken:
                self._leave(place)
            place += taken or 1
        pieces = [self._text[start:end] for start, end in self._left]
        if pieces and not self._trouble:
            self._trouble = _trouble(pieces[0], self._known)
        return Reading(self._search, " ".join(pieces), self._trouble)

    def _take_word(self, row: Sequence[Token]) -> int:
        """How many tokens at the beginning are a sign or a word of the grammar."""
        person = self._known.person_at(row)
        if person is not None and person[1] > 1:
            return 0
        if length := begins_with(row, (*said(tr.mark("or")), keys("|"))):
            self._or = self._joined = True
        elif length := begins_with(row, (*said(tr.mark("and")), *map(keys, "&,;"))):
            self._joined = True
        elif length := int(row[0].text == "-" and row[0].sort is not Sort.QUOTED):
            self._minus = True
        elif length := begins_with(row, said(tr.mark("without"), tr.mark("not"))):
            self._end_clause()
            self._without = True
        elif length := begins_with(row, said(tr.mark("with"))):
            self._end_clause()
        elif length := begins_with(row, said(tr.mark("only"), tr.mark("nobody"))):
            self._search = replace(self._search, only=True)
        return length

    def _take_condition(self, row: Sequence[Token]) -> int:
        """How many tokens at the beginning are somebody, a date or a folder."""
        person = self._known.person_at(row)
        if self._minus:
            return self._take_person(person or self._begun(row))
        inside = begins_with(row, (*said(tr.mark("in")), ((Sort.WORD, IN_SIGN),)))
        if inside and (person is None or person[1] == 1):
            taken = self._take_where_or_when(row[inside:], row[0].text == IN_SIGN)
            if taken:
                return inside + taken
        days = read_days(row)
        if days is not None and (person is None or days[1] > person[1]):
            return self._take_days(*days)
        if person is not None:
            return self._take_person(person)
        if row[0].text == IN_SIGN:
            return 0
        return self._take_where_or_when(row, False) or self._take_person(self._begun(row))

    def _take_where_or_when(self, row: Sequence[Token], is_place: bool) -> int:
        """A folder or a date, whichever is longer; `is_place` decides where both are as long."""
        place, days = self._known.directory_at(row), read_days(row)
        if place is not None and (days is None or (place[1], is_place) > (days[1], False)):
            return self._take_place(*place)
        return 0 if days is None else self._take_days(*days)

    def _begun(self, row: Sequence[Token]) -> tuple[int, int] | None:
        """The only one whose name begins as the row does."""
        names, length = self._known.beginning_at(row)
        return (self._known.names[names[0]], length) if len(names) == 1 else None

    def _take_days(self, days: Days, length: int) -> int:
        self._search = within(self._search, days)
        self._end_clause()
        return length

    def _take_place(self, directory: Path, length: int) -> int:
        self._search = replace(self._search, folder=directory)
        self._end_clause()
        return length

    def _take_person(self, found: tuple[int, int] | None) -> int:
        if found is None:
            return 0
        person, length = found
        if self._without and self._has_left_out and not self._joined:
            self._without = False
        if self._minus or self._without:
            self._search = with_people(self._search, person, "none_of")
            self._has_left_out = self._without
        elif self._or and self._last not in (None, person):
            if not self._take_choice(person):
                return 0
        else:
            self._search = with_people(self._search, person, "all_of")
            self._last = person
        self._or = self._minus = self._joined = False
        return length

    def _take_choice(self, person: int) -> bool:
        """Somebody or the one before; False where the search has a choice already."""
        last = self._last
        assert last is not None
        if last not in self._search.any_of:
            if self._search.any_of:
                self._trouble = tr("There is one choice with “or” already.")
                return False
            self._search = with_people(self._search, last, "any_of")
        self._search = with_people(self._search, person, "any_of")
        self._last = person
        return True

    def _end_clause(self) -> None:
        self._or = self._minus = self._joined = self._without = self._has_left_out = False

    def _leave(self, place: int) -> None:
        """Keep what was not understood, with the sign or word before it."""
        first = place - 1 if place and (self._minus or self._or) else place
        start, end = self._row[first].start, self._row[place].end
        if self._left and self._left[-1][1] == self._row[place - 1].end:
            start = self._left.pop()[0]
        self._left.append((start, end))
        self._or = self._minus = self._joined = False


def _trouble(piece: str, known: Known) -> str:
    row = tokens(piece)
    if row and row[0].text == IN_SIGN:
        return tr("There is no folder “{0}” here.").format(piece[len(IN_SIGN) :])
    asked = piece.lstrip("-−–|").strip()
    names, length = known.beginning_at(tokens(asked))
    if length and length == len(tokens(asked)):
        shown = names[:_NAMED_IN_TROUBLE]
        return tr("“{0}” could be {1}.").format(asked, f" {tr('or')} ".join(shown))
    return tr("Nobody here is called “{0}”.").format(asked)
