"""Logs: no name and no path above debug level, whoever logs what; a full disk makes no noise."""

from __future__ import annotations

import ast
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.bootstrap import build
from app.indexing.jobs import Scans
from app.indexing.kept import Kept
from app.logs import PrivateFormatter, PrivateHandler, write_logs
from app.ui.background import Background

ROOT = Path(__file__).parents[2]
SECRET = "Philomena Quux"
METHODS = {"info", "warning", "error", "exception", "critical", "log"}


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, given back as it was."""
    found = logging.getLogger()
    before, level = list(found.handlers), found.level
    yield found
    for handler in [handler for handler in found.handlers if handler not in before]:
        found.removeHandler(handler)
        handler.close()
    found.setLevel(level)


def written(name: str, message: object, *values: object, level: int = logging.ERROR) -> str:
    """What the formatter makes of a record, with the error under way."""
    info = sys.exc_info()
    record = logging.LogRecord(
        name, level, str(ROOT / "x.py"), 3, message, values, info if info[0] else None
    )
    record.exc_text = f"as another formatter had it: {SECRET}"
    return PrivateFormatter("%(levelname)s %(name)s: %(message)s").format(record)


def test_numbers_are_told_and_texts_are_not() -> None:
    assert written("app.x", "%d photos, %.1f s", 3, 0.25) == "ERROR app.x: 3 photos, 0.2 s"
    assert written("app.x", "of %s: %d", SECRET, 3) == "ERROR app.x: of …: 3"
    for values in ((SECRET, "too many"), ({"name": SECRET},), (Path("/home") / SECRET,)):
        told = written("app.x", "%d photos of %(name)s", *values)
        assert told.startswith("ERROR app.x: ") and SECRET not in told
    assert written("app.x", "%s", SECRET, level=logging.DEBUG) == f"DEBUG app.x: {SECRET}"


def test_of_others_nothing_is_told_but_that_they_spoke() -> None:
    assert written("PIL.Image", f"cannot open {SECRET}") == "ERROR PIL.Image: (…)"
    assert written("apples", SECRET) == "ERROR apples: (…)"
    assert written("app", ValueError(SECRET)) == "ERROR app: (…)"


def test_an_error_is_told_by_type_and_place_alone() -> None:
    def fail() -> None:
        try:
            Path(SECRET).read_text(encoding="utf-8")
        except OSError as error:
            raise ValueError(SECRET) from error

    try:
        fail()
    except ValueError as error:
        error.add_note(SECRET)
        told = written("app.x", "It failed")
    assert SECRET not in told and str(ROOT) not in told and str(Path.home()) not in told
    lines = told.splitlines()
    assert lines[0] == "ERROR app.x: It failed"
    assert "builtins.FileNotFoundError" in lines and lines[-1] == "builtins.ValueError"
    assert any(line.startswith("  pathlib") for line in lines)
    assert any("test_logs.py:" in line and line.endswith("in fail") for line in lines)


def test_an_error_of_this_program_says_where_in_it() -> None:
    from app.settings import Settings

    folder = ROOT / "app"
    try:
        Settings.load(folder)
    except Exception:
        told = written("app.x", "It failed")
    assert "  app/settings.py:" in told and str(ROOT) not in told


def test_errors_that_go_in_a_circle_come_to_an_end() -> None:
    one, other = ValueError(SECRET), KeyError(SECRET)
    one.__cause__, other.__cause__ = other, one
    try:
        raise one
    except ValueError:
        assert written("app.x", "Round").splitlines()[-1] == "builtins.ValueError"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_costs_the_log_and_nothing_else(
    tmp_path: Path, root: logging.Logger, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kinfolk.log").symlink_to("/dev/full")
    write_logs(tmp_path)
    handler = next(one for one in root.handlers if isinstance(one, PrivateHandler))
    for _ in range(3):
        root.info("It goes on")
    handler.close()
    assert capfd.readouterr() == ("", "")


def test_a_log_is_opened_once_and_its_owners_alone_also_when_it_is_full(
    tmp_path: Path, root: logging.Logger
) -> None:
    before = os.umask(0)
    try:
        write_logs(tmp_path)
        write_logs(tmp_path)
        (handler,) = (one for one in root.handlers if isinstance(one, PrivateHandler))
        handler.room = 100
        for _ in range(5):
            logging.getLogger("app.test").info("It goes on, and on, and on, and on, and on")
    finally:
        os.umask(before)
    found = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert found == dict.fromkeys(("kinfolk.log", "kinfolk.log.1", "kinfolk.log.2"), 0o600)


@pytest.mark.usefixtures("root")
def test_a_log_is_begun_with_its_first_line(tmp_path: Path) -> None:
    write_logs(tmp_path)
    assert not list(tmp_path.iterdir())
    logging.getLogger("another.package").info("Not worth a line")
    assert not list(tmp_path.iterdir())
    logging.getLogger("app.test").info("It goes on")
    assert "It goes on" in (tmp_path / "kinfolk.log").read_text(encoding="utf-8")


PROGRAM = """
import sys, threading, warnings
from pathlib import Path
from app.logs import write_logs
write_logs(Path(sys.argv[1]))
class Fails:
    def __del__(self): raise ValueError(sys.argv[2])
def fail(): raise ValueError(sys.argv[2])
del (gone := [Fails()])[:]
warnings.warn(sys.argv[2])
thread = threading.Thread(target=fail, name=sys.argv[2]); thread.start(); thread.join()
fail()
"""


def test_errors_that_nobody_caught_are_told_in_the_log(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), SECRET],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "kinfolk: Something went wrong inside Kinfolk; its log says what.\n"
    told = (tmp_path / "kinfolk.log").read_text(encoding="utf-8")
    assert told.count("ERROR app.logs: Nobody caught an error") == 3
    assert "WARNING py.warnings: (…)" in told
    assert SECRET not in told and str(ROOT) not in told


@pytest.mark.slow
@pytest.mark.logs_trouble
@pytest.mark.timeout(240)
def test_whatever_goes_wrong_the_log_names_nobody(
    six_people: Path, home: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any,
    root: logging.Logger, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    photos = six_people.rename(six_people.with_name(SECRET))
    (photos / f"{SECRET}.jpg").write_bytes(b"\xff\xd8\xff no photo")
    house = build(None, "Photos")

    def fail(*_values: object, **_named: object) -> Any:
        raise OSError(2, f"no {SECRET}", str(photos))

    def index() -> str:
        task_id = house.indexer.index(house.collection.id, [photos])
        assert house.indexer.wait(task_id, 120)
        return task_id

    house.indexer.subscribe(fail)
    house.indexer.start(watch=False)
    index()
    with monkeypatch.context() as harmed:
        harmed.setattr(Kept, "gallery", fail)
        assert house.indexer.wait(house.indexer.cluster(house.collection.id), 60)
        harmed.setattr(Scans, "run", fail)
        index()
    background = Background()
    qtbot.addWidget(owner := QWidget())
    with qtbot.waitSignal(background.failed):
        background.read(owner, fail)
    with qtbot.waitSignal(background.failed):
        background.read(owner, list, fail)
    background.close()
    house.close()
    told = (house.paths.logs / "kinfolk.log").read_text(encoding="utf-8")
    for what in (
        "A listener failed",
        "Grouping failed",
        "An index job failed",
        "background",
        "shown",
    ):
        assert what in told
    written_out = "".join([told, *capfd.readouterr()])
    secrets = (SECRET, SECRET.split()[0], str(home), str(photos.parent), "whole.jpg", str(ROOT))
    assert [secret for secret in secrets if secret in written_out] == []
    assert root.handlers


def test_every_message_of_the_program_is_constant() -> None:
    """Whatever the formatter leaves out: nobody builds messages of names in the first place."""
    odd = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "app").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in METHODS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("logger", "_log", "log", "_logger", "logging")
        and not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert odd == []
