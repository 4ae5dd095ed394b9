"""Suggestions: how the text in the search field could go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from app.library.queries.search import Directory, Month
from app.library.rows import PersonRow
from app.ui.search.dates import month_in_words, month_numbers, tr
from app.ui.search.grammar import IN_SIGN, read, said
from app.ui.search.known import Known
from app.ui.search.tokens import Sort, Token, begins_with, folded, quoted, tokens

_MOST = 9
_LONGEST = 4
"""Words that are taken together as the beginning of a name."""
_SHORTEST_MONTH = 3
_SHORTEST_FOLDER = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on."""

    label: str
    line: str
    """The whole text that the field would have."""
    photo_count: int
    icon: str
    """The name of an icon; empty for a person, who has a face."""
    person: PersonRow | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """The suggestions for a text, and its end that they go on from."""

    suggestions: Sequence[Suggestion]
    fragment: str
    """Empty where it is no beginning of a name."""


class Suggester:
    """Knows the names, the directories and the months."""

    def __init__(
        self,
        people: Sequence[PersonRow],
        directories: Sequence[Directory],
        months: Sequence[Month],
    ) -> None:
        self.known = Known([(row.name, row.id) for row in people], [d.path for d in directories])
        self._people = people
        self._by_name = {row.name: row for row in reversed(people)}
        self._directories = [
            (folded(self.known.labels[d.path]).replace("/", " "), d)
            for d in sorted(directories, key=lambda one: -one.photo_count)
        ]
        self._months = months

    def offer(self, text: str) -> Offer:
        """How a text could go on."""
        row = tokens(text)
        if not row or text[-1:].isspace():
            return Offer((), "")
        if row[-1].text == IN_SIGN:
            return Offer(self._places(text[: row[-1].end - len(IN_SIGN)], ""), "")
        for length in range(min(_LONGEST, len(row)), 0, -1):
            end = row[len(row) - length :]
            if any(token.sort is Sort.SIGN for token in end):
                continue
            head, fragment = text[: end[0].start], text[end[0].start :]
            before = row[: len(row) - length]
            if before and begins_with(before[-1:], (*said(tr.mark("in")), ((Sort.WORD, IN_SIGN),))):
                found = self._places(text[: before[-1].start], fragment)
                names: list[Suggestion] = []
            else:
                names = list(self._names(head, end))
                found = [*names, *self._dates(head, end), *self._loose_places(head, fragment)]
            if found:
                return Offer(found[:_MOST], fragment if names else "")
        return self._last_resort(text, row)

    def _last_resort(self, text: str, row: Sequence[Token]) -> Offer:
        """Names with the last word somewhere within."""
        start = row[-1].start
        inside = [p for p in self._people if row[-1].text in folded(p.name)]
        is_word = row[-1].sort is Sort.WORD
        found = [self._person(text[:start], p) for p in inside[:_MOST]] if is_word else []
        is_understood = not read(text, self.known).rest
        return Offer(found[:_MOST], "" if is_understood else text[start:])

    def _names(self, head: str, end: Sequence[Token]) -> Iterator[Suggestion]:
        names, length = self.known.beginning_at(end)
        if length == len(end):
            exact = " ".join(token.text for token in end)
            for name in sorted(names, key=lambda name: folded(name) != exact)[:_MOST]:
                yield self._person(head, self._by_name[name])

    def _person(self, head: str, row: PersonRow) -> Suggestion:
        is_plain = read(row.name, self.known).search.all_of == (row.id,)
        name = row.name if is_plain else quoted(row.name)
        return Suggestion(row.name, head + name, row.photo_count, "", row)

    def _dates(self, head: str, end: Sequence[Token]) -> Iterator[Suggestion]:
        year = end[-1].text if end[-1].text.isdecimal() else ""
        if len(end) == 1 and len(year) >= 2:
            counts: Counter[str] = Counter()
            for month in self._months:
                counts[f"{month.year:04}"] += month.photo_count
            for text, count in counts.items():
                if text.startswith(year):
                    yield Suggestion(text, head + text, count, "calendar")
            if len(year) == 4:
                yield from self._of_months(head, (m for m in self._months if str(m.year) == year))
        elif len(end[0].text) >= _SHORTEST_MONTH and len(end) == 1 + bool(year):
            numbers = month_numbers(end[0].text)
            months = (m for m in self._months if m.month in numbers)
            yield from self._of_months(head, (m for m in months if f"{m.year:04}".startswith(year)))

    def _of_months(self, head: str, months: Iterable[Month]) -> Iterator[Suggestion]:
        for month in months:
            text = month_in_words(date(month.year, month.month, 1))
            yield Suggestion(text, head + text, month.photo_count, "calendar")

    def _loose_places(self, head: str, fragment: str) -> list[Suggestion]:
        """Directories, though nothing said that one is meant."""
        return self._places(head, fragment) if len(fragment) >= _SHORTEST_FOLDER else []

    def _places(self, head: str, fragment: str) -> list[Suggestion]:
        wanted = folded(fragment.strip('"'))
        fitting = (
            place
            for words, place in self._directories
            if words.startswith(wanted) or f" {wanted}" in words
        )
        return [self._place(head, place) for place in islice(fitting, _MOST)]

    def _place(self, head: str, place: Directory) -> Suggestion:
        label = self.known.labels[place.path]
        line = IN_SIGN + label
        if read(line, self.known).search.folder != place.path:
            line = IN_SIGN + quoted(label)
        text = tr("in {0}").format(label)
        return Suggestion(text, head + line, place.photo_count, "folder")
