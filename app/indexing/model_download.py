"""Model download: the archive of a pack, fetched in as many parts as it takes.

[Note: Parts] What has come lies in a .part file beside a note of what it is a part of: which
address, which version of the file there. Whoever goes on asks for the rest of that very version,
and begins anew where the server has another or cannot tell. What is believed in the end is the sum
of the whole, counted while it is written and once more from the disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from app.errors import ModelError
from app.indexing.model_catalogue import Offer
from app.indexing.model_stream import TICK, BrokenStream, Check, Head, Stream, Wish, wants_a_name
from app.private import FILE, make_folder, write_private

if TYPE_CHECKING:
    from hashlib import _Hash

Tell = Callable[[int, int], None]

LARGEST = 4 << 30
"""Bytes of an archive whose size nobody knows; no pack is as large."""
SPARE = 64 << 20
"""Bytes that stay free on the disk: the library is on it, too."""
_OVERLOADED = (408, 425, 429, 500, 502, 503, 504)
"""What a server answers when it may do better in a moment."""
_LONGEST_PAUSE = 60.0
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, and how often is tried again."""

    stall: float = 30.0
    """Seconds without a byte after which a connection is given up."""
    pauses: tuple[float, ...] = (1.0, 3.0, 8.0, 20.0, 45.0)
    """Seconds before it is tried again, the first time, the second, and so on; bytes that come in
    between make the next one the first."""
    away: int = 2
    """How often is tried again where nobody has answered since it was begun: there is no network,
    mostly, and whoever waits wants to know."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What a part is a part of."""

    address: str
    version: str
    """The ETag of the whole, or when it was changed; empty where the server told neither."""
    total: int


class Download:
    """One archive on its way into a folder."""

    def __init__(self, offer: Offer, folder: Path, proxy: str = "") -> None:
        self._offer, self._folder, self._proxy = offer, folder, proxy
        self.part = folder / f"{offer.name}.zip.part"
        self._note = folder / f"{offer.name}.zip.json"
        self._sum: _Hash = hashlib.sha256()
        self._done = 0
        self.is_waiting = False
        """Whether nothing comes now, and it is tried again in a moment."""

    @property
    def have(self) -> int:
        """Bytes that have come until now."""
        with contextlib.suppress(OSError):
            return self.part.stat().st_size
        return 0

    def drop(self) -> None:
        """Keep nothing of what has come."""
        self.part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def run(self, check: Check, tell: Tell, patience: Patience | None = None) -> tuple[Path, str]:
        """Fetch what is missing; gives the archive and its sum. `check` may raise to stop, which
        keeps what has come; `tell` hears how many bytes are there, of how many.

        Raises ModelError saying why it cannot be had, and what to do.
        """
        patience = patience or Patience()
        try:
            make_folder(self._folder)
            self._fetch(check, tell, patience)
            digest = sum_of(self.part, check)
            if self._offer.sum and digest != self._offer.sum:
                # A part of another file may have lain before it: once more, from the beginning.
                self.drop()
                self._fetch(check, tell, patience)
                digest = sum_of(self.part, check)
        except OSError as error:
            raise ModelError(
                f"The archive cannot be written to {self._folder}: {error.strerror or error}. "
                "Is the disk full?"
            ) from error
        self._judge(digest)
        return self.part, digest

    def _judge(self, digest: str) -> None:
        if digest != self._sum.hexdigest():
            self.drop()
            raise ModelError(f"The disk with {self._folder} gives back something else than came.")
        if self._offer.sum and digest != self._offer.sum:
            self.drop()
            raise ModelError(
                f"What came is not the archive that Kinfolk knows: its SHA-256 is {digest}, not "
                f"{self._offer.sum}. Nothing of it was kept. Try again later, or fetch the archive "
                "by other means and add the file."
            )

    def _fetch(self, check: Check, tell: Tell, patience: Patience) -> None:
        """Until the part is the whole, by its length."""
        self._take_stock(check)
        failed, begun = 0, self._done
        while True:
            before, is_away = self._done, False
            try:
                if self._go_on(check, tell, patience.stall):
                    return
                why, pause = "it ended before its end", 0.0
            except BrokenStream as broken:
                why, pause, is_away = str(broken), broken.pause, broken.is_away
            failed = 1 if self._done > before else failed + 1
            is_alone = is_away and self._done == begun
            if failed > (patience.away if is_alone else len(patience.pauses)):
                raise self._lost(why, is_alone)
            self.is_waiting = True
            _wait(max(patience.pauses[failed - 1], pause), check)

    def _lost(self, why: str, is_alone: bool) -> ModelError:
        if is_alone and not self._done:
            return ModelError(
                f"The pack {self._offer.name} could not be fetched: {why}. Is this computer "
                "connected to the internet? An archive that was fetched by other means can be "
                "added as a file."
            )
        return ModelError(
            f"The pack {self._offer.name} could not be fetched: {why}. What has come until now is "
            "kept, and the next try goes on from there."
        )

    def _take_stock(self, check: Check) -> None:
        """Count and sum up what has come before."""
        self._sum, self._done = hashlib.sha256(), 0
        if self._read_note() is None:
            self.drop()
            return
        with contextlib.suppress(FileNotFoundError), self.part.open("rb") as file:
            while block := file.read(_BLOCK):
                check()
                self._sum.update(block)
                self._done += len(block)

    def _read_note(self) -> _Note | None:
        """What the part that lies here is one of, if it can be gone on with."""
        try:
            written: dict[str, Any] = json.loads(self._note.read_text(encoding="utf-8"))
            note = _Note(str(written["address"]), str(written["version"]), int(written["total"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        is_sure = bool(note.version or self._offer.sum)
        is_more = 0 < note.total < self.have
        return note if note.address == self._offer.address and is_sure and not is_more else None

    def _go_on(self, check: Check, tell: Tell, stall: float) -> bool:
        """Ask for what is missing, and take it; whether the whole is there now."""
        note = self._read_note()
        if note is not None and note.total == self._done > 0:
            return True
        version = note.version if note is not None and self._done else ""
        stream = Stream(Wish(self._offer.address, self._done, version), self._proxy, stall)
        try:
            head = stream.head(check)
            total = self._expect(head, version)
            if total is None:
                return False
            self._see_room(total)
            self.is_waiting = False
            tell(self._done, total)
            with self._open() as file:
                try:
                    self._take(stream, file, total, check, tell)
                finally:
                    file.flush()
                    os.fsync(file.fileno())
            return self._done == total or (total == 0 and self._done > 0)
        finally:
            stream.close()

    def _expect(self, head: Head, version: str) -> int | None:
        """How large the whole is; None where it has to be begun anew.

        Raises ModelError where there is no use in asking again, BrokenStream where there is.
        """
        _see_status(head, self._offer.name)
        if head.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
            raise ModelError("The server packs the archive once more on its way: it is of no use.")
        told = head.etag or head.modified
        total = head.length or 0
        if self._done:
            part = head.part if head.status == 206 else None
            is_other = bool(version and told and told != version)
            if part is None or part[0] != self._done or is_other:
                self._begin_anew()
                if head.status != 200:  # nothing for a beginning in it
                    return None
            else:
                total = part[1]
        elif head.status != 200:
            raise BrokenStream("the server answers something else than was asked")
        total = self._check_size(total)
        write_private(self._note, json.dumps(asdict(_Note(self._offer.address, told, total))))
        return total

    def _check_size(self, total: int) -> int:
        known = self._offer.size
        if total and known and total != known:
            self.drop()
            raise ModelError(
                f"What the server has is not the archive that Kinfolk knows: it has {total} bytes, "
                f"not {known}. Nothing was taken. Does this computer have to sign in to its "
                "network first? Else fetch the archive by other means and add the file."
            )
        if total > LARGEST:
            raise ModelError("What the server has is too large to be a model pack.")
        return total or known

    def _begin_anew(self) -> None:
        self.drop()
        self._sum, self._done = hashlib.sha256(), 0

    def _see_room(self, total: int) -> None:
        """Raises ModelError when the disk has no room for the archive and what is in it."""
        needed = total - self._done + max(self._offer.unpacked, total) + SPARE
        free = shutil.disk_usage(self._folder).free
        if free < needed:
            raise ModelError(
                f"The disk with {self._folder} has no room: {needed >> 20} MB are needed for the "
                f"archive and what is in it, and {free >> 20} MB are free."
            )

    def _open(self) -> BinaryIO:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(self.part, flags, FILE), "ab")

    def _take(self, stream: Stream, file: BinaryIO, total: int, check: Check, tell: Tell) -> None:
        for chunk in stream.chunks(check):
            if self._done + len(chunk) > (total or LARGEST):
                self._begin_anew()
                raise BrokenStream("more came than was told")
            file.write(chunk)
            file.flush()  # whoever is killed now loses nothing of it
            self._sum.update(chunk)
            self._done += len(chunk)
            tell(self._done, total)


def sum_of(path: Path, check: Check = lambda: None) -> str:
    """SHA-256 of a file, as it lies on the disk. Raises OSError when it cannot be read."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            check()
            digest.update(block)
    return digest.hexdigest()


def _see_status(head: Head, name: str) -> None:
    status = head.status
    if status in (200, 206, 416):
        return
    if status == 407:
        raise wants_a_name()
    if status in _OVERLOADED:
        told = head.headers.get("retry-after", "")
        pause = min(float(told), _LONGEST_PAUSE) if told.isdigit() else 0.0
        raise BrokenStream(f"the server is busy ({status})", pause)
    if status in (404, 410):
        raise ModelError(
            f"The pack {name} is not where it was ({status}). Look for the archive {name}.zip on "
            "the page of its project, and add the file; a newer Kinfolk may know where it is."
        )
    raise ModelError(f"The server does not give the pack {name} away ({status}). Try again later.")


def _wait(seconds: float, check: Check) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        check()
        time.sleep(min(TICK, left))
