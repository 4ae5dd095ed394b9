"""The pack in use: everybody who looks at photos, or holds faces against each other, goes by it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.errors import KnownError, ModelError
from app.indexing.camera.porter import Porter
from app.indexing.choices import Choices
from app.indexing.clusterer import Clusterer
from app.indexing.model_packs import described
from app.library.commands.switching import note_setting
from app.library.database import Library
from app.library.queries.switching import Maker, Phase, switch
from app.paths import Paths
from app.settings import Settings

if TYPE_CHECKING:
    from app.faces.packs import PackInfo

logger = logging.getLogger(__name__)


class PackInUse:
    """Knows it, and lets everybody go by another one."""

    def __init__(
        self,
        library: Library,
        paths: Paths,
        choices: Choices,
        clusterer: Clusterer,
        porter: Porter,
        choice: str,
        maker: Maker,
        tell: Callable[[PackInfo], None],
    ) -> None:
        """`choice` is what it is called in the settings, `maker` its name and version; `tell` lets
        those go by another one who are not handed in here."""
        self._library, self._file, self._paths = library, paths.settings, paths
        self.choices, self.clusterer = choices, clusterer
        self._porter, self._tell = porter, tell
        self.choice, self.maker = choice, maker

    def _adopt(self, info: PackInfo, choice: str) -> None:
        self.choice, self.maker = choice, (info.name, info.version)
        self.choices.adopt(choice, self.maker)
        self._tell(info)
        self._porter.adopt(self.maker)

    def go_by(self, info: PackInfo, choice: str) -> None:
        """Let everybody go by this pack, which the library does already; while nobody groups."""
        self._adopt(info, choice)
        try:
            self.choices.change("pack", choice)
            note_setting(self._library)
        except KnownError as error:  # it is owed, and made up for at the next start
            logger.warning("The setting did not follow: %s", type(error).__name__)

    def heed(self, is_alone: bool = False) -> None:
        """Another process may have switched: go by the pack that is in use now. `is_alone` says
        that no other switches now: one that could not say so in the settings was ended."""
        row = switch(self._library)
        if row is None or row.phase not in (Phase.SWITCHED, Phase.UNDONE):
            return
        if row.owed and not is_alone:
            return
        is_on = row.phase == Phase.SWITCHED
        choice, maker = (row.choice, row.maker) if is_on else (row.choice_before, row.maker_before)
        is_set = bool(row.owed) or Settings.load(self._paths.settings).pack == choice
        if maker != self.maker and is_set:
            try:
                info = described(choice, self._paths)
            except ModelError as error:
                logger.info("The pack in use cannot be used here: %s", type(error).__name__)
                return
            with self.clusterer.still():
                if row.owed:
                    self.go_by(info, choice)
                else:
                    self._adopt(info, choice)
                    self.choices.heed()
