"""Places that a library cannot be used in, and photos that cannot be written: what is said."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.disks import ROOT, SOMEBODY, Said, disk, kinfolk, remount
from tests.torture.facts import facts
from tests.torture.invariants import sound

pytestmark = [pytest.mark.slow]
COMMANDS = (
    ("people",), ("photos",), ("history",), ("tasks",), ("name", "Anna", "Berta"), ("undo",),
    ("forget", "Anna"), ("index",), ("cluster", "--rebuild"), ("doctor",), ("doctor", "--repair"),
    ("backup",), (),
)  # fmt: skip
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with Anna in it, to be copied."""
    folder = tmp_path_factory.mktemp("named")
    shutil.copyfile(ROOT / "tests" / "vintage" / "library-2.db", folder / "library.db")
    (folder / "library.db").chmod(0o600)
    assert kinfolk("people", "--library", folder).status == 0
    return folder


def give_away(folder: Path) -> None:
    """Let a folder and all in it belong to somebody else, for everybody to read."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, SOMEBODY, SOMEBODY)
        path.chmod(0o755 if path.is_dir() else 0o644)


def refused(said: Said, *hints: str) -> None:
    """One clear message, with what to do, and the status of a library that cannot be used."""
    assert said.status == 3 and said.out == "", said
    assert any(hint in said.line for hint in hints), said.line
    assert "damaged" not in said.line


def test_a_read_only_disk_is_told_by_every_command(tmp_path: Path, named: Path) -> None:
    with disk(tmp_path / "disk", "8m") as small:
        library = small / "library"
        shutil.copytree(named, library)
        before = (library / "library.db").read_bytes()
        remount(small, "ro")
        for words in COMMANDS:
            refused(kinfolk(*words, "--library", library), "read-only", "writable")
        assert (library / "library.db").read_bytes() == before
        remount(small, "rw")
        assert kinfolk("name", "Anna", "Berta", "--library", library).status == 0


@needs_root
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_library_of_somebody_else_is_told(tmp_path: Path, named: Path, what: str) -> None:
    library = tmp_path / "library"
    shutil.copytree(named, library)
    if what == "folder":
        give_away(library)
    else:
        os.chown(library / "library.db", SOMEBODY, SOMEBODY)
        (library / "library.db").chmod(0o444)
    before = (library / "library.db").read_bytes()
    hints = ("right", "read-only", "writable", "may not", "--library")
    if what == "file":  # it can be read, at least
        assert kinfolk("people", "--library", library, powerless=True).status == 0
    commands = COMMANDS if what == "folder" else (("name", "Anna", "Berta"), ("undo",))
    for words in commands:
        refused(kinfolk(*words, "--library", library, powerless=True), *hints)
    assert (library / "library.db").read_bytes() == before


def test_photos_that_cannot_be_written_are_just_photos(tmp_path: Path, six_people: Path) -> None:
    with disk(tmp_path / "disk", "8m") as small:
        shutil.copytree(six_people, small / "photos")
        remount(small, "ro")
        said = kinfolk("index", small / "photos", "--library", tmp_path / "library", "--json")
        assert said.status == 0, said.err
        assert json.loads(said.out)["Indexed"] == 4


@needs_root
@pytest.mark.parametrize("home", ["/nonexistent", "of somebody else"])
def test_without_a_home_folder_the_library_is_asked_for(
    tmp_path: Path, named: Path, home: str
) -> None:
    place = Path(home)
    if not place.is_absolute():
        place = tmp_path / "home"
        place.mkdir()
        give_away(place)
    env: dict[str, str | None] = {"HOME": str(place), "KINFOLK_LIBRARY": None}
    env |= {f"XDG_{kind}_HOME": None for kind in ("DATA", "CACHE", "CONFIG", "STATE")}
    if home == "/nonexistent":  # as a folder that cannot be made
        env["HOME"] = "/proc/nonexistent"
    for words in (("people",), ("folder", "list"), ()):
        refused(kinfolk(*words, env=env, powerless=True), "--library")
    library = shutil.copytree(named, tmp_path / "library")
    said = kinfolk("people", "--json", "--library", library, env=env, powerless=True)
    assert said.status == 0 and json.loads(said.out)["TotalCount"] > 0


def test_where_no_variable_names_the_home_folder_the_system_does(named: Path) -> None:
    said = kinfolk("people", "--json", "--library", named, env={"HOME": None})
    assert said.status == 0 and said.err == ""


def test_without_xdg_folders_the_usual_ones_are_used(home: Path) -> None:
    env: dict[str, str | None] = {f"XDG_{kind}_HOME": None for kind in ("DATA", "CACHE", "STATE")}
    assert kinfolk("folder", "list", env=env | {"KINFOLK_LIBRARY": None}).status == 0
    assert (home / ".local" / "share" / "kinfolk" / "library.db").is_file()


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: "-".join(words) or "window")
def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    place = tmp_path / "library"
    place.write_text("a shopping list")
    refused(kinfolk(*words, env={"KINFOLK_LIBRARY": str(place)}), "--library", "no library")
    assert place.read_text() == "a shopping list"


def test_a_library_that_is_deleted_meanwhile_ends_the_looking_with_a_message(
    tmp_path: Path, six_people: Path
) -> None:
    library = tmp_path / "library"
    words = [sys.executable, "-m", "app", "index", str(six_people), "--library", str(library)]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as program:
        _until_there(library / "library.db-wal")
        shutil.rmtree(library, ignore_errors=True)
        _, err = program.communicate(timeout=60)
    said = Said(program.returncode, "", err)
    assert said.status in (2, 3) and said.line
    assert kinfolk("index", six_people, "--library", library).status == 0
    found = facts(library / "library.db")
    assert found is not None and sound(library, found) == []


def test_a_window_whose_library_is_deleted_can_be_closed(tmp_path: Path, named: Path) -> None:
    library = Path(shutil.copytree(named, tmp_path / "library"))
    words = [sys.executable, "-m", "app", "--library", str(library)]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as program:
        _until_there(library / "library.db-wal")
        time.sleep(1.5)
        shutil.rmtree(library, ignore_errors=True)
        time.sleep(0.5)
        # Where it has said why it leaves by itself, Python may listen to signals no more.
        if not select.select([program.stderr], [], [], 0)[0]:
            program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=30)
    assert program.returncode in (0, 2, 3) and "Traceback" not in err, err


def _until_there(path: Path) -> None:
    end = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.01)
