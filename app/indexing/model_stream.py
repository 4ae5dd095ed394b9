"""Model stream: the one place where Kinfolk uses a network: bytes of an archive, because the user
asked for it.

[Note: Network] Nothing else of the program may import what speaks to a network (an import contract
says so), and nothing of this is imported before a download is wanted. A thread of its own reads,
so that whoever waits may stop at any moment, also while a name is looked up in vain.
"""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.errors import ModelError

CHUNK = 1 << 18
"""Bytes that are handed on at once, at most."""
_AHEAD = 16
"""So many chunks are read before the first is wanted."""
HOPS = 5
"""A release page sends on to where its files lie; who is sent on more often goes in a circle."""
TICK = 0.1
"""Seconds between two looks whether the user still wants it."""
DIRECT = "none"
"""The setting for no proxy at all, whatever the system says."""

Check = Callable[[], None]


class BrokenStream(Exception):  # noqa: N818 - no error of the user's: it is tried again
    """The connection failed, stalled, or was cut; tried again, it may work."""

    def __init__(self, why: str, pause: float = 0.0, is_away: bool = False) -> None:
        """`pause` is how many seconds the server wants to be left alone; `is_away` says that
        nobody answers at all."""
        super().__init__(why)
        self.pause = pause
        self.is_away = is_away


@dataclass(frozen=True, slots=True)
class Head:
    """How a server answered, before the bytes themselves."""

    status: int
    headers: Mapping[str, str]
    """By name in small letters."""

    @property
    def etag(self) -> str:
        """What names this very version of the file; empty where none that is sure was told."""
        told = self.headers.get("etag", "")
        return "" if told.startswith("W/") else told

    @property
    def modified(self) -> str:
        """When the file was changed last, as the server writes it."""
        return self.headers.get("last-modified", "")

    @property
    def length(self) -> int | None:
        """Bytes that follow, as far as that is told."""
        told = self.headers.get("content-length", "")
        return int(told) if told.isascii() and told.isdigit() else None

    @property
    def part(self) -> tuple[int, int] | None:
        """Of a part of the file: where it begins, and how large the whole is."""
        unit, _, rest = self.headers.get("content-range", "").partition(" ")
        span, _, total = rest.partition("/")
        begin, _, _end = span.partition("-")
        if unit != "bytes" or not (begin.isdigit() and total.isdigit()):
            return None
        return int(begin), int(total)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a server."""

    address: str
    begin: int = 0
    """The first byte that is wanted."""
    unless_changed: str = ""
    """From there on only if the file still is what this names; else from its beginning."""

    def headers(self) -> dict[str, str]:
        """As HTTP says it (RFC 9110, 13.1.5 and 14.2)."""
        # Packed on the way, the bytes would be others than those that were counted and summed.
        told = {"Accept-Encoding": "identity", "User-Agent": "Kinfolk"}
        if self.begin:
            told["Range"] = f"bytes={self.begin}-"
            if self.unless_changed:
                told["If-Range"] = self.unless_changed
        return told


class Stream:
    """One answer of a server, read by a thread of its own; to be closed."""

    def __init__(self, wish: Wish, proxy: str = "", patience: float = 30.0) -> None:
        """`proxy` is empty for what the system says, "none", or an address; `patience` seconds may
        pass without a byte.

        Raises ModelError for an address or a proxy that is not used.
        """
        check_address(wish.address, first=wish.address)
        self._wish, self._proxies, self._patience = wish, proxies(proxy), patience
        self._things: queue.Queue[Head | bytes | Exception | None] = queue.Queue(_AHEAD)
        self._is_left = threading.Event()
        self._answer: Any = None
        threading.Thread(target=self._run, name="download", daemon=True).start()

    def head(self, check: Check) -> Head:
        """How the server answered. `check` may raise to stop.

        Raises BrokenStream when no answer came, ModelError when there is no use in asking again.
        """
        found = self._next(check)
        assert isinstance(found, Head)
        return found

    def chunks(self, check: Check) -> Iterator[bytes]:
        """The bytes, until the server says that they are over. Raises as `head` does."""
        while (chunk := self._next(check)) is not None:
            assert isinstance(chunk, bytes)
            yield chunk

    def close(self) -> None:
        """Want no more; never waits."""
        self._is_left.set()
        answer = self._answer
        if answer is not None:
            with contextlib.suppress(Exception):  # it may be closing at this very moment
                answer.raw.shutdown()

    def _next(self, check: Check) -> Head | bytes | None:
        end = time.monotonic() + self._patience
        while True:
            check()
            try:
                found = self._things.get(timeout=TICK)
            except queue.Empty:
                if time.monotonic() > end:
                    raise BrokenStream("nothing came any more") from None
                continue
            if isinstance(found, Exception):
                raise found
            return found

    def _run(self) -> None:
        try:
            self._read()
        except (ModelError, BrokenStream) as error:
            self._give(error)
        except Exception as error:  # whatever the libraries below raise: sockets, TLS, proxies
            self._give(_told(error))

    def _give(self, thing: Head | bytes | Exception | None) -> None:
        while not self._is_left.is_set():
            try:
                self._things.put(thing, timeout=TICK)
                return
            except queue.Full:
                continue

    def _read(self) -> None:
        import requests

        with requests.Session() as session:
            session.auth = _nobody  # no name and password out of a file of the user's for others
            answer = self._ask(session)
            with answer:
                self._answer = answer
                headers = {name.lower(): text for name, text in answer.headers.items()}
                self._give(Head(answer.status_code, headers))
                if answer.status_code not in (200, 206):
                    return self._give(None)
                while not self._is_left.is_set():
                    chunk = answer.raw.read1(CHUNK, decode_content=False)
                    if not chunk:
                        return self._give(None)
                    self._give(chunk)
        return None

    def _ask(self, session: Any) -> Any:
        address = self._wish.address
        for _ in range(HOPS + 1):
            answer = session.get(
                address, headers=self._wish.headers(), stream=True, allow_redirects=False,
                timeout=(self._patience, self._patience), proxies=self._proxies,
            )  # fmt: skip
            onward = answer.headers.get("Location", "")
            if answer.status_code not in (301, 302, 303, 307, 308) or not onward:
                return answer
            answer.close()
            address = urljoin(address, onward)
            check_address(address, first=self._wish.address)
        raise ModelError("The server sends in a circle: its answer is no file. Try again later.")


def check_address(address: str, first: str) -> None:
    """See that bytes from an address come unread and unchanged: over TLS, or from this computer.
    `first` is the address that was asked for: only one of this computer may send on within it.

    Raises ModelError, in one line, where they would not.
    """
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _is_here(parts.hostname) and _is_here(urlsplit(first).hostname):
        return
    raise ModelError(
        "The server sends on to an address that is not safe (only https is), so nothing was taken "
        "from there. Fetch the archive by other means, and add the file."
    )


def proxies(told: str) -> dict[str, str]:
    """What to go through, as requests wants it; nothing of it where the system is to say.

    Raises ModelError for what cannot be a proxy.
    """
    told = told.strip()
    if not told:
        return {}
    if told == DIRECT:
        return {"http": "", "https": ""}
    parts = urlsplit(told)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelError(
            "The setting proxy cannot be used: it is an address such as http://proxy.home:3128, "
            "none, or empty for what the system says."
        )
    return {"http": told, "https": told}


def _is_here(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _nobody(request: Any) -> Any:
    return request


def _told(error: Exception) -> Exception:
    """What went wrong below, as the user is told it or as it is tried again."""
    import requests

    text = str(error)
    if "407" in text and isinstance(error, requests.exceptions.ProxyError):
        return wants_a_name()
    if isinstance(error, requests.exceptions.SSLError):
        return ModelError(
            "The server could not prove who it is, so nothing was taken from it: is the clock of "
            "this computer right, or does something read along on the way?"
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return BrokenStream("the proxy cannot be reached", is_away=True)
    if isinstance(error, requests.exceptions.ConnectionError):
        return BrokenStream("the server cannot be reached", is_away=True)
    return BrokenStream("the connection was cut")


def wants_a_name() -> ModelError:
    """What is told when a proxy lets nobody through whom it does not know."""
    return ModelError(
        "The proxy wants to know who asks (407). Write that into its address, in the setting "
        "proxy: http://NAME:PASSWORD@HOST:PORT."
    )
