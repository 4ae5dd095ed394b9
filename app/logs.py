"""Logs: one small rotating file for its owner; no name and no path above debug level."""

from __future__ import annotations

import contextlib
import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path


def write_logs(folder: Path) -> None:
    """Send what the program logs to `folder`/kinfolk.log, readable by its owner only.

    A folder that cannot be written to costs the log, not the program.
    """
    path = folder / "kinfolk.log"
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_APPEND, 0o600))
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root = logging.getLogger()
        root.addHandler(handler)
        root.setLevel(logging.INFO)
