"""Disks that are small or cannot be written to, and the real program that meets them."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOMEBODY = 65534
"""Another user, whom things can belong to."""
_POWERS = "-dac_override,-dac_read_search,-fowner"
"""What root has to give up to be a user like any other."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one message on standard error; what came before of progress is left out."""
        lines = [line.strip() for part in self.err.split("\n") for line in part.split("\r")]
        told = [line for line in lines if line and " photos" not in line[:24]]
        assert len(told) == 1 and told[0].startswith("kinfolk: "), self.err
        return told[0]


def kinfolk(
    *words: object, env: Mapping[str, str | None] | None = None, powerless: bool = False,
    program: Sequence[str] = ("-m", "app"),
) -> Said:  # fmt: skip
    """Run the real program; `env` changes or takes away what is None. Who is `powerless` may not
    do what the modes of files forbid, root or not."""
    whole = {**os.environ, **(env or {})}
    before: list[str] = []
    if powerless and os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("there is no setpriv to give up root's powers with")
        before = ["setpriv", f"--bounding-set={_POWERS}"]
    done = subprocess.run(
        [*before, sys.executable, *program, *map(str, words)], cwd=ROOT,
        env={k: v for k, v in whole.items() if v is not None}, capture_output=True, text=True,
        errors="replace", timeout=90, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


@contextlib.contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of this size in memory, for a moment; skips the test where none can be mounted."""
    folder.mkdir(exist_ok=True)
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    words = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(folder: Path, options: str) -> None:
    """Change a disk that is mounted: its size, or whether it can be written to."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Use up all room there is; gives the file to delete."""
    path = folder / "everything-else"
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    return path
