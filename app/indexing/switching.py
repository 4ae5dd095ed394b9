"""Switching: from one model pack to another in the background, and back.

[Note: Switching] The pack to come looks at every photo while the album goes on with the one in use
(`looking_ahead`). When all are done, the faces trade places in one transaction
(`library/switches.py`), the setting `pack` follows, and everything is grouped anew. What was shown
before is kept for a while, so that the way back takes no looking either. Which pack is in use then
stands in the library: `owed` is what the setting has to become, whatever happens in between.

All of it is done on the looker's thread; whoever asks is only told that it will be.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.changes import Changes
from app.errors import KnownError, LibraryError, ModelError, UsageError
from app.indexing.errands import Errand, ask_other, cancellation
from app.indexing.events import Announcer
from app.indexing.grouper import Grouper
from app.indexing.jobs import IndexJob
from app.indexing.looking_ahead import LookingAhead, Target
from app.indexing.model_packs import described, require_consent
from app.indexing.pack_in_use import PackInUse
from app.indexing.reports import Reports
from app.indexing.spare_time import SpareTime
from app.indexing.switch_state import SwitchState, switch_state
from app.indexing.tasks import TaskReport
from app.library.attendance import new_task_id
from app.library.commands.photos import mark_stale
from app.library.commands.switching import (
    begin_switch,
    carry_out_switch,
    note_grouped,
    settle_switch,
    stop_switch,
    take_back_switch,
)
from app.library.database import Library
from app.library.queries.collections import collections
from app.library.queries.switching import (
    Phase,
    SwitchRow,
    can_look,
    left,
    looked_at,
    switch,
)
from app.library.queries.tasks import task
from app.library.rows import TaskState, TaskType
from app.media.thumbnails import ThumbnailCache
from app.paths import Paths

if TYPE_CHECKING:
    from app.indexing.looker import Looker

logger = logging.getLogger(__name__)

WAIT = 0.25
"""Seconds between two looks whether a grouping is done."""


@dataclass(slots=True)
class _Work:
    """What is to be done on the looker's thread."""

    ahead: LookingAhead | None = None
    undo: TaskReport | None = None
    retired: list[LookingAhead] = field(default_factory=list)
    """Another pack took their place."""
    ending: list[tuple[TaskReport, dict[str, object]]] = field(default_factory=list)
    """Switches that are done but for the grouping, and what came of them."""
    grouping: dict[int, str] = field(default_factory=dict)
    """Collection -> task."""
    is_ready: bool = False
    has_told_of_pause: bool = False


class Switching(SpareTime):
    """Asks for switches, from any thread, and carries them out, on the looker's."""

    def __init__(
        self,
        library: Library,
        paths: Paths,
        announcer: Announcer,
        in_use: PackInUse,
        reports: Reports,
        grouper: Grouper,
        looker: Looker,
        thumbnails: ThumbnailCache,
    ) -> None:
        self._library, self._paths, self._announcer = library, paths, announcer
        self._in_use, self._choices, self._clusterer = in_use, in_use.choices, in_use.clusterer
        self._reports, self._grouper = reports, grouper
        self._looker, self._thumbnails = looker, thumbnails
        self._does_all = False
        """Whether what is left to be looked at is looked at without being asked for."""
        self._lock = threading.RLock()
        self._work = _Work()

    # -- whoever asks ------------------------------------------------------------------------

    def state(self) -> SwitchState:
        """How it stands, as far as the library tells, whichever process does it."""
        in_use = self._in_use
        return switch_state(self._library, in_use.choice, in_use.maker, self._work.is_ready)

    def begin(self, choice: str, task_id: str = "") -> str:
        """Let a pack look at all photos, and switch to it then; gives the task. What it looked at
        before is not looked at again.

        Raises UsageError when it is in use already or its licence was not agreed to, ModelError
        when it cannot be used.
        """
        require_consent(choice, self._paths)
        info = described(choice, self._paths, in_use=True)
        if not self._reports.is_at_work:
            return self._hand_over(choice)
        maker = (info.name, info.version)
        with self._lock:
            ahead = self._work.ahead
            if ahead is not None and ahead.target.maker == maker:
                return ahead.report.id
            row = switch(self._library)
            if maker == self._in_use.maker and not (row is not None and row.ungrouped):
                raise UsageError(f"The pack {choice} is in use already.")
            report = self._reports.make(None, TaskType.SWITCH, True, task_id)
            if maker == self._in_use.maker:
                self._work.ending.append((report, {"Pack": choice}))
                self._regroup(rebuild=True)
            else:
                in_use = self._in_use
                begin_switch(self._library, choice, maker, in_use.choice, in_use.maker)
                self._start(Target(choice, maker), report)
        self._looker.tidy()
        return report.id

    def _hand_over(self, choice: str) -> str:
        """Another process is the one that indexes."""
        message = Errand(TaskType.SWITCH, "", choice=choice).message(new_task_id())
        return str(ask_other(self._paths.bell, message)["task"])

    def cancel(self) -> None:
        """Look ahead no more; what was looked at is kept for a while."""
        if not self._reports.is_at_work:
            if task_id := self.state().task_id:
                ask_other(self._paths.bell, cancellation(task_id))
            return
        with self._lock:
            ahead = self._work.ahead
        if ahead is not None:
            ahead.report.token.cancel()
            self._looker.tidy()
        else:
            stop_switch(self._library)

    def undo(self, task_id: str = "") -> str:
        """Go back to the pack before; gives the task.

        Raises UsageError when there is no switch to be taken back, ModelError when that pack
        cannot be used any more.
        """
        row = switch(self._library)
        if row is None or row.phase != Phase.SWITCHED or row.maker != self._in_use.maker:
            raise UsageError("There is no switch to another pack that could be taken back.")
        described(row.choice_before, self._paths)
        if not self._reports.is_at_work:
            return self._hand_over("")
        with self._lock:
            if self._work.undo is None:
                self._work.undo = self._reports.make(None, TaskType.SWITCH, True, task_id)
            number = self._work.undo.id
        self._looker.tidy()
        return number

    def settle(self) -> bool:
        """Keep nothing any more of the pack before, nor of one that was stopped half-way: there is
        no way back then. Gives whether there was anything."""
        return settle_switch(self._library)

    # -- the indexer -------------------------------------------------------------------------

    def take_up(self, by_itself: bool) -> None:
        """Go on with what a process before left, if this one does anything `by_itself`; to be
        called by the one who has just become the one that indexes."""
        self._does_all = by_itself
        settle_switch(self._library, only_when_due=True)
        row = switch(self._library)
        if row is None:
            return
        with self._lock:
            if row.ungrouped:
                self._regroup(rebuild=row.phase != Phase.UNDONE)
            if row.phase == Phase.LOOKING and by_itself and self._work.ahead is None:
                try:
                    if row.maker_before != self._in_use.maker:
                        raise ModelError("Another pack was set meanwhile.")
                    described(row.choice, self._paths)
                except ModelError as error:
                    logger.info("A switch cannot go on: %s", type(error).__name__)
                    stop_switch(self._library)
                    return
                report = self._reports.make(None, TaskType.SWITCH)
                self._start(Target(row.choice, row.maker), report)

    def _start(self, target: Target, report: TaskReport) -> None:
        if self._work.ahead is not None:
            self._work.retired.append(self._work.ahead)
        self._work.ahead = LookingAhead(
            self._library, self._announcer, self._choices, self._thumbnails, target, report
        )

    # -- the looker's thread -----------------------------------------------------------------

    @property
    def has_work(self) -> bool:
        """Whether there is anything to do now."""
        work = self._work
        if work.undo is not None or work.grouping or work.ending or work.retired:
            return True
        ahead = work.ahead
        if ahead is None:
            return False
        if self._reports.is_paused and not ahead.report.token.is_cancelled:
            if not work.has_told_of_pause:
                work.has_told_of_pause = True
                ahead.report.stand_still()
            return False
        work.has_told_of_pause = False
        return True

    def go_on(
        self,
        is_wanted_elsewhere: Callable[[], bool],
        interlude: Callable[[], None],
        check: Callable[[], None],
    ) -> None:
        """Do some of it; ends soon once the time is wanted for something else."""
        work = self._work
        while work.retired:
            self._end(work.retired.pop(), TaskState.CANCELLED)
        if work.undo is not None:
            self._take_back(work.undo)
        elif work.ahead is not None:
            self._look(work.ahead, is_wanted_elsewhere, interlude, check)
        else:
            self._wait_for_grouping()

    def rest(self) -> None:
        """The workers are wanted for something else."""
        if self._work.ahead is not None:
            self._work.ahead.rest()

    def close(self) -> None:
        """The looker ends: what is left is taken up at the next start."""
        work, self._work = self._work, _Work()
        if work.ahead is not None:
            if work.ahead.report.token.is_cancelled:
                stop_switch(self._library)
            self._end(work.ahead, TaskState.INTERRUPTED)
        for ahead in work.retired:
            self._end(ahead, TaskState.CANCELLED)
        for report in (work.undo, *(report for report, _ in work.ending)):
            if report is not None:
                report.end(TaskState.INTERRUPTED)

    def _end(self, ahead: LookingAhead, state: TaskState, error: str = "") -> None:
        ahead.rest()
        ahead.report.end(state, error)

    def _look(
        self,
        ahead: LookingAhead,
        is_wanted_elsewhere: Callable[[], bool],
        interlude: Callable[[], None],
        check: Callable[[], None],
    ) -> None:
        token = ahead.report.token

        def must_end() -> bool:
            is_over = token.is_cancelled or self._work.ahead is not ahead
            return is_over or is_wanted_elsewhere() or self._reports.is_paused

        error = ""
        try:
            if not token.is_cancelled:
                todo = ahead.todo()
                if todo:
                    ahead.look(todo, must_end, interlude, check)
                    return
                self._switch(ahead)
                return
        except KnownError as known:
            error = str(known)
        except Exception:
            logger.exception("Photos could not be looked at with another pack")
            error = "Something went wrong inside Kinfolk; its log says what."
        self._give_up(ahead, error)

    def _give_up(self, ahead: LookingAhead, error: str = "") -> None:
        with self._lock:
            if self._work.ahead is not ahead:
                return  # another one took its place
            self._work.ahead = None
            try:
                stop_switch(self._library)
            except LibraryError:
                logger.info("A switch could not be stopped")
        self._end(ahead, TaskState.FAILED if error else TaskState.CANCELLED, error)

    def _switch(self, ahead: LookingAhead) -> None:
        """All photos were looked at: let the packs trade places.

        Raises ModelError when nothing could be looked at, LibraryError when the disk refuses.
        """
        report, target = ahead.report, ahead.target
        if looked_at(self._library) and not can_look(self._library, target.maker):
            raise ModelError(
                f"The pack {target.choice} could look at no photo, so all stays as it is."
            )
        ahead.rest()
        kept_back = left(self._library, target.maker)
        info = described(target.choice, self._paths)
        self._work.is_ready = True
        try:
            ahead.begin()
            with self._clusterer.still():
                changes = carry_out_switch(self._library, target.maker)
                if changes is None:
                    return
                self._in_use.go_by(info, target.choice)
        finally:
            self._work.is_ready = False
        self._work.ahead = None
        result = {
            "Pack": target.choice, "Photos": len(changes.photos), "Kept": kept_back,
            "Faces": report.faces,
        }  # fmt: skip
        self._follow(changes, report, result, rebuild=True)

    def _take_back(self, report: TaskReport) -> None:
        row = switch(self._library)
        try:
            report.begin()
            if row is None or row.phase != Phase.SWITCHED:
                raise UsageError("There is no switch to another pack that could be taken back.")
            info = described(row.choice_before, self._paths)
            with self._clusterer.still():
                changes = take_back_switch(self._library)
                self._in_use.go_by(info, row.choice_before)
        except Exception as error:
            if not isinstance(error, KnownError):
                logger.exception("A switch could not be taken back")
            self._work.undo = None
            report.end(TaskState.FAILED, str(error))
            return
        self._work.undo = None
        result = {"Pack": row.choice_before, "Photos": len(changes.photos), "Undone": True}
        self._follow(changes, report, result, rebuild=False)

    def _follow(
        self, changes: Changes, report: TaskReport, result: dict[str, object], rebuild: bool
    ) -> None:
        """After the packs traded places: look at what is left, and group."""
        self._announcer.changed(changes)
        for row in collections(self._library):
            mark_stale(self._library, row.id, *self._in_use.maker)
        for row in collections(self._library) if self._does_all else ():
            self._looker.submit(IndexJob(row.id))
        with self._lock:
            self._work.ending.append((report, result))
            self._regroup(rebuild)

    def _regroup(self, rebuild: bool) -> None:
        row: SwitchRow | None = switch(self._library)
        living = {one.id for one in collections(self._library)}
        for number in row.ungrouped if row is not None else ():
            if number in living:
                self._work.grouping[number] = self._grouper.ask(number, rebuild)
            else:
                note_grouped(self._library, number)

    def _wait_for_grouping(self) -> None:
        for number, task_id in list(self._work.grouping.items()):
            report = self._reports.find(task_id)
            if report is not None and not report.over.wait(WAIT):
                return
            del self._work.grouping[number]
            if task(self._library, task_id).state is TaskState.DONE:
                note_grouped(self._library, number)
        while self._work.ending:
            ending, result = self._work.ending.pop()
            ending.end(TaskState.DONE, "", **result)
