"""Choices: what the user set, and what follows it at once while work is under way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from app.indexing.measuring import PROCESSOR
from app.indexing.pace import Pace
from app.indexing.providers import Measured, Providers, workers_on
from app.indexing.workers import WorkOrder
from app.library.consent import Consent
from app.paths import Paths
from app.progress import Cancelled
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Speed:
    """What there is to know of how fast photos are looked at."""

    provider: str
    """What runs the models, or would if photos were looked at now; empty while nobody knows."""
    workers: int
    """How many photos are looked at at once."""
    is_gentle: bool
    measured: Measured | None
    """None before the first measuring, and when something changed since."""


class Choices:
    """The settings of a library as they are now; may be asked and changed from any thread."""

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        order: WorkOrder,
        pack: tuple[str, str],
        tell: Callable[[str], None],
        own: Callable[[int], Mapping[str, object]] = lambda _: {},
    ) -> None:
        """`order` is what every worker is told, `pack` names the models and their version, and
        `tell` is handed what the user has to know. `own` gives what a collection has set of its
        own."""
        self._file = paths.settings
        self.consent = Consent(paths.data)
        self._own = own
        self._settings = settings
        self._order = order
        self._writing = threading.Lock()
        self._is_closing = False
        self._after: list[Callable[[], None]] = []
        self.pace = Pace(settings)
        self._speed, self._tell = paths.speed, tell
        self.providers = Providers(paths.speed, order, pack, tell)

    @property
    def settings(self) -> Settings:
        """As they are now."""
        return self._settings

    def of(self, collection_id: int) -> Settings:
        """As they are now for one collection."""
        return self._settings.for_collection(self._own(collection_id))

    def change(self, name: str, value: object) -> Settings:
        """Set one option, in the file and for the work under way.

        Raises UsageError for a value that the option cannot have, and KnownError when the file
        cannot be written: then all stays as it is.
        """
        return self.change_all({name: value})

    def change_all(self, values: Mapping[str, object]) -> Settings:
        """As `change`, for several options at a time: all or none of them. Models that are not
        there, or broken, are not taken: nothing could be opened with them.

        Raises ModelError for those.
        """
        pack = values.get("pack", self._settings.pack)
        if pack != self._settings.pack:
            from app.faces.packs import describe_pack

            describe_pack(str(pack), self._order.models, self._order.resources)
        with self._writing:
            for name, value in values.items():
                self.consent.note(name, value)
            changed = Settings.change_all(self._file, values)
            self._settings = self.pace.settings = changed
        self._tell_all()
        return changed

    def heed(self) -> None:
        """Follow what another process has set."""
        with self._writing:
            self._settings = self.pace.settings = Settings.load(self._file)
        self._tell_all()

    def adopt(self, choice: str, pack: tuple[str, str]) -> None:
        """Look with another pack from now on, which the setting says already."""
        self._order = replace(self._order, pack=choice)
        self.providers = Providers(self._speed, self._order, pack, self._tell)

    def follow(self, listener: Callable[[], None]) -> None:
        """Call this whenever something was set, on the thread of whoever did it."""
        self._after.append(listener)

    def manner(self, check: Callable[[], None]) -> tuple[WorkOrder, int]:
        """How the next photo is looked at, and how many at once. The first time this may take a
        minute, in which `check` may raise to stop."""
        settings = self._settings
        provider = self.providers.choose(settings.provider, settings.worker_count, check)
        is_gentle = self.pace.is_gentle
        order = replace(
            self._order, provider=provider, is_gentle=is_gentle, video_frames=settings.video_frames
        )
        return order, workers_on(provider, self.pace.workers)

    def arithmetic(self) -> AbstractContextManager[None]:
        """Within this, grouping uses no more of the processor than it may."""
        return self.pace.arithmetic()

    def speed(self) -> Speed:
        """What there is to know now, without measuring anything."""
        measured = self.providers.measured()
        provider = self.providers.chosen(self._settings.provider)
        count = workers_on(provider or PROCESSOR, self.pace.workers)
        return Speed(provider, count, self.pace.is_gentle, measured)

    def measure(self, check: Callable[[], None] = lambda: None) -> Speed:
        """Measure again what runs the models fastest; takes about a minute. `check` may raise to
        stop.

        Raises KnownError when it cannot be measured, Cancelled when the program ends meanwhile.
        """

        def go_on() -> None:
            self._check()
            check()

        self.providers.measure(self._settings.worker_count, go_on)
        return self.speed()

    def close(self) -> None:
        """Measure nothing any more."""
        self._is_closing = True

    def _check(self) -> None:
        if self._is_closing:
            raise Cancelled

    def _tell_all(self) -> None:
        for listener in list(self._after):
            listener()
