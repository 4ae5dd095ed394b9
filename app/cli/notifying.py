"""Notifying: a long command tells the user's commands of what it did, before it ends itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.cli.output import ProgressLine, say
from app.indexing.events import Event, Troubled
from app.indexing.house import House
from app.library.consent import check_command


@contextmanager
def notifying(house: House, command: str) -> Iterator[None]:
    """While something long is done: besides the command that is set, this one is run for every
    task that ends, if it is one. What the user has to know is said meanwhile. At the end the
    commands are waited for; Ctrl+C ends them.

    Raises UsageError, before anything is begun, for what cannot be a command.
    """
    if command:
        check_command(command)
    notices = house.indexer.notices
    notices.also = command
    leave = house.indexer.subscribe(_hear)
    try:
        yield
    finally:
        try:
            notices.finish()
        except KeyboardInterrupt:
            notices.close(patience=0)
        notices.also = ""
        leave()


def _hear(event: Event) -> None:
    if isinstance(event, Troubled):
        ProgressLine().clear()
        say(event.reason)
