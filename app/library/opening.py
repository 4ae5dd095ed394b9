"""Opening: nobody else opens, migrates, restores or repairs the library at the same moment."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import LibraryBusyError

logger = logging.getLogger(__name__)

_PATIENCE = 120.0
"""Seconds to wait for another process that brings a large library up to date."""


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Be the only one who opens the library to which `lock` belongs.

    Where no lock can be made, as in a folder that cannot be written, nobody can change the
    library either, and it is done without. Raises LibraryBusyError when somebody else does not
    come to an end.
    """
    held = FileLock(lock, mode=0o600, timeout=_PATIENCE)
    try:
        held.acquire()
    except Timeout as error:
        raise LibraryBusyError(
            "Another Kinfolk is bringing this library up to date. Wait until it is done and try "
            "again."
        ) from error
    except OSError as error:
        logger.info("The library is opened without a lock: %s", error.strerror)
    try:
        yield
    finally:
        if held.is_locked:
            held.release()
