"""Indexer: the facade of the household's work: index, group, pause, cancel; owns the threads."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from app.changes import Changes
from app.errors import KnownError, LibraryBusyError, LibraryError, UsageError
from app.indexing.camera.news import News
from app.indexing.camera.porter import Porter
from app.indexing.choices import Choices
from app.indexing.chores import Chores
from app.indexing.clusterer import Clusterer
from app.indexing.doorbell import Doorbell
from app.indexing.errands import HEED_SETTINGS, ask_other, cancellation, carry_out
from app.indexing.events import Announcer, Changed, Event, Listener, Troubled
from app.indexing.following import follow
from app.indexing.grouper import Grouper, Waiting
from app.indexing.grouping_past import Past
from app.indexing.housekeeper import Housekeeper
from app.indexing.jobs import IndexJob
from app.indexing.later import is_made
from app.indexing.looker import Looker
from app.indexing.neighbours import Neighbours
from app.indexing.notices import Notices
from app.indexing.pack_in_use import PackInUse
from app.indexing.reports import Reports
from app.indexing.switching import Switching
from app.indexing.watcher import Watcher
from app.indexing.workers import WorkOrder
from app.library.commands.folders import absolute, add_folder, remove_folder
from app.library.commands.gone import drop_gone
from app.library.commands.photos import mark_all_stale, mark_stale, retry_skipped
from app.library.commands.tasks import recover_tasks, wish_cancel
from app.library.database import Library
from app.library.queries.collections import own_settings
from app.library.queries.folders import LOOSE, collections, folder, folders, waiting_folders
from app.library.queries.tasks import tasks_alive
from app.library.rows import TaskType
from app.media.thumbnails import ThumbnailCache
from app.paths import Paths
from app.private import FILE
from app.settings import Settings

if TYPE_CHECKING:
    from app.faces.packs import PackInfo

logger = logging.getLogger(__name__)


class Indexer:
    """Looks at photos and groups faces in the background, for one library.

    Its methods return at once; what happens is told to the listeners, on worker threads.
    """

    def __init__(
        self,
        library: Library,
        paths: Paths,
        settings: Settings,
        order: WorkOrder,
        pack: tuple[str, str],
        clusterer: Clusterer,
        tell_of_pack: Callable[[PackInfo], None] = lambda _: None,
    ) -> None:
        """`order` tells the workers what to use, `pack` is its model pack: name and version.
        `tell_of_pack` is told when another one is in use; the clusterer is still then."""
        self._library = library
        self._paths = paths
        self._lock = FileLock(paths.lock, mode=FILE, thread_local=False)
        self._bell: Doorbell | None = None
        self._announcer = Announcer()
        self.chores = Chores(library, self._announcer)
        """What this process does beside the indexing."""
        self._clusterer = clusterer
        self._reports = Reports(library, self._announcer, lambda: self.is_at_work)
        self.choices = Choices(
            paths, settings, order, pack, self._complain, partial(own_settings, library)
        )
        """What the user set, and what follows it."""
        self.choices.follow(self._tell_others)
        self.notices = Notices(library, self._announcer, self.choices.of, self.choices.consent)
        """Who is handed what the user wants to hear of."""
        self._announcer.subscribe(self.notices.hear)
        self._grouper = Grouper(
            clusterer, self._announcer, self._reports.make, self.choices, Past(library)
        )
        self.choices.follow(self._grouper.heed)
        thumbnails = ThumbnailCache(order.cache, order.cache_bytes)
        self._porter = Porter(
            library, self._announcer, self.choices, pack, lambda: clusterer.thresholds,
            News(library, self.notices.give, thumbnails),
        )  # fmt: skip
        self._looker = Looker(
            library, self._announcer, self.choices, order, (paths.data, paths.cache),
            self._reports.make, self._grouper, self._porter, lambda: self._reports.is_paused,
        )  # fmt: skip
        self.choices.follow(self._looker.tidy)
        self._in_use = PackInUse(
            library, paths, self.choices, clusterer, self._porter, order.pack, pack, tell_of_pack
        )
        self.switch = self._looker.spare_time = Switching(
            library, paths, self._announcer, self._in_use, self._reports, self._grouper,
            self._looker, thumbnails,
        )  # fmt: skip
        """Leads from one model pack to another, and back."""
        self._neighbours = Neighbours(
            library, self._announcer, self._heed_others, self._claim,
            lambda: [*self._reports.ids, *self.chores.ours],
        )  # fmt: skip
        self._watcher: Watcher | None = None
        self._known: set[int] = set()
        """The folders there were when somebody last looked."""
        self._here: set[int] = set()
        """And the collections."""
        self._owed: set[int] = set()
        self.recovered = 0
        """Tasks that a process left behind which did not end by itself."""
        self._housekeeper = Housekeeper(
            library, self._announcer, self.chores, self._looker.let_strangers_go
        )

    def start(self, watch: bool = True) -> None:
        """Begin to work: recover what was interrupted and, with `watch`, follow every folder and
        what other processes do, group by itself, and begin later while another process indexes
        this library.

        Without `watch`, raises LibraryBusyError when another process does.
        """
        if watch:
            self._housekeeper.start()
            self._watcher = Watcher(self.rescan, self._arrived)
            self._watcher.start()
            self._announcer.subscribe(self._hear)
        is_ours = self._claim()
        if watch:
            self._neighbours.start(waits=not is_ours)
        elif not is_ours:
            raise LibraryBusyError(
                "Another Kinfolk has this library open to look at photos. Add folders there, or "
                "close it first; listing and naming people works meanwhile."
            )

    @property
    def is_at_work(self) -> bool:
        """Whether this process is the one that indexes the library."""
        return bool(self._lock.is_locked)

    def close(self) -> None:
        """Stop the work; what is left is taken up at the next start."""
        self.choices.close()
        self._neighbours.close()
        if self._bell is not None:
            self._bell.close()
        self._housekeeper.close()
        if self._watcher is not None:
            self._watcher.close()
        self._looker.close()
        self._porter.close()
        self._grouper.close()
        self._lock.release()
        self.notices.close()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Let a listener hear of everything; gives the function that ends it."""
        return self._announcer.subscribe(listener)

    def index(self, collection_id: int, paths: Sequence[Path] = (), task_id: str = "") -> str:
        """Add folders and files, or rescan every folder when none is named; gives the task.

        While another process indexes, the folders are in the library at once, so that they are
        there even if this process ends before it is its turn.
        """
        if not self.is_at_work:
            found = [absolute(path) for path in paths if path.is_dir()]
            rows = [add_folder(self._library, collection_id, path) for path in found]
            self._announcer.changed(Changes(folders=frozenset(row.id for row in rows)))
        report = self._reports.make(collection_id, TaskType.INDEX, True, task_id)
        self._looker.submit(IndexJob(collection_id, tuple(paths)), report)
        return report.id

    def rescan(self, folder_id: int) -> None:
        """Hold one folder against the library; a task comes of it only if there is work."""
        row = folder(self._library, folder_id)
        self._looker.submit(IndexJob(row.collection_id, folder_ids=(folder_id,)))

    def remove_folder(self, folder_id: int) -> Changes:
        """Stop watching a folder and forget its photos; the files stay."""
        if self._watcher is not None:
            self._watcher.forget(folder_id)
        changes = remove_folder(self._library, folder_id)
        self._announcer.changed(changes)
        return changes

    def retry_skipped(self, collection_id: int, paths: Sequence[Path] | None = None) -> str | None:
        """Look again at every skipped file, or at those at these paths; gives the task, or None
        when there is none."""
        if retry_skipped(self._library, collection_id, paths) == 0:
            return None
        return self.index(collection_id)

    def look_again(self, collection_id: int) -> str:
        """Look at every photo again, also where the faces were erased; gives the task."""
        mark_all_stale(self._library, collection_id)
        return self.index(collection_id)

    def cluster(self, collection_id: int, rebuild: bool = False, task_id: str = "") -> str:
        """Group what is new, or everything; gives the task."""
        return self._grouper.ask(collection_id, rebuild, task_id)

    def waiting(self, collection_id: int) -> Waiting:
        """What waits to be grouped; slow where there are very many faces."""
        return self._grouper.waiting(collection_id)

    def spoken(self, collection_id: int) -> None:
        """Let the work follow what the user said, in a moment and quietly: photos may wait to be
        looked at again, and faces to be grouped. While another process indexes, that does."""
        if not self.is_at_work:
            self._owed.add(collection_id)
            return
        self._porter.spoken()
        is_looking = any(report.kind is TaskType.INDEX for report in self._reports.running())
        waiting = set() if is_looking else waiting_folders(self._library, collection_id)
        if waiting:
            folder_ids = tuple(sorted(waiting - {LOOSE}))
            self._looker.submit(IndexJob(collection_id, folder_ids=folder_ids))
        self._grouper.spoken(collection_id)
        self._looker.tidy()

    def heed(self, changes: Changes) -> None:
        """Let the work follow what was done here with collections: those that were deleted are
        left alone at once, those that came back are taken up again, and who is a person is worked
        out anew where something was set. While another process indexes, that does."""
        here = {row.id for row in collections(self._library)}
        self._reports.keep_to(here)
        came_back, self._here = here - self._here, here
        self._announcer.changed(changes)  # also which folders are to be watched
        if not self.is_at_work:
            return
        for number in sorted(changes.collections & here):
            if number in came_back:
                self._take_up(number)
            else:
                self.spoken(number)

    def pause(self) -> None:
        """Let the looking hold still."""
        self._reports.set_paused(True)

    def resume(self) -> None:
        """Let it go on."""
        self._reports.set_paused(False)
        self._looker.tidy()

    @property
    def is_paused(self) -> bool:
        """Whether the user paused the looking."""
        return self._reports.is_paused

    def cancel(self, task_id: str) -> None:
        """End a task; what it did until now stays.

        Raises UsageError for one that must be done, LibraryBusyError when whoever does it does not
        answer.
        """
        report = self._reports.find(task_id)
        alive = {row.id: row.type for row in tasks_alive(self._library)}
        if report is not None:
            report.token.cancel()
            self._looker.tidy()  # it may be in no hurry
        elif task_id in alive and not alive[task_id].is_indexing:
            wish_cancel(self._library, task_id)
        elif not self.is_at_work:
            self.hand_over(cancellation(task_id))

    def hand_over(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask the process that indexes this library for something; gives its answer.

        Raises LibraryBusyError when it does not answer, UsageError when it refuses.
        """
        return ask_other(self._paths.bell, message)

    def wait(self, task_id: str, seconds: float) -> bool:
        """Wait at most so long for the end of a task; tells whether it ended."""
        report = self._reports.find(task_id)
        return report is None or report.over.wait(seconds)

    def _arrived(self, folder_id: int, path: Path) -> None:
        """A camera has written a photo."""
        try:
            row = folder(self._library, folder_id)
        except UsageError:
            return  # it was removed meanwhile
        self._looker.submit(
            IndexJob(row.collection_id, (path,), folder_ids=(folder_id,), is_arrival=True)
        )

    def _claim(self) -> bool:
        """Be the one who indexes, unless somebody else is; True if so."""
        if self.is_at_work:
            return True
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            raise LibraryError(
                f"The folder of the library {self._paths.data} cannot be written: "
                f"{error.strerror}. Is the disk read-only?"
            ) from error
        try:
            self._begin(watch=self._watcher is not None)
        except BaseException:
            self._lock.release()
            raise
        return True

    def _begin(self, watch: bool) -> None:
        """Begin to index. What may fail comes first: it is tried again then, with nothing begun."""
        self.recovered += recover_tasks(self._library, but=self._reports.ids)
        drop_gone(self._library)
        self._in_use.heed(is_alone=True)  # whoever worked until now may have switched
        rows = folders(self._library, counted=False) if watch else []
        here = collections(self._library) if watch else []
        for collection in here:
            mark_stale(self._library, collection.id, *self._in_use.maker)
        self._known = {row.id for row in rows}
        self._here = {row.id for row in here}
        try:
            self._bell = Doorbell(self._paths.bell, self._answer)
        except OSError as error:
            logger.info("No bell could be hung out: %s", error.strerror)
        self._grouper.start(by_itself=watch)
        self._looker.start(watch)
        self.switch.take_up(by_itself=watch)
        for row in rows:
            self._follow(row.id)
        for collection in here:
            self._looker.submit(IndexJob(collection.id))
            if collection.id in self._owed:
                self._grouper.spoken(collection.id)

    def _answer(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        return carry_out(message, self, self._library)

    def _heed_others(self) -> None:
        """Another process has changed something, and does not say what: it may have erased
        somebody."""
        if is_made(self._clusterer):
            self._clusterer.let_go()
        self._in_use.heed()
        now = {row.id for row in folders(self._library, counted=False)}
        before, self._known = self._known, now
        here = {row.id for row in collections(self._library)}
        there, self._here = self._here, here
        self._reports.keep_to(here)
        self._grouper.heed()
        others = frozenset(here | there)  # their names and settings may be others, too
        touched = frozenset({LOOSE} | now | before)
        self._announcer.changed(Changes(regrouped=True, folders=touched, collections=others))
        if self.is_at_work:
            for folder_id in now - before:
                self.rescan(folder_id)
            for number in sorted(here):
                self.spoken(number)

    def _take_up(self, collection_id: int) -> None:
        """Look for what happened in the folders of a collection while it was deleted."""
        mark_stale(self._library, collection_id, *self._in_use.maker)
        self._looker.submit(IndexJob(collection_id))
        self._grouper.spoken(collection_id)

    def _complain(self, reason: str) -> None:
        self._announcer.tell(Troubled(reason))

    def _tell_others(self) -> None:
        """Something was set here: the process that indexes the library follows it, too."""
        if not self.is_at_work:
            with contextlib.suppress(KnownError):
                self.hand_over({"do": HEED_SETTINGS})

    def _hear(self, event: Event) -> None:
        if isinstance(event, Changed):
            if event.changes.collections:
                self._grouper.heed()
            for folder_id in event.changes.folders:
                self._follow(folder_id)

    def _follow(self, folder_id: int) -> None:
        if self._watcher is not None and self.is_at_work:
            follow(self._watcher, self._library, self.choices, folder_id)
