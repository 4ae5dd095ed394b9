"""Doorbell: how one Kinfolk on this computer asks something of another that has the same library.

[Note: The bell] Whoever holds a lock of the library may hang out a bell: a socket in a folder that
only this user can enter (a path of a socket may have 108 bytes, so it cannot lie in the library),
and beside the lock a note for its owner only, with the address of the socket and a key. Whoever
rings proves to know the key, and so does whoever answers. Nothing of it leaves the computer.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import logging
import os
import platform
import queue
import secrets
import socket
import stat
import struct
import tempfile
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from app.errors import KnownError, LibraryBusyError, UsageError
from app.private import write_private

logger = logging.getLogger(__name__)

Message = Mapping[str, Any]
Answer = Callable[[Message], Message]

PATIENCE = 5.0
"""Seconds that a caller may take to speak, and that it waits to be answered."""
_LONGEST = 8_000_000
"""Bytes of a message: more than a command line can hold."""
_LONGEST_ADDRESS = 100
_AT_THE_DOOR = 16
"""Callers that are heard out at a time; the others wait."""
_BACKLOG = 64
_PROOF = hashlib.sha256().digest_size


class Doorbell:
    """Answers those who ring, one after the other, on a thread of its own.

    Only the holder of a lock may hang it out: what is left of the bell of a dead process is
    replaced.
    """

    def __init__(self, note: Path, answer: Answer) -> None:
        """`note` is where callers find the bell. `answer` may raise a KnownError, which is
        raised for the caller.

        Raises OSError when there is no place for it.
        """
        self._note = note
        self._answer = answer
        self._key = secrets.token_bytes(32)
        self._address, family = _address(note)
        with contextlib.suppress(OSError):
            Path(self._address).unlink()
        self._listener = Listener(self._address, family, backlog=_BACKLOG)
        try:
            self._write_note()
        except OSError:
            self._listener.close()
            raise
        self._door = threading.BoundedSemaphore(_AT_THE_DOOR)
        self._answering = threading.Lock()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="doorbell", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take the bell down; an answer that is being given is given."""
        with self._answering:
            self._closing = True
        with contextlib.suppress(OSError):  # a note that stays leads to nobody
            self._note.unlink()
        with contextlib.suppress(OSError, EOFError):
            Client(self._address).close()  # wakes the thread
        self._thread.join(PATIENCE)
        with contextlib.suppress(OSError):
            self._listener.close()

    def _write_note(self) -> None:
        told = {"address": self._address, "key": self._key.hex(), "host": platform.node()}
        write_private(self._note, json.dumps(told))

    def _run(self) -> None:
        while not self._closing:
            try:
                caller = self._listener.accept()
            except (OSError, EOFError):
                if not self._closing:
                    logger.info("A caller left before the door was open")
                continue
            self._door.acquire()
            threading.Thread(
                target=self._hear_out, args=(caller,), name="doorbell-caller", daemon=True
            ).start()

    def _hear_out(self, caller: Connection[Any, Any]) -> None:
        try:
            with caller:
                _limit(caller)
                self._speak(caller)
        except (OSError, EOFError, ValueError):
            logger.debug("A caller said nothing that can be understood")
        finally:
            self._door.release()

    def _speak(self, caller: Connection[Any, Any]) -> None:
        greeting = secrets.token_bytes(_PROOF)
        caller.send_bytes(greeting)
        if not caller.poll(PATIENCE):
            return
        message = json.loads(_unsealed(self._key, greeting, caller.recv_bytes(_LONGEST)))
        if not isinstance(message, Mapping):
            raise ValueError("not a message")
        with self._answering:
            if self._closing:
                return
            answer = self._answer_safely(message)
        caller.send_bytes(_sealed(self._key, greeting[::-1], json.dumps(answer).encode()))

    def _answer_safely(self, message: Message) -> Message:
        try:
            return self._answer(message)
        except UsageError as error:
            return {"refused": str(error), "usage": True}
        except KnownError as error:
            return {"refused": str(error)}
        except Exception:
            logger.exception("A caller could not be answered")
            return {"refused": "Something went wrong inside the other Kinfolk; its log says what."}


def ring(note: Path, message: Message, seconds: float = PATIENCE) -> Message:
    """Ask whoever hung out the bell at `note`; gives the answer.

    Raises ConnectionError when nobody answers within `seconds`, LibraryBusyError when the bell
    hangs on another computer, and what the one who answers raises.
    """
    answers: queue.SimpleQueue[Message | None] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(_ask(note, message, seconds))
        except (OSError, EOFError, ValueError, KeyError):
            answers.put(None)

    host = _host(note)
    if host not in ("", platform.node()):
        raise LibraryBusyError(
            f"Kinfolk has this library open on another computer, {host}. Close it there first."
        )
    # On a thread that may be left behind: a process that stands still would hold this one up.
    threading.Thread(target=ask, name="doorbell-ring", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        answer = None
    if answer is None:
        raise ConnectionError("nobody answers")
    if "refused" in answer:
        kind = UsageError if answer.get("usage") else KnownError
        raise kind(str(answer["refused"]))
    return answer


def _ask(note: Path, message: Message, seconds: float) -> Message:
    told = json.loads(note.read_text(encoding="utf-8"))
    key = bytes.fromhex(told["key"])
    with Client(told["address"]) as bell:
        _limit(bell)
        greeting = bell.recv_bytes(_PROOF)
        bell.send_bytes(_sealed(key, greeting, json.dumps(dict(message)).encode()))
        if not bell.poll(seconds):
            raise EOFError
        answer = json.loads(_unsealed(key, greeting[::-1], bell.recv_bytes(_LONGEST)))
    if not isinstance(answer, Mapping):
        raise ValueError("not an answer")
    return answer


def _host(note: Path) -> str:
    """The computer on which the bell hangs; empty when that is not known."""
    try:
        return str(json.loads(note.read_text(encoding="utf-8"))["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _sealed(key: bytes, greeting: bytes, text: bytes) -> bytes:
    return hmac.digest(key, greeting + text, "sha256") + text


def _unsealed(key: bytes, greeting: bytes, sealed: bytes) -> bytes:
    proof, text = sealed[:_PROOF], sealed[_PROOF:]
    if not hmac.compare_digest(proof, hmac.digest(key, greeting + text, "sha256")):
        raise ValueError("the key is wrong")
    return text


def _address(note: Path) -> tuple[str, str]:
    """Where the bell hangs, and of what kind its socket is: never one of the network."""
    mark = hashlib.sha256(os.fsencode(note.resolve())).hexdigest()[:24]
    if os.name == "nt":
        return rf"\\.\pipe\kinfolk-{mark}", "AF_PIPE"
    return str(_private_folder(len(mark)) / mark), "AF_UNIX"


def _private_folder(room: int) -> Path:
    """A folder for sockets that nobody else can enter, with a path so short that `room` bytes
    more may follow."""
    bases = (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp")
    for base in filter(None, bases):
        folder = Path(base) / f"kinfolk-{os.getuid()}"
        if len(os.fsencode(folder)) + 1 + room > _LONGEST_ADDRESS:
            continue
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            status = folder.lstat()
        except OSError:
            continue
        is_ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid()
        if is_ours and not stat.S_IMODE(status.st_mode) & 0o077:
            return folder
    raise OSError("there is no folder for a socket")


def _limit(connection: Connection[Any, Any]) -> None:
    """Let nobody stop in the middle of a message for ever. Pipes of Windows come whole."""
    if os.name == "nt":
        return
    patience = struct.pack("ll", int(PATIENCE), 0)
    with socket.socket(fileno=os.dup(connection.fileno())) as twin:
        twin.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)
        twin.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)
