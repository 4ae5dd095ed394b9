"""Pages: which page each place of the window has. A new page is named here and in places.Kind.

A page is loaded and made when it is first asked for: a window that opens shows one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from app.ui.places import Kind
from app.ui.texts import Texts

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.page import Page

tr = Texts("pages")


def _people() -> type[Page]:
    from app.ui.people.page import PeoplePage

    return PeoplePage


def _photos() -> type[Page]:
    from app.ui.photos.page import PhotosPage

    return PhotosPage


def _unnamed() -> type[Page]:
    from app.ui.photos.unnamed_page import UnnamedPage

    return UnnamedPage


def _review() -> type[Page]:
    from app.ui.review.page import ReviewPage

    return ReviewPage


def _hidden() -> type[Page]:
    from app.ui.people.hidden_page import HiddenPage

    return HiddenPage


def _person() -> type[Page]:
    from app.ui.person.page import PersonPage

    return PersonPage


def _search() -> type[Page]:
    from app.ui.search.page import SearchPage

    return SearchPage


def _alerts() -> type[Page]:
    from app.ui.alerts.page import AlertsPage

    return AlertsPage


def _visitors() -> type[Page]:
    from app.ui.visitors.page import VisitorsPage

    return VisitorsPage


def _activity() -> type[Page]:
    from app.ui.activity.page import ActivityPage

    return ActivityPage


def _history() -> type[Page]:
    from app.ui.history.page import HistoryPage

    return HistoryPage


_PAGES: Mapping[Kind, Callable[[], type[Page]]] = {
    Kind.PEOPLE: _people,
    Kind.PHOTOS: _photos,
    Kind.UNNAMED: _unnamed,
    Kind.REVIEW: _review,
    Kind.HIDDEN: _hidden,
    Kind.PERSON: _person,
    Kind.SEARCH: _search,
    Kind.ALERTS: _alerts,
    Kind.VISITORS: _visitors,
    Kind.ACTIVITY: _activity,
    Kind.HISTORY: _history,
}
ALONE = tuple(kind for kind in _PAGES if kind not in (Kind.PERSON, Kind.SEARCH))
"""The pages that are about the whole album, and so can be gone to by their name alone."""

OF_SOME: Mapping[Kind, str] = {Kind.ALERTS: "alerts", Kind.VISITORS: "visitors"}
"""The pages that only those collections have in which this setting is "on"."""

OF_FACES = (Kind.PEOPLE, Kind.UNNAMED, Kind.REVIEW, Kind.HIDDEN)
"""The pages on which there is nothing to be seen without faces."""


class Pages(Mapping[Kind, "Page"]):
    """Every page, in the order of the sidebar; each is made when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: dict[Kind, Page] = {}
        self._receivers: list[Callable[[Kind, Page], None]] = []

    def receive(self, receiver: Callable[[Kind, Page], None]) -> None:
        """Hand every page to `receiver` as soon as it is made, and those that are made now."""
        self._receivers.append(receiver)
        for kind, page in self._made.items():
            receiver(kind, page)

    @property
    def made(self) -> Mapping[Kind, Page]:
        """The pages that there are by now."""
        return self._made

    def make_next(self) -> bool:
        """Make one more page; whether there was one to make."""
        missing = next((kind for kind in _PAGES if kind not in self._made), None)
        return missing is not None and self[missing] is not None

    def __getitem__(self, kind: Kind) -> Page:
        page = self._made.get(kind)
        if page is None:
            page = self._made[kind] = _PAGES[kind]()(self._desk)
            for receiver in self._receivers:
                receiver(kind, page)
        return page

    def __contains__(self, kind: object) -> bool:
        return kind in _PAGES

    def __iter__(self) -> Iterator[Kind]:
        return iter(_PAGES)

    def __len__(self) -> int:
        return len(_PAGES)


def page_name(kind: Kind) -> str:
    """What a page is called, whomever it shows."""

    return {
        Kind.PEOPLE: tr("People"),
        Kind.PHOTOS: tr("Photos"),
        Kind.UNNAMED: tr("Unnamed"),
        Kind.REVIEW: tr("Review"),
        Kind.HIDDEN: tr("Hidden"),
        Kind.PERSON: tr("One person"),
        Kind.SEARCH: tr("Search"),
        Kind.ALERTS: tr("Alerts"),
        Kind.VISITORS: tr("Visitors"),
        Kind.ACTIVITY: tr("Activity"),
        Kind.HISTORY: tr("History"),
    }[kind]
