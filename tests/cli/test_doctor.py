"""kinfolk doctor, over a library of real photos."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from app.__main__ import main
from app.cli import doctor

if TYPE_CHECKING:
    from tests.cli.conftest import Say


@pytest.fixture
def library(home: Path, indexed: Path) -> Path:  # noqa: ARG001 - it is filled
    """The library's folder."""
    return home / "library"


def hurt(library: Path, *statements: str) -> None:
    """Do this to the library file, without foreign keys."""
    with closing(sqlite3.connect(library / "library.db")) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


def files(folder: Path) -> dict[Path, tuple[bytes, int, int]]:
    """Everything in a folder but what comes and goes with whoever has the library open."""
    passing = (".db-wal", ".db-shm", ".lock")
    return {
        path: (path.read_bytes() if path.is_file() else b"", s.st_mode, s.st_mtime_ns)
        for path in folder.rglob("*")
        if not path.name.endswith(passing) and path.parent.name != "logs"
        for s in [path.stat()]
        if path.is_file()
    }


def test_it_finds_and_mends_and_then_all_is_well(say: Say, library: Path) -> None:
    say("name", say("people")["FigureClusters"][0]["ObjectId"], "Anna")
    well = say("doctor")
    assert well["Healthy"] is True and well["Problems"] == []
    assert (well["Photos"], well["People"]) == (4, 6)
    assert well["Notes"] == []
    hurt(
        library,
        "UPDATE person SET face_count = 9, cover_id = 999",
        "UPDATE face SET person_id = 999 WHERE id = 1",
        "UPDATE folder SET state = 'scanning'",
    )
    crop, *_ = sorted((library / "cache" / "faces").rglob("*.jpg"))
    crop.write_bytes(crop.read_bytes()[:-9])
    (library / "library.db").chmod(0o600)
    before = files(library)
    found = say("doctor", status=1)
    assert files(library) == before, "nothing is written without --repair"
    assert found["Healthy"] is False
    assert {p["Where"] for p in found["Problems"]} >= {"database", "people", "folders", "pictures"}
    assert not any(p["Mended"] for p in found["Problems"])
    mended = say("doctor", "--repair")
    assert mended["Healthy"] is True and all(p["Mended"] for p in mended["Problems"])
    assert not crop.exists()
    backup, *_ = say("backup", "--list")["Backups"]
    assert backup["Reason"] == "repair" and not backup["Problem"]
    after = say("doctor")
    assert after["Problems"] == [] and after["Healthy"] is True
    assert after["Notes"] == ["1 small picture is missing; it is made when it is looked at."]
    assert [p["Name"] for p in say("people")["FigureClusters"] if p["Name"]] == ["Anna"]


def test_it_speaks_plainly(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    hurt(library, "UPDATE person SET face_count = 9")
    for backup in (library / "backups").glob("*.db"):
        backup.unlink()
    capfd.readouterr()
    assert main(["doctor"]) == 1
    assert capfd.readouterr().out.splitlines() == [
        "people: 6 people have wrong counts or covers.",
        "`kinfolk doctor --repair` mends what can be mended.",
        "There is no backup yet; `kinfolk backup` makes one.",
    ]
    assert main(["doctor", "--repair"]) == 0
    assert capfd.readouterr().out.splitlines() == [
        "people: 6 people have wrong counts or covers. Mended."
    ]
    assert main(["doctor"]) == 0
    assert capfd.readouterr().out.splitlines() == ["Everything is in order."]


def test_beside_one_who_indexes_it_looks_and_does_not_mend(say: Say, library: Path) -> None:
    hurt(library, "UPDATE folder SET state = 'scanning'")
    lock = FileLock(library / "indexing.lock")
    with lock:
        found = say("doctor")
        assert found["Healthy"] is True
        assert any("checked when it is closed" in note for note in found["Notes"])
        assert say("doctor", "--repair", status=3)["Error"]["Code"] == "LibraryBusyError"
    assert say("doctor", status=1)["Problems"] == [
        {
            "Where": "folders", "Mended": False,
            "Problem": "1 folder is said to be scanned although nothing scans it.",
        }
    ]  # fmt: skip


def test_what_is_stored_and_cannot_be_read_is_restored(say: Say, library: Path) -> None:
    person = say("people")["FigureClusters"][0]["ObjectId"]
    say("name", person, "Anna")
    say("backup")
    path = library / "library.db"
    with closing(sqlite3.connect(path)) as file:
        (root,) = file.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'skippedquestion'"
        ).fetchone()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : (root - 1) * size + 60] = b"x" * 60
    path.write_bytes(content)
    assert say("doctor", status=3)["Healthy"] is False
    mended = say("doctor", "--repair")
    assert mended["Healthy"] is True and mended["Recovered"]
    assert [p["Name"] for p in say("people")["FigureClusters"] if p["Name"]] == ["Anna"]


def test_ctrl_c_ends_it(
    library: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    assert library.is_dir()
    monkeypatch.setattr(doctor, "look_over", stop)
    capfd.readouterr()
    assert main(["doctor", "--json"]) == 130
    said = capfd.readouterr()
    assert json.loads(said.out)["Healthy"] is None
    assert "Stopped before everything was looked at" in said.err


def test_files_that_others_can_read_are_closed(say: Say, library: Path) -> None:
    (library / "backups").mkdir(exist_ok=True)
    loose = library / "backups" / "library-000001-20200101-000000-asked.db"
    loose.write_bytes(b"")
    loose.chmod(0o644)
    found = say("doctor", "--repair")
    if found["Problems"]:  # else they were closed when the library was opened
        assert [p["Where"] for p in found["Problems"]] == ["files"]
    assert loose.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("library")
def test_a_report_tells_versions_and_numbers_and_changes_nothing(
    say: Say, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    say("name", say("people")["FigureClusters"][0]["ObjectId"], "Quirinalda")
    before = files(home / "library")
    report = say("doctor", "--report")["Report"]
    assert "Kinfolk " in report and "4 photos, 6 people, 1 named" in report
    assert "Quirinalda" not in report and str(home) not in report
    assert files(home / "library") == before
    assert main(["doctor", "--report"]) == 0
    assert capfd.readouterr().out.startswith("Kinfolk ")
    assert main(["doctor", "--report", "--repair"]) == 2
    assert "without --repair" in capfd.readouterr().err
