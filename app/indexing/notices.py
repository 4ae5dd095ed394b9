"""Notices: what a user wants to hear of who looks elsewhere, and who is told.

A notice goes to whoever listens, so that a window can show it on the desktop, and to the command
that the user set. It is given where the work is done, once: processes that only see that work tell
their window, and run nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.errors import LibraryError
from app.indexing.events import Announcer, Ended, Event, Noticed, Troubled
from app.indexing.notice import Notice as Notice
from app.indexing.notice import NoticeKind as NoticeKind
from app.indexing.notify_command import CLOSING_SECONDS, CommandRunner
from app.indexing.task_notices import task_notice
from app.library.consent import Consent
from app.library.database import Library
from app.library.queries.collections import collection_of_task
from app.library.rows import CollectionRow, TaskRow
from app.settings import Settings

logger = logging.getLogger(__name__)


class Notices:
    """Takes notices, on any thread, and hands them on; it returns at once."""

    def __init__(
        self,
        library: Library,
        announcer: Announcer,
        settings_of: Callable[[int], Settings],
        consent: Consent,
    ) -> None:
        """`settings_of` gives the settings of a collection as they are now, those of the library
        for 0."""
        self._library = library
        self._announcer = announcer
        self._settings_of = settings_of
        self._consent = consent
        self._runner = CommandRunner(self._complain)
        self._unwelcome: set[str] = set()
        self.also = ""
        """A command that is run besides the one that is set, for all that happens here."""

    def give(self, notice: Notice) -> None:
        """Tell everybody who listens, `Noticed` among the events, and the notify command."""
        self._announcer.tell(Noticed(notice))
        try:
            self._run_commands(notice)
        except Exception:
            logger.exception("A notice could not be handed to a command")

    def hear(self, event: Event) -> None:
        """Make a notice of the end of a task."""
        if not isinstance(event, Ended):
            return
        notice = self.of_task(event.task)
        if notice is None:
            return
        if event.by_other:  # who did it runs the command
            self._announcer.tell(Noticed(notice))
        else:
            self.give(notice)

    def of_task(self, row: TaskRow) -> Notice | None:
        """What there is to tell of a task; nothing of one that goes on when the program does."""
        return task_notice(row, self._collection(row.id))

    def told_here(self, row: TaskRow) -> None:
        """A task that was waited for here ended in another process, which ran the command that is
        set: the one that was named here is run here."""
        notice = self.of_task(row)
        if notice is None or not self.also:
            return
        settings = self._settings_of(notice.collection_id)
        if self.also != settings.notify_command:
            self._runner.run(self.also, notice.whole(), settings.notify_seconds)

    def finish(self) -> None:
        """Wait until the commands that were called until now have ended."""
        self._runner.finish()

    def close(self, patience: float = CLOSING_SECONDS) -> None:
        """Call no command any more, once those that were called have ended, or `patience` seconds
        have passed."""
        self._runner.close(patience)

    def _run_commands(self, notice: Notice) -> None:
        settings = self._settings_of(notice.collection_id)
        commands = [settings.notify_command] if self._is_welcome(settings.notify_command) else []
        if self.also and self.also not in commands:
            commands.append(self.also)
        for command in commands:
            self._runner.run(command, notice.whole(), settings.notify_seconds)

    def _is_welcome(self, command: str) -> bool:
        """Whether the user of this computer set it; if not they are told, once."""
        if not command or self._consent.has(command):
            return bool(command)
        if command not in self._unwelcome:
            self._unwelcome.add(command)
            logger.info("A notify command was not set on this computer, and is not run")
            self._complain(
                "The notify command in the settings was not set on this computer, so it is not "
                "run. If it is yours, set it again."
            )
        return False

    def _collection(self, task_id: str) -> CollectionRow | None:
        try:
            return collection_of_task(self._library, task_id)
        except LibraryError:
            return None  # as after a disk that was full: the end of the task is told all the same

    def _complain(self, reason: str) -> None:
        self._announcer.tell(Troubled(reason))
