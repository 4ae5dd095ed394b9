"""The doorbell between processes: who knows the key is answered, and nobody can hold it up."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

import pytest

from app.errors import KnownError, LibraryBusyError, UsageError
from app.indexing import doorbell
from app.indexing.doorbell import Doorbell, Message, ring

pytestmark = pytest.mark.skipif(os.name == "nt", reason="speaks to the socket itself")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return tmp_path / "test.bell"


@pytest.fixture
def heard() -> list[Message]:
    return []


@pytest.fixture
def bell(note: Path, heard: list[Message]) -> Iterator[Doorbell]:
    def answer(message: Message) -> Message:
        heard.append(message)
        if message.get("do") == "refuse":
            raise UsageError("There is no such thing.")
        if message.get("do") == "fail":
            raise LibraryBusyError("The library is busy.")
        return {"heard": message}

    hung = Doorbell(note, answer)
    yield hung
    hung.close()


def address(note: Path) -> str:
    return str(json.loads(note.read_text())["address"])


@pytest.mark.usefixtures("bell")
def test_what_is_said_arrives_whole(note: Path, heard: list[Message]) -> None:
    odd = os.fsdecode(b"/gr\xfcn \xff/" + b"x" * 200)
    message = {"do": "index", "paths": [odd] * 5000, "rebuild": True}
    assert ring(note, message) == {"heard": message}
    assert heard == [message]


@pytest.mark.usefixtures("bell")
def test_what_is_refused_is_raised_where_it_was_asked(note: Path) -> None:
    with pytest.raises(UsageError, match="no such thing"):
        ring(note, {"do": "refuse"})
    with pytest.raises(KnownError, match="busy"):
        ring(note, {"do": "fail"})


@pytest.mark.usefixtures("bell")
def test_it_is_for_its_owner_only_and_never_of_the_network(note: Path) -> None:
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    place = Path(address(note))
    assert stat.S_ISSOCK(place.stat().st_mode)
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert len(os.fsencode(place)) <= 104, "the shortest limit of all systems"


def test_the_path_of_a_library_may_be_long(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a folder with a long name"] * 8)
    deep.mkdir(parents=True)
    hung = Doorbell(deep / "test.bell", lambda message: message)
    assert ring(deep / "test.bell", {"do": "x"}) == {"do": "x"}
    hung.close()


def test_a_note_that_cannot_be_taken_down_holds_up_nothing(note: Path) -> None:
    hung = Doorbell(note, lambda message: message)
    note.unlink()
    note.mkdir()  # as good as a disk that has become read-only
    hung.close()


@pytest.mark.usefixtures("bell")
def test_without_the_key_nothing_is_heard(note: Path, heard: list[Message]) -> None:
    told = json.loads(note.read_text())
    other = note.with_name("other.bell")
    other.write_text(json.dumps(told | {"key": "00" * 32}))
    with pytest.raises(ConnectionError):
        ring(other, {"do": "index"}, seconds=3)
    assert heard == []


@pytest.mark.usefixtures("bell")
@pytest.mark.parametrize(
    "garbage", [b"", b"\0", b"GET / HTTP/1.1\r\n\r\n", b"\x7f\xff\xff\xff", os.urandom(4000)]
)
def test_garbage_harms_nobody(note: Path, heard: list[Message], garbage: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(address(note))
        caller.sendall(garbage)
    for text in (b"", b"{", b"[1]", b'"show"'):
        with Client(address(note)) as caller:
            greeting = caller.recv_bytes()
            key = bytes.fromhex(json.loads(note.read_text())["key"])
            caller.send_bytes(doorbell._sealed(key, greeting, text))
            with pytest.raises((EOFError, OSError)):
                caller.recv_bytes()
    assert ring(note, {"do": "x"}) == {"heard": {"do": "x"}}
    assert heard == [{"do": "x"}]


@pytest.mark.usefixtures("bell")
def test_those_who_say_nothing_keep_nobody_waiting(note: Path) -> None:
    silent = [socket.socket(socket.AF_UNIX) for _ in range(10)]
    for caller in silent:
        caller.connect(address(note))
    silent[0].sendall(b"\0\0")  # stops in the middle of a word
    assert ring(note, {"do": "x"}, seconds=3) == {"heard": {"do": "x"}}
    for caller in silent:
        caller.close()


@pytest.mark.usefixtures("bell")
def test_many_may_ring_at_once(note: Path, heard: list[Message]) -> None:
    answers: list[Message] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(ring(note, {"n": n}, 30)))
        for n in range(60)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(m["n"] for m in heard) == list(range(60))
    assert sorted(a["heard"]["n"] for a in answers) == list(range(60))


def test_a_bell_that_was_taken_down_is_not_answered(bell: Doorbell, note: Path) -> None:
    place = Path(address(note))
    bell.close()
    assert not note.exists() and not place.exists()
    with pytest.raises(ConnectionError):
        ring(note, {"do": "x"})


def test_it_can_be_taken_down_while_somebody_says_nothing(note: Path) -> None:
    hung = Doorbell(note, lambda message: message)
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(address(note))
        hung.close()
        assert not hung._thread.is_alive()


KILLED = """
import sys, time
from pathlib import Path
from app.indexing.doorbell import Doorbell
bell = Doorbell(Path(sys.argv[1]), lambda message: {"from": "child"})
print("ready", flush=True)
time.sleep(100)
"""


@pytest.fixture
def child(note: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has hung out the bell."""
    program = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(note)], stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert program.stdout is not None and program.stdout.readline() == "ready\n"
    yield program
    program.kill()
    program.wait()
    program.stdout.close()


def test_what_a_killed_process_left_is_replaced(note: Path, child: subprocess.Popen[str]) -> None:
    assert ring(note, {}) == {"from": "child"}
    child.kill()
    child.wait()
    with pytest.raises(ConnectionError):
        ring(note, {})
    hung = Doorbell(note, lambda _: {"from": "here"})
    assert ring(note, {}) == {"from": "here"}
    hung.close()


def test_a_process_that_stands_still_is_not_waited_for(
    note: Path, child: subprocess.Popen[str]
) -> None:
    os.kill(child.pid, signal.SIGSTOP)
    for _ in range(3):
        with pytest.raises(ConnectionError):
            ring(note, {}, seconds=0.3)
    os.kill(child.pid, signal.SIGCONT)
    assert ring(note, {}) == {"from": "child"}


@pytest.mark.usefixtures("bell")
def test_a_bell_on_another_computer_is_told_of(note: Path) -> None:
    told: dict[str, Any] = json.loads(note.read_text())
    note.write_text(json.dumps(told | {"host": "attic"}))
    with pytest.raises(LibraryBusyError, match="attic"):
        ring(note, {"do": "x"})


@pytest.mark.logs_trouble
def test_a_mistake_of_ours_is_told_and_the_bell_goes_on(note: Path) -> None:
    def answer(message: Message) -> Message:
        return {} if message["do"] == "well" else {"x": 1 // 0}

    hung = Doorbell(note, answer)
    with pytest.raises(KnownError, match="log"):
        ring(note, {"do": "badly"})
    assert ring(note, {"do": "well"}) == {}
    hung.close()
