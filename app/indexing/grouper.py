"""Grouper: the thread that decides when to group, and does it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.errors import KnownError
from app.indexing.choices import Choices
from app.indexing.clusterer import Clusterer
from app.indexing.events import Announcer
from app.indexing.later import is_made
from app.indexing.tasks import TaskReport
from app.library.rows import TaskState, TaskType
from app.progress import Cancelled

logger = logging.getLogger(__name__)

FIRST_FACES = 24
"""People appear while indexing runs: first after this many faces..."""
INTERIM_SECONDS = 8.0
"""...then not before so many seconds after the last run..."""
INTERIM_SHARE = 10.0
"""...nor before so many times the seconds that it took: grouping takes a tenth at most."""
SETTLED_SHARE = 4.0
"""After the last photo for now it waits so many times the seconds that the last run took, where
that is sooner than the settings say: what is grouped in a moment shows in a moment."""
SPOKEN_SECONDS = 3.0
"""Somebody who is naming people says the next thing sooner than this."""


@dataclass(slots=True)
class _Wish:
    """One collection that waits to be grouped."""

    due: float
    rebuild: bool = False
    report: TaskReport | None = None
    is_interim: bool = False


class Grouper:
    """Groups a collection some seconds after its last photo, now and then while photos stream
    in, and when asked."""

    def __init__(
        self,
        clusterer: Clusterer,
        announcer: Announcer,
        new_report: Callable[..., TaskReport],
        choices: Choices,
    ) -> None:
        self._clusterer = clusterer
        self._announcer = announcer
        self._choices = choices
        self._new_report = new_report
        self._wishes: dict[int, _Wish] = {}
        self._fresh: dict[int, int] = {}
        self._took: dict[int, float] = {}
        """Seconds that the last run over a collection took."""
        self._not_before = 0.0
        self._by_itself = True
        self._closing = False
        self._condition = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="grouper", daemon=True)

    def start(self, by_itself: bool) -> None:
        """Begin; unless `by_itself`, only what is asked for is done."""
        self._by_itself = by_itself
        self._thread.start()

    def close(self) -> None:
        """Stop, leaving a run under way without effect."""
        with self._condition:
            self._closing = True
            waiting = [w.report for w in self._wishes.values() if w.report is not None]
            self._wishes.clear()
            self._condition.notify()
        for report in waiting:
            report.end(TaskState.INTERRUPTED)
        if self._thread.is_alive():
            self._thread.join()
        if is_made(self._clusterer):
            self._clusterer.let_go()

    def looked(self, collection_id: int, faces: int) -> None:
        """A photo with so many faces was stored."""
        with self._condition:
            if not self._by_itself:
                return
            fresh = self._fresh[collection_id] = self._fresh.get(collection_id, 0) + faces
            if fresh >= FIRST_FACES and collection_id not in self._wishes:
                due = max(time.monotonic(), self._not_before)
                self._wishes[collection_id] = _Wish(due, is_interim=True)
                self._condition.notify()

    def settle(self, collection_id: int) -> None:
        """The last photo for now was stored."""
        with self._condition:
            if self._by_itself and self._fresh.get(collection_id):
                wish = self._wishes.get(collection_id)
                if wish is None or wish.is_interim:
                    # Whoever adds a first folder should not wait for people once it is done.
                    took = self._took.get(collection_id, 0.0)
                    delay = min(
                        self._choices.of(collection_id).cluster_delay_seconds, SETTLED_SHARE * took
                    )
                    self._wishes[collection_id] = _Wish(time.monotonic() + delay)
                    self._condition.notify()

    def spoken(self, collection_id: int) -> None:
        """The user said something: what follows from it is worked out when they pause."""
        with self._condition:
            wish = self._wishes.get(collection_id)
            if self._by_itself and (wish is None or wish.is_interim):
                due = max(time.monotonic() + SPOKEN_SECONDS, self._not_before)
                self._wishes[collection_id] = _Wish(due, is_interim=True)
                self._condition.notify()

    def ask(self, collection_id: int, rebuild: bool) -> str:
        """Group at once; gives the task."""
        kind = TaskType.REBUILD if rebuild else TaskType.CLUSTER
        report = self._new_report(collection_id, kind, asked=True)
        with self._condition:
            before = self._wishes.get(collection_id)
            self._wishes[collection_id] = _Wish(time.monotonic(), rebuild, report)
            self._condition.notify()
        if before is not None and before.report is not None:
            before.report.end(TaskState.CANCELLED, "A later call took its place.")
        return report.id

    def _run(self) -> None:
        while True:
            with self._condition:
                while not self._closing and self._seconds_left() > 0:
                    self._condition.wait(self._seconds_left())
                if self._closing:
                    return
                collection_id = min(self._wishes, key=lambda cid: self._wishes[cid].due)
                wish = self._wishes.pop(collection_id)
                self._fresh[collection_id] = 0
            begun = time.monotonic()
            self._group(collection_id, wish)
            took = self._took[collection_id] = time.monotonic() - begun
            self._not_before = time.monotonic() + max(INTERIM_SECONDS, INTERIM_SHARE * took)

    def _seconds_left(self) -> float:
        if not self._wishes:
            return threading.TIMEOUT_MAX
        return min(wish.due for wish in self._wishes.values()) - time.monotonic()

    def _group(self, collection_id: int, wish: _Wish) -> None:
        """One run. Only what the user asked for, or will wait for, is told as a task."""
        report = wish.report
        if report is None and not wish.is_interim:
            report = self._new_report(collection_id, TaskType.CLUSTER)
        state, error, result = TaskState.DONE, "", {}
        try:
            if report is not None:
                report.begin()
                report.tell(at_once=True)
            with self._choices.arithmetic():
                done = self._clusterer.run(collection_id, wish.rebuild, lambda: self._check(report))
            self._announcer.changed(done.changes)
            result = {"NewFaces": done.new_faces, "FigureClusters": done.groups}
        except Cancelled:
            state = TaskState.INTERRUPTED if self._closing else TaskState.CANCELLED
        except KnownError as known:
            state, error = TaskState.FAILED, str(known)
        except Exception:
            logger.exception("Grouping failed")
            state, error = TaskState.FAILED, "Something went wrong inside Kinfolk while grouping."
        if report is not None:
            report.end(state, error, **result)

    def _check(self, report: TaskReport | None) -> None:
        if self._closing:
            raise Cancelled
        if report is not None:
            report.token.check_cancelled()
