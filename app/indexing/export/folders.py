"""Folders: into which of them a photo is sorted, by person, year or month."""

from __future__ import annotations

from collections.abc import Sequence

from app.indexing.export.names import folder_name, same
from app.indexing.export.order import By
from app.library.queries.exports import PhotoFiles, Shown

UNDATED = "No date"
OTHERS = "Others"
"""Of photos that show none of the people there are folders for."""
_KEY_DIGITS = 6


class Folders:
    """Which folders a photo goes into; where people have them, a photo of several goes into each.

    With `asked` (ids), only these people have folders; else everybody with a name who is not
    hidden. Folders are named as the people are; of two who cannot be told apart so, each has the
    first digits of their id behind it, which stays the same from run to run.
    """

    def __init__(self, by: By, asked: Sequence[int], people: Sequence[Shown]) -> None:
        self._by = by
        self._names: dict[int, str] = {}
        known = {one.id: one for one in people}
        if asked:
            having = [known[one] for one in dict.fromkeys(asked) if one in known]
        else:
            having = [one for one in known.values() if one.name and not one.hidden]
        taken: dict[str, int] = {same(OTHERS): 1}
        for one in having:
            name = same(self._usual(one))
            taken[name] = taken.get(name, 0) + 1
        for one in having:
            usual = self._usual(one)
            is_shared = taken[same(usual)] > 1
            self._names[one.id] = f"{usual} ({_digits(one)})" if is_shared else usual

    def of(self, photo: PhotoFiles, people: Sequence[Shown]) -> list[str]:
        """Where a photo goes, with / between names; "" is the top."""
        if not self._by.is_by_person:
            return [self._time(photo)]
        whose = [self._names[one.id] for one in people if one.id in self._names] or [OTHERS]
        if self._by is By.PERSON:
            return whose
        return [f"{name}/{self._time(photo)}" for name in whose]

    def _time(self, photo: PhotoFiles) -> str:
        if self._by in (By.NONE, By.PERSON):
            return ""
        if photo.taken is None:
            return UNDATED
        year = f"{photo.taken.year:04}"
        return f"{year}-{photo.taken.month:02}" if self._by is By.MONTH else year

    @staticmethod
    def _usual(person: Shown) -> str:
        return folder_name(person.name) if person.name else f"Person {_digits(person)}"


def _digits(person: Shown) -> str:
    """The first of the id that tell people apart: `person-` begins them all."""
    return (person.key.partition("-")[2] or person.key)[:_KEY_DIGITS]
