"""Bootstrap: builds every object once, in order; takes them down in reverse."""

from __future__ import annotations

from app.clustering.thresholds import Thresholds
from app.errors import LibraryError
from app.faces.packs import describe_pack
from app.indexing.clusterer import Clusterer
from app.indexing.forgetting import finish_erasing
from app.indexing.house import House
from app.indexing.indexer import Indexer
from app.indexing.likeness import Likeness
from app.indexing.suggestions import Suggestions
from app.indexing.workers import WorkOrder
from app.library.commands.folders import ensure_collection
from app.library.database import FoundingRule, Library, is_known
from app.library.opening import alone
from app.library.queries.folders import collection
from app.library.rows import CollectionRow
from app.logs import write_logs
from app.media.thumbnails import ThumbnailCache
from app.paths import Paths, resources
from app.settings import Settings

DEFAULT_COLLECTION = "Photos"


def build(library_folder: str | None, collection_name: str, may_create: bool = True) -> House:
    """Open the library and everything that works on it; the indexer is not started.

    Unless `may_create`, a library folder that is named must hold a library.

    Raises LibraryError when the library cannot be opened, ModelError when the model pack in use
    is missing or broken, UsageError when the settings or the collection are not as asked for.
    """
    paths = Paths.named(library_folder)
    if library_folder and not may_create and not is_known(paths.database):
        raise LibraryError(f"There is no library in {paths.data}; `kinfolk index` makes one.")
    paths.make()
    write_logs(paths.logs)
    settings = Settings.load(paths.settings)
    pack = describe_pack(settings.pack, paths.models, resources(), in_use=True)
    library, row = _open(paths, settings, collection_name)
    try:
        order = _order(paths, settings)
        thumbnails = ThumbnailCache(order.cache, order.cache_bytes)
        finish_erasing(library, thumbnails)
        thresholds = Thresholds.of(pack.thresholds)
        clusterer = Clusterer(library, pack.name, pack.version, thresholds)
        indexer = Indexer(library, paths, settings, order, (pack.name, pack.version), clusterer)
    except BaseException:
        library.close()
        raise
    return House(
        paths=paths,
        settings=settings,
        library=library,
        indexer=indexer,
        suggestions=Suggestions(library, clusterer),
        likeness=Likeness(library, pack.name, pack.version, thresholds),
        thumbnails=thumbnails,
        collection=row,
        resources=resources(),
    )


def _open(paths: Paths, settings: Settings, name: str) -> tuple[Library, CollectionRow]:
    """The library, brought up to date, and the collection in it."""
    with alone(paths.opening_lock):
        library = Library.open(paths.database, _founding(settings))
        try:
            return library, _collection(library, name)
        except BaseException:
            library.close()
            raise


def _founding(settings: Settings) -> FoundingRule:
    return FoundingRule(
        min_photos=settings.min_photos,
        pixels=settings.hd_face_pixels,
        angle=settings.hd_face_angle,
        quality=settings.hd_face_quality,
    )


def _collection(library: Library, name: str) -> CollectionRow:
    if name == DEFAULT_COLLECTION:
        return ensure_collection(library, name)
    return collection(library, name)


def _order(paths: Paths, settings: Settings) -> WorkOrder:
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
