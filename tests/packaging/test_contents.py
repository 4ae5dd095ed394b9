"""What goes into the packages: all that is used, nothing that is not, and every licence."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.packaging.conftest import PACKAGING, ROOT

if TYPE_CHECKING:
    from tests.packaging.conftest import Scripts

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="for Linux")


def test_nothing_that_the_program_imports_is_left_out(scripts: Scripts) -> None:
    unused = set(scripts["contents"].UNUSED_MODULES)
    imports = re.compile(r"^\s*(?:from|import) ([\w.]+)", re.M)
    for path in (ROOT / "app").rglob("*.py"):
        for name in imports.findall(path.read_text(encoding="utf-8")):
            parts = name.split(".")
            wholes = {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
            assert not wholes & unused, f"{path} imports {name}"


@pytest.mark.parametrize(
    ("place", "is_kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqwayland.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qt_de.qm", False),
        ("skimage/__init__.pyi", True),
        ("libX11.so.6", False),
        ("libxcb-cursor.so.0", True),
        ("pillow.libs/libxcb-5ddf6756.so.1.1.0", True),
        ("libssl.so.3", True),
        ("numpy/_core/tests/data/a.csv", False),
        ("app/library/migrations/0001_first.py", True),
        ("resources/models/compact/embedder.onnx", True),
    ],
)
def test_what_is_opened_is_kept(scripts: Scripts, place: str, is_kept: bool) -> None:
    assert scripts["contents"].is_wanted(place) is is_kept


def test_the_notices_name_every_package_and_its_licence(scripts: Scripts) -> None:
    text = scripts["notices"].notices()
    table = text.split("\n\n\n")[0]
    for name in ("PySide6_Essentials", "onnxruntime", "numpy", "pillow", "av", "insightface"):
        assert re.search(rf"^{name} [\d.]+: \S", table, re.M), name
    assert not re.search(r": (see below|UNKNOWN|)$", table, re.M)
    for name in ("matplotlib", "networkx", "pytest", "opencv-python-headless"):
        assert not re.search(rf"^{name} ", table, re.M), name
    assert "Permission is hereby granted" in text
    assert (
        "GNU LESSER GENERAL PUBLIC LICENSE" in text
        or not Path("/usr/share/common-licenses").is_dir()
    )


@linux_only
def test_a_library_that_nobody_calls_is_stood_in_for(scripts: Scripts, tmp_path: Path) -> None:
    if shutil.which("cc") is None or shutil.which("objdump") is None:
        pytest.skip("there is no compiler")
    hollow = scripts["hollow"]
    real, user = tmp_path / "libx265-fat.so.1", tmp_path / "libheif-user.so"
    _compile(real, "int x265_encode(void) { return 7; } int x265_other(void) { return 8; }")
    _compile(
        user, "int x265_encode(void); int decode(void) { return 5; }"
        "int encode(void) { return x265_encode(); }", real,
    )  # fmt: skip
    replaced = hollow.hollow_out([real, user], tmp_path / "made")
    assert list(replaced) == [real.resolve()]
    shutil.copy(replaced[real.resolve()], real)
    script = (
        "import ctypes, os, sys; library = ctypes.CDLL(sys.argv[1], os.RTLD_NOW);"
        "print(library.decode(), flush=True); library.encode()"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(user)], capture_output=True, text=True, timeout=60
    )
    assert told.stdout == "5\n", "what is linked to it loads and works"
    assert told.returncode < 0, "and to call it ends the process"
    assert "x265_encode was left out" in told.stderr
    assert hollow.unneeded({"libx265-fat.so.1": real, "user": user}, _is_library) == set()
    assert hollow.unneeded({"libx265-fat.so.1": real}, _is_library) == {"libx265-fat.so.1"}


def _is_library(place: str) -> bool:
    return place.startswith("lib")


def _compile(made: Path, code: str, *linked: Path) -> None:
    source = made.with_suffix(".c")
    source.write_text(code)
    names = [f"-l:{path.name}" for path in linked]
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-w", f"-Wl,-soname,{made.name}", "-o", made, source,
         f"-L{made.parent}", "-Wl,-rpath,$ORIGIN", *names],
        check=True, timeout=60,
    )  # fmt: skip


@linux_only
def test_the_archive_installs_for_one_user_and_leaves_nothing(tmp_path: Path) -> None:
    archive, home = tmp_path / "archive", tmp_path / "the home"
    program = archive / "lib" / "kinfolk" / "kinfolk"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho here\n")
    program.chmod(0o755)
    shutil.copy(PACKAGING / "linux" / "install.sh", archive)
    entry = archive / "share" / "applications" / "kinfolk.desktop"
    entry.parent.mkdir(parents=True)
    shutil.copy(PACKAGING / "linux" / "kinfolk.desktop", entry)
    mine = home / ".local" / "share" / "kinfolk" / "library.db"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")

    def install(*words: str | Path) -> str:
        told = subprocess.run(
            words, env={**os.environ, "HOME": str(home)}, capture_output=True, text=True, timeout=60
        )
        assert told.returncode == 0, told.stderr
        return told.stdout

    for _ in range(2):  # the second time over the first one
        install(archive / "install.sh")
    assert install(home / ".local" / "bin" / "kinfolk") == "here\n"
    text = (home / ".local" / "share" / "applications" / "kinfolk.desktop").read_text("utf-8")
    assert f'Exec="{home}/.local/lib/kinfolk/kinfolk" %F\n' in text
    install(home / ".local" / "lib" / "kinfolk" / "install.sh", "--uninstall")
    left = [path for path in home.rglob("*") if path.is_file() and "cache" not in path.name]
    assert left == [mine]
