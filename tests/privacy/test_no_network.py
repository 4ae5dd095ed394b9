"""No network: the window, every command and every child do all they do where nothing else but
their screen can be reached, and whoever tried would be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app.cli.parser import command_names
from app.paths import Paths
from tests.media.films import film, numbered
from tests.privacy.no_network import KILLED
from tests.privacy.tour import (
    NO_NETWORK,
    PYTHON,
    ROOT,
    TELEMETRY,
    Tour,
    environment,
    open_ones,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the filter is one of Linux")

NAMES = ("Philomena Quüx", "Bartholomäus Zzyzx", "Cunégonde Wrzesień", "Dagobert Jinx")
CONTROLS = {
    "a socket": "socket.socket(socket.AF_INET)",
    "a socket of the newer kind": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "a raw socket": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "a socket to the kernel": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "a name": "socket.getaddrinfo('example.org', 80)",
    "a name, asked by C": "ctypes.CDLL(None).gethostbyname(b'example.org')",
    "a name, in a thread": "threading.Thread(target=socket.gethostbyname, args=('a.org',)).start();"
    "time.sleep(30)",
    "a ring of the kernel": "ctypes.CDLL(None).syscall(425, 8, ctypes.create_string_buffer(120))",
}


def unreachable(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """What became of a program without a network."""
    return subprocess.run(
        [*NO_NETWORK, *words],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, **options,
    )  # fmt: skip


@pytest.mark.parametrize("control", CONTROLS)
def test_the_filter_bites(control: str) -> None:
    code = f"import ctypes, socket, threading, time; {CONTROLS[control]}"
    done = unreachable(PYTHON, "-c", code)
    assert done.returncode == -KILLED, done.stderr


def test_the_filter_bites_in_children_of_every_kind() -> None:
    code = (
        "import multiprocessing, os, socket, subprocess, sys\n"
        "if __name__ == '__main__':\n"
        "    code = 'import socket; socket.socket()'\n"
        "    print(subprocess.run([sys.executable, '-c', code]).returncode)\n"
        "    for kind in ('fork', 'spawn'):\n"
        "        child = multiprocessing.get_context(kind).Process(target=socket.socket)\n"
        "        child.start(); child.join(); print(child.exitcode)\n"
    )
    done = unreachable(PYTHON, "-c", code)
    assert done.stdout.split() == [str(-KILLED)] * 3, done.stderr


def test_the_filter_leaves_alone_what_needs_no_network() -> None:
    code = (
        "import socket; socket.socket(socket.AF_UNIX); socket.socketpair();"
        "open('/proc/self/status').read(); print('done')"
    )
    done = unreachable(PYTHON, "-c", code)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr


def test_a_socket_that_was_open_is_not_handed_on() -> None:
    code = (
        "import os, socket, subprocess, sys\n"
        "one = socket.socket(); os.set_inheritable(one.fileno(), True)\n"
        f"words = [*{list(NO_NETWORK)!r}, sys.executable, '-c',"
        " f'import os; os.fstat({one.fileno()})']\n"
        "sys.exit(subprocess.run(words, close_fds=False, stderr=subprocess.PIPE).returncode)"
    )
    done = subprocess.run([PYTHON, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 1, "there is no such file any more"


def test_only_a_download_that_was_agreed_to_wants_a_network(home: Path) -> None:
    """The one exception, and it is no sooner there than the user has agreed: before, the same
    command lives where nobody may have a socket; after, it is killed at its first."""
    words = (PYTHON, "-m", "app", "models", "download", "buffalo_sc")
    options = {"env": environment()}
    refused = unreachable(*words, **options)
    assert (refused.returncode, "--accept-licence" in refused.stderr) == (2, True), refused.stderr
    read = unreachable(*words[:-2], "licence", "buffalo_sc", **options)
    assert read.returncode == 0 and "non-commercial research" in read.stdout
    fetched = unreachable(*words, "--accept-licence", **options)
    assert fetched.returncode == -KILLED, fetched.stderr
    assert not any(home.rglob("*.onnx"))


def test_nothing_that_speaks_to_a_network_is_loaded_before_a_download() -> None:
    code = (
        "import sys, app.cli.main, app.cli.models, app.indexing.model_keeper;"
        "print(sorted({'requests', 'urllib3'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [PYTHON, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_command_works_without_a_network(six_people: Path, home: Path) -> None:
    """And, since it is all at hand: nothing that was made is open to others, and the log names
    nobody."""
    home.chmod(0o700)
    before = os.umask(0)
    try:
        tour = Tour(NO_NETWORK)
        tour.take(six_people, NAMES)
    finally:
        os.umask(before)
    assert tour.said == command_names(), "every command is given; a new one belongs into the tour"
    assert open_ones(home) == []
    assert untold(home, six_people) == []
    assert made_by_others(home) == []


PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n"


@pytest.mark.usefixtures("home")
def test_videos_are_looked_at_without_a_network(tmp_path: Path) -> None:
    """FFmpeg can reach a network, and opens what playlists name; to us those are no videos,
    whatever they are called."""
    folder = tmp_path / "films"
    folder.mkdir()
    opened = unreachable(PYTHON, "-c", "import av; av.open('http://127.0.0.1:9/a.mp4')")
    assert opened.returncode == -KILLED, "or else this shows nothing"
    film(folder / "fine.mp4", map(numbered, range(10)))
    for name in ("playlist.mp4", "playlist.mkv", "playlist.mts"):
        (folder / name).write_text(PLAYLIST)
    answer = Tour(NO_NETWORK).say("index", folder, status=1)
    assert answer["Indexed"] == 1
    assert {one["Error"] for one in answer["Skipped"]} == {
        "This is not a kind of video that Kinfolk can open."
    }


@pytest.mark.slow
@pytest.mark.xvfb
@pytest.mark.timeout(400)
def test_the_window_works_without_a_network(six_people: Path, home: Path, xvfb: str) -> None:
    home.chmod(0o700)
    before = os.umask(0)
    environ = environment(DISPLAY=xvfb, QT_QPA_PLATFORM="xcb")
    try:
        window = subprocess.Popen(
            [*NO_NETWORK, PYTHON, "-m", "app", str(six_people)],
            cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    finally:
        os.umask(before)
    try:
        seen: set[int] = set()
        end = time.monotonic() + 180
        while len(list(home.rglob("faces/*/*.jpg"))) < 24:
            assert window.poll() is None and time.monotonic() < end
            seen |= children(window.pid)
            time.sleep(0.05)
        assert seen, "photos were looked at in child processes"
        tour = Tour(NO_NETWORK)
        until(lambda: len(tour.people()) >= 6)
        hand(environ, "search", "--sync", "--onlyvisible", "--class", "kinfolk", "windowfocus")
        for keys in (("Return",), ("F2",), ("Escape",), ("Return",), ("Right",), ("Escape",)):
            hand(environ, "key", *keys)
            time.sleep(0.3)
    finally:
        window.send_signal(signal.SIGINT)
        errors = window.communicate(timeout=120)[1]
    assert (window.returncode, errors) == (0, "")
    assert [task["Status"] for task in tour.say("tasks")["Tasks"]].count("failed") == 0
    assert open_ones(home) == [] and untold(home, six_people) == []
    assert made_by_others(home) == []


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_telemetry_is_off_in_every_child_before_anything_is_imported(six_people: Path) -> None:
    """The environment that a process was born with is what /proc shows of it."""
    program = subprocess.Popen(
        [PYTHON, "-m", "app", "index", str(six_people)],
        cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    born: dict[int, bool] = {}
    while program.poll() is None:
        for child in children(program.pid) - born.keys():
            with contextlib.suppress(OSError):
                # Before that it is a mere copy of its parent, which was started by somebody else.
                if b"multiprocessing" in Path(f"/proc/{child}/cmdline").read_bytes():
                    told = Path(f"/proc/{child}/environ").read_bytes().split(b"\0")
                    born[child] = f"{TELEMETRY}=1".encode() in told
        time.sleep(0.01)
    assert program.returncode == 0 and len(born) >= 2
    assert all(born.values())


def untold(home: Path, photos: Path) -> list[str]:
    """Which names and paths the logs tell, though they must not."""
    logs = [path.read_text(encoding="utf-8") for path in home.rglob("kinfolk.log*")]
    assert logs
    secrets = [*NAMES, *(name.split()[0] for name in NAMES), str(home), str(photos)]
    secrets += [path.name for path in photos.iterdir()]
    return [secret for secret in secrets for log in logs if secret in log]


def made_by_others(home: Path) -> list[str]:
    """What lies in the home folder and not in the library: onnxruntime's number of this device
    would be among it. A desktop's libraries keep what they know of fonts and graphics there."""
    library = Paths.for_user().data
    usual = ("fontconfig", "mesa_shader_cache", "mesa_shader_cache_db")
    return [
        str(path)
        for path in home.rglob("*")
        if path.is_file() and library not in path.parents and not set(usual) & set(path.parts)
    ]


def children(pid: int) -> set[int]:
    """The processes below one."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            own = {int(number) for number in task.read_text(encoding="ascii").split()}
        except OSError:
            continue
        found |= own
        for child in own:
            found |= children(child)
    return found


def until(what: Any, seconds: float = 120) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"not true after {seconds} s"
        time.sleep(0.5)


def hand(environ: dict[str, str], *words: str) -> None:
    """Call xdotool."""
    subprocess.run(["xdotool", *words], env=environ, capture_output=True, check=False, timeout=30)
