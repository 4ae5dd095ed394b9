"""Desks: laid for each collection that comes into sight, and cleared when it is left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import shiboken6

from app.indexing.house import House
from app.indexing.later import is_made, later, made
from app.ui.album import Album
from app.ui.background import Background
from app.ui.collections.known import Collections
from app.ui.deeds import Deeds
from app.ui.desk import Desk
from app.ui.guide.guide import Guide
from app.ui.icons import Icons
from app.ui.language import Language
from app.ui.named_people import NamedPeople
from app.ui.pictures import Pictures
from app.ui.search.extent import Extent
from app.ui.source import PictureSource
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.changes import Changes
    from app.indexing.model_keeper import ModelKeeper
    from app.indexing.name_plan import Choices, Plan
    from app.indexing.sidecars import Scope, Tally
    from app.ui.models.switching import PackSwitch
    from app.ui.review.questions import Questions


class Desks:
    """Puts what is of one collection beside what is of the library."""

    def __init__(
        self,
        house: House,
        background: Background,
        pictures: Pictures,
        source: PictureSource,
        theme: Theme,
        language: Language,
        icons: Icons,
        collections: Collections,
        guide: Guide,
    ) -> None:
        self._house = house
        self._background = background
        self._pictures = pictures
        self._source = source
        self._theme = theme
        self._language = language
        self._icons = icons
        self._collections = collections
        self._guide = guide
        self._models = later(partial(_keeper, house))

    def lay(self, collection_id: int) -> Desk:
        """The desk of a collection."""
        house, background = self._house, self._background
        album = Album(
            house.library, house.suggestions, house.likeness, collection_id, house.turnstile
        )  # fmt: skip
        deeds = Deeds(
            house.library, house.indexer, house.suggestions, background, house.thumbnails,
            collection_id,
        )  # fmt: skip
        named = NamedPeople(album, background, self._pictures)
        questions = later(partial(_questions, album, deeds, background))
        extent = Extent(album, background, named)
        return Desk(
            album, deeds, background, self._pictures, named, questions, extent, self._theme,
            self._language, self._icons, self._source, lambda: house.indexer.choices,
            self._collections,
            partial(_write_names, house, background),
            partial(_take_in_names, house, collection_id),
            lambda: house.indexer.chores,
            partial(_bug_report, house),
            self._guide,
            self._models,
            partial(_switch, house),
            lambda: house.previews,
        )  # fmt: skip

    def clear(self, desk: Desk) -> None:
        """Take away what was of the collection alone; nothing that stands on it may be there any
        more, but for work under way, which is waited for when the background closes."""
        asking = [made(desk.questions)] if is_made(desk.questions) else []
        for questions in asking:
            questions.close()
        self._icons.forget_gone()
        # Here and now, in the GUI thread: nothing is left to die in a worker's hands.
        for thing in (desk.extent, desk.named, *asking, desk.deeds):
            shiboken6.delete(thing)


def _switch(house: House) -> PackSwitch | None:
    """Nobody, until what looks at photos is there."""
    return getattr(house.indexer, "switch", None) if is_made(house.indexer) else None


def _keeper(house: House) -> ModelKeeper:
    """One for the whole window: it knows what is being downloaded."""
    from app.indexing.model_keeper import ModelKeeper
    from app.indexing.model_packs import catalogue

    return ModelKeeper(house.paths, catalogue(), lambda: house.indexer.chores)


def _questions(album: Album, deeds: Deeds, background: Background) -> Questions:
    """Made in the GUI thread, when the first page has been painted."""
    from app.ui.review.questions import Questions

    return Questions(album, deeds, background)


def _write_names(house: House, background: Background, scope: Scope, overwrite: bool) -> Tally:
    """Raises Cancelled when the task was cancelled, and KnownError when the disk is full."""
    from app.indexing.sidecars import write_all_names

    return write_all_names(
        house.library, house.indexer.chores, scope, overwrite, stop=lambda: background.is_closed
    )


def _take_in_names(house: House, collection_id: int, plan: Plan, choices: Choices) -> Changes:
    """Raises KnownError when the task was cancelled."""
    from app.indexing.name_import import take_in_as_wanted

    return take_in_as_wanted(house.indexer.chores, house.library, collection_id, plan, choices)


def _bug_report(house: House, more: Sequence[str]) -> str:
    from app.indexing.bug_report import bug_report

    return bug_report(house, more)
