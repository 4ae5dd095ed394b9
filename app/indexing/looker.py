"""Looker: the thread that scans folders and has their new photos looked at."""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from app.changes import Changes
from app.errors import KnownError, LibraryError
from app.indexing.allowance import Allowance
from app.indexing.camera.arriving import take_in
from app.indexing.camera.porter import Porter
from app.indexing.choices import Choices
from app.indexing.chores import Chores
from app.indexing.drives import survey
from app.indexing.events import Announcer, Ended
from app.indexing.facts import FactsKeeper
from app.indexing.forgetting import finish_erasing
from app.indexing.grouper import Grouper
from app.indexing.jobs import IndexJob, Scanned, Scans
from app.indexing.keeping import let_strangers_go
from app.indexing.pipeline import Pipeline
from app.indexing.spare_time import SpareTime
from app.indexing.tasks import NoReport, TaskReport, refused_task
from app.indexing.upkeep import Upkeep
from app.indexing.workers import Workers, WorkOrder
from app.library.database import Library
from app.library.queries.away import away_paths, is_within
from app.library.queries.collections import is_living
from app.library.queries.folders import cloud_count, folders, pending_at, pending_photos
from app.library.rows import TaskState, TaskType
from app.media.formats import is_video_name
from app.media.placeholder import lies_in_cloud
from app.media.thumbnails import ThumbnailCache
from app.progress import Cancelled

logger = logging.getLogger(__name__)

IDLE_SECONDS = 20.0
"""After so long without work the workers go home, and drives that came or went are looked for."""


class Looker:
    """Does one index job after the other; every report it is given ends."""

    def __init__(
        self,
        library: Library,
        announcer: Announcer,
        choices: Choices,
        order: WorkOrder,
        avoid: Sequence[Path],
        new_report: Callable[[int, TaskType], TaskReport],
        grouper: Grouper,
        porter: Porter,
        is_paused: Callable[[], bool] = lambda: False,
    ) -> None:
        """`avoid` are folders never to enter: the library's own; `porter` is told what cameras
        saw."""
        self._library = library
        self._announcer = announcer
        self._choices = choices
        self._thumbnails = ThumbnailCache(order.cache, order.cache_bytes)
        self._avoid = avoid
        self._new_report = new_report
        self._grouper = grouper
        self._porter = porter
        self._facts = FactsKeeper(
            library, announcer.changed, self._pool, self._check,
            lambda: self._jobs.empty() and not is_paused(),
        )  # fmt: skip
        self._upkeep = Upkeep(
            library, self._thumbnails, choices.of, announcer.changed, self._has_time
        )
        self.spare_time = SpareTime()
        """What is done in it; set before the start."""
        self._is_watching = False
        self._arrivals: deque[IndexJob] = deque()
        self._jobs: queue.Queue[tuple[IndexJob | None, TaskReport | None] | None] = queue.Queue()
        self._workers: Workers | None = None
        self._current: TaskReport | NoReport | None = None
        self._closing = False
        self._late: set[int] = set()
        """Collections of which a quiet job could not be done: it is tried again when idle."""
        self._downloads = Allowance(
            library, choices, announcer, self.submit, lambda: self._thread.is_alive()
        )
        self._evicted: set[int] = set()
        """Photos that could not be looked at again since they are in the cloud by now."""
        self._told = ""
        self._thread = threading.Thread(target=self._run, name="looker", daemon=True)

    def start(self, watch: bool = False) -> None:
        """Begin; with `watch` there may be cameras, for which somebody is always ready."""
        self._is_watching = watch
        self._thread.start()

    def close(self) -> None:
        """Stop what is under way, keeping what it did."""
        self._closing = True
        current = self._current
        if current is not None:
            current.token.cancel()
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join()
        else:  # it never was its turn
            self._drain()

    def submit(self, job: IndexJob, report: TaskReport | None = None) -> None:
        """Do this job after the others. Without a report it is quiet: a task is made only when
        there is something to look at. What a camera has just written comes before all else."""
        if job.is_arrival:
            self._arrivals.append(job)
        self._jobs.put((job, report))

    def tidy(self) -> None:
        """Something was said or set: see to what is shown as one, after all other jobs."""
        self._jobs.put((None, None))

    def let_strangers_go(self) -> Changes:
        """Erase the strangers who were kept for long enough; on the thread of whoever asks.

        Raises LibraryError when that cannot be done now.
        """
        chores = Chores(self._library, self._announcer)
        return let_strangers_go(self._library, self._thumbnails, self._choices.settings, chores)

    def _run(self) -> None:
        self._finish_erasing()
        self._upkeep.purge()
        self._be_ready()
        while True:
            try:
                entry = self._jobs.get(timeout=0 if self.spare_time.has_work else IDLE_SECONDS)
            except queue.Empty:
                self._rest()
                if self.spare_time.has_work:
                    self.spare_time.go_on(lambda: not self._jobs.empty(), self._greet, self._check)
                    continue
                self._keep_watch()
                self._current = NoReport()
                self._facts.complete_all()
                self._current = None
                continue
            if entry is None:
                break
            job, report = entry
            if job is None:
                self._upkeep.stack_all()
            elif not job.is_arrival:
                self._do(job, report)
            self._greet()
            self._upkeep.let_go()
        self._dismiss()
        self.spare_time.close()
        self._finish_erasing()
        self._drain()

    def _do(self, job: IndexJob, report: TaskReport | None) -> None:
        state, error, refused, in_cloud = TaskState.DONE, "", "", 0
        self._current = report
        try:
            if not is_living(self._library, job.collection_id):
                raise Cancelled  # it was deleted meanwhile
            if report is not None:
                report.begin()
            scans = Scans(
                self._library, self._avoid, self._check, self._announcer.changed,
                self._is_with_videos(), self._downloads.of(job.collection_id),
            )  # fmt: skip
            scanned = scans.run(job)
            todo = self._todo(job.collection_id)
            if report is None and todo:
                report = self._current = self._new_report(job.collection_id, TaskType.INDEX)
                report.begin()
            if report is not None:
                self._look(job, report, scanned, todo)
            self._upkeep.stack(job.collection_id)
            self._facts.follow(job.collection_id, will_be_idle=self._is_watching)
            in_cloud = cloud_count(self._library, job.collection_id)
        except Cancelled:
            state = TaskState.INTERRUPTED if self._closing else TaskState.CANCELLED
        except KnownError as known:
            state, error = TaskState.FAILED, str(known)
            refused = error if isinstance(known, LibraryError) else ""
        except Exception:
            logger.exception("An index job failed")
            state, error = (
                TaskState.FAILED,
                "Something went wrong inside Kinfolk; its log says what.",
            )
        self._current = None
        self._grouper.settle(job.collection_id)
        if report is not None:
            report.end(
                state, error, Indexed=report.indexed, Unchanged=report.unchanged,
                Faces=report.faces, **({"InCloud": in_cloud} if in_cloud else {}),
            )  # fmt: skip
            logger.info("Photos were looked at: %d of %d", report.done, report.total)
        if report is None and refused:
            self._put_off(job, refused)
        elif state is TaskState.DONE:
            self._told = ""

    def _has_time(self) -> bool:
        return not self._closing and self._jobs.empty()

    def _put_off(self, job: IndexJob, error: str) -> None:
        """What came of itself could not even begin, as on a full disk: that is told once, and
        tried again until it can."""
        self._late.add(job.collection_id)
        if error != self._told:
            self._told = error
            self._announcer.tell(Ended(refused_task(TaskType.INDEX, error)))

    def _look(
        self,
        job: IndexJob,
        report: TaskReport,
        scanned: Scanned,
        todo: list[tuple[int, Path]],
    ) -> None:
        if todo:
            self.spare_time.rest()
        report.unchanged = scanned.unchanged
        report.total = len(todo) + len(scanned.skipped)
        for skipped in scanned.skipped:
            report.skip(skipped.path, skipped.error)
        report.tell(at_once=True)
        # However many work just now: on mains again, all of them have to have something to do.
        count = self._choices.settings.worker_count
        pipeline = self._pipeline(job.collection_id, 2 * count, todo)
        pipeline.run(todo, report)
        # In which the user drew a face meanwhile.
        late = [one for one in self._todo(job.collection_id) if one[0] not in pipeline.left]
        report.total += len(late)
        pipeline.run(late, report)
        self._evicted |= pipeline.in_cloud

    def _pipeline(
        self, collection_id: int, width: int, todo: Sequence[tuple[int, Path]]
    ) -> Pipeline:
        ids = [photo_id for photo_id, _ in todo]
        return Pipeline(
            self._library, self._announcer, self._pool, width,
            lambda faces: self._grouper.looked(collection_id, faces),
            self._thumbnails, self._choices.providers, self._porter.eyes(collection_id, ids),
            self._greet, downloads=self._downloads.of(collection_id),
        )  # fmt: skip

    def _greet(self) -> None:
        """Look at what cameras have just written, whatever else is under way."""
        while self._arrivals and not self._closing:
            jobs = [self._arrivals.popleft()]
            while self._arrivals and self._arrivals[0].folder_ids == jobs[0].folder_ids:
                jobs.append(self._arrivals.popleft())
            before = self._current
            self._current = report = NoReport()
            try:
                self._look_at_arrivals(jobs, report)
            except Cancelled:
                if before is not None:
                    before.token.cancel()
            except KnownError as known:  # a scan of the folder will find them again
                logger.info("An arrival was not looked at: %s", type(known).__name__)
                self._late.add(jobs[0].collection_id)
            except Exception:
                logger.exception("What a camera has written could not be looked at")
                self._late.add(jobs[0].collection_id)
            self._current = before
            self._end_if_closing(before)

    def _end_if_closing(self, task: TaskReport | NoReport | None) -> None:
        """What was told to end while something else was under way, ends."""
        if self._closing and task is not None:
            task.token.cancel()

    def _look_at_arrivals(self, jobs: Sequence[IndexJob], report: NoReport) -> None:
        """A photo each, of one folder."""
        number, paths = jobs[0].collection_id, [path for job in jobs for path in job.paths]
        if not is_living(self._library, number):
            return
        self._announcer.changed(take_in(self._library, jobs[0].folder_ids[0], paths))
        if not self._is_with_videos():
            paths = [path for path in paths if not is_video_name(path)]
        todo = pending_at(self._library, number, paths)
        if todo:
            self._pipeline(number, 2, todo).run(todo, report)
            self._grouper.settle(number)

    def _todo(self, collection_id: int) -> list[tuple[int, Path]]:
        away = away_paths(self._library, collection_id)
        kept_back = set() if self._downloads.of(collection_id) else self._evicted
        return [
            (photo_id, path)
            for photo_id, path in pending_photos(self._library, collection_id)
            if not is_within(path, away)
            and (self._is_with_videos() or not is_video_name(path))
            and not (photo_id in kept_back and lies_in_cloud(path))
        ]

    def _is_with_videos(self) -> bool:
        return self._choices.settings.videos == "on"

    def _pool(self) -> Workers:
        """The workers, who look in the way that is right now: this is asked before every photo.
        For what a camera has just written, one is enough."""
        order, count = self._choices.manner(self._check)
        if isinstance(self._current, NoReport):
            if self._workers is not None:
                return self._workers
            count = 1
        if self._workers is None:
            settings = self._choices.settings
            self._workers = Workers(order, count, settings.photo_seconds, settings.video_seconds)
        else:
            self._workers.change(order, count)
        return self._workers

    def _rest(self) -> None:
        """There was nothing to do for a while: the workers go home, but for one if a camera may
        need it."""
        if self._workers is not None and self._is_on_duty():
            self._workers.change(self._workers.order, 1)
            self._workers.get_ready()
        else:
            self._dismiss()
            self._be_ready()

    def _be_ready(self) -> None:
        """Have the models loaded before a camera sees anybody."""
        if not self._is_on_duty():
            return
        try:
            self._current = NoReport()
            self._pool().get_ready()
            self._porter.get_ready()
        except (Cancelled, KnownError) as error:
            logger.info("Nobody is ready for a camera: %s", type(error).__name__)
        finally:
            self._current = None

    def _is_on_duty(self) -> bool:
        try:
            return self._is_watching and not self._closing and self._porter.is_on_duty()
        except KnownError:
            return False

    def _dismiss(self) -> None:
        """Send the workers home; whatever they kept too much of in the cache goes, too."""
        if self._workers is None:
            return
        self._workers.stop()
        self._workers = None
        try:
            self._thumbnails.trim()
        except LibraryError:
            logger.exception("The small pictures could not be trimmed")

    def _finish_erasing(self) -> None:
        """While no worker is about, here or in another process: this one has the lock."""
        finish_erasing(self._library, self._thumbnails, is_alone=True)

    def _drain(self) -> None:
        """Jobs that will not be done any more end as interrupted."""
        while True:
            try:
                entry = self._jobs.get_nowait()
            except queue.Empty:
                return
            if entry is not None and entry[1] is not None:
                entry[1].end(TaskState.INTERRUPTED)

    def _keep_watch(self) -> None:
        """Try again what was put off, and see which drives came and went."""
        late, self._late = self._late, set()
        for collection_id in late:
            self.submit(IndexJob(collection_id))
        try:
            back = survey(self._library, None, self._announcer.changed)
            for row in folders(self._library, counted=False):
                if row.id in back:
                    self.submit(IndexJob(row.collection_id, folder_ids=(row.id,)))
        except Exception:  # without this thread nothing would be looked at any more
            logger.exception("The drives could not be looked after")
        self._upkeep.stack_all()
        self._upkeep.let_go()

    def _check(self) -> None:
        if self._closing:
            raise Cancelled
        if self._current is not None:
            self._current.token.check_cancelled()
