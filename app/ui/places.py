"""Places: where in the window the user can be, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.library.rows import PhotoSearch


class Kind(StrEnum):
    """The pages."""

    PEOPLE = "people"
    PHOTOS = "photos"
    UNNAMED = "unnamed"
    REVIEW = "review"
    HIDDEN = "hidden"
    PERSON = "person"
    SEARCH = "search"
    """The photos that a search finds."""
    ALERTS = "alerts"
    """Strangers whom a camera saw."""
    VISITORS = "visitors"
    """How many different people came."""
    ACTIVITY = "activity"
    """What Kinfolk did and does."""
    HISTORY = "history"
    """What the user said."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and whom or what it is about."""

    kind: Kind
    people: tuple[int, ...] = ()
    search: PhotoSearch = field(default_factory=PhotoSearch)
    view: str = ""
    """Which of a page's views: "faces" of a person; "" for the one it opens with."""

    @property
    def whom(self) -> tuple[int, ...]:
        """Those whom it is about, or who are searched for."""
        return self.people or (*self.search.all_of, *self.search.any_of)


class Trail:
    """The places that were visited."""

    def __init__(self, start: Place) -> None:
        self._places = [start]
        self._here = 0

    @property
    def here(self) -> Place:
        """Where the user is."""
        return self._places[self._here]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this."""
        return self._here > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether the user came back from somewhere."""
        return self._here < len(self._places) - 1

    def go(self, place: Place) -> None:
        """Visit a place; the way forward is forgotten."""
        if place != self.here:
            del self._places[self._here + 1 :]
            self._places.append(place)
            self._here += 1

    def last_but(self, kind: Kind) -> Place:
        """Where the user was last on another page than this; the first place if nowhere."""
        before = reversed(self._places[: self._here + 1])
        return next((place for place in before if place.kind != kind), self._places[0])

    def back(self) -> Place:
        """One step back."""
        self._here = max(0, self._here - 1)
        return self.here

    def forward(self) -> Place:
        """One step forward."""
        self._here = min(len(self._places) - 1, self._here + 1)
        return self.here
