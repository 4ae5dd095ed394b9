"""Kills a piece of work at each of its steps, and leaves what it left in a folder for each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_DRIVER = """
import os, shutil, signal, sys
from pathlib import Path

sys.path.insert(0, os.getcwd())
{imports}

STEPS = {{"open", "os.rename", "os.remove", "os.link", "os.truncate", "os.mkdir", "sqlite3.connect",
          "shutil.copyfile", "shutil.rmtree"}}
source, into, stride = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def work(folder):
    paths = Paths.under(folder)
{work}

def run(folder, last):
    left = last
    def step(event, _):
        nonlocal left
        if event in STEPS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(step)
    work(folder)

number = 0
while True:
    folder = into / f"{{number:04}}"
    shutil.copytree(source, folder)
    child = os.fork()
    if child == 0:
        try:
            run(folder, number)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        sys.exit(os.WEXITSTATUS(status))
    number += stride
"""
IMPORTS = """
from app.errors import LibraryError
from app.library.backups import back_up
from app.library.commands.backups import list_backups, recover_library, restore_backup
from app.library.database import Library
from app.library.commands.people import name_person
from app.paths import Paths
"""


def killed_everywhere(work: str, source: Path, into: Path, stride: int = 1) -> list[Path]:
    """Copies of the folder `source`, in each of which a process died over `work` at another step:
    a file opened, renamed, removed or linked, or a library opened. In the last one it was done."""
    into.mkdir()
    lines = "\n".join(f"    {line}" for line in work.strip().splitlines())
    driver = _DRIVER.format(imports=IMPORTS, work=lines)
    done = subprocess.run(
        [sys.executable, "-c", driver, str(source), str(into), str(stride)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    folders = sorted(into.iterdir())
    assert len(folders) > 5, "there were steps to die at"
    return folders
