"""Whatever happens to files, folders and drives in whatever order: nobody is lost."""

from __future__ import annotations

import os
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.library.commands.doctor import examine
from app.library.commands.faces import move_faces
from app.library.models import Face, Photo
from app.library.queries.faces import faces_in_photo
from app.library.queries.photos import counts, timeline
from app.library.rows import FolderState, PhotoState
from tests.indexing.disk import Disk, Drive, content_of, write_photo

DEEDS = (
    "new", "copy", "move", "swap", "delete", "edit", "touch", "name", "rename folder", "unplug",
    "plug", "rename watched", "scan one", "scan", "only scan",
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 9999)), max_size=25)
FOLDERS = ("one", "two", "drive/three", "one/inner", "one/stick/four")


class Household:
    """Somebody who does things to a disk; a drive and a stick below a watched folder."""

    def __init__(self, root: Path, mounted: set[str]) -> None:
        self.disk = Disk(root)
        self.root = root
        self.drives = [
            Drive(root / name, root / f"store of {n}", mounted)
            for n, name in enumerate(("drive", "one/stick"))
        ]
        self.plugged = [True, True]
        for drive in self.drives:
            drive.plug()
        self.named: dict[str, str] = {}
        self.kept: list[set[str]] = [set(), set()]
        """What was known of the drives that are away: it stays."""
        self.made = 0
        self.two = "two"
        for name in FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
            for _ in range(2):
                self._new(root / name)
        self.disk.scan("one", "two", "drive/three")

    def _new(self, folder: Path) -> Path:
        self.made += 1
        return write_photo(folder / f"{self.made}.jpg", self.made)

    def files(self) -> list[Path]:
        """What can be read now."""
        names = ("one", self.two, "drive")
        return sorted(path for name in names for path in (self.root / name).rglob("*.jpg"))

    def folders(self) -> list[Path]:
        """Where a file can be put."""
        found = [self.root / (self.two if name == "two" else name) for name in FOLDERS]
        return [path for path in found if path.is_dir()]

    def do(self, deed: str, number: int) -> None:  # noqa: C901 - a deed a line
        files, folders = self.files(), self.folders()
        one = files[number % len(files)] if files else None
        two = files[number // 7 % len(files)] if files else None
        folder = folders[number % len(folders)] if folders else None
        match deed:
            case "new" if folder:
                self._new(folder)
            case "copy" if one and folder:
                self.made += 1
                shutil.copy(one, folder / f"copy {self.made}.jpg")
            case "move" if one and folder:
                self.made += 1
                one.rename(folder / f"moved {self.made}.jpg")
            case "swap" if one and two and one != two:
                other = one.with_name("for a moment.jpg")
                one.rename(other)
                two.rename(one)
                other.rename(two)
            case "delete" if one:
                one.unlink()
            case "edit" if one:
                self.made += 1
                write_photo(one, self.made)
                os.utime(one, (self.made, self.made))
            case "touch" if one:
                self.made += 1
                os.utime(one, (self.made, self.made))
            case "name" if one:
                self._name(one, f"N{number}")
            case "rename folder" if (self.root / "one/inner").is_dir():
                (self.root / "one/inner").rename(self.root / "one" / f"inner {number}")
            case "rename watched":
                self._rename_watched(number)
            case "unplug" if self.plugged[number % 2]:
                self._unplug(number % 2, leave_directory=number % 3 == 0)
            case "plug":
                self.plug(number % 2)
            case "scan one" if folder:
                self.disk.scan(("one", self.two)[number % 2])
            case "scan":
                self.disk.scan()
            case "only scan":
                self.disk.only_scan()

    def _rename_watched(self, number: int) -> None:
        """The watched folder has another name, and sooner or later is added by it."""
        new = f"two {number}"
        if not (self.root / new).exists():
            (self.root / self.two).rename(self.root / new)
            self.two = new
            if number % 2:
                self.disk.scan()
            self.disk.scan(new)

    def _unplug(self, number: int, leave_directory: bool) -> None:
        self.disk.scan()
        drive = self.drives[number]
        self.plugged[number] = False
        self.kept[number] = {content_of(path) for path in drive.at.rglob("*.jpg")}
        drive.unplug(leave_directory)

    def plug(self, number: int) -> None:
        """Plug a drive in."""
        if not self.plugged[number]:
            self.plugged[number] = True
            self.kept[number] = set()
            self.drives[number].plug()

    def _name(self, path: Path, name: str) -> None:
        content = content_of(path)
        known = Photo.get_or_none(
            Photo.fingerprint == content, Photo.state == PhotoState.LOOKED.value
        )
        if known is not None:
            (face,) = faces_in_photo(self.disk.library, known.id)
            move_faces(self.disk.library, [face.id], name)
            self.named[content] = name

    def check(self) -> None:
        """What is true at any moment."""
        library, rows = self.disk.library, list(Photo.select())
        for row in rows:
            faces = Face.select().where(Face.photo == row).count()
            if row.state == PhotoState.COPY.value:
                assert faces == 0 and row.copy_of.state == PhotoState.LOOKED.value
                assert row.copy_of.fingerprint == row.fingerprint
            else:
                assert row.copy_of is None
            if row.state in (PhotoState.LOOKED.value, PhotoState.GONE.value):
                assert faces == 1
        looked = Counter(row.fingerprint for row in rows if row.state == PhotoState.LOOKED.value)
        assert all(count == 1 for count in looked.values()), "one content, one photo"
        assert set().union(*self.kept) <= set(looked), "what is on a drive that is away stays"
        assert examine(library, is_alone=True).findings == ()
        items = timeline(library, self.disk.number)
        copies = [row for row in rows if row.state == PhotoState.COPY.value]
        assert sum(item.copies for item in items) == len(copies)
        assert counts(library, self.disk.number).copies == len(copies)

    def check_scanned(self) -> None:
        """What is true after everything was scanned and looked at."""
        self.check()
        by_path = {row.path: row for row in Photo.select()}
        here = defaultdict(list)
        for path in self.files():
            row = by_path[path]
            assert row.state in (PhotoState.LOOKED.value, PhotoState.COPY.value), row.state
            assert row.fingerprint == content_of(path)
            assert (row.size, row.mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)
            here[row.fingerprint].append(row)
        for content, rows in here.items():
            states = sorted(row.state for row in rows)
            assert states.count(PhotoState.LOOKED.value) == 1, "it is here, so it is shown here"
            self._check_name(content)

    def _check_name(self, content: str) -> None:
        if content in self.named:
            row = Photo.get(Photo.fingerprint == content, Photo.state == PhotoState.LOOKED.value)
            (face,) = faces_in_photo(self.disk.library, row.id)
            assert face.person_name == self.named[content]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
@example(steps=[("unplug", 0), ("delete", 6), ("rename watched", 0)])
def test_nobody_is_lost_whatever_happens_to_the_disk(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    steps: list[tuple[str, int]],
) -> None:
    mounted = {os.path.abspath(os.sep)}  # noqa: PTH100
    monkeypatch.setattr("os.path.ismount", lambda path: os.fspath(path) in mounted)
    house = Household(tmp_path_factory.mktemp("disk"), mounted)
    try:
        for deed, number in steps:
            house.do(deed, number)
            house.check()
        house.disk.scan()
        house.check_scanned()
        house.plug(0)
        house.plug(1)
        house.disk.scan()
        house.check_scanned()
        shown = list(Photo.select().where(Photo.state == PhotoState.LOOKED.value))
        # Deleted from a folder that was renamed then: nobody can tell, and nothing is lost.
        away = [row for row in shown if row.folder.state == FolderState.MISSING.value]
        here = {row.fingerprint for row in shown} - {row.fingerprint for row in away}
        assert {content_of(path) for path in house.files()} == here
        assert len(house.disk.offline()) == len(away)
    finally:
        house.disk.close()
