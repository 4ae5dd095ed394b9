"""A disk with small real photos, held against a library; looking at them costs nothing here."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from app.indexing.jobs import IndexJob, Scanned, Scans
from app.library.commands.folders import ensure_collection
from app.library.commands.photos import skip_photo, store_look
from app.library.database import Library
from app.library.models import Photo
from app.library.queries.away import away_paths, is_within
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import folders, pending_photos
from app.library.queries.photos import find_photo, photo, timeline
from app.library.rows import FolderState, PhotoRow, PhotoState
from app.media.files import read_file
from app.media.fingerprint import fingerprint
from tests.library.conftest import LEFT, a_face, a_look


def write_photo(path: Path, number: int) -> Path:
    """A JPEG that shows this number; two of another number have other contents, same sizes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (16, 16), (number % 256, number // 256 % 256, 90)).save(path, "JPEG")
    with path.open("ab") as file:
        file.write(f"{number:08}".encode())
        file.write(b" " * (700 - file.tell()))
    return path


def content_of(path: Path) -> str:
    """The fingerprint of a file."""
    return fingerprint(read_file(path).data)


class Disk:
    """Folders of photos in a temporary place, and the library that watches some of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = Library.open(root / "library.db")
        self.number = ensure_collection(self.library, "Photos").id

    def photo(self, name: str, number: int) -> Path:
        """Write a photo below the root."""
        return write_photo(self.root / name, number)

    def scan(self, *names: str, collection: int | None = None) -> Scanned:
        """Hold folders against the library, or all of them; then look at what is new."""
        scanned = self.only_scan(*names, collection=collection)
        self.look(collection)
        assert self.library.problems() == []
        return scanned

    def only_scan(self, *names: str, collection: int | None = None) -> Scanned:
        """The same without looking."""
        scans = Scans(self.library, (), lambda: None, lambda _: None)
        paths = tuple(self.root / name for name in names)
        return scans.run(IndexJob(collection or self.number, paths))

    def look(self, collection: int | None = None) -> None:
        """Look at what waits: each photo shows one face, another for each content."""
        number = collection or self.number
        away = away_paths(self.library, number)
        for photo_id, path in pending_photos(self.library, number):
            if is_within(path, away):
                continue
            if not path.exists():
                skip_photo(self.library, photo_id, "The file is no longer there.")
            else:
                content = content_of(path)
                face = a_face(LEFT, int(content[:6], 16))
                store_look(self.library, photo_id, a_look(content, face))

    def row(self, name: str) -> PhotoRow:
        """The photo that is at this place, or has a copy there."""
        return find_photo(self.library, self.number, self.root / name)

    def face(self, name: str) -> int:
        """The id of the face that a photo shows."""
        (face,) = faces_in_photo(self.library, self.row(name).id)
        return face.id

    def state(self, name: str) -> FolderState | None:
        """How a folder stands; None when it is not watched."""
        path = self.root / name
        return next((row.state for row in folders(self.library) if row.path == path), None)

    def shown(self) -> list[str]:
        """Where the photos of the album lie, below the root."""
        items = timeline(self.library, self.number)
        paths = [photo(self.library, item.id).path for item in items]
        return sorted(str(path.relative_to(self.root)) for path in paths)

    def offline(self) -> list[str]:
        """Where those lie that cannot be read now; grid and photo agree."""
        items = timeline(self.library, self.number)
        rows = [photo(self.library, item.id) for item in items]
        assert [bool(item.is_offline) for item in items] == [row.is_offline for row in rows]
        return sorted(str(row.path.relative_to(self.root)) for row in rows if row.is_offline)

    def gone(self) -> list[str]:
        """The names of the photos that are gone."""
        rows = Photo.select().where(Photo.state == PhotoState.GONE.value)
        return sorted(row.path.name for row in rows)

    def close(self) -> None:
        """Close the library."""
        self.library.close()


class Drive:
    """A drive that is plugged in at one place, and taken away; where the system cannot be told
    to mount one, only the answer of ismount is another one."""

    def __init__(self, at: Path, store: Path, mounted: set[str] | None) -> None:
        self.at = at
        self._store = store
        self._mounted = mounted
        if mounted is None:
            store.mkdir()
            _run("mount", "-t", "tmpfs", "none", store)

    def plug(self) -> None:
        """Mount it."""
        self.at.mkdir(parents=True, exist_ok=True)
        if self._mounted is None:
            _run("mount", "--bind", self._store, self.at)
            return
        if self._store.exists():
            self.at.rmdir()
            self._store.rename(self.at)
        self._mounted.add(str(self.at))

    def unplug(self, leave_directory: bool = False) -> None:
        """Unmount it; systems remove the directory where it was mounted, or leave it empty."""
        if self._mounted is None:
            _run("umount", self.at)
            self.at.rmdir()
        else:
            self.at.rename(self._store)
            self._mounted.discard(str(self.at))
        if leave_directory:
            self.at.mkdir()

    def close(self) -> None:
        """Leave nothing mounted."""
        if self._mounted is None:
            for place in (self.at, self._store):
                if os.path.ismount(place):
                    _run("umount", place)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)


def may_mount(tmp_path: Path) -> bool:
    """Whether this system lets a test mount something."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    place = tmp_path / "may mount"
    place.mkdir()
    try:
        _run("mount", "-t", "tmpfs", "none", place)
    except subprocess.CalledProcessError:
        return False
    _run("umount", place)
    return True


@contextmanager
def drives(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, places: Sequence[Path]
) -> Iterator[list[Drive]]:
    """Drives for these places, plugged in."""
    mounted: set[str] | None = None
    if kind == "real":
        if not may_mount(tmp_path):
            pytest.skip("mounting a file system needs root, and a system that has tmpfs")
    else:
        known = mounted = {os.path.abspath(os.sep)}  # noqa: PTH100
        monkeypatch.setattr("os.path.ismount", lambda path: os.fspath(path) in known)
    made = [Drive(at, tmp_path / f"store{n}", mounted) for n, at in enumerate(places)]
    try:
        for drive in made:
            drive.plug()
        yield made
    finally:
        for drive in made:
            drive.close()
