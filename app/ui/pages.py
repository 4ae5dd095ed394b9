"""Pages: which page each place of the window has. A new page is named here and in places.Kind."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.ui.desk import Desk
from app.ui.history.page import HistoryPage
from app.ui.page import Page
from app.ui.people.hidden_page import HiddenPage
from app.ui.people.page import PeoplePage
from app.ui.person.page import PersonPage
from app.ui.photos.page import PhotosPage
from app.ui.photos.unnamed_page import UnnamedPage
from app.ui.places import Kind
from app.ui.review.page import ReviewPage
from app.ui.search.page import SearchPage

_PAGES: Mapping[Kind, type[Page]] = {
    Kind.PEOPLE: PeoplePage,
    Kind.PHOTOS: PhotosPage,
    Kind.UNNAMED: UnnamedPage,
    Kind.REVIEW: ReviewPage,
    Kind.HIDDEN: HiddenPage,
    Kind.PERSON: PersonPage,
    Kind.SEARCH: SearchPage,
    Kind.HISTORY: HistoryPage,
}
ALONE = tuple(kind for kind in _PAGES if kind not in (Kind.PERSON, Kind.SEARCH))
"""The pages that are about the whole album, and so can be gone to by their name alone."""

OF_FACES = (Kind.PEOPLE, Kind.UNNAMED, Kind.REVIEW, Kind.HIDDEN)
"""The pages on which there is nothing to be seen without faces."""


def make_pages(desk: Desk) -> dict[Kind, Page]:
    """Every page, in the order of the sidebar."""
    return {kind: make(desk) for kind, make in _PAGES.items()}


def page_name(kind: Kind) -> str:
    """What a page is called, whomever it shows."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("pages", text)

    return {
        Kind.PEOPLE: tr("People"),
        Kind.PHOTOS: tr("Photos"),
        Kind.UNNAMED: tr("Unnamed"),
        Kind.REVIEW: tr("Review"),
        Kind.HIDDEN: tr("Hidden"),
        Kind.PERSON: tr("One person"),
        Kind.SEARCH: tr("Search"),
        Kind.HISTORY: tr("History"),
    }[kind]
