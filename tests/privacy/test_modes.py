"""Owner only: whatever the program makes, nobody else may look into, whatever the umask. What the
whole program makes is looked at in test_no_network, after every command and the window."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.bootstrap import build
from app.paths import Paths
from app.private import tighten, write_private
from app.settings import Settings
from tests.privacy.tour import ROOT, open_ones

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs modes of files")


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    """A user who shares everything with everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_private_files_are_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.with_name(f"{path.name}.new").write_text("left by one who died", encoding="utf-8")
    path.with_name(f"{path.name}.new").chmod(0o666)
    for text in ("one", "two ✓"):
        write_private(path, text)
        assert path.read_text(encoding="utf-8") == text
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.json"]


def test_files_that_differ_in_their_ending_alone_do_not_hinder_each_other(tmp_path: Path) -> None:
    """The window writes down how it is left while its bell is hung out."""
    names = ("window.json", "window.bell")
    for _ in range(50):
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda name: write_private(tmp_path / name, name), names))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(names)


CHILDREN = """
import os
from app.private import as_user, be_private
os.umask(0o022)
be_private()
be_private()
os.system("umask")
with as_user():
    os.system("umask")
os.system("umask")
"""


def test_programs_that_are_started_for_the_user_keep_the_users_umask() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILDREN], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0077", "0022", "0077"]


def test_what_is_open_is_closed_when_the_library_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    build(str(folder), "Photos").close()
    paths = Paths.under(folder)
    shard = paths.cache / "faces" / "ab"
    for inside in (shard, paths.backups, paths.models):
        inside.mkdir(parents=True, exist_ok=True)
    own = [
        paths.database, paths.settings, paths.window, paths.journal, paths.pins, paths.lock,
        paths.logs / "kinfolk.log.1", paths.backups / "one.db", shard / "crop.jpg",
        paths.data / "library-damaged-1.db",
    ]  # fmt: skip
    other = folder / "a novel of mine.txt"
    for path in (*own, other):
        path.touch()
        path.chmod(0o666)
    for place in (paths.logs, paths.backups, paths.models, shard, shard.parent, folder):
        place.chmod(0o777)
    (folder / "library.db-link").symlink_to(other)
    assert len(open_ones(folder)) > len(own)
    paths.make()
    assert open_ones(folder) == [str(other)]


def test_a_closed_folder_is_not_searched(tmp_path: Path) -> None:
    shard = tmp_path / "shard"
    shard.mkdir(0o700)
    (shard / "open").touch(0o666)
    tighten([shard], beyond=True)
    assert stat.S_IMODE((shard / "open").stat().st_mode) == 0o666
    tighten([shard], depth=1)
    assert open_ones(shard) == []


def test_each_part_closes_what_it_makes_without_help(tmp_path: Path, six_people: Path) -> None:
    """Without the umask of the program: the modes are right where files are made."""
    folder = tmp_path / "library"
    folder.mkdir(0o700)
    Settings(cluster_delay_seconds=0).save(folder / "settings.json")
    house = build(str(folder), "Photos")
    try:
        house.indexer.start()
        assert house.indexer.wait(house.indexer.index(house.collection.id, [six_people]), 90)
        assert house.indexer.wait(house.indexer.cluster(house.collection.id), 90)
        assert open_ones(folder) == []
    finally:
        house.close()
    assert open_ones(folder) == []
    assert list(folder.rglob("*.jpg"))
