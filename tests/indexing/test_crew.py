"""Real child processes: they answer, fail, die, hang, and never outlive their parent."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.errors import BugError, ModelError, PhotoError
from app.indexing.crew import Crew, CrewError, DeadWorkerError
from tests.indexing import errands
from tests.indexing.conftest import eventually

ROOT = Path(__file__).parents[2]


@pytest.fixture
def crew() -> Iterator[Callable[..., Crew]]:
    """Makes crews, and ends them."""
    made: list[Crew] = []

    def make(count: int = 1, seconds: float = 60, begin: object = None) -> Crew:
        chosen = (begin,) if begin else (errands.begin, "hello")
        made.append(Crew(count, seconds, *chosen))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.stop()


def test_one_child_does_one_job_after_the_other(crew: Callable[..., Crew]) -> None:
    one = crew()
    first, second = (one.do(errands.greet).result() for _ in range(2))
    assert first == second and first[0] == "hello" and first[1] != os.getpid()


def test_what_goes_wrong_comes_back_as_it_is_or_as_a_bug(crew: Callable[..., Crew]) -> None:
    one = crew()
    with pytest.raises(PhotoError, match="It is blurred"):
        one.do(errands.refuse, "It is blurred.").result()
    with pytest.raises(BugError, match="Oddity: went wrong"):
        one.do(errands.stumble).result()
    assert "some_engine" not in sys.modules


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL, signal.SIGTERM])
def test_a_death_is_told_and_the_next_job_is_done(
    number: signal.Signals, crew: Callable[..., Crew]
) -> None:
    one = crew()
    with pytest.raises(DeadWorkerError) as told:
        one.do(errands.end_by, number).result()
    assert told.value.exitcode == -number
    assert one.do(errands.greet).result()[0] == "hello"


def test_leaving_in_the_middle_is_a_death_too(crew: Callable[..., Crew]) -> None:
    with pytest.raises(DeadWorkerError) as told:
        crew().do(errands.leave, 0).result()
    assert told.value.exitcode == 0


def test_a_job_that_hangs_is_ended(crew: Callable[..., Crew]) -> None:
    one = crew(seconds=0.5)
    with pytest.raises(TimeoutError):
        one.do(errands.hang).result()
    assert one.do(errands.greet).result()[0] == "hello"


def test_an_idle_child_that_is_killed_costs_nothing(crew: Callable[..., Crew]) -> None:
    one = crew()
    _, child = one.do(errands.greet).result()
    os.kill(child, signal.SIGKILL)
    assert one.do(errands.greet).result()[1] != child


def test_a_job_that_is_wanted_no_more_is_ended(crew: Callable[..., Crew]) -> None:
    one = crew()
    errand, waiting = one.do(errands.hang), one.do(errands.hang)
    eventually(errand.running)
    errand.cancel()
    waiting.cancel()
    assert one.do(errands.greet).result()[0] == "hello"


def test_stopping_ends_what_is_under_way_and_what_waits(crew: Callable[..., Crew]) -> None:
    one = crew(2)
    asked = [one.do(errands.hang) for _ in range(5)]
    eventually(asked[1].running)
    one.stop()
    assert all(errand.done() for errand in asked)


def test_a_crew_grows_and_shrinks_and_loses_no_job(crew: Callable[..., Crew]) -> None:
    one = crew(1)
    first = one.do(errands.greet)
    one.change(3, "hello")
    jobs = [one.do(errands.greet_after, 0.2) for _ in range(12)]
    assert len({job.result()[1] for job in jobs}) >= 2
    busy = [one.do(errands.greet_after, 0.2) for _ in range(6)]
    eventually(busy[0].running)
    one.change(1, "hello")
    assert all(job.result()[0] == "hello" for job in [first, *busy])
    eventually(lambda: sum(hand.is_alive() for hand in one._hands) == 1)
    last = [one.do(errands.greet_after, 0.01) for _ in range(4)]
    assert len({job.result()[1] for job in last}) == 1


def test_idle_children_who_are_too_many_go(crew: Callable[..., Crew]) -> None:
    one = crew(3)
    for job in [one.do(errands.greet_after, 0.3) for _ in range(3)]:
        job.result()
    one.change(1, "hello")
    eventually(lambda: sum(hand.is_alive() for hand in one._hands) == 1)
    one.change(2, "hello")
    assert sum(not hand.is_leaving for hand in one._hands if hand.is_alive()) == 2
    assert one.do(errands.greet).result()[0] == "hello"


def test_who_began_otherwise_is_replaced_before_the_next_job(crew: Callable[..., Crew]) -> None:
    one = crew(1)
    before = one.do(errands.greet_after, 0.3)
    eventually(before.running)
    one.change(1, "good evening")
    assert before.result()[0] == "hello", "what is under way is not disturbed"
    words, child = one.do(errands.greet).result()
    assert words == "good evening" and child != before.result()[1]
    one.change(1, "good evening")
    assert one.do(errands.greet).result() == (words, child), "nothing changed"


def test_a_crew_that_was_stopped_stays_so(crew: Callable[..., Crew]) -> None:
    one = crew(2)
    one.stop()
    one.change(4, "hello")
    assert not [hand for hand in one._hands if hand.is_alive()]


def test_a_child_that_cannot_begin_is_nobodys_fault(crew: Callable[..., Crew]) -> None:
    with pytest.raises(CrewError, match="end as soon as they are started"):
        crew(begin=errands.begin_badly).do(errands.greet).result()
    with pytest.raises(ModelError, match="no models"):
        crew(begin=errands.begin_without_models).do(errands.greet).result()


def test_a_child_that_begins_does_not_hear_ctrl_c(crew: Callable[..., Crew]) -> None:
    one = crew(begin=errands.begin_while_somebody_presses_ctrl_c)
    assert one.do(os.getpid).result() != os.getpid()


def test_when_no_process_can_be_started_that_is_said(crew: Callable[..., Crew]) -> None:
    one = crew()
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, before[1]))
    try:
        with pytest.raises(CrewError, match="cannot be started: Too many open files"):
            one.do(errands.greet).result()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert one.do(errands.greet).result()[0] == "hello"


PROGRAM = """
    import sys, time
    from pathlib import Path
    from app.indexing.crew import Crew
    from tests.indexing import errands

    if __name__ == "__main__":
        crew = Crew(2, 600, errands.begin)
        crew.do(errands.greet).result()
        for number in (1, 2):
            crew.do(getattr(errands, sys.argv[1]), Path(f"{sys.argv[2]}{number}"))
        time.sleep(600)
"""


@pytest.mark.parametrize("how", ["hang", "hang_stiffly"])
def test_no_child_outlives_a_program_that_is_killed(how: str, tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(textwrap.dedent(PROGRAM))
    program = subprocess.Popen(
        [sys.executable, script, how, tmp_path / "note"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    eventually(lambda: all((tmp_path / f"note{number}").exists() for number in (1, 2)))
    # The program, its two children, and the process in which multiprocessing keeps its books.
    assert len(_session(program.pid)) >= 3
    program.kill()
    program.wait()
    eventually(lambda: not _session(program.pid), 10)


def _session(number: int) -> list[str]:
    """The processes that one program started, and itself."""
    found = subprocess.run(["pgrep", "-s", str(number)], capture_output=True, text=True)
    return found.stdout.split()


def test_a_child_that_did_its_share_works_on_until_its_successor_is_ready(
    crew: Callable[..., Crew], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.indexing.crew.JOBS_EACH", 2)
    one = crew()
    first = one.do(errands.greet).result()[1]
    assert one.do(errands.greet).result()[1] == first
    # The successor is only started by the third, and starting takes longer than that.
    assert one.do(errands.greet).result()[1] == first
    eventually(lambda: one.do(errands.greet).result()[1] != first)
    eventually(lambda: not Path(f"/proc/{first}").exists())


def test_a_successor_that_began_otherwise_is_replaced_too(
    crew: Callable[..., Crew], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.indexing.crew.JOBS_EACH", 2)
    one = crew(1)
    for _ in range(3):
        assert one.do(errands.greet).result()[0] == "hello"
    assert one._hands[0]._successor is not None
    one.change(1, "good evening")
    assert {one.do(errands.greet).result()[0] for _ in range(4)} == {"good evening"}


def test_a_successor_that_cannot_begin_is_done_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("app.indexing.crew.JOBS_EACH", 2)
    made = Crew(1, 60, errands.begin_once, tmp_path / "begun")
    try:
        first = made.do(errands.greet).result()[1]
        tries = tmp_path / "begun"
        eventually(
            lambda: made.do(errands.greet).result()[1] == first and len(tries.read_text()) >= 3
        )
        assert made.do(errands.greet).result()[1] == first
    finally:
        made.stop()
