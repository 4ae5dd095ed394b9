"""A real server of archives on this computer, which drops, stalls, changes and lies on order."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

from app.indexing.model_catalogue import Catalogue, Licence, Offer, OfferedFile

LICENCE = Licence("For trying out only", False, "https://example.org/licence", "Only for trying.")
FREE = Licence("For everything", True, "https://example.org/free", "Do what you like.")
MODELS = {
    "det.onnx": Random(1).randbytes(90_000),
    "rec.onnx": Random(2).randbytes(210_000),
    "landmarks.onnx": Random(3).randbytes(40_000),
}
"""Bytes that cannot be packed: the archive is as large as they are."""


def zipped(files: dict[str, bytes], folder: str = "") -> bytes:
    """A zip archive with these files, in a folder or at its top."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}{name}"), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@dataclass
class Mood:
    """How the server answers one request."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stop_after: int | None = None
    """So many bytes are sent, and then the connection is closed."""
    stall_after: int | None = None
    """So many bytes are sent, and then none until the server ends."""
    ignores_range: bool = False
    has_length: bool = True
    flip: int | None = None
    """The byte at this place of the file is another."""
    before: Callable[[Server], object] = lambda _: None


@dataclass
class Server:
    """What is served, and what was asked."""

    content: bytes
    port: int = 0
    etag: str = '"first"'
    moods: list[Mood] = field(default_factory=list)
    """For the next requests; after them, all goes well."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """The paths, and the headers by name in small letters."""
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        """Of the archive."""
        return f"http://127.0.0.1:{self.port}/tiny.zip"

    def offer(self, **changes: Any) -> Offer:
        """The archive as a catalogue has it."""
        files = tuple(
            OfferedFile(name, len(content), hashlib.sha256(content).hexdigest())
            for name, content in MODELS.items()
            if name != "landmarks.onnx"
        )
        digest = hashlib.sha256(self.content).hexdigest()
        plain = Offer("tiny", self.address, len(self.content), digest, LICENCE, files)
        return replace(plain, **changes)

    def catalogue(self, **changes: Any) -> Catalogue:
        """A catalogue with nothing else."""
        return Catalogue((self.offer(**changes),))

    def begins(self) -> list[int]:
        """Where each request wanted the file to begin."""
        ranges = [headers.get("range", "bytes=0-") for _, headers in self.asked]
        return [int(told.removeprefix("bytes=").rstrip("-")) for told in ranges]


def write_catalogue(resources: Path, offer: Offer) -> None:
    """Have the catalogue in these resources offer this, and nothing else."""
    licence = offer.licence
    table = {
        "format": 1,
        "licences": {"one": {
            "name": licence.name, "allows_all_use": licence.allows_all_use,
            "source": licence.source, "text": licence.text,
        }},
        "packs": [{
            "name": offer.name, "licence": "one", "address": offer.address, "bytes": offer.size,
            "sha256": offer.sum,
            "files": [
                {"name": one.name, "bytes": one.size, "sha256": one.sum} for one in offer.files
            ],
        }],
    }  # fmt: skip
    place = resources / "models" / "catalogue.json"
    place.write_text(json.dumps(table), encoding="utf-8")


@contextmanager
def serving(content: bytes) -> Iterator[Server]:
    """A server of this archive, until it is left."""
    told = Server(content)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            mood = told.moods.pop(0) if told.moods else Mood()
            mood.before(told)
            try:
                _answer(self, told, mood)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield told
    finally:
        told.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(handler: BaseHTTPRequestHandler, told: Server, mood: Mood) -> None:
    if mood.status != 200:
        handler.send_response(mood.status)
        for name, text in {"Content-Length": "0", **mood.headers}.items():
            handler.send_header(name, text)
        handler.end_headers()
        return
    content, begin = told.content, _begin(handler, told, mood)
    if mood.flip is not None:
        content = content[: mood.flip] + bytes([content[mood.flip] ^ 1]) + content[mood.flip + 1 :]
    body = content[begin:]
    headers = {"ETag": told.etag, "Accept-Ranges": "bytes", "Content-Length": str(len(body))}
    if begin:
        headers["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
    if not mood.has_length:
        del headers["Content-Length"]
        handler.close_connection = True
    handler.send_response(206 if begin else 200)
    for name, text in {**headers, **mood.headers}.items():
        handler.send_header(name, text)
    handler.end_headers()
    until = next((n for n in (mood.stop_after, mood.stall_after) if n is not None), len(body))
    handler.wfile.write(body[:until])
    handler.wfile.flush()
    if mood.stall_after is not None:
        told.over.wait(30)
    if until < len(body):
        handler.close_connection = True


def _begin(handler: BaseHTTPRequestHandler, told: Server, mood: Mood) -> int:
    if mood.ignores_range or handler.headers.get("If-Range", told.etag) != told.etag:
        return 0
    asked = handler.headers.get("Range", "bytes=0-")
    return int(asked.removeprefix("bytes=").rstrip("-"))
