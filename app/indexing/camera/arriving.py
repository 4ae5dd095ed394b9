"""Arriving: a photo that a camera has just written is taken in by itself, without a scan of the
whole folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from app.changes import Changes
from app.indexing.recognising import compare
from app.indexing.scanner import PASSED_OVER, file_at
from app.library.commands.photos import record_scan
from app.library.database import Library
from app.library.queries.folders import files_at, files_of_size, folder
from app.media.formats import is_album_file
from app.media.placeholder import is_in_cloud

_ENDS = {b"\xff\xd8": b"\xff\xd9", b"\x89P": b"IEND"}
"""How files of a kind begin, and what stands near their end once they are whole."""
_TAIL = 1024
"""Bytes: some cameras write a few more behind the end."""


def take_in(library: Library, folder_id: int, paths: Sequence[Path]) -> Changes:
    """Take these files of a watched folder into the library, as a scan would.

    Raises UsageError when there is no such folder any more.
    """
    row = folder(library, folder_id)
    seen = []
    for path in dict.fromkeys(paths):
        if is_album_file(path) and not _is_passed_over(path, row.path):
            try:
                seen.append(file_at(path, path.stat()))
            except OSError:
                continue  # it has gone again, or another scan will tell why
    if not seen:
        return Changes()
    found = compare(
        seen,
        files_at(library, row.collection_id, [file.path for file in seen]),
        lambda sizes: files_of_size(library, row.collection_id, sizes),
    )
    return record_scan(library, row.collection_id, folder_id, found)


def is_whole(path: Path) -> bool:
    """Whether a file seems to be written to its end; of kinds that do not tell, False."""
    try:
        if is_in_cloud(path.stat()):
            return False
        with path.open("rb") as file:
            end = _ENDS.get(file.read(2))
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL))
            return end is not None and end in file.read(_TAIL)
    except OSError:
        return False


def _is_passed_over(path: Path, folder_path: Path) -> bool:
    """Whether a scan would not enter one of the directories that lead to a file."""
    if not path.is_relative_to(folder_path):
        return True
    inner = path.relative_to(folder_path).parts[:-1]
    return any(part.startswith(".") or part in PASSED_OVER for part in inner)
