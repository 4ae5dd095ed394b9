"""Packages: what `make package` does on Linux, from the checkout to files that one can hand on.

    packages.py                dist/kinfolk, and out of it a tarball and a .deb
    packages.py freeze         dist/kinfolk alone
    packages.py drawn          only what is drawn and written beforehand, into build/package

KINFOLK_SITE is the address under which the pictures of docs/pictures can be seen, for software
centres; without it they show none.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(1, str(Path(__file__).parents[1]))

import deb
import freeze
import icons
import manual
import metainfo
import notices
import windows_papers

from app import __version__

ROOT = Path(__file__).parents[1]
DRAWN = ROOT / "build" / "package"
DIST = ROOT / "dist"
TREE = ROOT / "build" / "tree"
"""What is installed below /usr, or below ~/.local: lib, bin and share."""
LINUX = ROOT / "packaging" / "linux"


def draw() -> None:
    """Icons, notices, the page of the manual, the metainfo and what Windows is told, in
    build/package."""
    DRAWN.mkdir(parents=True, exist_ok=True)
    icons.write_all(DRAWN)
    (DRAWN / "third-party.txt").write_text(notices.notices(), encoding="utf-8")
    (DRAWN / "kinfolk.1").write_text(manual.manual(), encoding="utf-8")
    (DRAWN / "version.iss").write_text(windows_papers.version_iss(), encoding="utf-8")
    (DRAWN / "associations.iss").write_text(windows_papers.associations_iss(), encoding="utf-8")
    (DRAWN / "version.txt").write_text(windows_papers.version_resource(), encoding="utf-8")
    day = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).strftime("%Y-%m-%d")
    site = os.environ.get("KINFOLK_SITE", "")
    (DRAWN / "kinfolk.metainfo.xml").write_text(metainfo.metainfo(day, site), encoding="utf-8")


def lay_out(frozen: Path) -> Path:
    """The tree that is installed; the program's files are linked, not copied."""
    shutil.rmtree(TREE, ignore_errors=True)
    share = TREE / "share"
    shutil.copytree(
        frozen, TREE / "lib" / "kinfolk", symlinks=True, copy_function=os.link, dirs_exist_ok=False
    )
    (TREE / "bin").mkdir()
    (TREE / "bin" / "kinfolk").symlink_to("../lib/kinfolk/kinfolk")
    shutil.copytree(DRAWN / "hicolor", share / "icons" / "hicolor")
    for source, place in (
        (LINUX / "kinfolk.desktop", "applications/kinfolk.desktop"),
        (LINUX / "kinfolk-mime.xml", "mime/packages/kinfolk.xml"),
        (DRAWN / "kinfolk.metainfo.xml", "metainfo/kinfolk.metainfo.xml"),
        *((picture, f"doc/kinfolk/pictures/{picture.name}") for picture in metainfo.PICTURES),
    ):
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, share / place)
    for source, place in (
        (DRAWN / "kinfolk.1", "man/man1/kinfolk.1.gz"),
        (ROOT / "CHANGELOG.md", "doc/kinfolk/changelog.gz"),
    ):
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        (share / place).write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))
    (share / "doc" / "kinfolk" / "copyright").write_text(deb.copyright_text(), encoding="utf-8")
    return TREE


def tarball(tree: Path) -> Path:
    """The tree and its installer in one archive, for any desktop; gives its path."""
    name = f"kinfolk-{__version__}-linux-{platform.machine()}"
    made = DIST / f"{name}.tar.zst"
    made.unlink(missing_ok=True)
    subprocess.run(
        ["tar", "--create", "--file", made, "--sort=name", "--owner=0", "--group=0",
         "--numeric-owner", f"--mtime=@{os.environ['SOURCE_DATE_EPOCH']}",
         "--use-compress-program=zstd -T0 -9", f"--transform=flags=r;s|^\\.|{name}|",
         "--directory", tree, ".", "--directory", LINUX, "./install.sh"],
        check=True,
    )  # fmt: skip
    return made


def main() -> int:
    """Make what is asked for; tells on standard error what was made, how large, how long."""
    parser = argparse.ArgumentParser(prog="make package", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("all", "freeze", "drawn"), default="all")
    what = parser.parse_args().what
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_change())
    started = time.monotonic()
    draw()
    if what == "drawn":
        return 0
    frozen = freeze.freeze()
    _tell(frozen, started)
    if what == "freeze":
        return 0
    if sys.platform != "linux":
        print("The packages of this system are made as packaging/README.md says.", file=sys.stderr)
        return 0
    tree = lay_out(frozen)
    for make in (tarball, deb.make):
        started = time.monotonic()
        _tell(make(tree), started)
    return 0


def _last_change() -> str:
    now = str(int(time.time()))
    if shutil.which("git") is None:
        return now
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True
    )
    return told.stdout.strip() or now


def _tell(made: Path, started: float) -> None:
    files = [made] if made.is_file() else [p for p in made.rglob("*") if not p.is_symlink()]
    size = sum(path.stat().st_size for path in files if path.is_file())
    seconds = time.monotonic() - started
    print(f"{made.relative_to(ROOT)}: {size / 1e6:.0f} MB, in {seconds:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
