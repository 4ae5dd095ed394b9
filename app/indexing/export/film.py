"""Film: a video written anew, picture by picture as it is, without what else is in its file."""

from __future__ import annotations

from pathlib import Path

import av

from app.errors import PhotoError
from app.indexing.export.copying import NO_ROOM, Check, told
from app.media.files import opened_file
from app.private import sync

_FORMATS = ("mp4", "webm")
"""What browsers play; the first that takes the pictures and the sound as they are."""
CANNOT = "It cannot be written without its metadata; as an original it can be in the album."


def strip_film(source: Path, part: Path, check: Check) -> None:
    """Write a video to `part` with its pictures, its sound and the way it is to be turned, and with
    nothing that tells where, when and by what it was taken: phones write that into the file, and
    some into a stream of its own.

    Raises PhotoError with the reason when it cannot be done, KnownError when the disk is full.
    """
    for kind in _FORMATS:
        part.unlink(missing_ok=True)
        try:
            with opened_file(source) as file:
                _write(file, part, kind, check)
            sync(part)
            return
        except (av.FFmpegError, OSError, ValueError, RuntimeError) as error:
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                raise told(error, part) from error
    raise PhotoError(CANNOT)


def _write(file: object, part: Path, kind: str, check: Check) -> None:
    with (
        av.open(file, "r") as film,
        av.open(str(part), "w", format=kind, options={"movflags": "faststart"}) as bare,
    ):
        kept = [*film.streams.video[:1], *film.streams.audio[:1]]
        if not film.streams.video:
            raise ValueError("no pictures")
        streams = {one.index: bare.add_stream_from_template(one) for one in kept}
        for packet in film.demux(kept):
            check()
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                bare.mux(packet)
