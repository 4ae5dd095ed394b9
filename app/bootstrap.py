"""Bootstrap: builds every object once, in order; takes them down in reverse.

A window shows people before anything works on the library, so what works on it is only loaded and
made when it is first asked for anything.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from app.errors import KnownError, LibraryError, ModelError
from app.indexing.house import House, finish_erasing
from app.indexing.later import is_made, later
from app.library import commands, queries
from app.library.database import Library, is_known
from app.library.founding import rule_of
from app.library.opening import alone
from app.library.rows import CollectionRow
from app.logs import write_logs
from app.paths import Paths, resources
from app.settings import Settings

if TYPE_CHECKING:
    from app.clustering.thresholds import Thresholds
    from app.faces.packs import PackInfo
    from app.indexing.clusterer import Clusterer
    from app.indexing.indexer import Indexer
    from app.indexing.likeness import Likeness
    from app.indexing.previews import Previews
    from app.indexing.suggestions import Suggestions
    from app.indexing.turnstile import Turnstile
    from app.indexing.workers import WorkOrder
    from app.library.queries.visits import Visit
    from app.media.thumbnails import ThumbnailCache

DEFAULT_COLLECTION = "Photos"
"""What the first collection is called."""


def build(library_folder: str | None, collection_name: str, may_create: bool = True) -> House:
    """Open the library and everything that works on it; the indexer is not started.

    Unless `may_create`, a library folder that is named must hold a library. Where no collection is
    named it is the usual one, or, where that was renamed or deleted, the oldest.

    Raises LibraryError when the library cannot be opened, ModelError when the model pack in use
    is missing or broken, UsageError when the settings or the collection are not as asked for.
    """
    paths = Paths.named(library_folder)
    if library_folder and not may_create and not is_known(paths.database):
        raise LibraryError(f"There is no library in {paths.data}; `kinfolk index` makes one.")
    paths.make()
    write_logs(paths.logs)
    settings = Settings.load(paths.settings)
    pack = _describe(settings, paths)

    def describe(now: Settings) -> PackInfo:
        return pack if now.pack == settings.pack else _describe(now, paths)

    return _furnish(paths, settings, collection_name, describe)


def open_house(library_folder: str | None, collection_name: str, last: int | None = None) -> House:
    """As `build`, but what works on the library is made when it is first asked for anything, so
    that a window can show people before; then it may raise ModelError. Where no collection is
    named it is that of the number `last`, if it is there."""
    paths = Paths.named(library_folder)
    paths.make(looks_at_pictures=False)
    write_logs(paths.logs)
    settings = Settings.load(paths.settings)
    return _furnish(paths, settings, collection_name, lambda now: _describe(now, paths), last)


def _furnish(
    paths: Paths,
    settings: Settings,
    name: str,
    describe: Callable[[Settings], PackInfo],
    last: int | None = None,
) -> House:
    library, row = _open(paths, settings, name, last)
    settings = _as_owed(library, paths, settings)
    staff = _Staff(paths, settings, library, partial(describe, settings))
    library.came = partial(_came, staff.turnstile, settings)
    try:
        thumbnails = later(lambda: _thumbnails(paths, settings))
        finish_erasing(library, thumbnails)
        with contextlib.suppress(LibraryError):  # of one that may only be read
            commands.tasks.recover_unattended(library)
    except BaseException:
        library.close()
        raise
    return House(
        paths=paths,
        settings=settings,
        library=library,
        indexer=later(staff.indexer),
        suggestions=later(staff.suggestions),
        likeness=staff.likeness,
        turnstile=staff.turnstile,
        previews=later(staff.previews),
        thumbnails=thumbnails,
        collection=row,
        resources=resources(),
    )


def _came(
    turnstile: Turnstile, settings: Settings, library: Library, collection_id: int
) -> Sequence[Visit]:
    """Every visit to a collection, as the window and the command line tell it."""
    own = queries.collections.own_settings(library, collection_id)
    window = timedelta(minutes=settings.for_collection(own).visit_minutes)
    try:
        return turnstile.came(collection_id, window).visits
    except ModelError:  # nobody can tell then who an unclear face is
        return queries.visits.visits(library, collection_id, window)


class _Staff:
    """Makes what works on the library, and loads it only then."""

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        library: Library,
        describe: Callable[[], PackInfo],
    ) -> None:
        self._paths = paths
        self._settings = settings
        self._library = library
        self._describe = describe
        self._clusterer = later(self._make_clusterer)
        self._now: Callable[[], Settings] = lambda: settings
        """The settings as they are."""
        self.likeness = later(self._make_likeness)
        """Who lays out faces."""
        self.turnstile = later(self._make_turnstile)
        """Who counts visitors."""
        self._others: tuple[Likeness, Turnstile] = (self.likeness, self.turnstile)

    @functools.cached_property
    def _pack(self) -> PackInfo:
        return self._describe()

    @functools.cached_property
    def _thresholds(self) -> Thresholds:
        from app.clustering.thresholds import Thresholds

        return Thresholds.of(self._pack.thresholds)

    def _make_clusterer(self) -> Clusterer:
        from app.indexing.clusterer import Clusterer

        return Clusterer(
            self._library, self._pack.name, self._pack.version, self._thresholds,
            lambda: self._now().strictness,
        )  # fmt: skip

    def indexer(self) -> Indexer:
        """Who looks at photos and groups faces."""
        from app.indexing.indexer import Indexer

        maker = (self._pack.name, self._pack.version)
        order = _order(self._paths, self._settings)
        made = Indexer(
            self._library, self._paths, self._settings, order, maker, self._clusterer, self._adopt
        )
        self._now = lambda: made.choices.settings
        return made

    def _adopt(self, pack: PackInfo) -> None:
        """Another pack is in use: who is made already goes by it, who is made later is made so."""
        from app.clustering.thresholds import Thresholds

        self._pack, self._thresholds = pack, Thresholds.of(pack.thresholds)
        for one in (self._clusterer, *self._others):
            if is_made(one):
                one.adopt(pack.name, pack.version, self._thresholds)

    def suggestions(self) -> Suggestions:
        """Who asks, and takes answers."""
        from app.indexing.suggestions import Suggestions

        return Suggestions(self._library, self._clusterer)

    def _make_likeness(self) -> Likeness:
        from app.indexing.likeness import Likeness

        pack = self._pack
        return Likeness(self._library, pack.name, pack.version, self._thresholds)

    def previews(self) -> Previews:
        """Who tells what a setting would change."""
        from app.indexing.previews import Previews

        return Previews(
            self._library, self._clusterer, lambda: self.turnstile,
            lambda: (self._pack.name, self._pack.version), lambda: self._now(),
        )  # fmt: skip

    def _make_turnstile(self) -> Turnstile:
        from app.indexing.turnstile import Turnstile

        pack = self._pack
        return Turnstile(self._library, pack.name, pack.version, self._thresholds)


def _describe(settings: Settings, paths: Paths) -> PackInfo:
    from app.indexing.model_packs import described

    return described(settings.pack, paths, in_use=True)


def _open(
    paths: Paths, settings: Settings, name: str, last: int | None
) -> tuple[Library, CollectionRow]:
    """The library, brought up to date, and the collection in it."""
    with alone(paths.opening_lock):
        library = Library.open(paths.database, rule_of(settings))
        try:
            return library, _collection(library, name, last)
        except BaseException:
            library.close()
            raise


def _as_owed(library: Library, paths: Paths, settings: Settings) -> Settings:
    """The settings, with the pack that the library has switched to: whoever switched may have been
    ended before it could say so there."""
    row = queries.switching.switch(library)
    if row is None or not row.owed:
        return settings
    with contextlib.suppress(KnownError):  # on a full disk it stays owed
        if settings.pack != row.owed:
            settings = Settings.change(paths.settings, "pack", row.owed)
        commands.switching.note_setting(library)
    return settings


def _collection(library: Library, name: str, last: int | None) -> CollectionRow:
    here = queries.collections.collections(library)
    if not here and name in ("", DEFAULT_COLLECTION):
        return commands.folders.ensure_collection(library, DEFAULT_COLLECTION)
    if name:
        return queries.collections.collection(library, name)
    left = (row for row in here if row.id == last)
    usual = (row for row in here if row.name == DEFAULT_COLLECTION)
    return next(left, None) or next(usual, None) or min(here, key=lambda row: row.id)


def _thumbnails(paths: Paths, settings: Settings) -> ThumbnailCache:
    from app.media.thumbnails import ThumbnailCache

    return ThumbnailCache(paths.cache, settings.cache_megabytes * 1_000_000)


def _order(paths: Paths, settings: Settings) -> WorkOrder:
    from app.indexing.workers import WorkOrder

    return WorkOrder(
        pack=settings.pack,
        models=paths.models,
        resources=resources(),
        cache=paths.cache,
        cache_bytes=settings.cache_megabytes * 1_000_000,
        max_megapixels=settings.photo_megapixels,
        max_megabytes=settings.photo_megabytes,
        thumbnail_pixels=settings.thumbnail_pixels,
        crop_pixels=settings.crop_pixels,
    )
