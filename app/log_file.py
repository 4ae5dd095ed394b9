"""Log file: where the log is written, turned over when it is full; loaded with the first line."""

from __future__ import annotations

import os
from logging import LogRecord
from logging.handlers import RotatingFileHandler
from typing import Any

from app.private import FILE


class LogFile(RotatingFileHandler):
    """A log for its owner only. What the disk refuses is raised for who writes it."""

    def _open(self) -> Any:
        handle = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, FILE)
        return os.fdopen(handle, self.mode, encoding=self.encoding, errors=self.errors)

    def handleError(self, record: LogRecord) -> None:  # noqa: N802
        """Nothing: a full disk is told by those who write what matters."""
