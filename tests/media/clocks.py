"""The zone of this computer, for as long as a test wants it; and what exiftool says of files."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def zone(name: str) -> Iterator[None]:
    """This computer stands somewhere else."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def exiftool_writes(path: Path, *tags: str) -> None:
    """Have exiftool write these tags into a file."""
    subprocess.run(
        ["exiftool", "-q", "-m", "-overwrite_original", *tags, str(path)],
        check=True, capture_output=True,
    )  # fmt: skip


def exiftool_says(*paths: Path) -> list[dict[str, Any]]:
    """What exiftool reads in files: numbers as numbers, its composite tags among them."""
    said = subprocess.run(
        ["exiftool", "-j", "-n", *map(str, paths)], check=True, capture_output=True
    )
    return list(json.loads(said.stdout))
