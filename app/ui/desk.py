"""Desk: what every page is handed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.changes import Changes
    from app.indexing.choices import Choices
    from app.indexing.chores import Chores
    from app.indexing.model_keeper import ModelKeeper
    from app.indexing.name_plan import Choices as Wanted
    from app.indexing.name_plan import Plan
    from app.indexing.previews import Previews
    from app.indexing.sidecars import Scope, Tally
    from app.ui.album import Album
    from app.ui.background import Background
    from app.ui.collections.known import Collections
    from app.ui.deeds import Deeds
    from app.ui.guide.guide import Guide
    from app.ui.icons import Icons
    from app.ui.language import Language
    from app.ui.models.switching import PackSwitch
    from app.ui.named_people import NamedPeople
    from app.ui.pictures import Pictures
    from app.ui.review.questions import Questions
    from app.ui.search.extent import Extent
    from app.ui.source import PictureSource
    from app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Desk:
    """The things a page works with; laid for each collection that comes into sight."""

    album: Album
    deeds: Deeds
    background: Background
    pictures: Pictures
    named: NamedPeople
    questions: Questions
    extent: Extent
    theme: Theme
    language: Language
    icons: Icons
    source: PictureSource
    choices: Callable[[], Choices]
    """What the user set; to be asked in the background, for it may have to be loaded."""
    collections: Collections
    """All there are, and the way from one to another."""
    write_names: Callable[[Scope, bool], Tally]
    """Write names into sidecars; the second says whether names of others give way. It takes long:
    to be called in the background, where it ends early when the window is closed."""
    take_in_names: Callable[[Plan, Wanted], Changes]
    """Takes in names of other programs, as a task: what a plan says and the user chose of it. For
    `Deeds.carry_out`."""
    chores: Callable[[], Chores]
    """Who does what takes minutes; to be asked in the background, too."""
    bug_report: Callable[[Sequence[str]], str]
    """What a bug report says, with lines of the window's; to be asked in the background."""
    guide: Guide
    """The user guide, which Help buttons open at their page."""
    models: ModelKeeper
    """Who has the model packs in hand."""
    switch: Callable[[], PackSwitch | None]
    """Who has the album switched to another pack; None where nobody can."""
    previews: Callable[[], Previews]
    """Who tells what a threshold would change; to be asked in the background, too."""

    def may_download(self) -> bool:
        """Whether what is in the cloud may be fetched unasked, as the user set it for this
        collection; to be asked in the background."""
        return self.choices().of(self.album.collection_id).cloud_files == "download"
