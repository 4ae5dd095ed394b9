"""An export that is killed: the real program, in the middle of it, and then once more."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from app.indexing.export.order import By, Order
from app.library.queries.tasks import tasks
from app.library.rows import TaskState
from tests.indexing.export.conftest import Shoot, tree

ROOT = Path(__file__).parents[3]
_COUNT = 150
_TAIL = bytes(200_000)


def program(shoot: Shoot, into: Path) -> subprocess.Popen[bytes]:
    """The real command."""
    words = ("export", "--by", "none", str(into), "--json")
    return subprocess.Popen(
        [sys.executable, "-m", "app", *words, "--library", str(shoot.library.path.parent)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_an_export_that_is_killed_goes_on_and_copies_nothing_twice(
    shoot: Shoot, tmp_path: Path
) -> None:
    drawn = shoot.take("first.jpg")
    start = (shoot.folder / "first.jpg").read_bytes()
    photos = [drawn]
    for number in range(_COUNT):
        data = start + str(number).encode() + _TAIL
        photos.append(shoot.take(f"{number:03}.jpg", data=data))
    into = tmp_path / "out"
    victim = program(shoot, into)
    try:
        deadline = time.monotonic() + 60
        while len(tree_names(into)) < 5:
            assert victim.poll() is None, victim.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.001)
        victim.send_signal(signal.SIGKILL)
    finally:
        victim.kill()
        victim.communicate(timeout=30)
    left = tree_names(into)
    assert 5 <= len(left) < len(photos), "it was over before it could be killed"
    before = {name: (into / name).stat().st_ino for name in left}
    for name in left:  # what has its name is whole
        assert (into / name).read_bytes() == (shoot.folder / name).read_bytes()
    second = program(shoot, into)
    out, told = second.communicate(timeout=100)
    assert second.returncode == 0, told
    answer = json.loads(out)
    assert answer["Copied"] == len(photos) - len(left)
    assert answer["Unchanged"] == len(left)
    assert {name: (into / name).stat().st_ino for name in left} == before
    assert set(tree(into)) == {path.name for path in shoot.folder.iterdir()}
    assert sorted(path.name for path in (into / ".kinfolk-export").iterdir()) == [
        "lock", "record.jsonl",
    ]  # fmt: skip
    states = [row.state for row in tasks(shoot.library, shoot.number)]
    assert states == [TaskState.DONE, TaskState.INTERRUPTED]
    assert shoot.export(Order(into, tuple(photos), by=By.NONE)).there == len(photos)


def tree_names(into: Path) -> list[str]:
    """The files that have their names."""
    try:
        return [name for name in os.listdir(into) if name.endswith(".jpg")]  # noqa: PTH208
    except FileNotFoundError:
        return []
