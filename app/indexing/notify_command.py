"""The notify command: a program of the user's, told of one notice after the other.

It is run without a shell, with the document on its standard input, at the user's home, with the
environment of a desktop session and nothing of ours; what it prints is dropped. It never holds up
the work: it has a thread and a short queue of its own, and so many seconds.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import UsageError
from app.library.consent import words_of
from app.private import user_umask

logger = logging.getLogger(__name__)

WAITING = 16
"""So many notices wait for their turn; more are dropped, and that is told."""
CLOSING_SECONDS = 10.0
"""The program ends after so many at the latest, whatever commands are under way or wait."""
_KEPT_NAMES = frozenset({
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR",
    "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK",
    "XDG_RUNTIME_DIR", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "XDG_CONFIG_HOME",
    "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
    # of Windows
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "USERNAME",
    "USERDOMAIN", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA",
    "PROGRAMFILES", "TEMP", "TMP",
})  # fmt: skip
"""What a command is told of the environment: who the user is, where programs lie, and how a screen
is reached; with every LC_*."""


def plain_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What of an environment a command is told."""
    return {
        name: value
        for name, value in environment.items()
        if name.upper() in _KEPT_NAMES or name.startswith("LC_")
    }


@dataclass(frozen=True, slots=True)
class _Order:
    command: str
    document: bytes
    seconds: float


class CommandRunner:
    """Runs one command after the other; what goes wrong is told once, until it goes well."""

    def __init__(self, complain: Callable[[str], None]) -> None:
        """`complain` is handed what the user has to know, on another thread."""
        self._complain = complain
        self._orders: queue.Queue[_Order | None] = queue.Queue(WAITING)
        self._told: dict[str, set[str]] = {}
        """Command -> what was said of it since it last went well."""
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._has_given_up = False
        self._is_closed = False

    def run(self, command: str, document: Mapping[str, Any], seconds: float) -> None:
        """Hand a document to a command, when it is its turn; returns at once."""
        order = _Order(command, json.dumps(document).encode(), seconds)
        with self._lock:
            if self._is_closed:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="notifier", daemon=True)
                self._thread.start()
        try:
            self._orders.put_nowait(order)
        except queue.Full:
            logger.info("A notice was dropped: the notify command is too slow")
            self._tell(command, "The notify command is too slow: not every notice reaches it.")

    def finish(self) -> None:
        """Wait until every command that was ordered until now has ended."""
        self._orders.join()

    def close(self, patience: float = CLOSING_SECONDS) -> None:
        """Run what waits, if that takes no longer than `patience` seconds; then end it."""
        with self._lock:
            self._is_closed = True
            thread = self._thread
        if thread is None:
            return
        end = time.monotonic() + patience
        with contextlib.suppress(queue.Full):
            self._orders.put(None, timeout=patience)
        thread.join(max(0.0, end - time.monotonic()))
        if thread.is_alive():
            logger.info("A notify command was under way still, and is ended")
            with self._lock:
                self._has_given_up = True
                if self._process is not None and self._process.returncode is None:
                    _kill(self._process)
            with contextlib.suppress(queue.Full):
                self._orders.put_nowait(None)
            thread.join()

    def _work(self) -> None:
        while True:
            order = self._orders.get()
            try:
                if order is None:
                    return
                if not self._has_given_up:
                    self._do(order)
                elif self._orders.empty():
                    return
            except Exception:
                logger.exception("The notify command could not be run")
            finally:
                self._orders.task_done()

    def _do(self, order: _Order) -> None:
        try:
            trouble = self._run(order)
        except UsageError as error:
            trouble = str(error)
        except OSError as error:
            trouble = f"The notify command cannot be started: {error.strerror or error}."
        if self._has_given_up:
            return
        if trouble:
            logger.info("A notify command failed")
            self._tell(order.command, trouble)
        else:
            self._told.pop(order.command, None)

    def _run(self, order: _Order) -> str:
        """Run it; gives what went wrong, or nothing."""
        process = _start(order.command)
        with self._lock:
            self._process = process
            if self._has_given_up:
                _kill(process)
        try:
            process.communicate(order.document, order.seconds)
        except subprocess.TimeoutExpired:
            return f"The notify command took longer than {order.seconds:g} s, and was ended."
        finally:
            with self._lock:
                self._process = None
            if process.poll() is None:
                _kill(process)
                process.wait()
            if process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.close()
        if process.returncode < 0:
            return f"The notify command was ended by signal {-process.returncode}."
        if process.returncode:
            return f"The notify command failed: its exit status was {process.returncode}."
        return ""

    def _tell(self, command: str, trouble: str) -> None:
        told = self._told.setdefault(command, set())
        if trouble not in told:
            told.add(trouble)
            self._complain(trouble)


def _start(command: str) -> subprocess.Popen[bytes]:
    options: dict[str, Any] = {}
    if sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    else:
        options |= {"start_new_session": True, "umask": user_umask()}
    return subprocess.Popen(
        words_of(command), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, cwd=Path.home(), env=plain_environment(os.environ), **options,
    )  # fmt: skip


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a command and whatever it started."""
    if sys.platform == "win32":
        _kill_tree(process)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _kill_tree(process: subprocess.Popen[bytes]) -> None:
    """As Windows has no sessions: whoever descends from it."""
    import psutil

    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
    process.kill()
