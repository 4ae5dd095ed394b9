"""Rest: before the computer sleeps the work holds still, and after that it goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from app.indexing.later import is_made

if TYPE_CHECKING:
    from app.indexing.house import House
    from app.indexing.sleeping import Sleeping
    from app.ui.background import Background
    from app.ui.session.logind import Logind

_EVERY = 150
"""ms between two questions whether all is at rest."""
_LONGEST = 4000
"""ms that sleep is held up at most: systemd waits for 5 s. A photo takes a fraction of a second, a
video its time: what is under way then goes on after the sleep."""


class Rest(QObject):
    """Follows what logind tells, once the window can be seen: to speak with a bus takes loading."""

    def __init__(
        self,
        house: House,
        background: Background,
        keep: Callable[[], object],
        end: Callable[[], object],
    ) -> None:
        """`keep` notes how the window is left, `end` ends the program."""
        super().__init__()
        self._house = house
        self._background = background
        self._keep = keep
        self._end = end
        self._logind: Logind | None = None
        self._sleeping: Sleeping | None = None
        self._since = QElapsedTimer()
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_EVERY)
        self._asking.timeout.connect(self._ask)

    def begin(self) -> None:
        """Listen from now on."""
        from app.ui.session.logind import Logind

        logind = Logind(self)
        self.follow(logind)
        logind.begin()

    def follow(self, logind: Logind) -> None:
        """Do what it tells."""
        self._logind = logind
        logind.falling_asleep.connect(self._lie_down)
        logind.woke.connect(self._wake_up)
        logind.going_down.connect(self._end)  # whose last act is to let go of the lock

    @property
    def lock(self) -> object:
        """What holds up sleep and shutdown, as long as anybody has it."""
        return None if self._logind is None else self._logind.lock

    def _let_go(self) -> None:
        if self._logind is not None:
            self._logind.let_go()

    def _lie_down(self) -> None:
        self._keep()
        if not is_made(self._house.indexer):
            self._let_go()
            return
        from app.indexing.sleeping import Sleeping

        self._since.start()
        if self._sleeping is None:
            self._sleeping = Sleeping(self._house.indexer, self._house.library)
        self._background.read(self, self._sleeping.lie_down, lambda _: self._ask())

    def _ask(self) -> None:
        sleeping = self._sleeping
        if sleeping is None or self._since.hasExpired(_LONGEST):
            self._let_go()
            return
        self._background.read(self, lambda: sleeping.is_still, self._answer)

    def _answer(self, is_still: bool) -> None:
        if is_still:
            self._let_go()
        else:
            self._asking.start()

    def _wake_up(self) -> None:
        self._asking.stop()
        if self._sleeping is not None:
            self._background.read(self, self._sleeping.wake_up)
