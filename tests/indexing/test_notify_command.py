"""The notify command: real programs, what they are told, and what becomes of those that fail."""

from __future__ import annotations

import json
import os
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from app.errors import UsageError
from app.indexing.notify_command import (
    WAITING,
    CommandRunner,
    plain_environment,
)
from app.library.consent import Consent, words_of
from app.paths import Paths
from tests.indexing.conftest import eventually

LONG = 60.0
_NOTE = """
import json, os, sys
from pathlib import Path
told = {"document": json.load(sys.stdin), "words": sys.argv[2:], "at": os.getcwd(),
        "environment": dict(os.environ)}
print("nobody reads this")
fresh = Path(sys.argv[1] + ".new")
fresh.write_text(json.dumps(told))
fresh.replace(sys.argv[1])
"""
_HANG = """
sleep 600 &
echo $$ $! > "$1.new"
mv "$1.new" "$1"
sleep 600
"""
_WAIT = """
import sys, time
from pathlib import Path
with open(sys.argv[1] + ".runs", "a") as runs:
    runs.write("x")
while not Path(sys.argv[1]).exists():
    time.sleep(0.02)
"""

Command = Callable[..., str]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """The command that runs a program in Python with these words."""

    def make(program: str, *words: object) -> str:
        script = tmp_path / f"a program {len(list(tmp_path.glob('*.py')))}.py"
        script.write_text(program)
        return shlex.join([sys.executable, str(script), *map(str, words)])

    return make


class Runner(CommandRunner):
    """Notes what the user is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        super().__init__(self.told.append)


@pytest.fixture
def runner() -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close(patience=0)


def hanging(folder: Path) -> str:
    """The command that starts another and hangs with it; `who` in the folder has their numbers."""
    script = folder / "hang.sh"
    script.write_text(_HANG)
    return shlex.join(["sh", str(script), str(folder / "who")])


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one whom nobody has buried yet has."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_it_gets_the_document_and_nothing_of_ours(
    runner: Runner, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINFOLK_SECRET", "ours")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("LC_TIME", "de_DE.UTF-8")
    document = {"Text": "Zwölf Fotos ❤", "Skipped": [{"URI": "file:///a%20b"}], "Message": None}
    odd = "$HOME; touch it | `x` *"
    runner.run(command(_NOTE, tmp_path / "told", "a", odd), document, LONG)
    runner.finish()
    told = json.loads((tmp_path / "told").read_text())
    assert told["document"] == document
    assert told["words"] == ["a", odd], "there is no shell"
    assert Path(told["at"]) == Path.home()
    assert told["environment"]["LC_TIME"] == "de_DE.UTF-8"
    assert told["environment"]["HOME"] == str(Path.home())
    assert not {"KINFOLK_SECRET", "QT_QPA_PLATFORM"} & told["environment"].keys()
    assert runner.told == []


def test_the_environment_is_that_of_a_desktop_session() -> None:
    given = {"PATH": "/bin", "Path": "C:\\", "DISPLAY": ":0", "LD_PRELOAD": "x", "LC_ALL": "C"}
    assert plain_environment(given) == {
        "PATH": "/bin", "Path": "C:\\", "DISPLAY": ":0", "LC_ALL": "C",
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
def test_what_it_makes_is_as_open_as_the_user_wants(
    runner: Runner, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app import private

    monkeypatch.setattr(private, "_users_umask", 0o022)
    before = os.umask(0o077)  # as the program has it
    try:
        runner.run(command(_NOTE, tmp_path / "told"), {}, LONG)
        runner.finish()
    finally:
        os.umask(before)
    assert (tmp_path / "told").stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for processes of a session")
def test_who_takes_too_long_is_ended_with_all_it_started(runner: Runner, tmp_path: Path) -> None:
    runner.run(hanging(tmp_path), {}, 5.0)
    eventually((tmp_path / "who").exists)
    runner.finish()
    assert runner.told == ["The notify command took longer than 5 s, and was ended."]
    for pid in map(int, (tmp_path / "who").read_text().split()):
        eventually(lambda pid=pid: is_gone(pid))


def test_a_document_that_is_not_read_holds_nobody_up(runner: Runner, command: Command) -> None:
    large = {"Skipped": ["x" * 1000] * 1000}
    runner.run(command("pass"), large, LONG)
    runner.run(command("import time; time.sleep(600)"), large, 0.5)
    runner.finish()
    assert runner.told == ["The notify command took longer than 0.5 s, and was ended."]


def test_a_failure_is_told_once_until_it_goes_well(
    runner: Runner, command: Command, tmp_path: Path
) -> None:
    program = (
        "import sys; from pathlib import Path; sys.exit(0 if Path(sys.argv[1]).exists() else 3)"
    )
    failing = command(program, tmp_path / "well")

    def run() -> None:
        runner.run(failing, {}, LONG)
        runner.finish()

    for _ in range(3):
        run()
    said = "The notify command failed: its exit status was 3."
    assert runner.told == [said]
    (tmp_path / "well").touch()
    run()
    (tmp_path / "well").unlink()
    run()
    assert runner.told == [said, said]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_who_dies_of_a_signal_is_told_of(runner: Runner, command: Command) -> None:
    runner.run(command("import os; os.kill(os.getpid(), 15)"), {}, LONG)
    runner.finish()
    assert runner.told == ["The notify command was ended by signal 15."]


def test_what_is_no_program_is_told(runner: Runner, tmp_path: Path) -> None:
    runner.run(shlex.quote(str(tmp_path / "nowhere")), {}, LONG)
    runner.run("'", {}, LONG)
    runner.finish()
    assert len(runner.told) == 2
    assert runner.told[0].startswith("The notify command cannot be started: ")
    assert str(tmp_path) not in runner.told[0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes commands as they are")
@pytest.mark.parametrize("wrong", ["'a", " ", '""', "a\0b", "\\"])
def test_what_cannot_be_a_command_is_refused_in_one_line(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as told:
        words_of(wrong)
    assert "\n" not in str(told.value)
    with pytest.raises(UsageError):
        Consent(tmp_path).note("notify_command", wrong)
    Consent(tmp_path).note("pace", wrong)
    assert not Paths.under(tmp_path).consent.exists()


def test_who_is_slow_loses_notices_and_holds_nobody_up(
    runner: Runner, command: Command, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    slow = command(_WAIT, go)
    runner.run(slow, {}, LONG)
    eventually((tmp_path / "go.runs").exists)
    for _ in range(WAITING + 5):
        runner.run(slow, {}, LONG)
    assert runner.told == ["The notify command is too slow: not every notice reaches it."]
    go.touch()
    runner.finish()
    assert (tmp_path / "go.runs").read_text() == "x" * (1 + WAITING)


def test_closing_runs_what_waits_while_there_is_time(command: Command, tmp_path: Path) -> None:
    runner = Runner()
    for number in range(3):
        runner.run(command(_NOTE, tmp_path / str(number)), {}, LONG)
    runner.close(patience=LONG)
    assert all((tmp_path / str(number)).exists() for number in range(3))
    runner.run(command(_NOTE, tmp_path / "late"), {}, LONG)
    assert not (tmp_path / "late").exists() and runner.told == []


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for processes of a session")
def test_closing_ends_who_would_take_longer(tmp_path: Path) -> None:
    runner = Runner()
    for _ in range(3):
        runner.run(hanging(tmp_path), {}, LONG)
    eventually((tmp_path / "who").exists)
    begun = time.monotonic()
    runner.close(patience=0)
    assert time.monotonic() - begun < LONG, "it does not wait for them"
    for pid in map(int, (tmp_path / "who").read_text().split()):
        eventually(lambda pid=pid: is_gone(pid))
    assert runner.told == [], "that the program ends is no fault of theirs"


def test_nobody_runs_anything_unasked(runner: Runner) -> None:
    assert runner._thread is None, "a start makes no thread for it"
    runner.close()
