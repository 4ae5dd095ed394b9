"""Grouper: the thread that decides when to group, and does it.

[Note: When] A collection says when its new faces are grouped. `settled` is soon after the last
photo for now, and now and then while photos stream in. `interval` is every so many minutes and not
in between; what counts is the last grouping that was told as a task, so a restart changes nothing.
`asked` is never by itself. What the user says of people is carried out at once by its command in
all three; the machine's second thoughts about it come with the next grouping.
"""

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
from app.indexing.grouping_past import Past
from app.indexing.later import is_made
from app.indexing.tasks import TaskReport
from app.library.rows import TaskState, TaskType
from app.progress import Cancelled
from app.settings import Settings

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


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be grouped in a collection."""

    faces: int
    """0 where they hardly wait, and so are not counted."""
    when: str
    """The setting group_when."""
    seconds: float | None
    """Until it is grouped by itself; None where that is not to be expected."""


@dataclass(slots=True)
class _Wish:
    """One collection that waits to be grouped."""

    due: float
    rebuild: bool = False
    report: TaskReport | None = None
    is_interim: bool = False


class Grouper:
    """Groups a collection when its settings say so, and when asked."""

    def __init__(
        self,
        clusterer: Clusterer,
        announcer: Announcer,
        new_report: Callable[..., TaskReport],
        choices: Choices,
        past: Past,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`past` is what the library knows of earlier groupings; `clock` gives seconds."""
        self._past = past
        self._clock = clock
        self._settings: dict[int, Settings] = {}
        """Of each collection, as they were when its wish was made."""
        self._recalled: set[int] = set()
        """The collections of which it is known whether an earlier process left faces."""
        self._ended: dict[int, float] = {}
        """When the last run over a collection ended that was told as a task, by the clock."""
        self._redone: dict[int, int] = {}
        """The strictness with which each collection was asked to be grouped anew."""
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
        self._catch_up()

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
            if fresh < FIRST_FACES or collection_id in self._wishes:
                return
            when = self._known_settings(collection_id).group_when
            if when == "settled":
                due = max(self._clock(), self._not_before)
                self._wish(collection_id, _Wish(due, is_interim=True))
            elif when == "interval":  # it may take hours until the last photo
                self._wish(collection_id, _Wish(self._next_turn(collection_id)))

    def settle(self, collection_id: int) -> None:
        """The last photo for now was stored."""
        with self._condition:
            self._settings.pop(collection_id, None)
            self._settle(collection_id)

    def spoken(self, collection_id: int) -> None:
        """The user said something: what follows from it is worked out when they pause, or with
        the next grouping."""
        with self._condition:
            wish = self._wishes.get(collection_id)
            if not self._by_itself or (wish is not None and not wish.is_interim):
                return
            when = self._known_settings(collection_id).group_when
            if when == "settled":
                due = max(self._clock() + SPOKEN_SECONDS, self._not_before)
                self._wish(collection_id, _Wish(due, is_interim=True))
            elif when == "interval":
                self._wish(collection_id, _Wish(self._next_turn(collection_id)))

    def heed(self) -> None:
        """Settings may have changed: what they say of when to group holds at once."""
        with self._condition:
            for collection_id, before in list(self._settings.items()):
                del self._settings[collection_id]
                if _timing(before) == _timing(self._known_settings(collection_id)):
                    continue
                wish = self._wishes.get(collection_id)
                if wish is not None and wish.report is None:
                    del self._wishes[collection_id]
                self._settle(collection_id)
            self._condition.notify()
        self._catch_up()

    def _catch_up(self) -> None:
        """What the settings say of who is a person holds for the groups there are, too."""
        settings, is_at_work = self._choices.settings, self._thread.is_alive()
        try:
            self._announcer.changed(self._past.regrouping.found(settings, is_at_work))
            due = self._past.regrouping.due(settings) if is_at_work and self._by_itself else []
        except KnownError as error:  # whoever works on the library tells what ails it
            logger.info("The groups do not follow the settings yet: %s", type(error).__name__)
            return
        with self._condition:
            due = [one for one in due if self._redone.get(one) != settings.strictness]
            self._redone.update(dict.fromkeys(due, settings.strictness))
        for collection_id in due:
            self.ask(collection_id, rebuild=True)

    def waiting(self, collection_id: int) -> Waiting:
        """How many faces wait, and for how long."""
        when = self._choices.of(collection_id).group_when
        count = 0 if when == "settled" else self._past.waiting_faces(collection_id)
        with self._condition:
            wish = self._wishes.get(collection_id)
            seconds = None if wish is None else max(0.0, wish.due - self._clock())
        return Waiting(count, when, seconds)

    def _settle(self, collection_id: int) -> None:
        if not self._by_itself:
            return
        if collection_id not in self._recalled:  # for the first time since the start
            self._recalled.add(collection_id)
            self._fresh.setdefault(collection_id, 0)
            self._fresh[collection_id] += self._past.is_owed(collection_id)
        wish = self._wishes.get(collection_id)
        if not self._fresh[collection_id] or (wish is not None and not wish.is_interim):
            return
        settings = self._known_settings(collection_id)
        if settings.group_when == "settled":
            # Whoever adds a first folder should not wait for people once it is done.
            took = self._took.get(collection_id, 0.0)
            delay = min(settings.cluster_delay_seconds, SETTLED_SHARE * took)
            self._wish(collection_id, _Wish(self._clock() + delay))
        elif settings.group_when == "interval":
            self._wish(collection_id, _Wish(self._next_turn(collection_id)))

    def _next_turn(self, collection_id: int) -> float:
        """When a collection that is grouped every so many minutes is to be."""
        now = self._clock()
        if collection_id not in self._ended:
            ago = self._past.seconds_since(collection_id)
            self._ended[collection_id] = now - ago
        minutes = self._known_settings(collection_id).group_minutes
        return max(now, self._ended[collection_id] + 60 * minutes)

    def _known_settings(self, collection_id: int) -> Settings:
        """Kept, since this is asked for every photo."""
        if collection_id not in self._settings:
            self._settings[collection_id] = self._choices.of(collection_id)
        return self._settings[collection_id]

    def _wish(self, collection_id: int, wish: _Wish) -> None:
        self._wishes[collection_id] = wish
        self._condition.notify()

    def ask(self, collection_id: int, rebuild: bool, task_id: str = "") -> str:
        """Group at once; gives the task, which has the id that is named, if any is."""
        kind = TaskType.REBUILD if rebuild else TaskType.CLUSTER
        report = self._new_report(collection_id, kind, asked=True, task_id=task_id)
        with self._condition:
            before = self._wishes.get(collection_id)
            self._wishes[collection_id] = _Wish(self._clock(), rebuild, report)
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
                fresh, self._fresh[collection_id] = self._fresh.get(collection_id, 0), 0
            begun = time.monotonic()
            is_done = self._group(collection_id, wish)
            took = self._took[collection_id] = time.monotonic() - begun
            self._not_before = self._clock() + max(INTERIM_SECONDS, INTERIM_SHARE * took)
            with self._condition:
                if not is_done:  # they wait still, for the next time
                    self._fresh[collection_id] += fresh

    def _seconds_left(self) -> float:
        if not self._wishes:
            return threading.TIMEOUT_MAX
        left = min(wish.due for wish in self._wishes.values()) - self._clock()
        return min(left, threading.TIMEOUT_MAX)

    def _group(self, collection_id: int, wish: _Wish) -> bool:
        """One run; True if all went well. Only what the user asked for, or will wait for, is told
        as a task."""
        report = wish.report
        if report is None and not wish.is_interim:
            report = self._new_report(collection_id, TaskType.CLUSTER)
        state, error, result = TaskState.DONE, "", {}
        settings = self._choices.settings
        try:
            if report is not None:
                report.begin()
                report.tell(at_once=True)
            with self._choices.arithmetic():
                done = self._clusterer.run(collection_id, wish.rebuild, lambda: self._check(report))
            if wish.rebuild:
                self._past.regrouping.done(collection_id, settings)
                with self._condition:
                    self._redone.pop(collection_id, None)
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
            self._ended[collection_id] = self._clock()  # whoever hears of the end may rely on it
            report.end(state, error, **result)
        return state is TaskState.DONE

    def _check(self, report: TaskReport | None) -> None:
        if self._closing:
            raise Cancelled
        if report is not None:
            report.token.check_cancelled()


def _timing(settings: Settings) -> tuple[object, ...]:
    """What of the settings says when to group."""
    return settings.group_when, settings.group_minutes, settings.cluster_delay_seconds
