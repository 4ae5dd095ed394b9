"""Freeze: the program as a folder that needs no Python, dist/kinfolk, and what it looks like.

Out of what `environment.sh package` installed. OpenCV is taken without its windows: its wheel
without them is unpacked beside and comes first, since insightface asks for the other one by name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
HEADLESS = BUILD / "headless"
FROZEN = ROOT / "dist" / "kinfolk"


def freeze() -> Path:
    """Make the folder; gives its path. What did not change since is not made again."""
    subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
         "--distpath", FROZEN.parent, "--workpath", BUILD / "freeze",
         ROOT / "packaging" / "kinfolk.spec"],
        check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(_headless())},
    )  # fmt: skip
    if sys.platform == "linux":
        inside = FROZEN / "_internal"
        _strip(inside)
        _lead_home(inside)
    return FROZEN


def _headless() -> Path:
    """Where OpenCV without windows lies, of the same version as the one that is installed."""
    version = metadata.version("opencv-python")
    if not (HEADLESS / f"opencv_python_headless-{version}.dist-info").is_dir():
        shutil.rmtree(HEADLESS, ignore_errors=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--no-input", "--no-deps", "--only-binary", ":all:", "--target", HEADLESS,
             f"opencv-python-headless=={version}"],
            check=True,
        )  # fmt: skip
    return HEADLESS


def _strip(inside: Path) -> None:
    """Take what debuggers read out of Python's own parts. Those of wheels are as their makers
    ship them: some were altered in ways that strip breaks."""
    own = [*inside.glob("libpython*.so*"), *inside.glob("python3*/lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *own], check=True)


def _lead_home(inside: Path) -> None:
    """Let every file find what lies beside it by itself: the variable that leads there would lead
    the programs that Kinfolk starts, too (start.py takes it away)."""
    beside = {path.name for path in inside.iterdir() if path.is_file() and not path.is_symlink()}
    for path in inside.rglob("*.so*"):
        if path.is_symlink() or not path.is_file():
            continue
        told = subprocess.run(
            ["objdump", "-p", path], check=True, capture_output=True, text=True
        ).stdout
        if beside & set(re.findall(r"^\s*NEEDED\s+(\S+)", told, re.M)):
            up = "/".join(("$ORIGIN", *[".."] * (len(path.relative_to(inside).parts) - 1)))
            subprocess.run(["patchelf", "--add-rpath", up, path], check=True)


if __name__ == "__main__":
    freeze()
