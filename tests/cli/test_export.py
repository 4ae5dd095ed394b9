"""kinfolk export: photos go out, the originals stay."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from app.__main__ import main
from app.indexing.export import placing
from app.indexing.export.copying import Check
from tests.cli.conftest import Say
from tests.originals import facts, mark


def names(folder: Path) -> set[str]:
    """The user's files in a folder, by their path within."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and ".kinfolk-export" not in path.parts
    }


def test_an_export_of_a_person_by_name(say: Say, indexed: Path, tmp_path: Path) -> None:
    mark(indexed)
    before = facts(indexed)
    person = say("people")["FigureClusters"][0]["ObjectId"]
    say("name", person, "Anna: Meier")
    into = tmp_path / "usb" / "out"
    told = say("export", "--person", "Anna: Meier", "--by", "person", "--dry-run", into)
    assert told["Photos"] == 4 and told["Size"] > 0 and told["Skipped"] == []
    assert {file["Path"] for file in told["Files"]} == {
        f"Anna- Meier/{name}.jpg" for name in ("whole", "mirrored", "dark", "cropped")
    }
    assert not into.parent.exists()
    done = say("export", "--person", "Anna: Meier", "--by", "person", into)
    assert (done["Exported"], done["Copied"], done["Skipped"]) == (4, 4, [])
    assert done["Folder"] == into.as_uri() and done["Size"] == told["Size"]
    assert names(into) == {file["Path"] for file in told["Files"]}
    for file in told["Files"]:
        source = Path(unquote(urlparse(file["URI"]).path))
        assert (into / file["Path"]).read_bytes() == source.read_bytes()
    again = say("export", "--person", person, "--by", "person", into)
    assert (again["Copied"], again["Unchanged"], again["Size"]) == (0, 4, 0)
    task, *_ = say("tasks", "--type", "export")["Tasks"]
    assert task["Status"] == "done"
    # `mark` made a second link of one of them, which is no photo that Kinfolk knows yet.
    assert {k: v[:6] for k, v in facts(indexed).items()} == {k: v[:6] for k, v in before.items()}


def test_the_words_of_a_search_say_which_photos(say: Say, indexed: Path, tmp_path: Path) -> None:
    one, two = [row["ObjectId"] for row in say("people")["FigureClusters"][:2]]
    query = '{"Field":"Filename","Operation":"eq","Value":"dark.jpg"}'
    done = say(
        "export", "--any", one, "--any", two, "--query", query, "--by", "none", tmp_path / "out"
    )
    assert done["Exported"] == 1 and names(tmp_path / "out") == {"dark.jpg"}
    assert say("export", "--folder", indexed, tmp_path / "all", "--as", "symlink")["Linked"] == 4


@pytest.mark.usefixtures("indexed")
def test_a_sheet_and_an_album_take_the_folder_behind_them(say: Say, tmp_path: Path) -> None:
    into = tmp_path / "out"
    done = say("export", "--as", "none", "--contact-sheet", into)
    assert done["Made"] == [(into / "Contact sheet of Photos.pdf").as_uri()]
    done = say("export", "--as", "none", "--contact-sheet", "jpg", "--web", into)
    assert [Path(made).name for made in done["Made"]] == [
        "Contact%20sheet%20of%20Photos%201.jpg", "index.html",
    ]  # fmt: skip
    assert any("neither place nor camera" in note for note in done["Notes"])
    assert say("export", "--as", "none", "--web", "originals", into)["Exported"] == 4


def test_what_cannot_be_read_is_listed_and_the_status_says_so(
    say: Say, indexed: Path, tmp_path: Path
) -> None:
    (indexed / "dark.jpg").unlink()
    done = say("export", tmp_path / "out", status=1)
    assert done["Exported"] == 3
    assert done["Skipped"] == [
        {"URI": (indexed / "dark.jpg").as_uri(), "Error": "The file is no longer there."}
    ]
    (task,) = say("tasks", "--type", "export")["Tasks"]
    assert say("task", task["TaskId"])["Skipped"] == done["Skipped"]


def test_a_wrong_call_is_told_in_one_line_and_makes_nothing(
    indexed: Path, tmp_path: Path, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, inside = tmp_path / "out", indexed / "in"
    calls: dict[tuple[object, ...], str] = {
        ("--person", "Nobody", out): "Nobody",
        ("--as", "none", out): "Nothing is to be exported",
        (inside,): "watches",
        ("--since", "2090", out): "No photo is like that",
        ("--contact-sheet", "png", out): "unrecognized arguments",
        (): "DIR",
        (home / "library",): "Kinfolk's own",
    }
    for words, told in calls.items():
        capfd.readouterr()
        assert main(["export", *map(str, words)]) == 2, words
        error = capfd.readouterr().err
        assert told in error and error.count("\n") == 1, words
    assert not out.exists() and not inside.exists()


@pytest.mark.usefixtures("indexed")
def test_an_export_that_is_stopped_says_how_it_goes_on(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = placing.copy_file

    def stop(source: Path, part: Path, mark: str, check: Check) -> int:
        if source.name == "mirrored.jpg":
            raise KeyboardInterrupt
        return copy(source, part, mark, check)

    monkeypatch.setattr(placing, "copy_file", stop)
    told = say("export", tmp_path / "out", status=2)
    assert told["Error"]["Message"].startswith("Stopped. What was exported stays")
    assert len(names(tmp_path / "out")) == 2
    (task,) = say("tasks", "--type", "export")["Tasks"]
    assert task["Status"] == "cancelled"
    monkeypatch.setattr(placing, "copy_file", copy)
    done = say("export", tmp_path / "out")
    assert (done["Copied"], done["Unchanged"]) == (2, 2)


def test_it_may_go_where_kinfolk_watches_if_that_is_said(say: Say, indexed: Path) -> None:
    done = say("export", "--into-watched", indexed / "in")
    assert done["Copied"] == 4
    assert say("index")["Faces"] == 0
    assert len(say("photos")["Files"]) == 4, "they came back as copies"


@pytest.mark.usefixtures("indexed")
def test_what_is_exported_is_as_open_as_the_user_wants_it(tmp_path: Path) -> None:
    into = tmp_path / "out" / "mine"
    words = (sys.executable, "-m", "app", "export", "--contact-sheet", "--web", str(into))
    root = Path(__file__).parents[2]
    subprocess.run(words, cwd=root, check=True, capture_output=True, timeout=100, umask=0o027)
    found = {
        path.relative_to(into).parts[0]: path.stat().st_mode & 0o777
        for path in into.rglob("*")
        if path.is_file()
    }
    assert found.pop(".kinfolk-export") == 0o600
    assert set(found.values()) == {0o640} and len(found) == 3, found
    assert {path.stat().st_mode & 0o777 for path in into.iterdir() if path.suffix == ""} == {
        0o750, 0o700,
    }  # fmt: skip
    assert into.stat().st_mode & 0o777 == 0o750
