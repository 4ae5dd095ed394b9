"""backup, restore and the doctor of a damaged library, as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.__main__ import main
from tests.cli.conftest import Say


@pytest.fixture
def named(say: Say, indexed: Path) -> str:
    """A library in which somebody has a name; gives the key."""
    assert indexed.is_dir()
    key: str = say("people")["FigureClusters"][0]["ObjectId"]
    say("name", key, "Anna")
    return key


def called(say: Say) -> set[str]:
    return {row["Name"] for row in say("people")["FigureClusters"]} - {""}


def test_indexing_makes_the_daily_backup(say: Say, indexed: Path) -> None:
    (row,) = say("backup", "--list")["Backups"]
    assert (row["Reason"], row["Photos"], row["Problem"]) == ("daily", 4, "")
    say("index", indexed)
    assert len(say("backup", "--list")["Backups"]) == 1, "once a day"


def test_a_backup_can_be_restored_and_that_taken_back(say: Say, named: str, tmp_path: Path) -> None:
    elsewhere = say("backup", tmp_path / "stick")["Backup"]
    assert elsewhere["URI"].startswith((tmp_path / "stick").as_uri())
    assert say("backup")["Backup"]["Decisions"] == 1
    say("name", named, "Annika")
    assert called(say) == {"Annika"}
    assert say("restore", 1)["Restored"]["Decisions"] == 1
    assert called(say) == {"Anna"}
    rows = say("backup", "--list")["Backups"]
    assert [row["Reason"] for row in rows] == ["daily", "restore", "asked", "daily"]
    say("restore", 2)
    assert called(say) == {"Annika"}
    (file,) = (tmp_path / "stick").iterdir()
    say("restore", file)
    assert called(say) == {"Anna"}
    assert [row["Decisions"] for row in say("backup", tmp_path / "stick", "--list")["Backups"]] == [
        1
    ]


def test_wrong_calls_of_restore(say: Say, indexed: Path, tmp_path: Path) -> None:
    assert indexed.is_dir()
    assert "no backup" in say("restore", 99, status=2)["Error"]["Message"]
    assert "no backup" in say("restore", tmp_path / "nothing", status=2)["Error"]["Message"]
    photo = next(indexed.iterdir())
    assert "cannot be restored" in say("restore", photo, status=3)["Error"]["Message"]
    assert say("restore", 1, "--library", tmp_path / "none", status=3)["Error"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("with_backup", [True, False])
def test_the_doctor_brings_back_a_damaged_library(
    say: Say, named: str, home: Path, with_backup: bool
) -> None:
    library = home / "library" / "library.db"
    if not with_backup:
        for path in (home / "library" / "backups").iterdir():
            path.unlink()
    library.write_bytes(b"a shopping list" * 500)
    error = say("people", status=3)["Error"]
    assert error["Code"] == "DamagedLibraryError" and "doctor --repair" in error["Message"]
    found = say("doctor", status=3)
    assert found["Healthy"] is False and found["Problems"][0]["Where"] == "library"
    done = say("doctor", "--repair")
    assert done["Healthy"] is True
    assert done["Recovered"]["SetAside"] == (home / "library" / "library-damaged-1.db").as_uri()
    assert done["Recovered"]["IsNew"] is not with_backup
    assert (done["Recovered"]["SaidAgain"], done["Recovered"]["Unsaid"]) == (1, 0)
    assert (done["Recovered"]["Backup"] is None) is not with_backup
    if with_backup:
        assert called(say) == {"Anna"}
    assert named and len(say("history")["Decisions"]) == 1


def test_what_is_said_to_people(named: str, home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert named and main(["backup"]) == 0
    assert "Backed up to" in (said := capfd.readouterr().out) and "4 photos, 1 person" in said
    assert main(["backup", "--list"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 2
    assert main(["restore", "1"]) == 0
    said = capfd.readouterr().out
    assert "Restored the backup of" in said and "newest but one" in said
    (home / "library" / "library.db").write_bytes(b"a shopping list" * 500)
    assert main(["restore", "1"]) == 0
    said = capfd.readouterr().out
    assert "newest but one" not in said and "was set aside as" in said
    (home / "library" / "library.db").write_bytes(b"a shopping list" * 500)
    assert main(["doctor"]) == 3
    assert "kinfolk doctor --repair" in capfd.readouterr().out
    assert main(["doctor", "--repair"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("The damaged library was set aside as")
    assert lines[1].startswith("The backup of")
